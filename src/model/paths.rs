//! Paths inside a docset: where links and includes lead.

use crate::syntax::{Docset, Page};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::OnceLock;

/// The files and pages of a docset by path.
#[derive(Debug)]
pub struct PathIndex<'d> {
    docset: &'d Docset,
    /// The paths of [`Docset::files`].
    files: FxHashSet<&'d str>,
    /// Path to index in [`Docset::pages`].
    pages: FxHashMap<&'d str, u32>,
    /// Lower-cased path to index in [`Docset::files`]. Only links that lead to no file need it.
    folded: OnceLock<FxHashMap<String, u32>>,
    /// Lower-cased name, without folders, to the first such file in [`Docset::files`]. So with this.
    names: OnceLock<FxHashMap<String, u32>>,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'p, 'l> {
    /// To a file of the docset, by path relative to the root; it need not exist.
    File {
        /// The path.
        path: &'p str,
        /// What stands after `#`.
        anchor: Option<&'l str>,
    },
    /// To a place on the same page.
    Anchor(&'l str),
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
        let files = docset.files.iter().map(String::as_str).collect();
        let pages = docset.pages.iter().map(|page| page.source.path.as_str()).zip(0..).collect();
        PathIndex { docset, files, pages, folded: OnceLock::new(), names: OnceLock::new() }
    }

    /// What stands at a path relative to the root.
    pub fn find(&self, path: &str) -> Found<'d> {
        if let Some(exact) = self.files.get(path) {
            return Found::Exact(exact);
        }
        let files = || self.docset.files.iter().map(|path| path.to_lowercase());
        let folded = self.folded.get_or_init(|| files().zip(0..).collect());
        match folded.get(&path.to_lowercase()) {
            Some(index) => Found::OtherCase(&self.docset.files[*index as usize]),
            None => Found::Missing,
        }
    }

    /// The first file of this name, whatever its folder and letter case.
    pub fn namesake(&self, name: &str) -> Option<&'d str> {
        let names = self.names.get_or_init(|| {
            let names = self.docset.files.iter().map(|path| path.rsplit('/').next().unwrap_or_default().to_lowercase());
            // Of several the first is to stay.
            names.enumerate().rev().map(|(index, name)| (name, index as u32)).collect()
        });
        let index = names.get(&name.to_lowercase())?;
        Some(&self.docset.files[*index as usize])
    }

    /// The page at a path, whatever its letter case.
    pub fn page(&self, path: &str) -> Option<&'d Page> {
        let spelt = |path: &str| self.pages.get(path).map(|index| &self.docset.pages[*index as usize]);
        spelt(path).or_else(|| match self.find(path) {
            Found::OtherCase(path) => spelt(path),
            Found::Exact(_) | Found::Missing => None,
        })
    }

    /// The page that a link on `from` leads to, and the anchor in it.
    pub fn linked_page<'l>(&self, from: &'d Page, link: &'l str) -> Option<(&'d Page, Option<&'l str>)> {
        thread_local! {
            /// Room for the path of a link, which the links of all pages share.
            static ROOM: Cell<String> = const { Cell::new(String::new()) };
        }
        let mut room = ROOM.take();
        let linked = match target(folder(&from.source.path), link, &mut room) {
            Target::File { path, anchor } => self.page(path).map(|page| (page, anchor)),
            Target::Anchor(anchor) => Some((from, Some(anchor))),
            Target::Outside | Target::External => None,
        };
        ROOM.set(room);
        linked
    }
}

/// Where a link on a page in a folder (a path relative to the root) leads. The path is written into `room`, which may
/// serve many links.
pub fn target<'p, 'l>(folder: &str, link: &'l str, room: &'p mut String) -> Target<'p, 'l> {
    let link = link.trim();
    let bytes = link.as_bytes();
    if matches!(bytes.first(), None | Some(b'/' | b'~')) || link.starts_with("\\\\") || has_scheme(bytes) {
        return Target::External;
    }
    // Most links are a path and nothing else.
    let Some(odd) = memchr::memchr3(b'#', b'?', b'%', bytes) else {
        return join(folder, link, room).map_or(Target::Outside, |path| Target::File { path, anchor: None });
    };
    let end = memchr::memchr2(b'#', b'?', &bytes[odd..]).map_or(link.len(), |at| odd + at);
    let (path, rest) = link.split_at(end);
    let anchor = memchr::memchr(b'#', rest.as_bytes()).map(|at| &rest[at + 1..]);
    if path.is_empty() {
        return anchor.map_or(Target::External, Target::Anchor);
    }
    match join(folder, &decode(path), room) {
        Some(path) => Target::File { path, anchor },
        None => Target::Outside,
    }
}

