//! The one response that stands for every failure, and the schemas of its body.

use super::schemas::{Properties, array, boxed, boxed_ref, object, reference, string};
use indexmap::IndexMap;
use openapiv3::{
    Example, MediaType, ReferenceOr, Response, Schema, SchemaData, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::json;

/// The response `error`.
pub(super) fn response() -> Response {
    let value = json!({
        "error": {
            "code": "BadRequest",
            "message": "Uploaded fragment overlaps with existing data.",
            "innerError": {
                "date": "2024-01-01T00:00:00Z",
                "request-id": "00000000-0000-0000-0000-000000000000",
                "client-request-id": "00000000-0000-0000-0000-000000000000"
            }
        }
    });
    let example = Example { summary: Some("An error".to_owned()), value: Some(value), ..Example::default() };
    let media_type = MediaType {
        schema: Some(reference("ODataError")),
        examples: IndexMap::from([("error".to_owned(), ReferenceOr::Item(example))]),
        ..MediaType::default()
    };
    Response {
        description: "An OData error.".to_owned(),
        content: IndexMap::from([("application/json".to_owned(), media_type)]),
        ..Response::default()
    }
}

/// The schemas of the body.
pub(super) fn schemas() -> [(String, Schema); 4] {
    let nullable = |description| {
        let mut schema = string(description);
        schema.schema_data.nullable = true;
        boxed(schema)
    };
    let code = || ("code", boxed(string("A machine-readable error code.")));
    let message = || ("message", boxed(string("A human-readable message.")));
    let target = || ("target", nullable("The part of the request that the error is about."));
    let mut details = array(reference("ErrorDetails"));
    details.schema_data.description = Some("More errors that belong to this one.".to_owned());
    let mut date = string("When the error occurred.");
    date.schema_kind = SchemaKind::Type(Type::String(StringType {
        format: VariantOrUnknownOrEmpty::Item(StringFormat::DateTime),
        ..StringType::default()
    }));
    let main =
        [code(), message(), target(), ("details", boxed(details)), ("innerError", boxed_ref(reference("InnerError")))];
    let inner = [
        ("date", boxed(date)),
        ("request-id", boxed(string("The request identifier that the service assigned."))),
        ("client-request-id", boxed(string("The request identifier that the client sent."))),
    ];
    let odata = [("error", boxed_ref(reference("MainError")))];
    [
        schema("ODataError", "The body of every unsuccessful response.", odata, &["error"]),
        schema("MainError", "What went wrong.", main, &["code", "message"]),
        schema("ErrorDetails", "One further error.", [code(), message(), target()], &["code", "message"]),
        schema("InnerError", "Identifiers that help support staff to find the request.", inner, &[]),
    ]
}

fn schema<const COUNT: usize>(
    name: &'static str,
    description: &str,
    properties: [(&str, ReferenceOr<Box<Schema>>); COUNT],
    required: &[&str],
) -> (String, Schema) {
    let properties: Properties = properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let data =
        SchemaData { title: Some(name.to_owned()), description: Some(description.to_owned()), ..SchemaData::default() };
    (name.to_owned(), object(data, properties, required.iter().map(|name| (*name).to_owned()).collect()))
}
