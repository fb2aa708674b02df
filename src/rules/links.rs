//! Links of a page, and what stands where they lead.

use super::names::closest;
use crate::model::Model;
use crate::model::paths::{self, Found, Target};
use crate::span::Location;
use crate::syntax::{Docset, Link, Page};
use std::borrow::Cow;

/// A link of a page, and where it leads.
pub struct Lead<'p> {
    /// The page on which it stands.
    pub(super) page: &'p Page,
    /// The link.
    pub(super) link: &'p Link,
    /// What it leads to, as it is written.
    pub(super) written: &'p str,
    /// Whether a backslash stands in its target, be it one that escapes.
    pub(super) has_backslash: bool,
    /// Where that is.
    pub(super) target: Target<'p, 'p>,
    /// What stands there, where that is a path of the docset.
    pub(super) found: Option<Found<'p>>,
    /// Whether it is the inner part of an include, to which it belongs.
    pub(super) is_include: bool,
    /// Whether it is the inner part of an include within a line or a cell.
    pub(super) is_inline_include: bool,
}

impl Lead<'_> {
    /// Where its target is written.
    pub(super) fn at(&self) -> Location {
        Location::new(self.page.id, self.link.target)
    }

    /// Whether nothing stands at its path: no file, and no folder.
    pub(super) fn is_missing(&self, model: &Model<'_>, path: &str) -> bool {
        self.found == Some(Found::Missing) && !is_folder(model.docset, path)
    }
}

/// Calls `look` with each link of a page in which something may be wrong, but for those that leave the docset on
/// purpose.
pub(super) fn each(model: &Model<'_>, page: &Page, mut look: impl FnMut(&Lead<'_>)) {
    let (folder, mut room) = (paths::folder(&page.source.path), String::new());
    for link in &page.links {
        let has_backslash = memchr::memchr(b'\\', page.source[link.target].as_bytes()).is_some();
        let written = if has_backslash { written(page, link).into() } else { Cow::Borrowed(&page.source[link.target]) };
        if is_on_purpose(model.docset, page, &written) {
            continue;
        }
        let target = paths::target(folder, &written, &mut room);
        let found = match target {
            Target::File { path, .. } => Some(model.paths.find(path)),
            Target::Anchor(_) | Target::Outside | Target::External => None,
        };
        if is_right(target, found) && !has_backslash {
            continue;
        }
        let is_marked = is_marked_include(page, link);
        let is_include = is_marked && page.includes().any(|include| include.span.contains(link.span));
        let is_inline_include = is_marked && !is_include;
        look(&Lead { page, link, written: &written, has_backslash, target, found, is_include, is_inline_include });
    }
}

/// Whether a link leads to another site, or to a file that is there, as most do, and to no place in it.
fn is_right(target: Target<'_, '_>, found: Option<Found<'_>>) -> bool {
    match target {
        Target::File { anchor, .. } => anchor.is_none() && matches!(found, Some(Found::Exact(_))),
        Target::External => true,
        Target::Anchor(_) | Target::Outside => false,
    }
}

/// Whether the configuration says that a link leaves the docset on purpose (`external-links`): as it is written, or
/// by its path from the root.
fn is_on_purpose(docset: &Docset, page: &Page, target: &str) -> bool {
    let patterns = &docset.options.external_links;
    let fits = |link: &str| patterns.iter().any(|pattern| pattern.fits(link));
    !patterns.is_empty() && (fits(target) || fits(&paths::from_root(&page.source.path, target)))
}

/// The target of a link without the backslashes of escaped punctuation (`a\_b.md`).
fn written(page: &Page, link: &Link) -> String {
    let target = &page.source[link.target];
    let mut out = String::with_capacity(target.len());
    let mut characters = target.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = |next: &char| next.is_ascii_punctuation() && !matches!(next, '.' | '\\');
        if character != '\\' || !characters.peek().is_some_and(escapes) {
            out.push(character);
        }
    }
    out
}

/// Whether a link is the inner part of an include.
fn is_marked_include(page: &Page, link: &Link) -> bool {
    const MARK: &[u8] = b"[!include";
    let before = page.source.text().as_bytes()[..link.span.start as usize].trim_ascii_end();
    before.len().checked_sub(MARK.len()).is_some_and(|at| before[at..].eq_ignore_ascii_case(MARK))
}

/// Whether nothing stands at a path: no file, and no folder.
fn is_missing(model: &Model<'_>, path: &str) -> bool {
    model.paths.find(path) == Found::Missing && !is_folder(model.docset, path)
}

fn is_folder(docset: &Docset, path: &str) -> bool {
    let start = docset.files.partition_point(|file| file.as_str() < path);
    path.is_empty()
        || docset.files[start..]
            .iter()
            .take_while(|file| file.starts_with(path))
            .any(|file| file[path.len()..].starts_with('/'))
}

/// Whether a link or include leads to no file of the docset, so that another rule reports it.
pub(super) fn is_broken(model: &Model<'_>, page: &Page, link: &Link) -> bool {
    match paths::target(paths::folder(&page.source.path), &written(page, link), &mut String::new()) {
        Target::File { path, .. } => is_missing(model, path),
        Target::Outside => true,
        Target::Anchor(_) | Target::External => false,
    }
}

/// The link that covers a place.
pub(super) fn link_at(page: &Page, at: crate::span::Span) -> Option<&Link> {
    let after = page.links.partition_point(|link| link.span.start <= at.start);
    page.links[..after].iter().rev().take(4).find(|link| link.span.contains(at))
}

/// A file that may be meant by a path where nothing stands, as a path relative to the page at `from`: the
/// file of this name in another folder, else the closest name in the folder itself.
pub(super) fn close_file(model: &Model<'_>, from: &str, missing: &str) -> Option<String> {
    let docset = model.docset;
    let (folder, name) = split(missing);
    let namesake = model.paths.namesake(name);
    let beside = || {
        let start = docset.files.partition_point(|file| file.as_str() < folder);
        let siblings = docset.files[start..].iter().take_while(|file| file.starts_with(folder));
        let close =
            closest(name, siblings.map(|file| split(file)).filter(|split| split.0 == folder).map(|(_, name)| name))?;
        Some(if folder.is_empty() { close.to_owned() } else { format!("{folder}/{close}") })
    };
    namesake.map(str::to_owned).or_else(beside).map(|file| relative(from, &file))
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The path of a file as a link on the page at `from` writes it.
pub(super) fn relative(from: &str, file: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let names: Vec<&str> = file.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let shared = folders.iter().zip(&names[..names.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(folders.len() - shared);
    up + &names[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_a_link_writes_them() {
        assert_eq!(relative("beta/api/a.md", "beta/resources/b.md"), "../resources/b.md");
        assert_eq!(relative("beta/api/a.md", "beta/api/b.md"), "b.md");
        assert_eq!(relative("a.md", "includes/b.md"), "includes/b.md");
        assert_eq!(relative("beta/api/a.md", "b.md"), "../../b.md");
    }
}
