use super::Report;
use super::names::list;
use crate::span::{Location, Span};
use crate::syntax::construct::Permissions;
use crate::syntax::construct::permissions::{Account, PermissionRow, PermissionTable};
use crate::syntax::{Page, inline};

rule! {
    /// A permission table without a row for one of the three kinds of account.
    ///
    /// ## Why
    /// Readers cannot tell "not supported" from "forgotten".
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.Read.All|
    /// |Application|Customer.Read.All|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.Read.All|
    /// |Delegated (personal Microsoft account)|Not supported.|
    /// |Application|Customer.Read.All|
    /// ````
    Warning, Page(check)
}

/// The kinds of account, as their rows are labelled.
pub(super) const LABELS: [(Account, &str); 3] = [
    (Account::DelegatedWork, "Delegated (work or school account)"),
    (Account::DelegatedPersonal, "Delegated (personal Microsoft account)"),
    (Account::Application, "Application"),
];

fn check(page: &Page, report: &mut Report<'_>) {
    for table in tables(page) {
        let missing: Vec<&str> =
            LABELS.iter().filter(|(account, _)| !has(table, *account)).map(|(_, label)| *label).collect();
        // Tables whose rows are something else list the accounts as columns.
        if missing.is_empty() || missing.len() == LABELS.len() {
            continue;
        }
        // A row whose label is misspelt may be the one: `permission-label` speaks of it.
        let doubled = doubled(table);
        let is_spare = |row: &&PermissionRow| row.account.is_none() || doubled.contains(&row.account);
        let spare = unusual_rows(page, table).filter(is_spare).count();
        if missing.len() <= spare {
            continue;
        }
        let rows = if missing.len() == 1 { "row" } else { "rows" };
        report
            .at(
                Location::new(page.id, table.header),
                format!("the permission table has no {rows} {}", list(missing.iter().copied(), "and")),
            )
            .help("add what is missing; write `Not supported.` where nothing lets the caller in");
    }
}

/// The permission tables of a page whose rows are kinds of account: not those that have cases as rows.
pub(super) fn tables(page: &Page) -> impl Iterator<Item = &PermissionTable> {
    let tables = page.find::<Permissions>().flat_map(|(_, permissions)| &permissions.tables);
    const WORDS: &[u8] = b"permission type";
    // They mostly stand at its start.
    let words = |header: Span| page.source[header].as_bytes().windows(WORDS.len());
    let titled = tables.filter(move |table| words(table.header).any(|part| part.eq_ignore_ascii_case(WORDS)));
    titled.filter(|table| table.rows.iter().any(|row| row.account.is_some()))
}

/// The rows whose label is none of the usual ones.
pub(super) fn unusual_rows<'t>(page: &Page, table: &'t PermissionTable) -> impl Iterator<Item = &'t PermissionRow> {
    let is_label = |text: &str| LABELS.iter().any(|(_, usual)| *usual == text);
    // A star refers to a footnote.
    let is_usual = move |label: &str| is_label(label) || is_label(inline::plain(label).trim().trim_end_matches('*'));
    table.rows.iter().filter(move |row| !is_usual(&page.source[row.label]))
}

/// The accounts as which several rows of a table are read.
pub(super) fn doubled(table: &PermissionTable) -> Vec<Option<Account>> {
    // There are few accounts, however many rows.
    let (mut seen, mut doubled) = (Vec::new(), Vec::new());
    for account in table.rows.iter().map(|row| row.account) {
        if !seen.contains(&account) {
            seen.push(account);
        } else if !doubled.contains(&account) {
            doubled.push(account);
        }
    }
    doubled
}

fn has(table: &PermissionTable, account: Account) -> bool {
    table.rows.iter().any(|row| row.account == Some(account))
}
