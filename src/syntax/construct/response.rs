//! The "Response" section: a sentence that names a status code and what the body holds.

use super::{Context, marked_name, media};
use crate::source::Source;
use crate::span::Span;
use crate::syntax::phrases::Phrases;
use crate::syntax::{Link, SectionKind, TypeRef, links_within};

/// What a section says about the response.
#[derive(Debug)]
pub struct Response {
    /// Every status code it names, in text order.
    pub statuses: Vec<Status>,
    /// The type in the body: the first link to a resource, in the sentence of the code that
    /// carries it where that has one. What a `Location` header leads to is in no body.
    pub body: Option<TypeRef>,
    /// The marked name of what the body holds, where there is no link.
    pub named: Option<Span>,
    /// A primitive type named in the sentence, such as `String`, where there is no link.
    pub primitive: Option<Span>,
    /// Whether the body is a collection.
    pub collection: bool,
    /// The media type of a body that is no JSON.
    pub media_type: Option<&'static str>,
    /// Whether it says that the body is empty.
    pub no_body: bool,
    /// Its first paragraph.
    pub summary: Option<Span>,
}

/// A status code in prose.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    /// The code.
    pub code: u16,
    /// The code span around it, or its digits.
    pub span: Span,
}

impl Response {
    /// The first success or redirection code.
    pub fn success(&self) -> Option<Status> {
        self.statuses.iter().copied().find(|status| status.is_success())
    }

    /// The code of the answer that has the body: the first success code, but for those that come without a body where
    /// another follows ("Returns `204 No Content`. If asked for it, returns `200 OK` and the object.").
    pub fn carrier(&self) -> Option<Status> {
        carrier(&self.statuses)
    }
}

impl Status {
    fn is_success(&self) -> bool {
        (200..400).contains(&self.code)
    }

    fn is_bare(&self) -> bool {
        is_bare(self.code)
    }
}

/// Whether an answer with this code has no body that the prose tells of.
pub fn is_bare(code: u16) -> bool {
    matches!(code, 204 | 302 | 304)
}

fn carrier(statuses: &[Status]) -> Option<Status> {
    let mut successes = statuses.iter().copied().filter(Status::is_success);
    let first = successes.next()?;
    if first.is_bare() { successes.find(|status| !status.is_bare()) } else { None }.or(Some(first))
}

pub(super) fn read(context: &Context<'_>) -> Option<Response> {
    if !context.is(&[SectionKind::Response]) {
        return None;
    }
    let prose = || context.section.prose();
    let summary = prose().next();
    let source = context.source;
    let statuses: Vec<Status> = prose().flat_map(|span| statuses(source, span)).collect();
    let carrier = carrier(&statuses);
    let sentence = carrier.and_then(|status| {
        let paragraph = prose().find(|span| span.contains(status.span))?;
        Some(sentence(source, paragraph, status.span))
    });
    // What an answer without a body lacks, the one that carries it has.
    let is_later = carrier.is_some_and(|carrier| !carrier.is_bare())
        && statuses.iter().find(|status| status.is_success()).is_some_and(Status::is_bare);
    let linked = |span: Span| {
        let is_body = |link: &&Link| is_type_link(source, link) && !is_of_location(source, span, link);
        let link = links_within(context.links, span).iter().find(is_body)?;
        Some(TypeRef::Link { text: link.text, target: link.target })
    };
    let body = sentence.and_then(linked).or_else(|| prose().find_map(linked));
    let text = sentence.or(summary).map_or("", |span| &source[span]);
    Some(Response {
        body,
        named: sentence
            .filter(|_| body.is_none())
            .and_then(|sentence| ["**", "`"].into_iter().find_map(|mark| marked_name(source, sentence, mark))),
        primitive: sentence.filter(|_| body.is_none()).and_then(|sentence| primitive(source, sentence)),
        collection: COLLECTIONS.are_in(text),
        media_type: media::of_response(text),
        no_body: match sentence.filter(|_| is_later) {
            Some(sentence) => NO_BODY.are_in(&source[sentence]),
            None => prose().any(|span| NO_BODY.are_in(&source[span])),
        },
        summary,
        statuses,
    })
}

