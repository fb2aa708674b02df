//! Tables of parameters: in the path, in the query, of a function, in headers.

use super::{Context, NamedRow, named_rows};
use crate::syntax::SectionKind;

/// The parameter tables of a section.
#[derive(Debug)]
pub struct Parameters {
    /// Where the parameters stand in a request.
    pub place: Place,
    /// The rows of all tables.
    pub rows: Vec<NamedRow>,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// Of an OData function: in the path's parentheses, or in the query string.
    Function,
    /// In a header.
    Header,
}

pub(super) fn read(context: &Context<'_>) -> Option<Parameters> {
    let place = match context.kind? {
        SectionKind::PathParameters => Place::Path,
        SectionKind::QueryParameters => Place::Query,
        SectionKind::FunctionParameters => Place::Function,
        SectionKind::RequestHeaders => Place::Header,
        _ => return None,
    };
    let rows: Vec<_> = context.section.tables().flat_map(|table| named_rows(context, table)).collect();
    (!rows.is_empty()).then_some(Parameters { place, rows })
}
