//! The "Methods" table of a resource: which pages describe its operations.

use super::Context;
use crate::span::Span;
use crate::syntax::{Column, Row, SectionKind, TypeName, links_within, type_name};

/// The methods tables of a section.
#[derive(Debug)]
pub struct Methods {
    /// Their rows.
    pub rows: Vec<MethodRow>,
}

/// One row.
#[derive(Debug)]
pub struct MethodRow {
    /// The line.
    pub span: Span,
    /// The text of the link, or of the cell.
    pub title: Span,
    /// The target of the link.
    pub target: Option<Span>,
    /// The return type.
    pub return_type: Option<TypeName>,
}

pub(super) fn read(context: &Context<'_>) -> Option<Methods> {
    if !context.is(&[SectionKind::Methods]) {
        return None;
    }
    let rows: Vec<_> = context
        .section
        .tables()
        .flat_map(|table| {
            let return_type = table.columns.index(Column::ReturnType);
            table.rows().filter_map(move |row| read_row(context, &row, return_type))
        })
        .collect();
    (!rows.is_empty()).then_some(Methods { rows })
}

fn read_row(context: &Context<'_>, row: &Row<'_>, return_type: Option<usize>) -> Option<MethodRow> {
    let cell = row.cell(Some(0))?;
    let link = links_within(context.links, cell).first();
    let return_type = row.cell(return_type).filter(|cell| !super::is_none(&context.source[*cell]));
    Some(MethodRow {
        span: row.span,
        title: link.map_or(cell, |link| link.text),
        target: link.map(|link| link.target),
        return_type: return_type.and_then(|cell| type_name::parse(context.source, cell, context.links)),
    })
}
