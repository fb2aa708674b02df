//! The "Request body" section: a table of properties, or prose.

use super::{Context, NamedRow, named_rows};
use crate::span::Span;
use crate::syntax::phrases::Phrases;
use crate::syntax::table::Columns;
use crate::syntax::{Column, SectionKind, TypeRef, links_within};

/// What a section says about the request body.
#[derive(Debug)]
pub struct RequestBody {
    /// The rows of its tables.
    pub rows: Vec<NamedRow>,
    /// The first link in its prose: usually to the resource whose JSON representation is to be supplied.
    pub link: Option<TypeRef>,
    /// Whether the prose says that there is no body ("Do not supply a request body").
    pub none: bool,
    /// Its first paragraph.
    pub summary: Option<Span>,
}

pub(super) fn read(context: &Context<'_>) -> Option<RequestBody> {
    if !context.is(&[SectionKind::RequestBody]) {
        return None;
    }
    let is_body = |columns: &Columns| columns.index(Column::Name).is_some() || columns.is_unknown();
    let rows = context
        .section
        .tables()
        .filter(|table| is_body(&table.columns))
        .flat_map(|table| named_rows(context, table))
        .collect();
    let prose: Vec<Span> = context.section.prose().collect();
    let link = prose.iter().flat_map(|span| links_within(context.links, *span)).find_map(|link| {
        let is_page = context.source[link.target].contains(".md");
        is_page.then_some(TypeRef::Link { text: link.text, target: link.target })
    });
    let none = prose.iter().any(|span| says_none(&context.source[*span]));
    Some(RequestBody { rows, link, none, summary: prose.first().copied() })
}

static NO_BODY: Phrases = Phrases::new(&[
    "do not supply",
    "don't supply",
    "don’t supply",
    "does not take a body",
    "not required",
    "no request body",
    "should be empty",
]);

fn says_none(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.');
    NO_BODY.are_in(text) || word.eq_ignore_ascii_case("none") || word.eq_ignore_ascii_case("empty")
}
