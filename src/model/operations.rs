//! Operations, from the pages that describe them.

use super::declare::{description, enum_by_values, property};
use super::examples::{self, Exchange};
use super::resolve::{Mention, Resolver};
use super::view::Part;
use super::{Body, Grant, Item, Model, Operation, Parameter, Permission, Primitive, ResourceId, Response, Route, Type};
use crate::span::{Location, Span};
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::{
    HttpRequest, Methods, NamedRow, Parameters, Permissions, RequestBody, permissions, response,
};
use crate::syntax::http::Start;
use crate::syntax::{Page, PageKind, TypeRef, links_within};
use rustc_hash::FxHashSet;

/// What a page says of its operations without a look at any other.
pub(super) struct Read<'d> {
    /// The examples.
    pub(super) exchanges: Vec<Exchange<'d>>,
    routes: Vec<(&'static str, Route<'d>)>,
    permissions: Vec<Permission<'d>>,
}

/// Reads what needs no model.
pub(super) fn read<'d>(parts: &[Part<'d>]) -> Read<'d> {
    Read { exchanges: examples::pair(parts), routes: routes(parts), permissions: permissions(parts) }
}

/// The operations that a page describes: one for each method that its request templates use.
pub(super) fn page<'d>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    parts: &[Part<'d>],
    read: &Read<'d>,
) -> Vec<Operation<'d>> {
    let Read { exchanges, routes, permissions } = read;
    let mut methods: Vec<&'static str> = Vec::new();
    for (method, _) in routes {
        if !methods.contains(method) {
            methods.push(method);
        }
    }
    let title = page.title.map_or("", |title| page.source[title.text].trim());
    let title_at = page.title.map_or(Span::at(0), |title| title.text);
    let parameters = parameters(names, parts);
    let operation = |method: &&'static str| {
        let routes: Vec<Route<'d>> =
            routes.iter().filter(|(other, _)| other == method).map(|(_, route)| route.clone()).collect();
        let exchanges = exchanges_of(exchanges, method, methods.len() == 1);
        // Responses first: prose names types that the examples of the body then refer to.
        let responses = responses(names, page, method, parts, &exchanges);
        let body = body(names, method, parts, &exchanges);
        let lists_authorization = parameters
            .iter()
            .any(|parameter| parameter.place == Place::Header && parameter.name.eq_ignore_ascii_case("authorization"));
        let names_scopes = permissions.iter().any(|row| matches!(row.grant, Grant::AnyOf(_)));
        Operation {
            page: page.id,
            title,
            at: Location::new(page.id, title_at),
            description: description(page),
            method,
            routes,
            parameters: parameters.clone(),
            permissions: permissions.clone(),
            needs_authorization: lists_authorization || names_scopes || !permissions.is_empty(),
            body,
            responses,
            exchanges,
            owner: None,
        }
    };
    methods.iter().map(operation).collect()
}

/// The usable templates of a page, each route once.
fn routes<'d>(parts: &[Part<'d>]) -> Vec<(&'static str, Route<'d>)> {
    let mut found: Vec<(&'static str, Route<'d>)> = Vec::new();
    let mut keys: FxHashSet<(&'static str, String)> = FxHashSet::default();
    for part in parts {
        for line in part.find::<HttpRequest>().flat_map(|request| &request.templates) {
            let source = &part.page.source;
            let Some(method) = canonical_method(&source[line.method]) else { continue };
            if line.url.is_empty() {
                continue;
            }
            let route = Route::parse(&source[line.url], Location::new(part.page.id, line.url));
            if route.is_usable() && keys.insert((method, route.key())) {
                found.push((method, route));
            }
        }
    }
    found
}

fn canonical_method(method: &str) -> Option<&'static str> {
    const OPERATIONS: [&str; 7] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];
    OPERATIONS.into_iter().find(|known| known.eq_ignore_ascii_case(method))
}

/// The examples of one method. On a page of one method all belong to it, also those whose request
/// line cannot be read.
fn exchanges_of<'d>(exchanges: &[Exchange<'d>], method: &str, only: bool) -> Vec<Exchange<'d>> {
    let is_method = |exchange: &&Exchange<'d>| {
        only || exchange.request.is_some_and(|request| match request.message.message.start {
            Start::Request(line) => request.page.source[line.method].eq_ignore_ascii_case(method),
            Start::Status(_) | Start::Other(_) => false,
        })
    };
    exchanges.iter().filter(is_method).cloned().collect()
}

fn permissions<'d>(parts: &[Part<'d>]) -> Vec<Permission<'d>> {
    let mut found: Vec<Permission<'d>> = Vec::new();
    for part in parts {
        let rows = part.find::<Permissions>().flat_map(|permissions| &permissions.tables).flat_map(|table| &table.rows);
        for row in rows {
            let Some(account) = row.account else { continue };
            let permission =
                Permission { account, at: Location::new(part.page.id, row.label), grant: grant(part.page, &row.grant) };
            // Pages with several tables say different things of different cases; the first is the usual one.
            if !found.iter().any(|known| known.account == account) {
                found.push(permission);
            }
        }
    }
    found
}