/// Whether a link stands behind the words for a `Location` header: "… a `Location` header, which leads to the [job](…)".
fn is_of_location(source: &Source, paragraph: Span, link: &Link) -> bool {
    let sentence = sentence(source, paragraph, link.span);
    let before = &source[Span { start: sentence.start, end: link.span.start.max(sentence.start) }];
    LOCATION.are_in(before)
}

static LOCATION: Phrases = Phrases::new(&["location header", "`location` header", "**location** header"]);

fn is_type_link(source: &Source, link: &Link) -> bool {
    let target = &source[link.target];
    let path = target.split(['#', '?']).next().unwrap_or_default().to_ascii_lowercase();
    let other_root = target.starts_with('/') || target.contains("://");
    // The site that shows the pages has types in a folder of this name, too.
    path.contains("/resources/")
        || path.ends_with(".md") && !path.contains("/api/") && !path.contains("concepts/") && !other_root
}

/// The codes in a paragraph: in code spans, or before a reason phrase.
pub fn statuses(source: &Source, paragraph: Span) -> Vec<Status> {
    let text = &source[paragraph];
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in 0..bytes.len().saturating_sub(2) {
        if !matches!(bytes[at], b'2'..=b'5') {
            continue;
        }
        let starts = bytes[at..at + 3].iter().all(u8::is_ascii_digit);
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let alone = !before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'#' | b'='));
        if !starts || !alone || bytes.get(at + 3).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            continue;
        }
        let quoted = before == Some(b'`');
        if quoted || named(&text[at + 3..]) || text[..at].trim_end_matches([' ', '*']).ends_with("code") {
            let code = text[at..at + 3].parse().unwrap_or_default();
            let end = if quoted { text[at..].find('`').map_or(at + 3, |close| at + close + 1) } else { at + 3 };
            let start = paragraph.start as usize + at - usize::from(quoted);
            found.push(Status { code, span: Span::new(start, paragraph.start as usize + end) });
        }
    }
    found
}

/// Whether a reason phrase follows.
fn named(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', '*', '`']);
    [
        "OK",
        "Created",
        "Accepted",
        "No Content",
        "NoContent",
        "Found",
        "Partial",
        "Multi",
        "Bad",
        "Forbidden",
        "Not",
        "Conflict",
    ]
    .iter()
    .any(|phrase| rest.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase)))
}

/// The sentence of a paragraph around a place. Full stops inside code spans and links end no sentence,
/// as a blank and a capital must follow.
fn sentence(source: &Source, paragraph: Span, at: Span) -> Span {
    let text = &source[paragraph];
    let inner = at.start as usize - paragraph.start as usize;
    let is_end = |at: usize| {
        let rest = &text[at + 1..];
        let next = rest.trim_start().chars().next();
        rest.starts_with(char::is_whitespace) && next.is_none_or(char::is_uppercase)
    };
    let start = text[..inner].rmatch_indices('.').find(|(at, _)| is_end(*at)).map_or(0, |(at, _)| at + 1);
    let end = text[inner..].match_indices('.').map(|(at, _)| inner + at).find(|at| is_end(*at)).unwrap_or(text.len());
    let base = paragraph.start as usize;
    Span::new(base + start, base + end)
}

static COLLECTIONS: Phrases = Phrases::new(&[
    "collection of",
    "list of",
    "array of",
    "set of",
    " objects",
    "collection in",
    "collection object",
    "string collection",
    ") collection",
    "] collection",
    ") items",
    "] items",
    "** items",
    ") resources",
    "] resources",
    "** resources",
    "in a collection",
]);

static NO_BODY: Phrases = Phrases::new(&[
    "does not return anything",
    "doesn't return anything",
    "doesn’t return anything",
    "not return anything",
    "empty response body",
    "no response body",
    "response body is empty",
    "no content in the response body",
]);

fn primitive(source: &Source, sentence: Span) -> Option<Span> {
    const NAMES: [&str; 10] =
        ["string", "boolean", "int32", "int64", "integer", "stream", "double", "guid", "datetimeoffset", "bytes"];
    let words = source[sentence].split([' ', ',', '.', '`', '*', '\n', '(', ')']);
    let is_name = |word: &str| NAMES.iter().any(|name| name.eq_ignore_ascii_case(word));
    // "A collection of strings"
    let mut singular = words.map(|word| if is_name(word) { word } else { word.strip_suffix('s').unwrap_or(word) });
    singular.find(|word| is_name(word)).and_then(|word| source.span_of(word))
}
