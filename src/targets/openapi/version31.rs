//! Schemas of OpenAPI 3.0 as those of 3.1, which are JSON Schema.

use super::tree::{Kind, walk};
use crate::targets::OpenApiVersion;
use serde_json::{Map, Value, json};

/// Makes a document of OpenAPI 3.0 one of 3.1.
pub(super) fn raise_document(document: &mut Value) {
    walk(document, Kind::Document, &mut |kind, object| {
        if kind == Kind::Schema {
            raise(object);
        }
    });
    document["openapi"] = OpenApiVersion::V31.number().into();
}

/// Rewrites a schema; those within it are rewritten already.
///
/// `nullable` becomes a type, and `example` becomes `examples`. Around a reference a type would not do:
/// JSON Schema holds a value against what is referred to as well, and that is no null.
fn raise(schema: &mut Map<String, Value>) {
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let composed = nullable && schema.contains_key("allOf");
    for (name, value) in std::mem::take(schema) {
        match (name.as_str(), value) {
            ("nullable", _) => {}
            ("example", value) => drop(schema.insert("examples".to_owned(), json!([value]))),
            ("type", _) if composed => {}
            ("type", value) if nullable => drop(schema.insert(name, json!([value, "null"]))),
            ("allOf", value) if composed => drop(schema.insert("anyOf".to_owned(), or_null(value))),
            ("enum", Value::Array(mut members)) if nullable => {
                if !members.contains(&Value::Null) {
                    members.push(Value::Null);
                }
                schema.insert(name, Value::Array(members));
            }
            (_, value) => drop(schema.insert(name, value)),
        }
    }
}

/// All of some schemas, or null.
fn or_null(all_of: Value) -> Value {
    let inner = match all_of {
        Value::Array(mut parts) if parts.len() == 1 => parts.remove(0),
        parts => json!({ "allOf": parts }),
    };
    json!([inner, { "type": "null" }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mut old: Value, new: Value) {
        walk(&mut old, Kind::Schema, &mut |kind, object| {
            assert_eq!(kind, Kind::Schema);
            raise(object);
        });
        assert_eq!(old.to_string(), new.to_string());
    }

    #[test]
    fn null_becomes_a_type() {
        check(json!({ "nullable": true, "type": "string" }), json!({ "type": ["string", "null"] }));
        check(
            json!({ "description": "D.", "nullable": true, "type": "string", "enum": ["a"], "example": null }),
            json!({ "description": "D.", "type": ["string", "null"], "enum": ["a", null], "examples": [null] }),
        );
        check(
            json!({ "nullable": true, "type": "object", "allOf": [{ "$ref": "#/a" }] }),
            json!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }] }),
        );
    }

    #[test]
    fn names_of_properties_and_examples_stay() {
        check(
            json!({ "type": "object", "properties": {
                "nullable": { "type": "string", "nullable": true },
                "example": { "type": "array", "items": { "type": "integer", "nullable": true } },
            }, "example": { "nullable": true, "example": 1 } }),
            json!({ "type": "object", "properties": {
                "nullable": { "type": ["string", "null"] },
                "example": { "type": "array", "items": { "type": ["integer", "null"] } },
            }, "examples": [{ "nullable": true, "example": 1 }] }),
        );
    }
}
