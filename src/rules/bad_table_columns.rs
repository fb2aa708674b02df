use super::Report;
use crate::span::Location;
use crate::syntax::{Column, Page, SectionKind, Table};

rule! {
    /// A table in a known section without a column that names its rows.
    ///
    /// ## Why
    /// It is not known which cell is the name of a property or parameter, so the rows can only be guessed at.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Attribute|Kind|Notes|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for section in page.sections.iter().filter(|section| section.has_own_kind) {
        let name = match section.kind {
            Some(SectionKind::Properties) => "Property",
            Some(SectionKind::Relationships) => "Relationship",
            Some(SectionKind::PathParameters | SectionKind::QueryParameters | SectionKind::FunctionParameters) => {
                "Parameter"
            }
            _ => continue,
        };
        // A further table may explain one row of the first.
        let Some(table) = section.tables().next().filter(|table| table.is_rendered()) else { continue };
        let columns = &table.columns;
        let is_named = columns.index(Column::Name).is_some() || columns.index(Column::Value).is_some();
        if !is_named && lists_names(page, table) {
            report
                .at(Location::new(page.id, table.header.span), "no column of this table is known to name its rows")
                .help(format!("title the columns `{name}`, `Type` and `Description`"));
        }
    }
}

/// Whether the rows start with names, not with words: a table may also explain what the values of one
/// parameter mean.
fn lists_names(page: &Page, table: &Table) -> bool {
    let first = table.rows.iter().filter_map(|row| row.cell(Some(0)));
    let (named, worded): (Vec<_>, Vec<_>) = first.partition(|cell| !page.source[*cell].contains(char::is_whitespace));
    named.len() >= worded.len()
}
