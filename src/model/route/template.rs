//! Reading a URL template: its path, its query, and the segments of the path.

use super::names::clean;
use super::unbraced::Unbraced;
use super::{Piece, Pieces, Segment};
use crate::span::{Location, Span};
use crate::syntax::construct::parameters::OPTIONS;

/// The versions of a service, which stand at the start of a URL's path and not in a template.
const VERSIONS: [&str; 2] = ["v1.0", "beta"];

/// Hardly any path has more slashes.
const USUAL: usize = 16;

/// Splits at the first `?` outside braces, or where it is missing, before the first query option of OData.
pub(super) fn split_query(written: &str) -> (&str, Option<&str>) {
    if memchr::memchr2(b'?', b'$', written.as_bytes()).is_none() {
        return (written, None);
    }
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
    let rooted = match url.split_once(':').and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?))) {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
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
    let slashes = memchr::memchr_iter(b'/', path.as_bytes()).take(USUAL).count();
    let mut found = Vec::with_capacity(slashes + 1);
    let mut pieces = None;
    let mut segment_start = 0;
    let mut text_start = 0;
    let mut at = 0;
    let location = |start: usize, end: usize| {
        let offset = base.span.start as usize;
        Location::new(base.file, Span::new(offset + start, offset + end))
    };
    while let Some(next) = memchr::memchr3(b'/', b'{', b'<', &path.as_bytes()[at..]) {
        at += next;
        let closing = match path.as_bytes()[at] {
            b'{' => memchr::memchr(b'}', &path.as_bytes()[at..]),
            b'<' => memchr::memchr(b'>', &path.as_bytes()[at..]),
            _ => None,
        };
        if path.as_bytes()[at] == b'/' {
            push_text(&mut pieces, &path[text_start..at]);
            push_segment(&mut found, &mut pieces, &path[segment_start..at]);
            at += 1;
            (segment_start, text_start) = (at, at);
        } else if let Some(close) = closing {
            push_text(&mut pieces, &path[text_start..at]);
            let written = path[at + 1..at + close].trim();
            push(&mut pieces, Piece::Parameter { name: clean(written), written, at: location(at, at + close + 1) });
            at += close + 1;
            text_start = at;
        } else {
            at += 1;
        }
    }
    push_text(&mut pieces, &path[text_start..]);
    push_segment(&mut found, &mut pieces, &path[segment_start..]);
    found
}

fn push_text<'d>(pieces: &mut Option<Pieces<'d>>, text: &'d str) {
    if !text.trim().is_empty() {
        push(pieces, Piece::Text(text));
    }
}

fn push<'d>(pieces: &mut Option<Pieces<'d>>, piece: Piece<'d>) {
    *pieces = Some(match pieces.take() {
        None => Pieces::One(piece),
        Some(Pieces::One(first)) => Pieces::Several(vec![first, piece]),
        Some(Pieces::Several(mut several)) => {
            several.push(piece);
            Pieces::Several(several)
        }
    });
}

fn push_segment<'d>(segments: &mut Vec<Segment<'d>>, pieces: &mut Option<Pieces<'d>>, text: &'d str) {
    let Some(mut pieces) = pieces.take() else { return };
    // Names beside the braces are names of the one parameter.
    if let [Piece::Parameter { at, .. }, _, ..] = pieces.as_slice()
        && let Some(Unbraced::Alternatives(names)) = Unbraced::read(text)
    {
        pieces = Pieces::One(Piece::Parameter { name: clean(names), written: names, at: *at });
    }
    segments.push(Segment { pieces });
}
