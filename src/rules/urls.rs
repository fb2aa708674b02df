//! Example URLs against the templates of their page.

use crate::model::route::Piece;
use crate::model::route::unbraced::Unbraced;
use crate::model::{Model, Route};
use crate::span::{Location, Span};
use crate::syntax::http::{RequestLine, Start};
use crate::syntax::{Page, PageKind};

/// A documented path.
pub struct Template<'d> {
    /// Its method.
    pub(super) method: &'static str,
    /// Where it stands.
    pub(super) at: Location,
    /// As it is written.
    pub(super) written: &'d str,
    /// In lower case, with `\0` for each parameter.
    pattern: String,
    /// The names of a function's arguments, sorted.
    arguments: Vec<String>,
    /// Whether a parameter may have slashes: paths of files have.
    addresses_files: bool,
}

impl Template<'_> {
    /// The first segment.
    fn root(&self) -> &str {
        self.pattern.split('/').next().unwrap_or_default()
    }
}

/// A request line of an example.
pub struct Request<'d> {
    /// The page on which it stands.
    pub(super) page: &'d Page,
    /// The line.
    pub(super) line: RequestLine,
}

impl Request<'_> {
    /// A place in its page.
    pub(super) fn at(&self, span: Span) -> Location {
        Location::new(self.page.id, span)
    }
}

/// How a request that does not fit the templates comes nearest to them.
pub enum Fit<'t, 'd> {
    /// These have the path, but another method.
    OtherMethod(Vec<&'t Template<'d>>),
    /// Not at all.
    No(Vec<&'t Template<'d>>),
}

/// Objects that are reached in several ways: what follows them is the same under each.
const ROOTS: &[&str] =
    &["me", "users", "groups", "drive", "drives", "sites", "site", "shares", "teams", "workbook", "organization"];

/// Calls `found` with each example request of a page that does not fit its templates.
pub(super) fn compare(model: &Model<'_>, page: &Page, mut found: impl FnMut(&Request<'_>, &Fit<'_, '_>)) {
    if page.kind() != PageKind::Operation {
        return;
    }
    let requests = model.exchanges(page.id).iter().filter_map(|exchange| exchange.request);
    let mut templates: Option<Vec<Template<'_>>> = None;
    for example in requests.filter(|request| !request.message.ignored) {
        let Start::Request(line) = example.message.message.start else { continue };
        let url = &example.page.source[line.url];
        if line.url.is_empty() || !is_service(model, url) {
            continue;
        }
        let templates = templates.get_or_insert_with(|| self::templates(model, page));
        let (path, arguments) = (folded(path(url)), arguments(path(url)));
        if templates.is_empty() || path == "$batch" {
            continue;
        }
        let method = &example.page.source[line.method];
        let is_same = |template: &&Template<'_>| template.method.eq_ignore_ascii_case(method);
        if templates.iter().filter(is_same).any(|template| fits(template, &path) && takes(template, &arguments)) {
            continue;
        }
        let request = Request { page: example.page, line };
        let other = templates.iter().filter(|template| !is_same(template));
        let fitting: Vec<_> = other.filter(|template| fits(template, &path)).collect();
        if !fitting.is_empty() {
            found(&request, &Fit::OtherMethod(fitting));
        } else if templates.iter().any(|template| fits(template, &path))
            || !templates.iter().any(|template| ends_alike(template, &path))
        {
            found(&request, &Fit::No(templates.iter().collect()));
        }
    }
}

/// The scheme of an absolute URL, and what follows `://`.
pub(super) fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let mut colons = memchr::memchr_iter(b':', url.as_bytes());
    colons.find_map(|at| Some((&url[..at], url[at + 1..].strip_prefix("//")?)))
}

/// The path of a URL without base, version and query.
pub(super) fn path(url: &str) -> &str {
    let end = memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len());
    let path = &url[..end];
    let rooted = match split_scheme(path) {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path,
    };
    let rooted = rooted.trim_start_matches('/');
    let version = ["v1.0/", "beta/"].iter().find_map(|version| rooted.strip_prefix(version));
    version.unwrap_or(rooted).trim_end_matches('/')
}

