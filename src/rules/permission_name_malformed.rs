use super::Report;
use crate::span::{Location, Span};
use crate::syntax::construct::permissions::{is_none, is_scope, is_titled};
use crate::syntax::{Column, Page, Table, inline};

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

/// More words than these in a row are prose.
const MOST_WORDS: usize = 3;

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables().filter(|table| is_titled(&table.columns)) {
        for column in columns(table) {
            for cell in table.rows().filter_map(|row| row.cell(Some(column))) {
                for span in malformed(page, cell) {
                    report_name(page, span, report);
                }
            }
        }
    }
}

fn report_name(page: &Page, span: Span, report: &mut Report<'_>) {
    let name = &page.source[span];
    let message = if name.split_ascii_whitespace().all(is_scope) {
        format!("`{name}` has no comma between its permissions")
    } else {
        format!("`{name}` is no permission name")
    };
    report
        .at(Location::new(page.id, span), message)
        .help("write `Resource.Operation` or `Resource.Operation.Constraint`, with commas between names");
}

/// The columns that list permissions: the second, where none has a known title.
fn columns(table: &Table) -> impl Iterator<Item = usize> {
    const TITLES: [Column; 4] =
        [Column::Permissions, Column::PermissionsReversed, Column::LeastPrivileged, Column::HigherPrivileged];
    let titled = TITLES.iter().filter_map(|title| table.columns.index(*title));
    let second = titled.clone().next().is_none().then_some(1);
    titled.chain(second)
}

/// The parts of a list of permissions that are none. A cell that says there is none, or speaks in sentences, is not
/// such a list.
fn malformed(page: &Page, cell: Span) -> Vec<Span> {
    let text = &page.source[cell];
    // Most cells have nothing but permissions.
    if is_list(text) || is_none(&page.source, cell) || !text.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let plain = inline::plain(text);
    if plain != text || text.contains(['<', '(', '*', '[']) || text.contains(": ") || text.contains("://") {
        return Vec::new();
    }
    let parts = || text.split([',', ';']).map(|part| part.trim().trim_end_matches('.'));
    if parts().any(|part| part.split_ascii_whitespace().filter(|word| !is_said(word)).count() > MOST_WORDS) {
        return Vec::new();
    }
    parts()
        .filter(|part| !part.is_empty() && !is_alternative(part))
        .filter_map(|part| page.source.span_of(part))
        .collect()
}

/// Whether a cell lists permissions, with commas between them.
fn is_list(text: &str) -> bool {
    text.split(',').all(|part| is_scope(part.trim_ascii()))
}

/// Whether each word is a permission, or stands between two: "`Customer.Read.All` and `User.Read`".
fn is_alternative(part: &str) -> bool {
    let mut is_parted = true;
    part.split_ascii_whitespace().all(|word| {
        let is_right = is_connective(word) || is_parted && is_permission(word);
        is_parted = is_connective(word);
        is_right
    })
}

/// Whether a word belongs into a list.
fn is_said(word: &str) -> bool {
    is_permission(word) || is_connective(word)
}

/// A scope of this service or of OpenID Connect, or of a service that names its own: `user_impersonation`.
fn is_permission(word: &str) -> bool {
    is_scope(word) || OPEN_ID.contains(&word) || word.contains('_')
}

fn is_connective(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "and" | "or" | "plus" | "either" | "one" | "from" | "for")
}
