use super::Report;
use crate::span::{Location, Span};
use crate::syntax::{Column, Page, inline};

rule! {
    /// A word in a permission cell that is no permission: those are written `Resource.Operation`, or
    /// `Resource.Operation.Constraint`.
    ///
    /// ## Why
    /// The permission is missing from what is generated.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Application|Customer.Read.All, customer readwrite all|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Application|Customer.Read.All, Customer.ReadWrite.All|
    /// ````
    Warning, Page(check)
}

/// Scopes of OpenID Connect, which have no dot.
const OPEN_ID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables() {
        let Some(labels) = table.columns.index(Column::PermissionType) else { continue };
        for row in &table.rows {
            let cells = row.cells.iter().enumerate().filter(|(index, _)| *index != labels);
            for (_, cell) in cells {
                for span in malformed(page, *cell) {
                    let name = page.source[span].to_owned();
                    report.at(Location::new(page.id, span), format!("`{name}` is no permission name")).help(
                        "write `Resource.Operation` or `Resource.Operation.Constraint`, with commas between names",
                    );
                }
            }
        }
    }
}

/// The parts of a list of permissions that are none. A cell that names no permission at all, or speaks in
/// sentences, is not such a list.
fn malformed(page: &Page, cell: Span) -> Vec<Span> {
    let text = &page.source[cell];
    // Without a dot within a word there is no permission in it, and most cells have nothing but permissions.
    let mut dots = memchr::memchr_iter(b'.', text.as_bytes());
    if !dots.any(|at| text.as_bytes().get(at + 1).is_some_and(is_letter)) || is_list(text) {
        return Vec::new();
    }
    let plain = inline::plain(text);
    if plain != text || text.contains(['<', ':', ';', '(', '*']) || text.contains(". ") {
        return Vec::new();
    }
    let parts: Vec<&str> =
        text.split(',').map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect();
    if !parts.iter().any(is_scope) {
        return Vec::new();
    }
    let words = |part: &str| part.split_ascii_whitespace().any(|word| is_scope(word) || is_connective(word));
    let bad = parts.into_iter().filter(|part| !is_scope(part) && !words(part) && !OPEN_ID.contains(part));
    bad.filter_map(|part| page.source.span_of(part)).collect()
}

/// Whether a cell lists permissions, with commas between them.
fn is_list(text: &str) -> bool {
    text.as_bytes().split(|byte| *byte == b',').all(|part| is_scope(part.trim_ascii()))
}

fn is_scope(word: impl AsRef<[u8]>) -> bool {
    let word = word.as_ref();
    let is_part = |part: &[u8]| !part.is_empty() && part.iter().all(is_letter);
    word.contains(&b'.') && word.split(|byte| *byte == b'.').all(is_part)
}

fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn is_connective(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "and" | "or" | "plus" | "either" | "one" | "for")
}
