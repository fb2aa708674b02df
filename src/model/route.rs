//! The paths under which an operation is reached: `/users/{id}/messages/{id}`.

mod names;
mod template;
pub mod unbraced;

use super::folded;
use crate::span::{Location, Span};
use names::name_apart;
use std::borrow::Cow;
use std::ops::Deref;
use template::{segments, split_query, without_base};

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
    /// Its pieces.
    pub pieces: Pieces<'d>,
}

/// The pieces of a segment: mostly one, and never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pieces<'d> {
    /// One.
    One(Piece<'d>),
    /// Two or more.
    Several(Vec<Piece<'d>>),
}

impl<'d> Pieces<'d> {
    /// The pieces.
    pub fn as_slice(&self) -> &[Piece<'d>] {
        match self {
            Pieces::One(piece) => std::slice::from_ref(piece),
            Pieces::Several(pieces) => pieces,
        }
    }

    fn as_mut_slice(&mut self) -> &mut [Piece<'d>] {
        match self {
            Pieces::One(piece) => std::slice::from_mut(piece),
            Pieces::Several(pieces) => pieces,
        }
    }
}

impl<'d> Deref for Pieces<'d> {
    type Target = [Piece<'d>];

    fn deref(&self) -> &[Piece<'d>] {
        self.as_slice()
    }
}

impl<'p, 'd> IntoIterator for &'p Pieces<'d> {
    type Item = &'p Piece<'d>;
    type IntoIter = std::slice::Iter<'p, Piece<'d>>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'d> {
    /// Text.
    Text(&'d str),
    /// A parameter.
    Parameter {
        /// Its name in this route: letters, digits and dashes, and no other parameter of the route has it.
        name: Cow<'d, str>,
        /// As it is written, without the braces.
        written: &'d str,
        /// Where it stands.
        at: Location,
    },
}

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
        folded(self.show(|path, _| path.push_str("{}")))
    }

    fn show(&self, parameter: impl Fn(&mut String, &str)) -> String {
        let mut path = String::with_capacity(self.written.len());
        for segment in &self.segments {
            path.push('/');
            for piece in &segment.pieces {
                match piece {
                    Piece::Text(text) if text.bytes().all(|byte| byte.is_ascii_graphic()) => path.push_str(text),
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
            Piece::Parameter { name, written, at } => Some((name.as_ref(), *written, *at)),
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

    /// Whether the path has a parameter of this name: `{name}`, or `name=…` in the parentheses of a function.
    pub fn names(&self, name: &str) -> bool {
        let is_argument = |text: &str| text.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
        self.parameters().any(|(_, written, _)| written.eq_ignore_ascii_case(name))
            || self.written.split(['(', ',']).skip(1).any(|text| is_argument(text.trim_start()))
    }

    /// The values of the parameters in the path of a request, as they are written there; `None` when
    /// the path is not one of this route. Text is compared without case, as the service does.
    pub fn match_path<'u>(&self, path: &'u str) -> Option<Vec<&'u str>> {
        let mut values = Vec::new();
        self.match_each(path, |value| values.push(value))?;
        Some(values)
    }

    /// Whether the path of a request is one of this route.
    pub fn matches(&self, path: &str) -> bool {
        self.match_each(path, |_| ()).is_some()
    }

    fn match_each<'u>(&self, path: &'u str, mut value: impl FnMut(&'u str)) -> Option<()> {
        let mut rest = path.split('/').filter(|segment| !segment.is_empty());
        for (index, segment) in self.segments.iter().enumerate() {
            let taken = if self.is_path(index) {
                let following = self.segments.len() - index - 1;
                let length = rest.clone().count().checked_sub(following)?;
                joined(path, rest.by_ref().take(length))?
            } else {
                rest.next()?
            };
            match_segment(&segment.pieces, taken, &mut value)?;
        }
        rest.next().is_none().then_some(())
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

/// The name before a value, as `index` is in `itemAt(index=`.
fn argument<'d>(before: &Piece<'d>) -> Option<&'d str> {
    let Piece::Text(text) = before else { return None };
    let named = text.trim_end_matches(['\'', '"', ' ']).strip_suffix('=')?;
    named.rsplit(['(', ',']).next().map(str::trim)
}

/// Path and query of the URL of a request, without base and version.
pub fn path_and_query(url: &str) -> (&str, Option<&str>) {
    let (url, query) = split_query(url);
    (without_base(url), query)
}

/// Segments of a path with the slashes between them.
fn joined<'u>(path: &'u str, mut segments: impl Iterator<Item = &'u str>) -> Option<&'u str> {
    let offset = |segment: &str| segment.as_ptr() as usize - path.as_ptr() as usize;
    let first = segments.next()?;
    let last = segments.last().unwrap_or(first);
    path.get(offset(first)..offset(last) + last.len())
}

fn match_segment<'u>(pieces: &[Piece<'_>], written: &'u str, value: &mut impl FnMut(&'u str)) -> Option<()> {
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
                value(written.get(at..end).filter(|value| !value.is_empty())?);
                at = end;
            }
        }
    }
    (at == written.len()).then_some(())
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
