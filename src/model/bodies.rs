//! What is sent: the bodies of requests.

use super::declare::property;
use super::examples::{ExampleRef, Exchange};
use super::resolve::{Mention, Resolver};
use super::responses::{annotated_type, other_media_type};
use super::view::Part;
use super::{Body, Item, Response, Route, Type};
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
    let mut body: Option<Body<'d>> = None;
    for part in parts {
        for section in part.find::<RequestBody>() {
            add(&mut body, of_section(names, part, section, shown));
        }
        for table in part.find::<Parameters>().filter(|table| table.place == Place::Function) {
            add(&mut body, of_arguments(names, part, table, routes));
        }
    }
    if let Some(shown) = shown {
        let at = shown.at(shown.fence().body);
        let body = body.get_or_insert(Body { at, properties: Vec::new(), of: None, media_type: None, description: "" });
        body.media_type = other_media_type(shown.page, &shown.message.message).or(body.media_type);
        if body.of.is_none() && !is_reference(shown) {
            body.of = shown_type(names, shown)
                .or_else(|| returned(names, method, responses, shown).filter(|_| body.properties.is_empty()));
        }
    }
    if let Some(of) = body.as_mut().and_then(|body| body.of.as_mut()) {
        *of = of_all(names, *of, responses, exchanges);
    }
    body
}

/// What is sent, where each example sends another kind of what is returned: that may be sent then.
fn of_all<'d>(names: &mut Resolver<'_, 'd>, of: Type, responses: &[Response<'d>], exchanges: &[Exchange<'d>]) -> Type {
    let success = responses.iter().find(|response| response.is_success()).and_then(|response| response.of);
    let Some(returned) = success.filter(|returned| *returned != of && returned.collection == of.collection) else {
        return of;
    };
    let requests = exchanges.iter().filter_map(|exchange| exchange.request);
    let kinds: Vec<Item> = requests.filter_map(|request| Some(shown_type(names, request)?.of)).collect();
    let is_a = |kind: Item, base: Item| match (kind, base) {
        (Item::Resource(kind), Item::Resource(base)) => names.model.is_a(kind, base),
        _ => false,
    };
    let are_several = kinds.iter().any(|kind| !is_a(*kind, of.of));
    let holds = is_a(of.of, returned.of) && kinds.iter().all(|kind| is_a(*kind, returned.of));
    if are_several && holds { returned } else { of }
}

/// What a "Request body" section tells.
fn of_section<'d>(
    names: &mut Resolver<'_, 'd>,
    part: &Part<'d>,
    section: &RequestBody,
    shown: Option<ExampleRef<'d>>,
) -> Option<Body<'d>> {
    let source = &part.page.source;
    let properties: Vec<_> = section.rows.iter().filter_map(|row| property(names, part.page, row, false)).collect();
    let is_bare = properties.is_empty() && shown.is_none();
    if section.none && is_bare {
        return None;
    }
    let at = section.summary.or(part.section.heading.map(|heading| heading.text)).unwrap_or_default();
    let link = section.link.filter(|_| !shown.is_some_and(is_reference));
    let linked = link.and_then(|link| names.resolve_ref(part.page, link, Mention::Possible));
    let named = || section.named.and_then(|named| names.one_of(part.page, &source[named]));
    let of = linked.or_else(named).map(Type::single);
    Some(Body {
        at: Location::new(part.page.id, at),
        properties,
        of,
        media_type: (section.bytes && is_bare && of.is_none()).then_some("application/octet-stream"),
        description: section.summary.map_or("", |span| &source[span]),
    })
}

/// The parameters of an action, but for those that its path names.
fn of_arguments<'d>(
    names: &mut Resolver<'_, 'd>,
    part: &Part<'d>,
    table: &Parameters,
    routes: &[Route<'d>],
) -> Option<Body<'d>> {
    let is_in_path = |row: &NamedRow| routes.iter().any(|route| route.names(&part.page.source[row.name]));
    let rows = table.rows.iter().filter(|row| !is_in_path(row));
    let properties: Vec<_> = rows.filter_map(|row| property(names, part.page, row, false)).collect();
    let at = properties.first()?.at;
    Some(Body { at, properties, of: None, media_type: None, description: "" })
}

/// Adds what another place tells: the type where none was told yet, and the properties that are new.
fn add<'d>(body: &mut Option<Body<'d>>, told: Option<Body<'d>>) {
    let Some(mut told) = told else { return };
    let (of, properties) = (told.of, std::mem::take(&mut told.properties));
    let known = body.get_or_insert(told);
    known.of = known.of.or(of);
    for property in properties {
        if !known.properties.iter().any(|other| other.name == property.name) {
            known.properties.push(property);
        }
    }
}

/// The type that the annotation of an example or its body names.
fn shown_type<'d>(names: &mut Resolver<'_, 'd>, shown: ExampleRef<'d>) -> Option<Type> {
    annotated_type(names, shown).or_else(|| {
        let value = shown.message.message.json()?;
        names.annotated(shown.page, value).map(Type::single)
    })
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