/// Whether a link begins with `https:` or the like.
fn has_scheme(link: &[u8]) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    link.first().is_some_and(u8::is_ascii_alphabetic)
        && memchr::memchr(b':', link).is_some_and(|end| link[..end].iter().all(is_of_scheme))
}

/// Resolves `..` and `.` of a relative path against a folder, into `path`; `None` when it leaves the root.
pub fn join<'p>(mut folder: &str, relative: &str, path: &'p mut String) -> Option<&'p str> {
    /// Hardly any path is longer.
    const USUAL: usize = 128;
    let mut rest = relative;
    // Most paths climb at their start only.
    while let Some(after) = rest.strip_prefix("../").filter(|_| !folder.is_empty()) {
        (folder, rest) = (self::folder(folder), after);
    }
    path.clear();
    path.reserve((folder.len() + 1 + rest.len()).max(USUAL));
    path.push_str(folder);
    if is_plain(rest) {
        push(path, rest);
        return Some(path);
    }
    for name in rest.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(self::folder(path).len()),
            name => push(path, name),
        }
    }
    Some(path)
}

/// Whether a relative path names what it leads to without `..`, `.` and the like.
fn is_plain(path: &str) -> bool {
    let mut before = b'/';
    for byte in path.bytes() {
        if byte == b'\\' || before == b'/' && matches!(byte, b'.' | b'/') {
            return false;
        }
        before = byte;
    }
    before != b'/'
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

/// The folder that holds what stands at a path.
pub fn folder(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or("", |end| &path[..end])
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
fn decode(path: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', path.as_bytes()).is_none() {
        return Cow::Borrowed(path);
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
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

/// The anchor that a heading makes: lower case, punctuation dropped, blanks to dashes.
pub fn slug(heading: &str) -> String {
    characters(heading).collect()
}

/// Whether an anchor is the one that a heading makes, whatever its letter case.
pub fn is_slug(heading: &str, anchor: &str) -> bool {
    let mut rest = anchor.chars();
    characters(heading).all(|one| rest.next().is_some_and(|other| one.eq_ignore_ascii_case(&other)))
        && rest.next().is_none()
}

fn characters(heading: &str) -> impl Iterator<Item = char> {
    let kept = heading.trim().chars().filter(|c| matches!(c, ' ' | '-' | '_') || c.is_alphanumeric());
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: Target<'_, '_>) {
        assert_eq!(target("beta/api", link, &mut "x/y.md".to_owned()), expected, "{link}");
    }

    #[test]
    fn links_lead_where_a_browser_would_go() {
        let file = |path: &'static str| Target::File { path, anchor: None };
        check("../resources/b.md", file("beta/resources/b.md"));
        check("b.md?x=1", file("beta/api/b.md"));
        check("..\\resources\\b.md", file("beta/resources/b.md"));
        check("./c%20d.md", file("beta/api/c d.md"));
        check("../../../x.md", Target::Outside);
        check("/graph/x", Target::External);
        check("https://x/y.md", Target::External);
        check("mailto:a@b", Target::External);
        check("#here", Target::Anchor("here"));
        check("../resources/../api//./b.md", file("beta/api/b.md"));
        check("../resources/", file("beta/resources"));
        check("..", file("beta"));
        check("../../../", Target::Outside);
        check("b.md:1", Target::External);
        check("b.md?x#y", Target::File { path: "beta/api/b.md", anchor: Some("y") });
        check("b.md#x?y", Target::File { path: "beta/api/b.md", anchor: Some("x?y") });
        check("b.md#x-values", Target::File { path: "beta/api/b.md", anchor: Some("x-values") });
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
        assert!(is_slug(" riskLevel values", "RiskLevel-values"));
        assert!(!is_slug("riskLevel values", "risklevel"));
        assert!(!is_slug("riskLevel", "risklevel-values"));
    }
}
