//! Which operation the generated server calls for a request.
//!
//! The server tells letter case apart, and of several routes that fit a path it takes the most precise one, as
//! `templates/crate/src/rt/server/routing.rs` does; of several that are equally precise, the first.

use crate::model::route::{Piece, Segment};
use crate::model::{Model, Route};
use std::cmp::Reverse;

/// The routes of a server, in the order in which it knows them.
pub struct Serving<'m> {
    routes: Vec<Served<'m>>,
}

/// A route of an operation.
struct Served<'m> {
    operation: usize,
    method: &'static str,
    route: &'m Route<'m>,
}

impl<'m> Serving<'m> {
    /// A server of these operations of a model, in this order.
    pub fn of(model: &'m Model<'m>, order: impl Iterator<Item = usize>) -> Self {
        let routes = order.flat_map(|operation| {
            let found = &model.operations[operation];
            found.routes.iter().map(move |route| Served { operation, method: found.method, route })
        });
        Serving { routes: routes.collect() }
    }

    /// The index of the operation that answers a request with this path.
    pub fn operation(&self, method: &str, path: &str) -> Option<usize> {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let near = self.routes.iter().filter(|served| may_fit(served.route, &segments));
        let fitting: Vec<&Served<'_>> = near.filter(|served| fits(served.route, path)).collect();
        // The router looks at whole segments first, up to a parameter that is a path, and at methods only then.
        let limit = fitting.iter().filter_map(|served| path_position(served.route)).min().unwrap_or(usize::MAX);
        let least = fitting.iter().map(|served| shape(served.route, limit)).min()?;
        let known = fitting.into_iter().filter(|served| shape(served.route, limit) == least && served.method == method);
        // Of equals `min_by_key` gives the first.
        known.min_by_key(|served| precision(served.route)).map(|served| served.operation)
    }
}

/// Whether the text of a route stands in a path, and it has as many segments; up to a parameter that is a path. Few
/// routes are left then to look at more closely.
fn may_fit(route: &Route<'_>, path: &[&str]) -> bool {
    for (index, segment) in route.segments.iter().enumerate() {
        match (segment.pieces.as_slice(), path.get(index)) {
            ([Piece::Text(text)], written) if written != Some(text) => return false,
            ([Piece::Text(_)], _) => {}
            _ if route.is_path(index) => return true,
            (_, written) if written.is_none() => return false,
            _ => {}
        }
    }
    path.len() == route.segments.len()
}

/// Whether a path is one of a route, letter case told apart.
fn fits(route: &Route<'_>, path: &str) -> bool {
    let Some(values) = route.match_path(path) else { return false };
    let mut values = values.into_iter();
    let mut written = String::with_capacity(path.len());
    for segment in &route.segments {
        written.push('/');
        for piece in &segment.pieces {
            match piece {
                Piece::Text(text) => written.extend(text.chars().filter(|c| !c.is_whitespace())),
                Piece::Parameter { .. } => written.push_str(values.next().unwrap_or_default()),
            }
        }
    }
    // A slash at the end is told apart too.
    written.trim_start_matches('/') == path.trim_start_matches('/')
}

/// Each segment up to a limit as a router sees it: text first, then what has a parameter in it.
fn shape(route: &Route<'_>, limit: usize) -> Vec<u8> {
    route.segments.iter().take(limit).map(|segment| u8::from(!is_text(segment))).collect()
}

/// The position of the first parameter that is a path.
fn path_position(route: &Route<'_>) -> Option<usize> {
    (0..route.segments.len()).find(|index| route.is_path(*index))
}

/// How much a route says; the least says most.
fn precision(route: &Route<'_>) -> Vec<(u8, Reverse<usize>)> {
    let of_segment = |(index, segment): (usize, &Segment<'_>)| match segment.pieces.as_slice() {
        _ if is_text(segment) => (0, Reverse(0)),
        pieces if route.is_path(index) => (3, Reverse(pieces.iter().map(length).sum())),
        [Piece::Parameter { .. }] => (2, Reverse(0)),
        pieces => (1, Reverse(pieces.iter().map(length).sum())),
    };
    route.segments.iter().enumerate().map(of_segment).collect()
}

fn is_text(segment: &Segment<'_>) -> bool {
    matches!(segment.pieces.as_slice(), [Piece::Text(_)])
}

fn length(piece: &Piece<'_>) -> usize {
    match piece {
        Piece::Text(text) => text.len(),
        Piece::Parameter { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Location;

    fn check(routes: &[(&'static str, &'static str)], method: &str, path: &str, expected: Option<usize>) {
        let parsed: Vec<Route<'_>> = routes.iter().map(|(_, route)| Route::parse(route, Location::default())).collect();
        let served = routes.iter().zip(&parsed).enumerate();
        let routes = served.map(|(operation, ((method, _), route))| Served { operation, method, route }).collect();
        assert_eq!(Serving { routes }.operation(method, path), expected, "{method} {path}");
    }

    #[test]
    fn the_most_precise_route_answers_and_of_equals_the_first() {
        let routes = [
            ("GET", "/users/{id}"),
            ("GET", "/users/delta"),
            ("GET", "/users/{user-id}"),
            ("DELETE", "/users/{id}"),
            ("GET", "/reports/day(day='{day}')"),
            ("GET", "/reports/{id}"),
            ("GET", "/drive/root:/{path}"),
            ("GET", "/drive/root:/{path}:/content"),
        ];
        check(&routes, "GET", "users/1", Some(0));
        check(&routes, "GET", "users/delta", Some(1));
        check(&routes, "DELETE", "users/1", Some(3));
        // The router knows the path, and no such method for it.
        check(&routes, "DELETE", "users/delta", None);
        check(&routes, "GET", "Users/1", None);
        check(&routes, "GET", "users/1/", None);
        check(&routes, "GET", "reports/day(day='1')", Some(4));
        check(&routes, "GET", "reports/1", Some(5));
        check(&routes, "GET", "groups", None);
        check(&routes, "GET", "drive/root:/a/b.txt", Some(6));
        check(&routes, "GET", "drive/root:/a/b.txt:/content", Some(7));
    }
}
