//! The "Request body" section: a table of properties, or prose.

use super::media;
use super::{Context, NamedRow, marked_name, named_rows};
use crate::span::Span;
use crate::syntax::phrases::Phrases;
use crate::syntax::table::Columns;
use crate::syntax::{Column, SectionKind, TypeRef, links_within};

/// What a section says about the request body.
#[derive(Debug)]
pub struct RequestBody {
    /// The rows of its tables.
    pub rows: Vec<NamedRow>,
    /// The first link in its prose before the table: usually to the resource whose JSON representation is to be
    /// supplied.
    pub link: Option<TypeRef>,
    /// The name in bold of what is to be supplied, in the first paragraph.
    pub named: Option<Span>,
    /// Whether there is no body: the prose says so ("Do not supply a request body"), or nothing is said.
    pub none: bool,
    /// Whether the prose says that the body is no JSON but bytes ("the binary data of the photo").
    pub bytes: bool,
    /// Its first paragraph.
    pub summary: Option<Span>,
}

pub(super) fn read(context: &Context<'_>) -> Option<RequestBody> {
    if !context.is(&[SectionKind::RequestBody]) {
        return None;
    }
    // A table none of whose titles is known is one of properties where there is no other.
    let has_names = |columns: &Columns| columns.index(Column::Name).is_some();
    let is_named = context.section.tables().any(|table| has_names(&table.columns));
    let is_body = |columns: &Columns| has_names(columns) || columns.is_unknown() && !is_named;
    let rows = named_rows(context, context.section.tables().filter(|table| is_body(&table.columns)));
    let prose = || context.section.prose();
    // What follows the table explains its rows.
    let rows_start = rows.first().map_or(u32::MAX, |row| row.span.start);
    let leading = prose().filter(|span| span.start < rows_start);
    let link = leading.flat_map(|span| links_within(context.links, span)).find_map(|link| {
        let is_page = context.source[link.target].contains(".md");
        is_page.then_some(TypeRef::Link { text: link.text, target: link.target })
    });
    let none = context.section.blocks.is_empty() || prose().any(|span| says_none(&context.source[span]));
    let summary = prose().next();
    let named = summary.filter(|_| link.is_none()).and_then(|span| marked_name(context.source, span, "**"));
    let bytes = summary.is_some_and(|span| media::is_of_bytes(&context.source[span]));
    Some(RequestBody { rows, link, named, none, bytes, summary })
}

static NO_BODY: Phrases = Phrases::new(&[
    "do not supply",
    "don't supply",
    "don’t supply",
    "does not take a body",
    "not required",
    "not require a request body",
    "not require any request body",
    "n't require a request body",
    "n’t require a request body",
    "request body is not necessary",
    "no request body",
    "no request content",
    "should be empty",
]);

fn says_none(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.');
    NO_BODY.are_in(text) || word.eq_ignore_ascii_case("none") || word.eq_ignore_ascii_case("empty")
}
