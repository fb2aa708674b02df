//! The "Properties" and "Relationships" tables of a resource.

use super::{Context, NamedRow, named_rows};
use crate::syntax::{Column, SectionKind, Table};

/// The property tables of a section.
#[derive(Debug)]
pub struct Properties {
    /// Whether they are relationships: navigation properties, which a response holds only when expanded.
    pub relationships: bool,
    /// Their rows.
    pub rows: Vec<NamedRow>,
}

pub(super) fn read(context: &Context<'_>) -> Option<Properties> {
    let relationships = match context.kind? {
        SectionKind::Properties => false,
        SectionKind::Relationships => true,
        _ => return None,
    };
    // A table of values inside the section explains one property; it has no types. A table none of
    // whose titles is known may be one of properties where there is no other, if the heading says so.
    let has_types = |table: &Table| {
        let has = |column| table.columns.index(column).is_some();
        has(Column::Type) || relationships && has(Column::ReturnType)
    };
    let typed = context.section.tables().any(has_types);
    let may_be_untyped = !typed && (context.section.has_own_kind || context.section.heading.is_none());
    let lists_properties = |table: &&Table| has_types(table) || may_be_untyped && table.columns.is_unknown();
    let rows = named_rows(context, context.section.tables().filter(lists_properties));
    (!rows.is_empty()).then_some(Properties { relationships, rows })
}
