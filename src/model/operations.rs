//! Operations, from the pages that describe them.

use super::bodies::{body, takes_body};
use super::declare::{description, enum_by_values};
use super::examples::{self, Exchange};
use super::property_routes;
use super::resolve::{Mention, Resolver};
use super::responses::responses;
use super::topics::{self, Topic};
use super::view::Part;
use super::{Grant, Item, Model, Operation, Parameter, Permission, Primitive, ResourceId, Route, Type};
use crate::span::{FileId, Location, Span};
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::permissions::{Account, PermissionRow};
use crate::syntax::construct::{HttpRequest, Methods, NamedRow, Parameters, Permissions, permissions};
use crate::syntax::http::{RequestLine, Start};
use crate::syntax::{Page, TypeRef, links_within};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a page says of its operations without a look at any other.
pub(super) struct Read<'d> {
    /// The examples.
    pub(super) exchanges: Arc<[Exchange<'d>]>,
    described: Vec<Described<'d>>,
    has_permissions: bool,
}

/// An operation, as far as its routes tell of it.
struct Described<'d> {
    method: &'static str,
    topic: Topic,
    routes: Arc<[Route<'d>]>,
}

/// Reads what needs no model.
pub(super) fn read<'d>(parts: &[Part<'d>]) -> Read<'d> {
    let routes = routes(parts);
    let mut exchanges = examples::pair(parts);
    topics::assign(&routes, &mut exchanges);
    let described = described(routes, &exchanges);
    let exchanges = if exchanges.is_empty() { Arc::default() } else { exchanges.into() };
    Read { exchanges, described, has_permissions: rows(parts).next().is_some() }
}

/// The operations that a page describes: one for each method that its request templates use, and for each request that
/// has a section and an answer of its own, and for each property to which routes lead on.
pub(super) fn page<'d>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    parts: &[Part<'d>],
    read: &Read<'d>,
) -> Vec<Operation<'d>> {
    let Read { exchanges, described, has_permissions } = read;
    let tells = topics::of_sections(exchanges, parts);
    let has_one_method = described.iter().all(|other| other.method == described[0].method);
    let title = page.title.map_or("", |title| page.source[title.text].trim());
    let title_at = page.title.map_or(Span::at(0), |title| title.text);
    let parameters = parameters(names, parts);
    let model = names.model;
    let mut operation = |described: &Described<'d>| {
        let Described { method, topic, ref routes } = *described;
        let sections = parts.iter().zip(&tells).filter(|(_, tells)| **tells == topic).map(|(part, _)| part);
        let exchanges = exchanges_of(exchanges, method, topic, has_one_method);
        // Responses first: prose names types that the examples of the body then refer to.
        let responses = responses(names, page, method, sections, routes, &exchanges);
        let body = body(names, method, parts, routes, &exchanges, &responses);
        let parameters = outside_body(&parameters, method, routes);
        Operation {
            page: page.id,
            title,
            at: Location::new(page.id, title_at),
            description: description(page),
            method,
            property: None,
            needs_authorization: *has_permissions || take_token(&parameters),
            routes: Arc::clone(routes),
            parameters,
            body,
            responses,
            exchanges,
            owner: None,
        }
    };
    let mut operations = Vec::with_capacity(described.len());
    for described in described {
        property_routes::add(&mut operations, model, operation(described));
    }
    operations
}

/// The methods that templates use, each with what its routes lead to; in the order of the templates.
fn described<'d>(routes: Vec<(&'static str, Route<'d>)>, exchanges: &[Exchange<'d>]) -> Vec<Described<'d>> {
    let leads = topics::of_routes(exchanges, &routes);
    // These are few, as topics are few: see `topics::MAX_EXAMPLES`.
    let mut found: Vec<(&'static str, Topic, Vec<Route<'d>>)> = Vec::new();
    for ((method, route), topic) in routes.into_iter().zip(leads) {
        match found.iter_mut().find(|(other, leads, _)| *other == method && *leads == topic) {
            Some((.., routes)) => routes.push(route),
            None => found.push((method, topic, vec![route])),
        }
    }
    let described = |(method, topic, routes): (_, _, Vec<_>)| Described { method, topic, routes: routes.into() };
    found.into_iter().map(described).collect()
}

/// The parameters that are not sent in the body. Those of an action are, but for those that the path names.
fn outside_body<'d>(parameters: &[Parameter<'d>], method: &str, routes: &[Route<'d>]) -> Vec<Parameter<'d>> {
    let sends = takes_body(method);
    let is_outside = |parameter: &&Parameter<'_>| {
        !sends || parameter.place != Place::Function || routes.iter().any(|route| route.names(parameter.name))
    };
    parameters.iter().filter(is_outside).cloned().collect()
}