/// Whether a URL is one of the service that can be held against templates, not one of a client that the
/// service calls.
pub(super) fn is_service(model: &Model<'_>, url: &str) -> bool {
    let is_known = !model.docset.options.service_roots.is_empty() || split_scheme(url).is_none();
    has_service_host(model, url) && (is_known || !url.contains('{'))
}

/// Whether a URL is one of the service, whatever its path.
pub(super) fn has_service_host(model: &Model<'_>, url: &str) -> bool {
    let roots = &model.docset.options.service_roots;
    let Some((_, rest)) = split_scheme(url) else { return true };
    let mut names = rest.split('/');
    let (host, version) = (names.next().unwrap_or_default(), names.next());
    roots.iter().any(|root| url.starts_with(root.as_str()))
        || roots.is_empty() && matches!(version, Some("v1.0" | "beta")) && !host.contains('{')
}

/// The runs of blanks in a URL, as offsets, outside these brackets.
pub(super) fn blanks(url: &str, opening: &[char], closing: &[char]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    // Most have none.
    if memchr::memchr2(b' ', b'\t', url.as_bytes()).is_none() {
        return found;
    }
    let mut depth = 0i32;
    for (at, character) in url.char_indices() {
        match character {
            _ if opening.contains(&character) => depth += 1,
            _ if closing.contains(&character) => depth -= 1,
            ' ' | '\t' if depth <= 0 => match found.last_mut() {
                Some(last) if last.1 == at => last.1 = at + 1,
                _ => found.push((at, at + 1)),
            },
            _ => {}
        }
    }
    found
}

fn templates<'d>(model: &Model<'d>, page: &Page) -> Vec<Template<'d>> {
    model
        .operations_of(page.id)
        .iter()
        .flat_map(|operation| operation.routes.iter().map(|route| template(operation.method, route)))
        .collect()
}

fn template<'d>(method: &'static str, route: &Route<'d>) -> Template<'d> {
    let pattern = folded(&shape(route));
    let addresses_files = pattern.contains(':');
    Template {
        method,
        at: route.at,
        written: route.written,
        arguments: arguments(route.written),
        pattern,
        addresses_files,
    }
}

/// The path of a route with `\0` for its parameters.
fn shape(route: &Route<'_>) -> String {
    let mut path = String::with_capacity(route.written.len());
    for (index, segment) in route.segments.iter().enumerate() {
        if index > 0 {
            path.push('/');
        }
        for piece in &segment.pieces {
            match piece {
                // The identifier of an example stands for a parameter, and is reported as such.
                Piece::Text(text) if Unbraced::read(text) == Some(Unbraced::Identifier) => path.push('\0'),
                Piece::Text(text) if !text.contains(char::is_whitespace) => path.push_str(text),
                Piece::Text(text) => path.extend(text.split_whitespace()),
                Piece::Parameter { .. } => path.push('\0'),
            }
        }
    }
    path
}

/// The names before `=` in the parentheses of a path, in lower case and sorted.
fn arguments(path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // Most have none.
    if memchr::memchr(b'=', path.as_bytes()).is_none() {
        return names;
    }
    let mut in_quotes = false;
    let mut start = None;
    for (at, character) in path.char_indices() {
        match character {
            '\'' => in_quotes = !in_quotes,
            '(' | ',' if !in_quotes => start = Some(at + 1),
            '=' if !in_quotes => names.extend(start.take().map(|start| path[start..at].trim().to_ascii_lowercase())),
            _ => {}
        }
    }
    names.sort_unstable();
    names
}

/// Whether a function takes the arguments of a request; both may leave them out.
fn takes(template: &Template<'_>, arguments: &[String]) -> bool {
    arguments.is_empty() || template.arguments.is_empty() || template.arguments == arguments
}

