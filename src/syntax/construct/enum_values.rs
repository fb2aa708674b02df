//! The members of an enumeration: a table under "x values", or "Members" on a page of its own.

use super::Context;
use crate::span::Span;
use crate::syntax::{Column, SectionKind, Table, dialect, links_within};

/// One enumeration.
#[derive(Debug)]
pub struct EnumValues {
    /// Its name, where the heading tells it; on a page of its own the title does.
    pub name: Option<Span>,
    /// Its members, in table order.
    pub members: Vec<EnumMember>,
}

/// A member.
#[derive(Debug)]
pub struct EnumMember {
    /// Its name.
    pub name: Span,
    /// Its number, if given.
    pub value: Option<Span>,
    /// Its description, if given.
    pub description: Option<Span>,
}

pub(super) fn read(context: &Context<'_>) -> Option<EnumValues> {
    if !context.is(&[SectionKind::EnumValues]) {
        return None;
    }
    let heading = context.section.heading?;
    let name = dialect::enum_heading(&context.source[heading.text]).and_then(|name| context.source.span_of(name));
    let members: Vec<_> = context.section.tables().filter_map(|table| members(context, table)).flatten().collect();
    (!members.is_empty()).then_some(EnumValues { name, members })
}

/// The members in a table; `None` when its first column holds links, as lists of derived types do.
fn members(context: &Context<'_>, table: &Table) -> Option<Vec<EnumMember>> {
    let source = context.source;
    let columns = &table.columns;
    if columns.index(Column::Type).is_some() {
        return None;
    }
    let name = columns.index(Column::Name).or(columns.index(Column::Value)).unwrap_or(0);
    let value = columns.index(Column::Value).filter(|value| *value != name);
    let description = columns.index(Column::Description);
    let cells = || table.rows().filter_map(|row| row.cell(Some(name)));
    if cells().next().is_some_and(|cell| !links_within(context.links, cell).is_empty()) {
        return None;
    }
    let member = |row: crate::syntax::Row<'_>| {
        Some(EnumMember {
            name: super::unmarked_name(source, row.cell(Some(name))?),
            value: row.cell(value),
            description: row.cell(description),
        })
    };
    Some(table.rows().filter_map(member).collect())
}
