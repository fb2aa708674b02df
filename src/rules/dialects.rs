//! Which house dialect a page is written in.

use crate::syntax::Page;

/// Whether a page of an operation is one of those that a tool writes: they have "Prerequisites" for permissions,
/// and spellings and habits of their own.
pub(super) fn is_generated(page: &Page) -> bool {
    page.sections.iter().any(|section| {
        let written = section.heading.map_or("", |heading| page.source[heading.text].trim());
        section.meant.unwrap_or(written).eq_ignore_ascii_case("prerequisites")
    })
}
