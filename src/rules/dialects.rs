//! Which house dialect a page is written in.

use crate::syntax::Page;

/// Whether a page of an operation is one of those that a tool writes: they have "Prerequisites" for permissions,
/// and spellings and habits of their own.
pub(super) fn is_generated(page: &Page) -> bool {
    let mut headings = page.sections.iter().filter_map(|section| section.heading);
    headings.any(|heading| page.source[heading.text].trim().eq_ignore_ascii_case("prerequisites"))
}
