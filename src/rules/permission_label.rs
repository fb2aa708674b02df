use super::Report;
use super::permission_row_missing::{LABELS, tables};
use crate::span::Location;
use crate::syntax::{Page, inline};

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
        for row in &table.rows {
            let Some((_, usual)) = LABELS.iter().find(|(account, _)| row.account == Some(*account)) else { continue };
            let written = inline::plain(&page.source[row.label]);
            // A star refers to a footnote.
            if written.trim().trim_end_matches('*') == *usual {
                continue;
            }
            let at = Location::new(page.id, row.label);
            // Two rows of one account: which one is meant, only the author knows.
            if table.rows.iter().filter(|other| other.account == row.account).count() > 1 {
                let message = format!("the label `{}` is none of the usual ones", written.trim());
                let labels = LABELS.map(|(_, label)| format!("`{label}`")).join(", ");
                report.at(at, message).help(format!("write the one that is meant: {labels}"));
                continue;
            }
            let message = format!("the label is usually `{usual}`, not `{}`", written.trim());
            let finding = report.at(at, message);
            finding.help("write it like that");
            // A link in the label would be lost.
            if written == page.source[row.label] {
                finding.fix(row.label, *usual);
            }
        }
    }
}
