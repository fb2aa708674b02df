//! The paths under which an operation is reached: `/users/{id}/messages/{id}`.

pub mod unbraced;

use crate::span::{Location, Span};
use rustc_hash::FxHashMap;
use unbraced::Unbraced;

/// Routes longer than this (in bytes) are left out of OpenAPI documents: hardly any server takes such a URL, and YAML
/// readers take no key of more than 1,024 characters.
pub const MAX_LENGTH: usize = 300;

/// One route of an operation.
#[derive(Clone, Debug)]
pub struct Route<'d> {
    /// Where the URL stands.
    pub at: Location,
    /// As it is written.
    pub written: &'d str,
    /// Its segments, without base URL and version.
    pub segments: Vec<Segment<'d>>,
    /// What stands after `?`.
    pub query: Option<&'d str>,
}

/// What stands between two slashes: text, parameters, or both as in `range(address='{address}')`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'d> {
    /// Its pieces; never empty.
    pub pieces: Vec<Piece<'d>>,
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'d> {
    /// Text.
    Text(&'d str),
    /// A parameter.
    Parameter {
        /// Its name in this route: letters, digits and dashes, and no other parameter of the route has it.
        name: String,
        /// As it is written, without the braces.
        written: &'d str,
        /// Where it stands.
        at: Location,
    },
}

/// The name before a value, as `index` is in `itemAt(index=`.
fn argument<'d>(before: &Piece<'d>) -> Option<&'d str> {
    let Piece::Text(text) = before else { return None };
    let named = text.trim_end_matches(['\'', '"', ' ']).strip_suffix('=')?;
    named.rsplit(['(', ',']).next().map(str::trim)
}

/// The versions of a service, which stand at the start of a URL's path and not in a template.
const VERSIONS: [&str; 2] = ["v1.0", "beta"];

impl<'d> Route<'d> {
    /// Reads a template. `at` is where `written` stands.
    pub fn parse(written: &'d str, at: Location) -> Route<'d> {
        let (url, query) = split_query(written);
        let path = without_base(url);
        let offset = path.as_ptr() as usize - written.as_ptr() as usize;
        let base = Location::new(at.file, Span { start: at.span.start + offset as u32, end: at.span.end });
        let mut segments = segments(path, base);
        name_apart(&mut segments);
        Route { at, written, segments, query }
    }

    /// The path with the names of its parameters: `/users/{user-id}/messages/{message-id}`.
    pub fn path(&self) -> String {
        self.show(|path, name| path.extend(["{", name, "}"]))
    }

    /// The path without the names of its parameters, in lower case: equal for routes that no server can
    /// tell apart.
    pub fn key(&self) -> String {
        self.show(|path, _| path.push_str("{}")).to_lowercase()
    }

    fn show(&self, parameter: impl Fn(&mut String, &str)) -> String {
        let mut path = String::with_capacity(self.written.len());
        for segment in &self.segments {
            path.push('/');
            for piece in &segment.pieces {
                match piece {
                    Piece::Text(text) if !text.contains(char::is_whitespace) => path.push_str(text),
                    Piece::Text(text) => path.extend(text.split_whitespace()),
                    Piece::Parameter { name, .. } => parameter(&mut path, name),
                }
            }
        }
        if path.is_empty() { "/".into() } else { path }
    }

    /// Whether it ends in a parameter alone: the key of one thing among many.
    pub fn is_by_key(&self) -> bool {
        let last = self.segments.last().map(|segment| segment.pieces.as_slice());
        matches!(last, Some([Piece::Parameter { .. }]))
    }

    /// Name, written name and place of each parameter in the path.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &'d str, Location)> {
        self.segments.iter().flat_map(|segment| &segment.pieces).filter_map(|piece| match piece {
            Piece::Parameter { name, written, at } => Some((name.as_str(), *written, *at)),
            Piece::Text(_) => None,
        })
    }

