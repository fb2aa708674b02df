//! Parts of a document as JSON, and a walk over the OpenAPI objects in them.
//!
//! Examples are never entered, and names of properties are never taken for members of OpenAPI: a property
//! called `nullable` stays one.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a JSON object of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something without schemas.
    Other,
    /// A whole document.
    Document,
    Components,
    /// Path items by path or name.
    PathItems,
    /// The operations of a path.
    PathItem,
    Operation,
    /// A parameter or a header.
    Parameter,
    /// Parameters or headers by name.
    Parameters,
    /// A request body or a response.
    Message,
    /// Responses by name or status.
    Messages,
    MediaType,
    Schema,
    /// Schemas by name.
    Schemas,
}

impl Kind {
    /// What a member of a document is, or of its components.
    pub(super) fn of(name: &str) -> Kind {
        match name {
            "paths" | "webhooks" | "pathItems" => Kind::PathItems,
            "components" => Kind::Components,
            "schemas" => Kind::Schemas,
            "responses" | "requestBodies" => Kind::Messages,
            "parameters" | "headers" => Kind::Parameters,
            _ => Kind::Other,
        }
    }
}

/// A value as JSON.
pub(super) fn tree(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(value) => value,
        Err(error) => {
            unreachable!("values of an OpenAPI document are maps with string keys, lists and scalars: {error}")
        }
    }
}

/// Visits all objects, those within others first.
pub(super) fn walk(value: &mut Value, kind: Kind, visit: &mut impl FnMut(Kind, &mut Map<String, Value>)) {
    let Value::Object(members) = value else { return };
    for (name, inner) in members.iter_mut() {
        match (kind, name.as_str()) {
            (Kind::Document | Kind::Components, _) => walk(inner, Kind::of(name), visit),
            (Kind::PathItems, _) => walk(inner, Kind::PathItem, visit),
            (Kind::Parameters, _) => walk(inner, Kind::Parameter, visit),
            (Kind::Schemas, _) => walk(inner, Kind::Schema, visit),
            (Kind::PathItem | Kind::Operation, "parameters") => each(inner, Kind::Parameter, visit),
            (Kind::PathItem, _) => walk(inner, Kind::Operation, visit),
            (Kind::Operation, "requestBody") => walk(inner, Kind::Message, visit),
            (Kind::Operation, "responses") => walk(inner, Kind::Messages, visit),
            (Kind::Messages, _) => walk(inner, Kind::Message, visit),
            (Kind::Message, "headers") => each(inner, Kind::Parameter, visit),
            (Kind::Message | Kind::Parameter, "content") => each(inner, Kind::MediaType, visit),
            (Kind::Parameter | Kind::MediaType, "schema") => walk(inner, Kind::Schema, visit),
            (Kind::Schema, "properties" | "allOf" | "anyOf" | "oneOf") => each(inner, Kind::Schema, visit),
            (Kind::Schema, "items" | "additionalProperties" | "not") => walk(inner, Kind::Schema, visit),
            _ => {}
        }
    }
    visit(kind, members);
}

fn each(value: &mut Value, kind: Kind, visit: &mut impl FnMut(Kind, &mut Map<String, Value>)) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|inner| walk(inner, kind, visit)),
        Value::Array(items) => items.iter_mut().for_each(|inner| walk(inner, kind, visit)),
        _ => {}
    }
}
