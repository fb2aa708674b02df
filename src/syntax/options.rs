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
    /// Includes that may be missing, as path endings or globs (generated code snippets).
    pub optional_includes: Vec<String>,
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
            optional_includes: vec!["**/snippets/**".into()],
            external_links: Vec::new(),
            front_matter: Vec::new(),
            dialect: Dialect::default(),
        }
    }
}