    /// For each parameter in the path, the name of the function's parameter whose value it is: `index` in
    /// `itemAt(index={n})`.
    pub fn arguments(&self) -> impl Iterator<Item = Option<&'d str>> {
        self.segments.iter().flat_map(|segment| {
            let before = std::iter::once(None).chain(segment.pieces.iter().map(Some));
            segment.pieces.iter().zip(before).filter_map(|(piece, before)| match piece {
                Piece::Parameter { .. } => Some(before.and_then(argument)),
                Piece::Text(_) => None,
            })
        })
    }

    /// The values of the parameters in the path of a request, as they are written there; `None` when
    /// the path is not one of this route. Text is compared without case, as the service does.
    pub fn match_path<'u>(&self, path: &'u str) -> Option<Vec<&'u str>> {
        let written: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let mut rest = written.as_slice();
        let mut values = Vec::new();
        for (index, segment) in self.segments.iter().enumerate() {
            let following = self.segments.len() - index - 1;
            let length = if self.is_path(index) { rest.len().checked_sub(following)? } else { 1 };
            let (taken, after) = rest.split_at_checked(length)?;
            match_segment(&segment.pieces, joined(path, taken)?, &mut values)?;
            rest = after;
        }
        rest.is_empty().then_some(values)
    }

    /// Whether a segment is a parameter that is a path of its own, as in `/root:/{item-path}:/content`: after a
    /// segment that ends with a colon, up to the next colon or the end.
    pub fn is_path(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.segments[before].pieces.last());
        let follows_colon = matches!(before, Some(Piece::Text(text)) if text.trim_end().ends_with(':'));
        follows_colon
            && match self.segments[index].pieces.as_slice() {
                [Piece::Parameter { .. }] => index + 1 == self.segments.len(),
                [Piece::Parameter { .. }, Piece::Text(text)] => text.trim() == ":",
                _ => false,
            }
    }

    /// Whether the path can be called as it stands: it has no `…` segment and no text that is no path.
    pub fn is_usable(&self) -> bool {
        self.segments.iter().flat_map(|segment| &segment.pieces).all(|piece| match piece {
            Piece::Text(text) => {
                !matches!(text.trim(), "..." | "…" | "..") && !text.as_bytes().windows(2).any(|pair| pair == b"**")
            }
            Piece::Parameter { .. } => true,
        })
    }
}

/// Path and query of the URL of a request, without base and version.
pub fn path_and_query(url: &str) -> (&str, Option<&str>) {
    let (url, query) = split_query(url);
    (without_base(url), query)
}

/// Segments of a path with the slashes between them.
fn joined<'u>(path: &'u str, segments: &[&'u str]) -> Option<&'u str> {
    let offset = |segment: &str| segment.as_ptr() as usize - path.as_ptr() as usize;
    let (first, last) = (segments.first()?, segments.last()?);
    path.get(offset(first)..offset(last) + last.len())
}

fn match_segment<'u>(pieces: &[Piece<'_>], written: &'u str, values: &mut Vec<&'u str>) -> Option<()> {
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let end = at + text.len();
                written.get(at..end).filter(|part| part.eq_ignore_ascii_case(text))?;
                at = end;
            }
            Piece::Parameter { .. } => {
                let end = match pieces.get(index + 1) {
                    None => written.len(),
                    // ASCII lower case keeps the length of every character, so that offsets fit both texts.
                    Some(Piece::Text(text)) => {
                        at + written[at..].to_ascii_lowercase().find(&text.to_ascii_lowercase())?
                    }
                    // Nothing shows where the first of two ends.
                    Some(Piece::Parameter { .. }) => return None,
                };
                values.push(written.get(at..end).filter(|value| !value.is_empty())?);
                at = end;
            }
        }
    }
    (at == written.len()).then_some(())
}

/// Splits at the first `?` outside braces.
fn split_query(written: &str) -> (&str, Option<&str>) {
    let mut depth = 0i32;
    for (at, character) in written.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            '?' if depth == 0 => return (&written[..at], Some(&written[at + 1..])),
            _ => {}
        }
    }
    (written, None)
}