fn grant<'d>(page: &'d Page, grant: &permissions::Grant) -> Grant<'d> {
    match grant {
        permissions::Grant::AnyOf(alternatives) => {
            let scopes = |scopes: &Vec<Span>| scopes.iter().map(|scope| &page.source[*scope]).collect();
            Grant::AnyOf(alternatives.iter().map(scopes).collect())
        }
        permissions::Grant::NotSupported => Grant::NotSupported,
        permissions::Grant::Unspecified => Grant::Unspecified,
    }
}

fn parameters<'d>(names: &mut Resolver<'_, 'd>, parts: &[Part<'d>]) -> Vec<Parameter<'d>> {
    let mut found: Vec<Parameter<'d>> = Vec::new();
    for part in parts {
        for table in part.find::<Parameters>() {
            for row in &table.rows {
                let parameter = parameter(names, part.page, table.place, row);
                let same = |known: &Parameter<'d>| known.place == parameter.place && known.name == parameter.name;
                // Tables of scenarios stand beside those of query parameters.
                let is_title = table.place == Place::Query && parameter.name.contains(char::is_whitespace);
                if !parameter.name.is_empty() && !is_title && !found.iter().any(same) {
                    found.push(parameter);
                }
            }
        }
    }
    found
}

fn parameter<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, place: Place, row: &NamedRow) -> Parameter<'d> {
    let name = page.source[row.name].trim_matches(['{', '}', '<', '>']);
    let of = match &row.type_name {
        Some(of) => {
            enum_by_values(names, page, of.of, &row.facts.in_text(&page.source).values);
            let item = names.resolve_ref(page, of.of, Mention::Possible);
            Type { of: item.unwrap_or(Item::Primitive(Primitive::String)), collection: of.collection }
        }
        // A table without a column of types has them as values.
        None => {
            let value = row.value.and_then(|value| names.resolve_ref(page, TypeRef::Name(value), Mention::Possible));
            Type::single(value.unwrap_or(Item::Primitive(Primitive::String)))
        }
    };
    let description = &page.source[row.description];
    Parameter {
        name,
        at: Location::new(page.id, row.name),
        place,
        of,
        description,
        required: row.facts.required || place == Place::Path,
    }
}

/// The request body: what the section says, else what the examples show.
fn body<'d>(
    names: &mut Resolver<'_, 'd>,
    method: &str,
    parts: &[Part<'d>],
    exchanges: &[Exchange<'d>],
) -> Option<Body<'d>> {
    if matches!(method, "GET" | "HEAD" | "DELETE" | "OPTIONS") {
        return None;
    }
    let shown =
        exchanges.iter().filter_map(|exchange| exchange.request).find(|request| request.message.message.body.is_some());
    let media_type = shown.and_then(|request| other_media_type(request.page, &request.message.message));
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
            let of = section.link.and_then(|link| names.resolve_ref(part.page, link, Mention::Possible));
            let description = section.summary.map_or("", |span| &source[span]);
            let known = body.get_or_insert(Body {
                at: Location::new(part.page.id, at),
                properties: Vec::new(),
                of: None,
                media_type,
                description,
            });
            known.of = known.of.or(of.map(Type::single));
            for property in properties {
                if !known.properties.iter().any(|other| other.name == property.name) {
                    known.properties.push(property);
                }
            }
        }
    }
    if let Some(shown) = shown.filter(|_| body.as_ref().is_none_or(|body| body.of.is_none())) {
        let of = annotated_type(names, shown).or_else(|| {
            let value = shown.message.message.json()?;
            names.annotated(shown.page, value).map(Type::single)
        });
        let at = shown.at(shown.fence().body);
        let body = body.get_or_insert(Body { at, properties: Vec::new(), of: None, media_type, description: "" });
        body.of = of;
    }
    body
}

/// The media type of a body that is not JSON.
fn other_media_type<'d>(page: &'d Page, message: &crate::syntax::http::Message) -> Option<&'d str> {
    let body = message.body.as_ref()?;
    let named = message.header("Content-Type", &page.source)?.split(';').next()?.trim();
    (body.json.is_none() && !named.is_empty() && !named.contains("json")).then_some(named)
}

