//! Routes that lead on to a property of what an operation returns: `/me/settings/timeZone` beside `/me/settings`.

use super::route::{Piece, Route};
use super::{Exchange, Item, Model, Operation, Primitive, Response, Type};
use indexmap::IndexMap;
use rustc_hash::FxHashSet;

/// A page of more routes has no operations of their own for properties: each of those repeats what is said of the whole,
/// and looks at all routes and examples.
const MAX_ROUTES: usize = 50;

/// Adds an operation. The routes that return a property become operations of their own, one for each property, after
/// the one that returns the whole.
pub(super) fn add<'d>(operations: &mut Vec<Operation<'d>>, model: &Model<'d>, mut whole: Operation<'d>) {
    let properties = properties(model, &whole);
    if properties.iter().all(Option::is_none) {
        return operations.push(whole);
    }
    let mut parts: IndexMap<&'d str, (Type, Vec<Route<'d>>)> = IndexMap::new();
    let mut own = Vec::new();
    for (route, property) in whole.routes.iter().cloned().zip(properties) {
        match property {
            Some((name, of)) => parts.entry(name).or_insert((of, Vec::new())).1.push(route),
            None => own.push(route),
        }
    }
    whole.routes = own.into();
    let parts: Vec<_> = parts.into_iter().map(|(name, (of, routes))| returning(&mut whole, name, of, routes)).collect();
    operations.push(whole);
    operations.extend(parts);
}

/// For each route the property to which it leads, with its type. The content of a stream is another form of the whole.
fn properties<'d>(model: &Model<'d>, whole: &Operation<'d>) -> Vec<Option<(&'d str, Type)>> {
    let returned = whole.success().filter(|_| whole.method == "GET" && (2..=MAX_ROUTES).contains(&whole.routes.len()));
    let Some(Type { of: Item::Resource(id), collection: false }) = returned.and_then(|response| response.of) else {
        return Vec::new();
    };
    let keys: FxHashSet<String> = whole.routes.iter().map(Route::key).collect();
    let property = |route: &Route<'d>| {
        let [Piece::Text(name)] = route.segments.last()?.pieces.as_slice() else { return None };
        let property =
            model.property(id, name).filter(|property| property.of.of != Item::Primitive(Primitive::Stream))?;
        let key = route.key();
        keys.contains(key.rsplit_once('/')?.0).then_some((*name, property.of))
    };
    whole.routes.iter().map(property).collect()
}

/// The operation that returns a property, with those examples of the whole that are its own.
fn returning<'d>(whole: &mut Operation<'d>, name: &'d str, of: Type, routes: Vec<Route<'d>>) -> Operation<'d> {
    let is_own = |found: &Exchange<'d>| found.request.is_some_and(|request| request.is_of(&routes));
    let (own, others): (Vec<_>, Vec<_>) = whole.exchanges.iter().cloned().partition(is_own);
    whole.exchanges = others.into();
    let of_success = |response: &Response<'d>| match response.is_success() {
        true => Response { of: Some(of), media_type: None, ..response.clone() },
        false => response.clone(),
    };
    Operation {
        page: whole.page,
        title: whole.title,
        at: whole.at,
        description: whole.description,
        method: whole.method,
        property: Some(name),
        routes: routes.into(),
        parameters: whole.parameters.clone(),
        needs_authorization: whole.needs_authorization,
        body: None,
        responses: whole.responses.iter().map(of_success).collect(),
        exchanges: own.into(),
        owner: whole.owner,
    }
}
