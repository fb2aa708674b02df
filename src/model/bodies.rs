//! What is sent: the bodies of requests.

use super::declare::property;
use super::examples::{ExampleRef, Exchange};
use super::resolve::{Mention, Resolver};
use super::responses::{annotated_type, other_media_type};
use super::view::Part;
use super::{Body, Item, Property, Response, Route, Type};
use crate::span::Location;
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::{NamedRow, Parameters, RequestBody};

/// Whether requests of a method may carry a body.
pub(super) fn takes_body(method: &str) -> bool {
    !matches!(method, "GET" | "HEAD" | "DELETE" | "OPTIONS")
}

/// The request body: what the section says, else what the examples show. The parameters of an action are sent in it.
pub(super) fn body<'d>(
    names: &mut Resolver<'_, 'd>,
    method: &str,
    parts: &[Part<'d>],
    routes: &[Route<'d>],
    exchanges: &[Exchange<'d>],
    responses: &[Response<'d>],
) -> Option<Body<'d>> {
    if !takes_body(method) {
        return None;
    }
    let shown =
        exchanges.iter().filter_map(|exchange| exchange.request).find(|request| request.message.message.body.is_some());
    let media_type = shown.and_then(|request| other_media_type(request.page, &request.message.message));
    let is_reference = shown.is_some_and(is_reference);
    let mut body: Option<Body<'d>> = None;
    for part in parts {
        for section in part.find::<RequestBody>() {
            let source = &part.page.source;
            let properties: Vec<_> =
                section.rows.iter().filter_map(|row| property(names, part.page, row, false)).collect();
            if section.none && properties.is_empty() && shown.is_none() {
                continue;
            }
            let at = section.summary.or(part.section.heading.map(|heading| heading.text)).unwrap_or_default();
            let link = section.link.filter(|_| !is_reference);
            let of = link.and_then(|link| names.resolve_ref(part.page, link, Mention::Possible));
            let description = section.summary.map_or("", |span| &source[span]);
            let is_bytes = section.bytes && properties.is_empty() && of.is_none() && shown.is_none();
            let media_type = media_type.or(is_bytes.then_some("application/octet-stream"));
            let known = body.get_or_insert(Body {
                at: Location::new(part.page.id, at),
                properties: Vec::new(),
                of: None,
                media_type,
                description,
            });
            known.of = known.of.or(of.map(Type::single));
            add_properties(known, properties);
        }
        for table in part.find::<Parameters>().filter(|table| table.place == Place::Function) {
            let is_in_path =
                |row: &NamedRow| routes.iter().any(|route| names_parameter(route, &part.page.source[row.name]));
            let rows = table.rows.iter().filter(|row| !is_in_path(row));
            let properties: Vec<_> = rows.filter_map(|row| property(names, part.page, row, false)).collect();
            let Some(first) = properties.first() else { continue };
            let (at, of) = (first.at, None);
            let body = body.get_or_insert(Body { at, properties: Vec::new(), of, media_type, description: "" });
            add_properties(body, properties);
        }
    }
    if let Some(shown) = shown.filter(|_| body.as_ref().is_none_or(|body| body.of.is_none())) {
        let at = shown.at(shown.fence().body);
        let body = body.get_or_insert(Body { at, properties: Vec::new(), of: None, media_type, description: "" });
        if !is_reference {
            let annotated = annotated_type(names, shown).or_else(|| {
                let value = shown.message.message.json()?;
                names.annotated(shown.page, value).map(Type::single)
            });
            let is_bare = body.properties.is_empty();
            body.of = annotated.or_else(|| returned(names, method, responses, shown).filter(|_| is_bare));
        }
    }
    body
}

/// Whether an example sends a reference: it says where a resource is, and nothing of it.
fn is_reference(shown: ExampleRef<'_>) -> bool {
    let members = shown.message.message.json().map_or(&[][..], |value| value.members());
    let mut names = members.iter().map(|member| &shown.page.source[member.name]);
    names.clone().any(|name| name == "@odata.id") && names.all(|name| name.contains('@'))
}

/// The type that an update or a creation returns, where all members of the example are properties of it: it is sent as
/// well then, whole or in part.
fn returned<'d>(
    names: &Resolver<'_, 'd>,
    method: &str,
    responses: &[Response<'d>],
    shown: ExampleRef<'d>,
) -> Option<Type> {
    let success = responses.iter().find(|response| response.is_success())?;
    let of = success.of.filter(|of| !of.collection && (method == "PATCH" || success.status == 201))?;
    let Item::Resource(id) = of.of else { return None };
    let (model, source) = (names.model, &shown.page.source);
    let mut members = shown.message.message.json()?.members().iter().map(|member| &source[member.name]);
    let is_told = |name: &str| name.contains('@') || model.property(id, name).is_some();
    (members.len() > 0 && members.all(is_told)).then_some(of)
}

/// Whether a path has a parameter of this name: `{name}`, or `name=…` in the parentheses of a function.
pub(super) fn names_parameter(route: &Route<'_>, name: &str) -> bool {
    let is_argument = |text: &str| text.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
    route.parameters().any(|(_, written, _)| written.eq_ignore_ascii_case(name))
        || route.written.split(['(', ',']).skip(1).any(|text| is_argument(text.trim_start()))
}

/// Adds the properties that a body does not have yet.
fn add_properties<'d>(body: &mut Body<'d>, properties: Vec<Property<'d>>) {
    for property in properties {
        if !body.properties.iter().any(|other| other.name == property.name) {
            body.properties.push(property);
        }
    }
}