/// Lower case, without casts, with a key in parentheses as a segment.
fn folded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let (name, arguments) = segment.split_once('(').map_or((segment, None), |(name, rest)| (name, Some(rest)));
        let starts = |start: &str| name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
        let is_cast = starts("microsoft.graph.") || starts("graph.");
        if is_cast && arguments.is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(name.rsplit_once('.').filter(|_| is_cast).map_or(name, |(_, name)| name));
        // The arguments of a function are told by the function; a key alone is a segment.
        let key = arguments
            .map(|rest| rest.trim_end_matches(')').trim_matches('\''))
            .filter(|rest| !rest.contains('=') && !rest.is_empty());
        if let Some(key) = key {
            out.push('/');
            out.push_str(key);
        }
    }
    out.make_ascii_lowercase();
    out
}

fn fits(template: &Template<'_>, path: &str) -> bool {
    let ends = ["/$count", "/$value"].into_iter().filter_map(|end| path.strip_suffix(end));
    std::iter::once(path).chain(ends).any(|path| matches(template, path)) || alias(template, path)
}

/// `/me` and `/users/{id}` are the same, and so is what lies below them.
fn alias(template: &Template<'_>, path: &str) -> bool {
    let (root, rest) = path.split_once('/').unwrap_or((path, ""));
    match (template.root(), root) {
        ("users", "me") => matches(template, &format!("users/{path}")),
        ("me", "users") => {
            let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
            !id.is_empty() && matches(template, format!("me/{rest}").trim_end_matches('/'))
        }
        _ => false,
    }
}

/// Whether a path is as the pattern says: a parameter stands for one character or more.
///
/// The last parameter that was met takes what follows it byte by byte until the rest fits, so that the time is
/// bounded by the product of the two lengths.
fn matches(template: &Template<'_>, path: &str) -> bool {
    let (pattern, text) = (template.pattern.as_bytes(), path.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut parameter: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at), text.get(read)) {
            (None, None) => return true,
            (Some(0), Some(byte)) if *byte != b'/' || template.addresses_files => {
                (at, read) = (at + 1, read + 1);
                parameter = Some((at, read));
            }
            (Some(expected), Some(byte)) if *expected != 0 && expected == byte => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((after, taken)) = parameter else { return false };
                let more = text.get(taken).filter(|byte| **byte != b'/' || template.addresses_files);
                if more.is_none() {
                    return false;
                }
                (at, read) = (after, taken + 1);
                parameter = Some((after, taken + 1));
            }
        }
    }
}

/// Whether path and template end in the same name, and start at objects that are reached in several ways.
fn ends_alike(template: &Template<'_>, path: &str) -> bool {
    let root = path.split('/').next().unwrap_or_default();
    if !ROOTS.contains(&root) || !ROOTS.contains(&template.root()) {
        return false;
    }
    let mut names = template.pattern.rsplit('/');
    let mut segments = path.rsplit('/');
    loop {
        match (names.next(), segments.next()) {
            (Some(name), Some(_)) if name.contains('\0') => {}
            (Some(name), Some(segment)) => return name == segment,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, url: &str, expected: bool) {
        let route = Route::parse(written, Location::default());
        assert_eq!(fits(&template("GET", &route), &folded(path(url))), expected, "{url} against {written}");
    }

    #[test]
    fn urls_fit_templates() {
        check("/customers/{id}", "https://graph.microsoft.com/v1.0/customers/a1?$select=id", true);
        check("/customers/{id}", "/customers('a1')", true);
        check("/customers/{id}", "/customers/{id}", true);
        check("/customers/{id}", "/customer/a1", false);
        check("/customers/{id}", "/customers/a1/orders", false);
        check("/customers", "/customers/$count", true);
        check("/users/{id | name}/x", "/me/x", true);
        check("/me/x", "/users/a1/x", true);
        check("/users/{id | name}", "/me", true);
        check("/me", "/users/a1", true);
        check("/me", "/users", false);
        check("/users", "/me", false);
        check("/a/{id}/microsoft.graph.b", "/a/1", true);
        check("/a/range(address='{address}')", "/a/range(address='A1:B2')", true);
        check("/root:/{item-path}:/children", "/root:/one/two.txt:/children", true);
    }
}
