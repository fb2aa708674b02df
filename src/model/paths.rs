//! Paths inside a docset: where links and includes lead.

use crate::syntax::{Docset, Page};
use rustc_hash::{FxHashMap, FxHashSet};

/// The files and pages of a docset by path.
#[derive(Debug)]
pub struct PathIndex<'d> {
    docset: &'d Docset,
    /// The paths of [`Docset::files`].
    files: FxHashSet<&'d str>,
    /// Path to index in [`Docset::pages`].
    pages: FxHashMap<&'d str, u32>,
    /// Lower-cased path to index in [`Docset::files`].
    folded: FxHashMap<String, u32>,
    /// Lower-cased name, without folders, to the first such file in [`Docset::files`].
    names: FxHashMap<String, u32>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file of the docset, by path relative to the root; it need not exist.
    File {
        /// The path.
        path: String,
        /// What stands after `#`.
        anchor: Option<String>,
    },
    /// To a place on the same page.
    Anchor(String),
    /// Out of the root, by too many `..`.
    Outside,
    /// To another site, or to a place on this one that is not part of the docset (`/graph/…`).
    External,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'d> {
    /// The file, spelt as in the link.
    Exact(&'d str),
    /// A file whose name differs in letter case only.
    OtherCase(&'d str),
    /// Nothing.
    Missing,
}

impl<'d> PathIndex<'d> {
    /// Indexes the paths of a docset.
    pub fn new(docset: &'d Docset) -> Self {
        let mut folded = FxHashMap::with_capacity_and_hasher(docset.files.len(), Default::default());
        let mut names = FxHashMap::with_capacity_and_hasher(docset.files.len(), Default::default());
        for (index, path) in docset.files.iter().enumerate() {
            let path = path.to_lowercase();
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            names.entry(name).or_insert(index as u32);
            folded.insert(path, index as u32);
        }
        let files = docset.files.iter().map(String::as_str).collect();
        let pages = docset.pages.iter().map(|page| page.source.path.as_str()).zip(0..).collect();
        PathIndex { docset, files, pages, folded, names }
    }

    /// What stands at a path relative to the root.
    pub fn find(&self, path: &str) -> Found<'d> {
        if let Some(exact) = self.files.get(path) {
            return Found::Exact(exact);
        }
        match self.folded.get(&path.to_lowercase()) {
            Some(index) => Found::OtherCase(&self.docset.files[*index as usize]),
            None => Found::Missing,
        }
    }

    /// The first file of this name, whatever its folder and letter case.
    pub fn namesake(&self, name: &str) -> Option<&'d str> {
        let index = self.names.get(&name.to_lowercase())?;
        Some(&self.docset.files[*index as usize])
    }

    /// The page at a path, whatever its letter case.
    pub fn page(&self, path: &str) -> Option<&'d Page> {
        let path = match self.find(path) {
            Found::OtherCase(path) => path,
            Found::Exact(_) | Found::Missing => path,
        };
        self.pages.get(path).map(|index| &self.docset.pages[*index as usize])
    }

    /// The page that a link on `from` leads to, and the anchor in it.
    pub fn linked_page(&self, from: &'d Page, link: &str) -> Option<(&'d Page, Option<String>)> {
        match target(&from.source.path, link) {
            Target::File { path, anchor } => self.page(&path).map(|page| (page, anchor)),
            Target::Anchor(anchor) => Some((from, Some(anchor))),
            Target::Outside | Target::External => None,
        }
    }
}

/// Where a link on the page at `from` (a path relative to the root) leads.
pub fn target(from: &str, link: &str) -> Target {
    let link = link.trim();
    let scheme = link.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if scheme || link.starts_with('/') || link.starts_with("\\\\") || link.starts_with('~') {
        return Target::External;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return anchor.map_or(Target::External, Target::Anchor);
    }
    match join(from, &decode(path)) {
        Some(path) => Target::File { path, anchor },
        None => Target::Outside,
    }
}

/// Resolves `..` and `.` of a relative path against the folder of `from`; `None` when it leaves the root.
pub fn join(from: &str, relative: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path = String::with_capacity(folder.len() + 1 + relative.len());
    path.push_str(folder);
    for name in relative.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            name => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(name);
            }
        }
    }
    Some(path)
}

/// Where a relative link on the page at `from` leads, as a path from the root, also out of it (`../x.md`).
pub fn from_root(from: &str, link: &str) -> String {
    let path = decode(link.trim().split(['#', '?']).next().unwrap_or_default());
    let mut names: Vec<&str> = from.split('/').collect();
    names.pop();
    for name in path.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// Decodes `%20` and the like; what is no valid escape stays.
fn decode(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The anchor that a heading makes: lower case, punctuation dropped, blanks to dashes.
pub fn slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for character in heading.trim().chars() {
        match character {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(character),
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: Target) {
        assert_eq!(target("beta/api/a.md", link), expected, "{link}");
    }

    #[test]
    fn links_lead_where_a_browser_would_go() {
        let file = |path: &str| Target::File { path: path.into(), anchor: None };
        check("../resources/b.md", file("beta/resources/b.md"));
        check("b.md?x=1", file("beta/api/b.md"));
        check("..\\resources\\b.md", file("beta/resources/b.md"));
        check("./c%20d.md", file("beta/api/c d.md"));
        check("../../../x.md", Target::Outside);
        check("/graph/x", Target::External);
        check("https://x/y.md", Target::External);
        check("mailto:a@b", Target::External);
        check("#here", Target::Anchor("here".into()));
        check("b.md#x-values", Target::File { path: "beta/api/b.md".into(), anchor: Some("x-values".into()) });
    }

    #[test]
    fn links_out_of_the_root_have_a_path_from_it() {
        assert_eq!(from_root("beta/api/a.md", "../resources/b.md#x"), "beta/resources/b.md");
        assert_eq!(from_root("beta/api/a.md", "../../../concepts/c%20d.md?x"), "../concepts/c d.md");
        assert_eq!(from_root("a.md", "../../x/../y.md"), "../../y.md");
    }

    #[test]
    fn anchors_follow_the_heading() {
        assert_eq!(slug("riskLevel values "), "risklevel-values");
        assert_eq!(slug("Example 1: Get `x`"), "example-1-get-x");
    }
}
