use super::Report;
use crate::span::Location;
use crate::syntax::{Column, Page, inline};

rule! {
    /// A permission cell that says `Not supported.` in other words: `None`, `Not Supported`, `n/a`.
    ///
    /// ## Why
    /// `None` may also be read as "needs none". Tools look for the usual words.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.Read.All|
    /// |Delegated (personal Microsoft account)|None|
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
    Hint, Page(check), Safe fix
}

const USUAL: &str = "Not supported.";

/// Other ways to say it, in lower case and without a full stop.
const OTHERS: [&str; 6] = ["not supported", "none", "not applicable", "n/a", "not available", "unsupported"];

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables() {
        let columns = &table.columns;
        let Some(labels) = columns.index(Column::PermissionType) else { continue };
        let higher = columns.index(Column::HigherPrivileged);
        for row in table.rows() {
            let cells = row.cells.iter().enumerate().filter(|(index, _)| *index != labels);
            for (index, cell) in cells.filter(|(_, cell)| may_be_other(&page.source[**cell])) {
                let written = inline::plain(&page.source[*cell]);
                let written = written.trim();
                // "Not available." says that there is no higher permission.
                let is_usual = written == USUAL || Some(index) == higher && written == "Not available.";
                let word = written.trim_end_matches('.').trim_end();
                if !is_usual && OTHERS.iter().any(|other| other.eq_ignore_ascii_case(word)) {
                    report
                        .at(Location::new(page.id, *cell), format!("`{written}` is usually written `{USUAL}`"))
                        .help(format!("write `{USUAL}`"))
                        .fix(*cell, USUAL);
                }
            }
        }
    }
}

/// Whether a cell may say it in another way. Most cells start with the name of a permission, before which no mark stands.
fn may_be_other(cell: &str) -> bool {
    let begins_none = |first: char| !OTHERS.iter().any(|other| other.starts_with(first.to_ascii_lowercase()));
    cell != USUAL && !cell.starts_with(|first: char| first.is_ascii_alphanumeric() && begins_none(first))
}
