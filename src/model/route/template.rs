//! Reading a URL template: its path, its query, and the segments of the path.

use super::names::clean;
use super::unbraced::Unbraced;
use super::{Piece, Segment};
use crate::span::{Location, Span};
use crate::syntax::construct::parameters::OPTIONS;

/// The versions of a service, which stand at the start of a URL's path and not in a template.
const VERSIONS: [&str; 2] = ["v1.0", "beta"];

/// Splits at the first `?` outside braces, or where it is missing, before the first query option of OData.
pub(super) fn split_query(written: &str) -> (&str, Option<&str>) {
    let mut depth = 0i32;
    for (at, character) in written.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            '?' if depth == 0 => return (&written[..at], Some(&written[at + 1..])),
            '$' if depth == 0 && starts_with_option(&written[at..]) => {
                return (written[..at].trim_end_matches(['/', '&']), Some(&written[at..]));
            }
            _ => {}
        }
    }
    (written, None)
}

/// Whether a query option and its value follow: `$filter=…`. Paths have `$value` and `$count`, which take none.
fn starts_with_option(text: &str) -> bool {
    let after = |option: &str| {
        let rest = text.get(..option.len()).is_some_and(|start| start.eq_ignore_ascii_case(option));
        rest && text[option.len()..].starts_with('=')
    };
    OPTIONS.iter().any(|option| after(option))
}

/// The path without scheme, host and version.
pub(super) fn without_base(url: &str) -> &str {
    let rooted = match url.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(|c| c.is_ascii_alphabetic()) => {
            &rest[rest.find('/').unwrap_or(rest.len())..]
        }
        _ => url,
    };
    let path = rooted.trim_start_matches('/');
    let (first, rest) = path.split_once('/').map_or((path, &path[path.len()..]), |(first, rest)| (first, rest));
    if VERSIONS.contains(&first) { rest } else { path }
}

/// What stands between the slashes of a path. `base` is where the path stands.
pub(super) fn segments(path: &str, base: Location) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let mut pieces = Vec::new();
    let mut segment_start = 0;
    let mut text_start = 0;
    let mut at = 0;
    let location = |start: usize, end: usize| {
        let offset = base.span.start as usize;
        Location::new(base.file, Span::new(offset + start, offset + end))
    };
    while let Some(character) = path[at..].chars().next() {
        let closing = match character {
            '{' => path[at..].find('}'),
            '<' => path[at..].find('>'),
            _ => None,
        };
        if character == '/' {
            push_text(&mut pieces, &path[text_start..at]);
            push_segment(&mut found, &mut pieces, &path[segment_start..at]);
            at += 1;
            (segment_start, text_start) = (at, at);
        } else if let Some(close) = closing {
            push_text(&mut pieces, &path[text_start..at]);
            let written = path[at + 1..at + close].trim();
            pieces.push(Piece::Parameter { name: clean(written), written, at: location(at, at + close + 1) });
            at += close + 1;
            text_start = at;
        } else {
            at += character.len_utf8();
        }
    }
    push_text(&mut pieces, &path[text_start..]);
    push_segment(&mut found, &mut pieces, &path[segment_start..]);
    found
}

fn push_text<'d>(pieces: &mut Vec<Piece<'d>>, text: &'d str) {
    if !text.trim().is_empty() {
        pieces.push(Piece::Text(text));
    }
}

#[expect(clippy::drain_collect, reason = "most segments have one piece, and are to keep no room for more")]
fn push_segment<'d>(segments: &mut Vec<Segment<'d>>, pieces: &mut Vec<Piece<'d>>, text: &'d str) {
    // Names beside the braces are names of the one parameter.
    if let [Piece::Parameter { name, written, .. }, _, ..] = pieces.as_mut_slice()
        && let Some(Unbraced::Alternatives(names)) = Unbraced::read(text)
    {
        (*name, *written) = (clean(names), names);
        pieces.truncate(1);
    }
    if !pieces.is_empty() {
        segments.push(Segment { pieces: pieces.drain(..).collect() });
    }
}
