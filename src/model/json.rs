//! The model as JSON, for people and tools: `apipage model --format json`.
//!
//! The document is `{"version": 1, "resources": […], "enums": […], "operations": […]}`. Each fact has
//! `at`: `{"file", "line", "column"}`, the file relative to the docset root. Types are written as
//! `{"kind": "primitive" | "resource" | "enum" | "any", "name": …, "collection": bool}`. Members may be
//! added without a new version; a member that changes or goes raises it.

use super::{
    Enum, Grant, Item, Model, Operation, Origin, Parameter, Permission, Property, Resource, Response, Type, examples,
};
use crate::span::Location;
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::permissions::Account;
use crate::syntax::inline;
use serde_json::{Value, json};

/// The version of the document's shape.
pub const VERSION: u32 = 1;

/// The whole model.
pub fn to_json(model: &Model<'_>) -> Value {
    json!({
        "version": VERSION,
        "resources": model.resources.iter().map(|resource| show_resource(model, resource)).collect::<Vec<_>>(),
        "enums": model.enums.iter().map(|found| show_enum(model, found)).collect::<Vec<_>>(),
        "operations": model.operations.iter().map(|operation| show_operation(model, operation)).collect::<Vec<_>>(),
    })
}

fn place(model: &Model<'_>, at: Location) -> Value {
    let source = &model.page(at.file).source;
    let position = source.position(at.span.start);
    json!({ "file": source.path, "line": position.line, "column": position.column })
}

fn show_resource(model: &Model<'_>, resource: &Resource<'_>) -> Value {
    json!({
        "name": resource.name.name,
        "namespace": resource.name.namespace,
        "at": place(model, resource.at),
        "pages": resource.pages.iter().map(|page| model.page(*page).source.path.clone()).collect::<Vec<_>>(),
        "guessed": resource.origin != Origin::Described,
        "description": inline::plain(resource.description),
        "base": resource.base.as_ref().map(|base| json!({
            "name": base.name.trim_start_matches('#'),
            "known": base.resource.is_some(),
            "at": place(model, base.at),
        })),
        "abstract": resource.is_abstract,
        "open": resource.is_open,
        "key": resource.key,
        "properties": resource.properties.iter().map(|property| show_property(model, property)).collect::<Vec<_>>(),
    })
}

fn show_property(model: &Model<'_>, property: &Property<'_>) -> Value {
    json!({
        "name": property.name,
        "type": show_type(model, property.of),
        "description": inline::plain(property.description),
        "required": property.facts.required,
        "nullable": property.facts.nullable,
        "readOnly": property.facts.read_only,
        "relationship": property.is_relationship,
        "inherited": property.is_inherited,
        "values": property.facts.values,
        "at": place(model, property.at),
    })
}

fn show_type(model: &Model<'_>, of: Type) -> Value {
    let (kind, name) = match of.of {
        Item::Primitive(primitive) => ("primitive", primitive.name().to_owned()),
        Item::Resource(id) => ("resource", model.resource(id).name.to_string()),
        Item::Enum(id) => ("enum", model.enumeration(id).name.to_string()),
        Item::Any => ("any", String::new()),
    };
    json!({ "kind": kind, "name": name, "collection": of.collection })
}

fn show_enum(model: &Model<'_>, found: &Enum<'_>) -> Value {
    let members = found.members.iter().map(|member| {
        json!({ "name": member.name, "description": inline::plain(member.description), "at": place(model, member.at) })
    });
    json!({
        "name": found.name.name,
        "namespace": found.name.namespace,
        "at": place(model, found.at),
        "description": inline::plain(found.description),
        "members": members.collect::<Vec<_>>(),
    })
}

fn show_operation(model: &Model<'_>, operation: &Operation<'_>) -> Value {
    let routes = operation.routes.iter().map(|route| {
        json!({ "path": route.path(), "query": route.query, "written": route.written, "at": place(model, route.at) })
    });
    let body = operation.body.as_ref().map(|body| {
        json!({
            "type": body.of.map(|of| show_type(model, of)),
            "mediaType": body.media_type.unwrap_or("application/json"),
            "properties": body.properties.iter().map(|property| show_property(model, property)).collect::<Vec<_>>(),
            "at": place(model, body.at),
        })
    });
    json!({
        "title": operation.title,
        "page": model.page(operation.page).source.path,
        "at": place(model, operation.at),
        "description": inline::plain(operation.description),
        "method": operation.method,
        "property": operation.property,
        "routes": routes.collect::<Vec<_>>(),
        "resource": operation.owner.map(|id| model.resource(id).name.to_string()),
        "authorization": operation.needs_authorization,
        "permissions": model.permissions_of(operation.page).iter().map(|row| show_permission(model, row)).collect::<Vec<_>>(),
        "parameters": operation.parameters.iter().map(|found| show_parameter(model, found)).collect::<Vec<_>>(),
        "body": body,
        "responses": operation.responses.iter().map(|response| show_response(model, response)).collect::<Vec<_>>(),
        "examples": operation.exchanges.iter().map(|exchange| show_exchange(model, exchange)).collect::<Vec<_>>(),
    })
}

fn show_permission(model: &Model<'_>, row: &Permission<'_>) -> Value {
    let account = match row.account {
        Account::DelegatedWork => "delegatedWork",
        Account::DelegatedPersonal => "delegatedPersonal",
        Account::Application => "application",
    };
    let (grant, any_of) = match &row.grant {
        Grant::AnyOf(alternatives) => ("anyOf", json!(alternatives)),
        Grant::NotSupported => ("notSupported", Value::Null),
        Grant::Unspecified => ("unspecified", Value::Null),
    };
    json!({ "account": account, "grant": grant, "anyOf": any_of, "at": place(model, row.at) })
}

fn show_parameter(model: &Model<'_>, parameter: &Parameter<'_>) -> Value {
    let stands = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Function => "function",
        Place::Header => "header",
    };
    json!({
        "name": parameter.name,
        "in": stands,
        "type": show_type(model, parameter.of),
        "required": parameter.required,
        "description": inline::plain(parameter.description),
        "at": place(model, parameter.at),
    })
}

fn show_response(model: &Model<'_>, response: &Response<'_>) -> Value {
    json!({
        "status": response.status,
        "type": response.of.map(|of| show_type(model, of)),
        "mediaType": response.media_type,
        "at": place(model, response.at),
    })
}

fn show_exchange(model: &Model<'_>, exchange: &examples::Exchange<'_>) -> Value {
    let message = |example: &examples::ExampleRef<'_>| {
        let body = example.message.message.body.as_ref();
        json!({
            "at": place(model, example.at(example.fence().span)),
            "json": example.message.message.json().map(|value| value.to_json(&example.page.source)),
            "hasBody": body.is_some(),
        })
    };
    json!({
        "name": exchange.request.and_then(|request| request.name()),
        "request": exchange.request.as_ref().map(message),
        "responses": exchange.responses.iter().map(message).collect::<Vec<_>>(),
    })
}
