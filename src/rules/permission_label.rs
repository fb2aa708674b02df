use super::Report;
use super::names::{closest, list};
use super::permission_row_missing::{LABELS, doubled, tables, unusual_rows};
use crate::span::Location;
use crate::syntax::construct::permissions::{Account, PermissionRow};
use crate::syntax::{Page, inline};
use std::cell::LazyCell;

rule! {
    /// A row label in a permission table that is not quite one of the three.
    ///
    /// ## Why
    /// Tools that read the table look for the three labels and pass over others.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.Read.All|
    /// |Delegated (personal Microsoft account|Not supported.|
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
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for table in tables(page) {
        let doubled = LazyCell::new(|| doubled(table));
        for row in unusual_rows(page, table) {
            let written = inline::plain(&page.source[row.label]);
            let at = Location::new(page.id, row.label);
            let Some(usual) = meant(&doubled, row, &written) else {
                let message = format!("the label `{}` is none of the usual ones", written.trim());
                let labels = list(LABELS.map(|(_, label)| label), "or");
                report.at(at, message).help(format!("write the one that is meant: {labels}"));
                continue;
            };
            let message = format!("the label is usually `{usual}`, not `{}`", written.trim());
            let finding = report.at(at, message);
            finding.help("write it like that");
            // A link in the label would be lost.
            if written == page.source[row.label] {
                finding.fix(row.label, usual);
            }
        }
    }
}

/// The label that a row should have: the closest one, or that of the account it is read as. Where two rows are read as
/// of one account, only the author knows.
fn meant(doubled: &[Option<Account>], row: &PermissionRow, written: &str) -> Option<&'static str> {
    let close = closest(written.trim(), LABELS.map(|(_, label)| label));
    let read = || LABELS.iter().find(|(account, _)| row.account == Some(*account)).map(|(_, label)| *label);
    close.or_else(|| read().filter(|_| !doubled.contains(&row.account)))
}