/// The path without scheme, host and version.
fn without_base(url: &str) -> &str {
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

fn segments(path: &str, base: Location) -> Vec<Segment<'_>> {
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

/// A parameter's name as letters, digits and dashes: `id | userPrincipalName` gives
/// `id-or-userPrincipalName`.
fn clean(written: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if !written.is_empty() && written.bytes().all(is_plain) {
        return written.to_owned();
    }
    let mut name = String::with_capacity(written.len());
    for word in
        written.replace('|', " or ").split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty())
    {
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.is_empty() { "value".into() } else { name }
}

/// Gives parameters of one name different ones, after the segment before each: `/users/{id}/messages/{id}`
/// has `user-id` and `message-id`.
fn name_apart(segments: &mut [Segment<'_>]) {
    let parameters = segments.iter().flat_map(|segment| &segment.pieces);
    if parameters.filter(|piece| matches!(piece, Piece::Parameter { .. })).count() < 2 {
        return;
    }
    let before: Vec<Option<String>> = (0..segments.len()).map(|index| singular(segments, index)).collect();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for piece in segments.iter().flat_map(|segment| &segment.pieces) {
        if let Piece::Parameter { name, .. } = piece {
            *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
        }
    }
    // The names that are used up, each with the last number that was given to tell others from it.
    let mut used: FxHashMap<String, usize> = FxHashMap::default();
    for (segment, before) in segments.iter_mut().zip(before) {
        for piece in &mut segment.pieces {
            let Piece::Parameter { name, .. } = piece else { continue };
            if counts[&name.to_ascii_lowercase()] > 1
                && let Some(before) = &before
            {
                *name = format!("{before}-{name}");
            }
            let wanted = name.clone();
            let mut number = used.get(&wanted.to_ascii_lowercase()).copied().unwrap_or(1);
            while used.contains_key(&name.to_ascii_lowercase()) {
                number += 1;
                *name = format!("{wanted}-{number}");
            }
            used.insert(wanted.to_ascii_lowercase(), number);
            used.insert(name.to_ascii_lowercase(), 1);
        }
    }
}

/// The text of the segment before in the singular.
fn singular(segments: &[Segment<'_>], index: usize) -> Option<String> {
    let text = match segments.get(index.checked_sub(1)?)?.pieces.first()? {
        Piece::Text(text) => clean(text.split('(').next().unwrap_or(text)),
        Piece::Parameter { .. } => return None,
    };
    if let Some(stem) = text.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    let ends_in_ss = |stem: &&str| stem.ends_with("ss");
    let stem = text
        .strip_suffix("es")
        .filter(ends_in_ss)
        .or_else(|| text.strip_suffix('s').filter(|stem| !stem.ends_with('s')));
    Some(stem.map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, path: &str, query: Option<&str>) {
        let route = Route::parse(written, Location::default());
        assert_eq!((route.path().as_str(), route.query), (path, query), "{written}");
    }

    #[test]
    fn templates_in_all_their_forms() {
        check("/customer", "/customer", None);
        check("me/messages/", "/me/messages", None);
        check(
            "https://graph.microsoft.com/v1.0/users/{id | userPrincipalName}",
            "/users/{id-or-userPrincipalName}",
            None,
        );
        check("/users/{id}/messages/{id}", "/users/{user-id}/messages/{message-id}", None);
        check("/a/{id}/{id}", "/a/{a-id}/{id}", None);
        check("/classes/{id}/access/{id}", "/classes/{class-id}/access/{access-id}", None);
        check("/range(address='{address}')?$select=x", "/range(address='{address}')", Some("$select=x"));
        check("/borders(<sideIndex>)", "/borders({sideIndex})", None);
        check("/root:/{item path}:/children", "/root:/{item-path}:/children", None);
        check("/users/{id} | name/x", "/users/{id-or-name}/x", None);
        check("/users/{id}|{name}", "/users/{id-or-name}", None);
        check("/users/{id}|me/range(a={a})", "/users/{id-or-me}/range(a={a})", None);
        check("/beta", "/", None);
        check("/x({a?b})?c", "/x({a-b})", Some("c"));
    }

    #[test]
    fn requests_are_matched_with_their_values() {
        let values = |template, path| {
            Route::parse(template, Location::default()).match_path(path).map(|values| values.join(" "))
        };
        assert_eq!(values("/users/{id}/messages/{id}", "/Users/a%20b/messages/1").as_deref(), Some("a%20b 1"));
        assert_eq!(values("/x/range(a={a},b='{b}')", "/x/range(a=1,b='2')").as_deref(), Some("1 2"));
        assert_eq!(values("/root:/{path}:/content", "/root:/a/b.txt:/content").as_deref(), Some("a/b.txt"));
        assert_eq!(values("/root:/{path}", "/root:/a/b").as_deref(), Some("a/b"));
        assert_eq!(values("/items/{id}:/{name}:/x", "/items/1:/a/b:/x").as_deref(), Some("1 a/b"));
        assert_eq!(values("/root:/{path}:/content", "/root:/content"), None);
        assert_eq!(values("/users/{id}", "/users"), None);
        assert_eq!(values("/users/{id}", "/users/1/2"), None);
        assert_eq!(values("/users/{id}", "/groups/1"), None);
    }

    #[test]
    fn keys_leave_names_out() {
        let key = |written| Route::parse(written, Location::default()).key();
        assert_eq!(key("/Users/{id}"), key("/users/{user-id}"));
        assert!(!Route::parse("/me/.../x", Location::default()).is_usable());
    }

    #[test]
    fn parameters_know_their_place() {
        let written = "https://x/beta/a/{b}";
        let route = Route::parse(written, Location::new(Default::default(), Span::new(10, 30)));
        let (_, _, at) = route.parameters().next().expect("a parameter");
        assert_eq!(&written[at.span.start as usize - 10..at.span.end as usize - 10], "{b}");
    }
}
