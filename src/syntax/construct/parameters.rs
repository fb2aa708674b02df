//! Tables of parameters: in the path, in the query, of a function, in headers. Pages name the query options of OData
//! in prose too.

use super::{Context, NamedRow, named_rows};
use crate::span::Span;
use crate::syntax::phrases::Phrases;
use crate::syntax::prose::Facts;
use crate::syntax::{Column, SectionKind, Table, inline};

/// The parameter tables of a section.
#[derive(Debug)]
pub struct Parameters {
    /// Where the parameters stand in a request.
    pub place: Place,
    /// The rows of all tables, then the options that only the prose names.
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
    // Below a heading of its own, a table explains one parameter unless it says that it lists parameters.
    let is_own = context.section.has_own_kind || context.section.heading.is_none();
    let lists_parameters = |table: &&Table| is_own || table.columns.index(Column::Name).is_some();
    let mut rows = named_rows(context, context.section.tables().filter(lists_parameters));
    if place == Place::Query {
        add_options(context, &mut rows);
    }
    (!rows.is_empty()).then_some(Parameters { place, rows })
}

/// The query options of OData that a client may choose.
pub const OPTIONS: [&str; 10] =
    ["$count", "$expand", "$filter", "$format", "$orderby", "$search", "$select", "$skip", "$skiptoken", "$top"];

/// What a sentence says of options that are not for this request.
static DENIALS: Phrases = Phrases::new(&[
    "not support",
    "not currently support",
    "not yet support",
    "n't support",
    "n’t support",
    "no support",
    "unsupported",
    "not available",
    "not allowed",
    "not be used",
    "n't be used",
    "n’t be used",
    "other than",
    "without",
    "except",
]);

/// Adds the query options that the prose names, but for those that it denies.
fn add_options(context: &Context<'_>, rows: &mut Vec<NamedRow>) {
    let source = context.source;
    let mut is_known = [false; OPTIONS.len()];
    rows.iter().filter_map(|row| option(&source[row.name])).for_each(|option| is_known[option] = true);
    let mut denies_list = false;
    for prose in context.section.prose() {
        let text = &source[prose];
        let is_denied = std::mem::take(&mut denies_list);
        denies_list = text.trim_end().ends_with(':') && sentences(text).last().is_some_and(denies);
        if is_denied || memchr::memchr(b'$', text.as_bytes()).is_none() {
            continue;
        }
        for sentence in sentences(text) {
            let words = memchr::memchr_iter(b'$', sentence.as_bytes()).map(|at| word(&sentence[at..]));
            let mut new = words.filter_map(|word| Some((word, option(word)?))).filter(|(_, option)| !is_known[*option]);
            let Some(first) = new.next().filter(|_| !denies(sentence)) else { continue };
            for (word, option) in std::iter::once(first).chain(new).collect::<Vec<_>>() {
                if !std::mem::replace(&mut is_known[option], true) {
                    rows.extend(source.span_of(word).map(unexplained));
                }
            }
        }
    }
}

/// Which option of OData a name is.
fn option(name: &str) -> Option<usize> {
    let name = name.trim_start_matches('\\');
    OPTIONS.iter().position(|option| option.eq_ignore_ascii_case(name))
}

/// The `$` at the start of a text, and the letters after it.
fn word(text: &str) -> &str {
    let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    &text[..=letters]
}

/// An option of which nothing but the name is known.
fn unexplained(name: Span) -> NamedRow {
    let description = Span::at(name.end as usize);
    NamedRow { span: name, name, type_name: None, value: None, description, facts: Facts::default() }
}

fn denies(sentence: &str) -> bool {
    DENIALS.are_in(&inline::plain(sentence))
}

/// The sentences of a text; an item of a list is one too.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    const ENDS: [&str; 4] = [". ", ".\n", "\n- ", "\n* "];
    let is_end = |at: &usize| ENDS.iter().any(|end| text[*at..].starts_with(end));
    let ends = memchr::memchr2_iter(b'.', b'\n', text.as_bytes()).filter(is_end).chain([text.len()]);
    let mut next = 0;
    ends.map(move |end| &text[std::mem::replace(&mut next, end)..end])
}
