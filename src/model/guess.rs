//! Types that no page describes, as far as tables and examples show them.
//!
//! Such a type is an open object. It gets the rows of the "Request body" table of the operations that
//! send or return it, and the members that examples show where it is expected or named. One that is only
//! shown as a string is an enumeration whose members nobody lists.

use super::{Item, Model, Origin, Primitive, Property, Resource, ResourceId, Shown, Type, values};
use crate::source::Source;
use crate::syntax::Page;
use crate::syntax::construct::ResourceBlock;
use crate::syntax::json::{Kind, Value};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Fills the guessed types of a model.
pub(super) fn fill(model: &mut Model<'_>) {
    if model.resources.iter().all(|resource| resource.origin == Origin::Described) {
        return;
    }
    from_bodies(model);
    from_representations(model);
    let mut strings = represented_as_strings(model);
    from_examples(model, &mut strings);
    make_strings(model, &strings);
}

/// What the JSON representation of a resource shows of the guessed types of its properties.
fn from_representations(model: &mut Model<'_>) {
    let docset = model.docset;
    for page in &docset.pages {
        let Some(of) = model.type_of_page(page.id) else { continue };
        for (_, block) in page.find::<ResourceBlock>() {
            if let Some(object) = block.object(&page.source) {
                // A string may stand for an object here, by the name of its type.
                show(model, page, object, Some(of), None);
            }
        }
    }
}

/// The guessed types whose values are strings in the JSON representation of a resource.
fn represented_as_strings(model: &Model<'_>) -> FxHashSet<ResourceId> {
    let properties = model.resources.iter().flat_map(|resource| &resource.properties);
    properties
        .filter(|property| property.shown == Shown::Text)
        .filter_map(|property| guessed(model, property.of))
        .collect()
}

impl Model<'_> {
    /// Whether a type that no page describes is only shown as a string, which is what its name stands for then.
    pub fn is_shown_as_string(&self, resource: &Resource<'_>) -> bool {
        resource.origin != Origin::Described
            && matches!(self.find(&resource.name.to_string()), Some(Item::Primitive(_)))
    }
}

/// Makes properties and parameters strings whose types are shown as strings, and have no properties.
fn make_strings(model: &mut Model<'_>, shown: &FxHashSet<ResourceId>) {
    let has_properties = |id: &ResourceId| !model.resource(*id).properties.is_empty();
    let ids: FxHashSet<ResourceId> = shown.iter().copied().filter(|id| !has_properties(id)).collect();
    if ids.is_empty() {
        return;
    }
    let string = Item::Primitive(Primitive::String);
    for id in &ids {
        let name = model.resource(*id).name.key();
        model.names.insert(name, string);
    }
    let make = |of: &mut Type| {
        if matches!(of.of, Item::Resource(id) if ids.contains(&id)) {
            of.of = string;
        }
    };
    let resources = model.resources.iter_mut().flat_map(|resource| &mut resource.properties);
    resources.for_each(|property| make(&mut property.of));
    for operation in &mut model.operations {
        operation.parameters.iter_mut().for_each(|parameter| make(&mut parameter.of));
        let sent = operation.body.iter_mut().flat_map(|body| &mut body.properties);
        sent.for_each(|property| make(&mut property.of));
    }
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

fn from_examples(model: &mut Model<'_>, strings: &mut FxHashSet<ResourceId>) {
    for index in 0..model.operations.len() {
        let operation = &model.operations[index];
        let (sent, returned) =
            (operation.body.as_ref().and_then(|body| body.of), operation.success().and_then(|r| r.of));
        for exchange in Arc::clone(&operation.exchanges).iter() {
            let messages = exchange.request.map(|request| (request, sent.or(returned))).into_iter();
            for (example, expected) in messages.chain(exchange.responses.iter().map(|response| (*response, returned))) {
                let Some(value) = example.message.message.json() else { continue };
                let value = match value.get("value", &example.page.source) {
                    Some(list) if expected.is_some_and(|of| of.collection) => list,
                    // Some pages show a single object in a wrapper too.
                    Some(object) if is_alone(value, object, &example.page.source) => object,
                    _ => value,
                };
                show(model, example.page, value, expected.map(|of| of.of), Some(strings));
            }
        }
    }
}

/// Whether an object has no other member than this object, but for annotations.
fn is_alone(value: &Value, object: &Value, source: &Source) -> bool {
    let others = value.members().iter().filter(|member| !source[member.name].contains('@'));
    matches!(object.kind, Kind::Object(_)) && others.count() == 1
}

/// Notes what a value shows of the type expected in its place, and goes on into its members. `strings` are the types in
/// whose place a string was shown, where that matters.
fn show<'d>(
    model: &mut Model<'d>,
    page: &'d Page,
    value: &Value,
    expected: Option<Item>,
    mut strings: Option<&mut FxHashSet<ResourceId>>,
) {
    let members = match &value.kind {
        Kind::Object(members) => members,
        Kind::Array(items) => {
            return items.iter().for_each(|item| show(model, page, item, expected, strings.as_deref_mut()));
        }
        Kind::String(_) => {
            let shown = expected.and_then(|of| guessed(model, Type::single(of)));
            return strings.into_iter().for_each(|strings| strings.extend(shown));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number => return,
    };
    let of = values::annotated(model, page, value).or(expected);
    let Some(Item::Resource(id)) = of else { return };
    let is_guessed = model.resource(id).origin != Origin::Described;
    let mut takes_strings = None;
    for member in members {
        let goes_on = match member.value.kind {
            Kind::Object(_) | Kind::Array(_) => true,
            Kind::String(_) => strings.is_some() && *takes_strings.get_or_insert_with(|| leads_on(model, id)),
            Kind::Null | Kind::Bool(_) | Kind::Number => false,
        };
        let name = &page.source[member.name];
        if !(is_guessed || goes_on) || name.contains('@') || name.trim().is_empty() {
            continue;
        }
        if is_guessed {
            let property = values::property(model, page, member);
            add(model, id, property);
        }
        if goes_on {
            let expected = model.property(id, name).map(|property| property.of.of);
            show(model, page, &member.value, expected, strings.as_deref_mut());
        }
    }
}

/// Whether a property of a type may be of a guessed one.
fn leads_on(model: &Model<'_>, id: ResourceId) -> bool {
    let mut levels = model.ancestry(id).map(|level| model.resource(level));
    levels.any(|level| {
        // One that is guessed may get more.
        level.origin != Origin::Described
            || level.properties.iter().any(|property| guessed(model, property.of).is_some())
    })
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