/// Whether the header of a token is one of the parameters.
fn take_token(parameters: &[Parameter<'_>]) -> bool {
    let is_token = |row: &Parameter<'_>| row.place == Place::Header && row.name.eq_ignore_ascii_case("authorization");
    parameters.iter().any(is_token)
}

/// The usable templates of a page, each route once.
fn routes<'d>(parts: &[Part<'d>]) -> Vec<(&'static str, Route<'d>)> {
    let mut found: Vec<(&'static str, Route<'d>)> = Vec::new();
    let mut keys: FxHashSet<(&'static str, String)> = FxHashSet::default();
    let is_alone = parts.iter().flat_map(templates).nth(1).is_none();
    for part in parts {
        for line in templates(part) {
            let source = &part.page.source;
            let Some(method) = canonical_method(&source[line.method]) else { continue };
            if line.url.is_empty() {
                continue;
            }
            let route = Route::parse(&source[line.url], Location::new(part.page.id, line.url));
            if route.is_usable() && (is_alone || keys.insert((method, route.key()))) {
                found.push((method, route));
            }
        }
    }
    found
}

fn templates<'p>(part: &'p Part<'_>) -> impl Iterator<Item = &'p RequestLine> {
    part.find::<HttpRequest>().flat_map(|request| &request.templates)
}

fn canonical_method(method: &str) -> Option<&'static str> {
    const OPERATIONS: [&str; 7] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];
    OPERATIONS.into_iter().find(|known| known.eq_ignore_ascii_case(method))
}

/// The examples of one method and topic. On a page of one method all belong to it, also those whose request
/// line cannot be read.
fn exchanges_of<'d>(exchanges: &Arc<[Exchange<'d>]>, method: &str, topic: Topic, only: bool) -> Arc<[Exchange<'d>]> {
    let is_method = |exchange: &Exchange<'d>| {
        only || exchange.request.is_some_and(|request| match request.message.message.start {
            Start::Request(line) => request.page.source[line.method].eq_ignore_ascii_case(method),
            Start::Status(_) | Start::Other(_) => false,
        })
    };
    let is_own = |exchange: &&Exchange<'d>| exchange.topic == topic && is_method(exchange);
    if exchanges.iter().all(|exchange| is_own(&exchange)) {
        return Arc::clone(exchanges);
    }
    exchanges.iter().filter(is_own).cloned().collect()
}

impl<'d> Model<'d> {
    /// Who may call the operations of a page. Empty when it has no permission table.
    pub fn permissions_of(&self, page: FileId) -> Vec<Permission<'d>> {
        let mut found: Vec<Permission<'d>> = Vec::new();
        for (page, account, row) in rows(self.parts(page)) {
            let grant = grant(page, &row.grant);
            // Pages with several tables say different things of different cases, and it may be any of them.
            match found.iter_mut().find(|known| known.account == account) {
                Some(known) => add_grant(&mut known.grant, grant),
                None => found.push(Permission { account, at: Location::new(page.id, row.label), grant }),
            }
        }
        found
    }
}

/// The rows of permission tables that tell of an account, each with the page in whose text it stands.
fn rows<'p, 'd: 'p>(parts: &'p [Part<'d>]) -> impl Iterator<Item = (&'d Page, Account, &'p PermissionRow)> {
    parts.iter().flat_map(|part| {
        let tables = part.find::<Permissions>().flat_map(|permissions| &permissions.tables);
        tables.flat_map(|table| &table.rows).filter_map(|row| Some((part.page, row.account?, row)))
    })
}

/// What lets callers in by the one or the other; each set of scopes once.
fn add_grant<'d>(known: &mut Grant<'d>, other: Grant<'d>) {
    match (known, other) {
        (Grant::AnyOf(all), Grant::AnyOf(others)) => {
            for scopes in others {
                if !all.contains(&scopes) {
                    all.push(scopes);
                }
            }
        }
        (known @ (Grant::NotSupported | Grant::Unspecified), other @ Grant::AnyOf(_)) => *known = other,
        _ => {}
    }
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
    let name = page.source[row.name].trim_matches(['{', '}', '<', '>', '\\']);
    let of = match &row.type_name {
        Some(of) => {
            enum_by_values(names, page, of.of, &row.facts.in_text(&page.source).values);
            let item = names.resolve_ref(page, of.of, Mention::Possible);
            Type { of: item.unwrap_or(Item::Primitive(Primitive::String)), collection: of.collection }
        }
        // A table without a column of types has them as values.
        None => {
            let value = row.value.and_then(|value| names.resolve_ref(page, TypeRef::Name(value), Mention::Possible));
            let usual = if place == Place::Query { of_option(name) } else { Primitive::String };
            Type::single(value.unwrap_or(Item::Primitive(usual)))
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

/// What a query option of OData takes.
fn of_option(name: &str) -> Primitive {
    match name.to_ascii_lowercase().as_str() {
        "$top" | "$skip" => Primitive::Int32,
        "$count" => Primitive::Boolean,
        _ => Primitive::String,
    }
}

/// The pages that the Methods tables of a resource list.
pub(super) fn listed<'d>(model: &Model<'d>, parts: &[Part<'d>]) -> Vec<FileId> {
    let mut pages = Vec::new();
    for part in parts {
        let links = part.find::<Methods>().flat_map(|methods| &methods.rows).filter_map(|row| row.target);
        let linked = links.filter_map(|link| model.paths.linked_page(part.page, &part.page.source[link]));
        pages.extend(linked.map(|(page, _)| page.id));
    }
    pages
}

/// Finds the resource each operation belongs to: the one whose Methods table lists the page, else that
/// of its response or body, else the first one linked to in its description.
pub(super) fn owners(model: &mut Model<'_>, tables: Vec<(ResourceId, Vec<FileId>)>) {
    let mut listed: Vec<Option<ResourceId>> = vec![None; model.docset.pages.len()];
    for (id, pages) in tables {
        for page in pages {
            listed[page.index()].get_or_insert(id);
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
