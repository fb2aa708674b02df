//! Types that no page describes, as far as tables and examples show them.
//!
//! Such a type is an open object. It gets the rows of the "Request body" table of the operations that
//! send or return it, and the members that examples show where it is expected or named.

use super::{Item, Model, Origin, Property, ResourceId, Type, values};
use crate::syntax::Page;
use crate::syntax::json::{Kind, Value};

/// Fills the guessed types of a model.
pub(super) fn fill(model: &mut Model<'_>) {
    if model.resources.iter().all(|resource| resource.origin == Origin::Described) {
        return;
    }
    from_bodies(model);
    from_examples(model);
}

fn from_bodies(model: &mut Model<'_>) {
    for index in 0..model.operations.len() {
        let operation = &model.operations[index];
        let Some(body) = &operation.body else { continue };
        let of = body.of.or_else(|| operation.success().and_then(|response| response.of));
        let Some(id) = of.and_then(|of| guessed(model, of)) else { continue };
        let rows = body.properties.clone();
        for mut row in rows {
            // What a request must hold says nothing of what the resource always has.
            row.facts.required = false;
            add(model, id, row);
        }
    }
}

fn from_examples(model: &mut Model<'_>) {
    for index in 0..model.operations.len() {
        let operation = &model.operations[index];
        let (sent, returned) =
            (operation.body.as_ref().and_then(|body| body.of), operation.success().and_then(|r| r.of));
        for exchange in operation.exchanges.clone() {
            let messages = exchange.request.map(|request| (request, sent.or(returned))).into_iter();
            for (example, expected) in messages.chain(exchange.responses.iter().map(|response| (*response, returned))) {
                let Some(value) = example.message.message.json() else { continue };
                let value = match value.get("value", &example.page.source) {
                    Some(list) if expected.is_some_and(|of| of.collection) => list,
                    _ => value,
                };
                show(model, example.page, value, expected.map(|of| of.of));
            }
        }
    }
}

/// Notes what a value shows of the type expected in its place, and goes on into its members.
fn show<'d>(model: &mut Model<'d>, page: &'d Page, value: &Value, expected: Option<Item>) {
    for item in value.items() {
        show(model, page, item, expected);
    }
    let Kind::Object(members) = &value.kind else { return };
    let of = values::annotated(model, page, value).or(expected);
    let Some(Item::Resource(id)) = of else { return };
    for member in members {
        let name = &page.source[member.name];
        if name.contains('@') || name.trim().is_empty() {
            continue;
        }
        if model.resource(id).origin != Origin::Described {
            let property = values::property(model, page, member);
            add(model, id, property);
        }
        let expected = model.property(id, name).map(|property| property.of.of);
        show(model, page, &member.value, expected);
    }
}

fn guessed(model: &Model<'_>, of: Type) -> Option<ResourceId> {
    match of.of {
        Item::Resource(id) if model.resource(id).origin != Origin::Described => Some(id),
        _ => None,
    }
}

fn add<'d>(model: &mut Model<'d>, id: ResourceId, property: Property<'d>) {
    let properties = &mut model.resources[id.0 as usize].properties;
    match properties.iter_mut().find(|known| known.name == property.name) {
        Some(known) if known.of == Type::single(Item::Any) => known.of = property.of,
        Some(_) => {}
        None => properties.push(property),
    }
}