/// The type that the annotation of an example names.
fn annotated_type<'d>(names: &mut Resolver<'_, 'd>, example: examples::ExampleRef<'d>) -> Option<Type> {
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

/// The responses: the status of the examples and of the prose; the type by annotation, then prose, then body.
fn responses<'d>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    method: &str,
    parts: &[Part<'d>],
    exchanges: &[Exchange<'d>],
) -> Vec<Response<'d>> {
    let mut found: Vec<Response<'d>> = Vec::new();
    for part in parts {
        for section in part.find::<response::Response>() {
            prose_responses(names, part, section, &mut found);
        }
    }
    let told = found.clone();
    let mut shown = Vec::new();
    for example in exchanges.iter().flat_map(|exchange| &exchange.responses) {
        example_response(names, *example, &told, &mut shown, &mut found);
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
    let success = section.success();
    for status in &section.statuses {
        if found.iter().any(|known| known.status == status.code) {
            continue;
        }
        let carries =
            success.is_some_and(|success| success.code == status.code) && !matches!(status.code, 204 | 302 | 304);
        let of = carries.then(|| prose_type(names, part.page, section)).flatten();
        let description = section.summary.filter(|_| status.code < 400).map_or("", |span| &source[span]);
        let at = Location::new(part.page.id, status.span);
        found.push(Response { status: status.code, at, of, media_type: None, description });
    }
}

fn prose_type<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, section: &response::Response) -> Option<Type> {
    if let Some(body) = section.body {
        let of = names.resolve_ref(page, body, Mention::Certain)?;
        return (!section.no_body).then_some(Type { of, collection: section.collection });
    }
    let primitive = super::Primitive::parse(&page.source[section.primitive?])?;
    Some(Type { of: Item::Primitive(primitive), collection: section.collection })
}

/// Adds what an example shows of a response. The first one with its status shows the usual case. Others may vary it: they
/// count, cast, or get the content; then what prose told of all of them holds. `shown` has the types that were shown.
fn example_response<'d>(
    names: &mut Resolver<'_, 'd>,
    example: examples::ExampleRef<'d>,
    told: &[Response<'d>],
    shown: &mut Vec<(u16, Type)>,
    found: &mut Vec<Response<'d>>,
) {
    let Start::Status(line) = example.message.message.start else { return };
    let Some(status) = line.code else { return };
    let annotated = annotated_type(names, example);
    let value = example.message.message.json();
    let shows_list = value
        .and_then(|value| value.get("value", &example.page.source))
        .is_some_and(|value| matches!(value.kind, crate::syntax::json::Kind::Array(_)));
    let by_body = || {
        let value = value?;
        let item =
            value.get("value", &example.page.source).filter(|_| shows_list).and_then(|list| list.items().first());
        names.annotated(example.page, item.unwrap_or(value)).map(|of| Type { of, collection: shows_list })
    };
    let of = annotated.or_else(by_body).filter(|_| status < 300 && status != 204);
    let of = of.map(|of| Type { collection: of.collection || shows_list, ..of });
    let media_type = other_media_type(example.page, &example.message.message);
    let known = found.iter_mut().find(|known| known.status == status);
    let first = shown.iter().find(|(code, _)| *code == status).map(|(_, first)| *first);
    if let Some(first) = first {
        let told = told.iter().find(|told| told.status == status).and_then(|told| told.of);
        if let (Some(known), Some(told), true) = (known, told, of.is_some_and(|of| of != first)) {
            known.of = Some(told);
        }
        return;
    }
    shown.extend(of.map(|of| (status, of)));
    match known {
        Some(known) => {
            known.of = annotated.filter(|_| of.is_some()).and(of).or(known.of).or(of);
            known.media_type = media_type;
        }
        None => {
            let at = example.at(line.code_span);
            found.push(Response { status, at, of, media_type, description: "" });
        }
    }
}

/// Finds the resource each operation belongs to: the one whose Methods table lists the page, else that
/// of its response or body, else the first one linked to in its description.
pub(super) fn owners<'d>(model: &mut Model<'d>, pages: &[(&'d Page, Vec<Part<'d>>)]) {
    let mut listed: Vec<Option<ResourceId>> = vec![None; model.docset.pages.len()];
    for (page, parts) in pages.iter().filter(|(page, _)| page.kind() == PageKind::Resource) {
        let Some(Item::Resource(id)) = model.type_of_page(page.id) else { continue };
        for part in parts {
            for row in part.find::<Methods>().flat_map(|methods| &methods.rows) {
                let Some(target) = row.target else { continue };
                if let Some((target, _)) = model.paths.linked_page(part.page, &part.page.source[target]) {
                    listed[target.id.index()].get_or_insert(id);
                }
            }
        }
    }
    for index in 0..model.operations.len() {
        let operation = &model.operations[index];
        let resource = |of: Option<Type>| match of?.of {
            Item::Resource(id) => Some(id),
            _ => None,
        };
        let owner = listed[operation.page.index()]
            .or_else(|| resource(operation.success().and_then(|response| response.of)))
            .or_else(|| resource(operation.body.as_ref().and_then(|body| body.of)))
            .or_else(|| linked_in_summary(model, model.docset.page(operation.page)));
        model.operations[index].owner = owner;
    }
}

fn linked_in_summary(model: &Model<'_>, page: &Page) -> Option<ResourceId> {
    let page = model.docset.page(page.id);
    links_within(&page.links, page.summary?).iter().find_map(|link| {
        let (target, _) = model.paths.linked_page(page, &page.source[link.target])?;
        match model.type_of_page(target.id)? {
            Item::Resource(id) => Some(id),
            _ => None,
        }
    })
}
