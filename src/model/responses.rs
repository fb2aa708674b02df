//! What is answered: the responses of operations.

use super::examples::{ExampleRef, Exchange};
use super::resolve::{Mention, Resolver};
use super::view::Part;
use super::{Item, Model, Primitive, ResourceId, Response, Route, Type};
use crate::span::{Location, Span};
use crate::syntax::construct::response;
use crate::syntax::http::{Message, Start};
use crate::syntax::json::Kind;
use crate::syntax::{Page, TypeRef};

/// The responses: the status of the examples and of the prose; the type by annotation, then prose, then body. Where
/// prose and annotation differ, see [`declared`].
pub(super) fn responses<'p, 'd: 'p>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    method: &str,
    parts: impl Iterator<Item = &'p Part<'d>>,
    routes: &[Route<'d>],
    exchanges: &[Exchange<'d>],
) -> Vec<Response<'d>> {
    let mut found: Vec<Response<'d>> = Vec::new();
    for part in parts {
        for section in part.find::<response::Response>() {
            prose_responses(names, part, section, &mut found);
        }
    }
    let told = found.clone();
    let is_own = |exchange: &&Exchange<'d>| {
        exchanges.len() == 1 || exchange.request.is_some_and(|request| request.is_of(routes))
    };
    let (own, others): (Vec<_>, Vec<_>) = exchanges.iter().partition(is_own);
    let mut shown = Vec::new();
    for example in own.iter().flat_map(|exchange| &exchange.responses) {
        example_response(names, *example, &told, &mut shown, &mut found);
    }
    // Requests of longer and shorter paths say what those of the operation itself leave open.
    let settled: Vec<u16> = shown.iter().map(|(status, _)| *status).collect();
    for example in others.iter().flat_map(|exchange| &exchange.responses) {
        if !answer(*example, &told).is_some_and(|(status, _)| settled.contains(&status)) {
            example_response(names, *example, &told, &mut shown, &mut found);
        }
    }
    if !routes.is_empty() && routes.iter().all(Route::is_by_key) {
        one_by_key(&told, &mut found);
    }
    if !found.iter().any(Response::is_success) {
        let at = page.title.map_or(Span::at(0), |title| title.text);
        let status = match method {
            "DELETE" => 204,
            _ => 200,
        };
        found.push(Response { status, at: Location::new(page.id, at), of: None, media_type: None, description: "" });
    }
    found.sort_by_key(|response| !response.is_success());
    found
}

fn prose_responses<'d>(
    names: &mut Resolver<'_, 'd>,
    part: &Part<'d>,
    section: &response::Response,
    found: &mut Vec<Response<'d>>,
) {
    let source = &part.page.source;
    let carrier = section.carrier();
    for status in &section.statuses {
        let known = found.iter_mut().find(|known| known.status == status.code);
        if known.as_ref().is_some_and(|known| known.of.is_some()) {
            continue;
        }
        let carries = carrier.is_some_and(|carrier| carrier.code == status.code && !response::is_bare(status.code));
        let of = carries.then(|| prose_type(names, part.page, section)).flatten();
        let media_type = section.media_type.filter(|_| carries && of.is_none() && !section.no_body);
        // A later section may tell the type that the first one leaves open.
        if let Some(known) = known {
            known.of = of;
            known.media_type = known.media_type.or(media_type).filter(|_| of.is_none());
            continue;
        }
        let description = section.summary.filter(|_| status.code < 400).map_or("", |span| &source[span]);
        let at = Location::new(part.page.id, status.span);
        found.push(Response { status: status.code, at, of, media_type, description });
    }
}

fn prose_type<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, section: &response::Response) -> Option<Type> {
    if let Some(body) = section.body {
        let of = names.resolve_ref(page, body, Mention::Certain)?;
        return (!section.no_body).then_some(Type { of, collection: section.collection });
    }
    if let Some(of) = section.named.and_then(|named| names.one_of(page, &page.source[named])) {
        return (!section.no_body).then_some(Type { of, collection: section.collection });
    }
    let primitive = Primitive::parse(&page.source[section.primitive?])?;
    Some(Type { of: Item::Primitive(primitive), collection: section.collection })
}

/// By its key one thing is reached. Where the prose tells of one as well, an example of a list was copied from elsewhere.
fn one_by_key(told: &[Response<'_>], found: &mut [Response<'_>]) {
    for response in found {
        let tells_one =
            |told: &Response<'_>| told.status == response.status && told.of.is_some_and(|of| !of.collection);
        if let (Some(of), true) = (response.of.as_mut(), told.iter().any(tells_one)) {
            of.collection = false;
        }
    }
}

