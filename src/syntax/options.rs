//! What the configuration says about a docset.

use super::Dialect;
use globset::{GlobBuilder, GlobMatcher};

/// What the configuration says about a docset.
#[derive(Clone, Debug)]
pub struct Options {
    /// The namespace of types on pages that name none.
    pub default_namespace: String,
    /// Base URLs of the service, such as `https://graph.microsoft.com/v1.0`; empty when not configured.
    pub service_roots: Vec<String>,
    /// Includes that may be missing, as path endings or globs.
    pub optional_includes: Vec<String>,
    /// Includes that a tool writes, such as code snippets, as path endings or globs. They are neither read nor
    /// checked, and may be missing.
    pub generated_includes: Vec<String>,
    /// Links that leave the docset on purpose.
    pub external_links: Vec<LinkPattern>,
    /// What front matter must hold, beside what all pages of the API must have.
    pub front_matter: Vec<FrontMatterDemand>,
    /// The words of the docset's pages.
    pub dialect: Dialect,
}

/// What the front matter of some pages must hold.
#[derive(Clone, Debug, Default)]
pub struct FrontMatterDemand {
    /// The values of `doc_type` that the pages have; every page where none is named.
    pub doc_types: Vec<String>,
    /// Keys that must be there; `None` where nothing is said.
    pub required: Option<Vec<String>>,
    /// Keys, and the values that they may have.
    pub values: Vec<(String, Vec<String>)>,
}

/// Links with a beginning in common, or that fit a pattern with wildcards.
#[derive(Clone, Debug)]
pub enum LinkPattern {
    /// All that begins so.
    Prefix(String),
    /// All that fits as a whole.
    Glob(GlobMatcher),
}

impl LinkPattern {
    /// Reads a pattern: a prefix, or where it has wildcards, a glob (`**` stands for any number of folders).
    pub fn new(text: &str) -> Result<Self, globset::Error> {
        if !text.contains(['*', '?', '[', '{']) {
            return Ok(LinkPattern::Prefix(text.to_owned()));
        }
        let glob = GlobBuilder::new(text).literal_separator(true).build()?;
        Ok(LinkPattern::Glob(glob.compile_matcher()))
    }

    /// Whether a link is one of these.
    pub fn fits(&self, link: &str) -> bool {
        match self {
            LinkPattern::Prefix(prefix) => link.starts_with(prefix),
            LinkPattern::Glob(glob) => glob.is_match(link),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            default_namespace: "microsoft.graph".into(),
            service_roots: Vec::new(),
            optional_includes: Vec::new(),
            generated_includes: vec!["**/snippets/**".into()],
            external_links: Vec::new(),
            front_matter: Vec::new(),
            dialect: Dialect::default(),
        }
    }
}

impl Options {
    /// Whether an include, by path relative to the root, may be missing.
    pub fn is_optional_include(&self, path: &str) -> bool {
        is_any(&self.optional_includes, path) || self.is_generated_include(path)
    }

    /// Whether an include, by path relative to the root, is written by a tool.
    pub fn is_generated_include(&self, path: &str) -> bool {
        is_any(&self.generated_includes, path)
    }
}

/// Whether a path ends with one of the patterns, or matches it where it has wildcards.
fn is_any(patterns: &[String], path: &str) -> bool {
    patterns.iter().any(|pattern| {
        if memchr::memchr2(b'*', b'?', pattern.as_bytes()).is_some() {
            matches(pattern.as_bytes(), path.as_bytes())
        } else {
            path.strip_suffix(pattern.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        }
    })
}

/// `**` stands for any number of folders, `*` and `?` for text and one character within a name.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', b'/', rest @ ..] => {
            matches(rest, path) || memchr::memchr_iter(b'/', path).any(|at| matches(rest, &path[at + 1..]))
        }
        [b'*', b'*'] => true,
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|at| matches(rest, &path[at..])),
        [b'*', rest @ ..] => {
            let name = path.iter().position(|b| *b == b'/').unwrap_or(path.len());
            (0..=name).any(|at| matches(rest, &path[at..]))
        }
        [b'?', rest @ ..] => path.first().is_some_and(|b| *b != b'/') && matches(rest, &path[1..]),
        [first, ..] if path.first() != Some(first) => false,
        _ => {
            let plain = pattern.iter().position(|b| matches!(b, b'*' | b'?')).unwrap_or(pattern.len());
            let (plain, rest) = pattern.split_at(plain);
            path.strip_prefix(plain).is_some_and(|path| matches(rest, path))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_any;

    #[test]
    fn patterns_are_endings_or_globs() {
        let check = |pattern: &str, path: &str| is_any(&[pattern.to_owned()], path);
        assert!(check("**/snippets/**", "includes/snippets/csharp/x.md"));
        assert!(check("**/snippets/**", "snippets/x.md"));
        assert!(!check("**/snippets/**", "includes/snippet/x.md"));
        assert!(check("includes/*-disclaimer.md", "includes/beta-disclaimer.md"));
        assert!(!check("includes/*.md", "includes/a/b.md"));
        assert!(check("x.md", "includes/x.md"));
        assert!(!check("x.md", "includes/ax.md"));
    }
}
