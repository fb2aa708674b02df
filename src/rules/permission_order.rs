use super::Report;
use crate::diagnostic::{Edit, Fix};
use crate::span::{Location, Span};
use crate::syntax::construct::permissions::is_scope;
use crate::syntax::{Column, Page, Table};

rule! {
    /// A permission table that lists the most privileged permission first.
    ///
    /// ## Why
    /// Readers take the first permission of a row, and should take the least that is enough.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from most to least privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.ReadWrite.All, Customer.Read.All|
    /// |Delegated (personal Microsoft account)|Not supported.|
    /// |Application|Customer.ReadWrite.All, Customer.Read.All|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Delegated (work or school account)|Customer.Read.All, Customer.ReadWrite.All|
    /// |Delegated (personal Microsoft account)|Not supported.|
    /// |Application|Customer.Read.All, Customer.ReadWrite.All|
    /// ````
    Warning, Page(check), Unsafe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables() {
        let Some(column) = table.columns.index(Column::PermissionsReversed) else { continue };
        let Some(title) = table.header().cell(Some(column)) else { continue };
        let finding = report.at(
            Location::new(page.id, title),
            "the permission table goes from the most to the least privileged permission",
        );
        finding.help("turn the lists round, and write `Permissions (from least to most privileged)`");
        // Whether the title or the lists tell the truth is for the author to say.
        let edits = turned(page, table, column).map(|edits| {
            let at = |span| Location::new(page.id, span);
            let title = Edit { at: at(title), text: "Permissions (from least to most privileged)".to_owned() };
            let cells = edits.into_iter().map(|(span, text)| Edit { at: at(span), text });
            std::iter::once(title).chain(cells).collect()
        });
        finding.fix = edits.map(|edits| Fix { edits, safe: false });
    }
}

/// The lists of a column the other way round; `None` when a cell is more than a list of names.
fn turned(page: &Page, table: &Table, column: usize) -> Option<Vec<(Span, String)>> {
    let mut turned = Vec::new();
    for cell in table.rows().filter_map(|row| row.cell(Some(column))) {
        let names: Vec<&str> = page.source[cell].split(',').map(str::trim).collect();
        if names.len() < 2 && !lists_without_commas(names[0]) {
            continue;
        }
        let is_name = |name: &&str| !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '<');
        if !names.iter().all(is_name) {
            return None;
        }
        turned.push((cell, names.into_iter().rev().collect::<Vec<_>>().join(", ")));
    }
    Some(turned)
}

/// Whether a text without commas names several permissions all the same.
fn lists_without_commas(text: &str) -> bool {
    text.split_whitespace().filter(|word| is_scope(word)).count() > 1
}
