use super::Report;
use crate::span::Location;
use crate::syntax::{Column, Page, Section, SectionKind, Table, dialect};

rule! {
    /// A table in a known section without a column that names its rows.
    ///
    /// ## Why
    /// It is not known which cell is the name of a property, parameter or member, or the kind of caller, so the rows
    /// can only be guessed at.
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

/// The usual columns of a section's table; the first names its rows.
const TITLES: &[(&[SectionKind], &str)] = {
    use SectionKind::*;
    &[
        (&[Properties, RequestBody], "`Property`, `Type` and `Description`"),
        (&[Relationships], "`Relationship`, `Type` and `Description`"),
        (&[PathParameters, QueryParameters, FunctionParameters], "`Parameter`, `Type` and `Description`"),
        (&[RequestHeaders, ResponseHeaders], "`Name` and `Description`"),
        (&[EnumValues], "`Member`, `Value` and `Description`"),
        (&[Permissions], "`Permission type` and `Permissions (from least to most privileged)`"),
    ]
};

fn check(page: &Page, report: &mut Report<'_>) {
    for section in page.sections.iter().filter(|section| section.has_own_kind) {
        let Some((_, titles)) = TITLES.iter().find(|(kinds, _)| section.kind.is_some_and(|kind| kinds.contains(&kind)))
        else {
            continue;
        };
        // A further table may explain one row of the first.
        let Some(table) = section.tables().next().filter(|table| table.is_rendered()) else { continue };
        let is_listing = !is_matrix(section, table) && !is_enum_of_property(page, section);
        if is_listing && !names_rows(table) && lists_names(page, section, table) {
            report
                .at(Location::new(page.id, table.header().span), "no column of this table is known to name its rows")
                .help(format!("title the columns {titles}"));
        }
    }
}

fn names_rows(table: &Table) -> bool {
    [Column::Name, Column::Value, Column::PermissionType].iter().any(|column| table.columns.index(*column).is_some())
}

/// Whether a permission table has a column for each kind of caller, and a row for each kind of resource.
fn is_matrix(section: &Section, table: &Table) -> bool {
    section.kind == Some(SectionKind::Permissions) && table.header().cells.len() > 3
}

/// Whether the heading names the enumeration ("displayAs options"): its table is titled in many ways, of which
/// any is understood.
fn is_enum_of_property(page: &Page, section: &Section) -> bool {
    let heading = section.heading.as_ref().map_or("", |heading| &page.source[heading.text]);
    section.kind == Some(SectionKind::EnumValues) && dialect::known_section(heading).is_none()
}

/// Whether the rows start with names, not with words: a table may also explain what the values of one
/// parameter mean. Kinds of caller are words.
fn lists_names(page: &Page, section: &Section, table: &Table) -> bool {
    if section.kind == Some(SectionKind::Permissions) {
        return true;
    }
    let first = table.rows().filter_map(|row| row.cell(Some(0)));
    let (named, worded): (Vec<_>, Vec<_>) = first.partition(|cell| !page.source[*cell].contains(char::is_whitespace));
    named.len() >= worded.len()
}