/// Adds what an example shows of a response. The first one with its status shows the usual case. Others may vary it: they
/// count, cast, or get the content; then what prose told of all of them holds, one or many as the first shows.
/// `shown` has the types that were shown.
fn example_response<'d>(
    names: &mut Resolver<'_, 'd>,
    example: ExampleRef<'d>,
    told: &[Response<'d>],
    shown: &mut Vec<(u16, Type)>,
    found: &mut Vec<Response<'d>>,
) {
    let Some((status, at)) = answer(example, told) else { return };
    let (of, is_annotated) = shown_type(names, example).filter(|_| status < 300 && status != 204).unzip();
    let media_type = other_media_type(example.page, &example.message.message);
    let known = found.iter_mut().find(|known| known.status == status);
    let told = told.iter().find(|told| told.status == status).and_then(|told| told.of);
    if let Some((_, first)) = shown.iter().find(|(code, _)| *code == status) {
        let told = told.filter(|told| told.collection == first.collection);
        if let (Some(known), Some(told), true) = (known, told, of.is_some_and(|of| of != *first)) {
            known.of = Some(told);
        }
        return;
    }
    shown.extend(of.map(|of| (status, of)));
    let of = of.map(|of| told.map_or(of, |told| declared(names.model, example, of, told)));
    match known {
        Some(known) => {
            known.of = of.filter(|_| is_annotated == Some(true)).or(known.of).or(of);
            // An example without a body leaves open what prose tells of it.
            let is_open = known.of.is_none() && !example.message.message.body.as_ref().is_some_and(|body| body.is_json);
            known.media_type = media_type.or(known.media_type.filter(|_| is_open));
        }
        None => {
            found.push(Response { status, at: example.at(at), of, media_type, description: "" });
        }
    }
}

/// The status of an example, and where it stands. One that shows nothing but a body is of the success that has one.
fn answer(example: ExampleRef<'_>, told: &[Response<'_>]) -> Option<(u16, Span)> {
    example.status().or_else(|| {
        let Start::Other(line) = example.message.message.start else { return None };
        let body = example.message.message.body.as_ref().filter(|body| body.is_json)?;
        let is_error =
            || example.message.message.json().is_some_and(|root| root.get("error", &example.page.source).is_some());
        if body.span.start != line.start || is_error() {
            return None;
        }
        let mut successes = told.iter().filter(|told| told.is_success()).map(|told| told.status).peekable();
        match successes.peek() {
            Some(_) => successes.find(|status| !response::is_bare(*status)),
            None => Some(200),
        }
        .map(|status| (status, line))
    })
}

/// The type that an example shows, and whether its annotation names it; else its body does.
fn shown_type<'d>(names: &mut Resolver<'_, 'd>, example: ExampleRef<'d>) -> Option<(Type, bool)> {
    let value = example.message.message.json();
    let list = value.and_then(|value| value.get("value", &example.page.source));
    let list = list.filter(|list| matches!(list.kind, Kind::Array(_)));
    let annotated = annotated_type(names, example);
    let by_body = || {
        let item = list.and_then(|list| list.items().first());
        names.annotated(example.page, item.or(value)?).map(Type::single)
    };
    let of = annotated.or_else(by_body)?;
    Some((Type { collection: of.collection || list.is_some(), ..of }, annotated.is_some()))
}

/// What is declared where an example shows one type and the prose tells of another: the told one where the shown one
/// derives from it, as the example shows one case of many, or where more of the members in the body are its properties,
/// as the annotation was copied from another page.
fn declared(model: &Model<'_>, example: ExampleRef<'_>, shown: Type, told: Type) -> Type {
    let (Item::Resource(shown_id), Item::Resource(told_id)) = (shown.of, told.of) else { return shown };
    if shown_id == told_id || model.is_a(told_id, shown_id) {
        return shown;
    }
    let knows_more = || {
        let source = &example.page.source;
        let value = example.message.message.json()?;
        let item = value.get("value", source).and_then(|list| list.items().first()).unwrap_or(value);
        let names = || item.members().iter().map(|member| &source[member.name]).filter(|name| !name.contains('@'));
        let known = |id: ResourceId| names().filter(|name| model.property(id, name).is_some()).count();
        Some(known(told_id) > known(shown_id))
    };
    let is_told = model.is_a(shown_id, told_id) || knows_more().unwrap_or_default();
    if is_told { Type { of: told.of, ..shown } } else { shown }
}

/// The media type of a body that is not JSON.
pub(super) fn other_media_type<'d>(page: &'d Page, message: &Message) -> Option<&'d str> {
    let body = message.body.as_ref()?;
    let named = message.header("Content-Type", &page.source)?.split(';').next()?.trim();
    (!body.is_json && !named.is_empty() && !named.contains("json")).then_some(named)
}

/// The type that the annotation of an example names.
pub(super) fn annotated_type<'d>(names: &mut Resolver<'_, 'd>, example: ExampleRef<'d>) -> Option<Type> {
    let annotation = example.annotation()?;
    let source = &example.page.source;
    let span = annotation.type_name(source)?;
    let text = source[span].trim();
    let inner = text.strip_prefix("Collection(").and_then(|inner| inner.strip_suffix(')'));
    let collection = inner.is_some() || annotation.flag("isCollection", source) == Some(true);
    let name = source.span_of(inner.unwrap_or(text))?;
    let of = names.resolve_ref(example.page, TypeRef::Name(name), Mention::Certain)?;
    Some(Type { of, collection })
}
