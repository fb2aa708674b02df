//! The OpenAPI document: what it says of small docsets, and that what is written is what was meant.
#![allow(missing_docs, reason = "a test")]

mod support;

use apipage::model::{self, Model};
use apipage::project::config;
use apipage::render::{Overrides, render};
use apipage::source::Source;
use apipage::syntax::Docset;
use apipage::targets::{self, Format, OpenApiSettings, OpenApiVersion, Settings, openapi};
use openapiv3::{OpenAPI, Operation, ReferenceOr, Response, Schema, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use support::docset;

fn settings() -> Settings {
    Settings { docset: "docs".into(), ..Settings::default() }
}

fn yaml(docset: &Docset, model: &Model<'_>, overrides: &Overrides) -> String {
    written(docset, model, overrides, OpenApiSettings::default())
}

/// The file of a document that is not split.
fn written(docset: &Docset, model: &Model<'_>, overrides: &Overrides, openapi: OpenApiSettings) -> String {
    let name = format!("openapi.{}", openapi.format.name());
    let settings = Settings { openapi, ..settings() };
    let artifacts = targets::artifacts(model, &[&openapi::TARGET], &settings).all;
    let (mut files, problems) = render(artifacts, overrides, docset);
    assert!(problems.is_empty(), "{problems:?}");
    files.0.remove(&name).expect("the document was made")
}

/// What is written path by path and schema by schema, as they are made, is what is written of the whole document, as
/// it is before an overlay.
fn parts_are_as_the_whole(docset: &Docset, model: &Model<'_>) {
    for (_, format) in Format::ALL {
        let parts = OpenApiSettings { format, ..OpenApiSettings::default() };
        let whole = OpenApiSettings { overlays: vec![openapi::overlay::Overlay::default()], ..parts.clone() };
        let written = |settings| written(docset, model, &Overrides::default(), settings);
        assert_eq!(written(parts), written(whole));
    }
}

/// The document of a docset, after holding what is written against what was meant.
fn document(docset: &Docset) -> OpenAPI {
    let model = model::link(docset);
    let meant = openapi::document(&model, &settings());
    let text = yaml(docset, &model, &Overrides::default());
    let written: OpenAPI = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(written, meant, "{text}");
    parts_are_as_the_whole(docset, &model);
    no_dangling(&serde_json::to_value(&meant).expect("a document is JSON"));
    meant
}

fn no_dangling(document: &Value) {
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "dangling {reference}");
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

fn operations(document: &OpenAPI) -> Vec<String> {
    document.operations().map(|(path, method, operation)| format!("{method} {path} {}", id(operation))).collect()
}

fn id(operation: &Operation) -> &str {
    operation.operation_id.as_deref().unwrap_or_default()
}

fn schemas(document: &OpenAPI) -> Vec<&str> {
    let names = document.components.iter().flat_map(|components| components.schemas.keys());
    names
        .map(String::as_str)
        .filter(|name| !["ODataError", "MainError", "ErrorDetails", "InnerError"].contains(name))
        .collect()
}

fn schema(document: &OpenAPI, name: &str) -> Value {
    let schema: &ReferenceOr<Schema> = &document.components.as_ref().expect("components").schemas[name];
    serde_json::to_value(schema).expect("a schema is JSON")
}

/// A page of an operation.
fn operation(title: &str, templates: &str, rest: &str) -> String {
    format!("# {title}\n\nDoes it.\n\n## HTTP request\n\n``` http\n{templates}\n```\n\n{rest}\n")
}

/// A page of a resource.
fn resource(name: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nA {name}.\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n{rows}\n"
    )
}

const RETURNS_A: &str = "## Response\n\nReturns `200 OK` and an [a](../resources/a.md) object in the response body.\n";

#[test]
fn the_page_of_an_update() {
    let text = include_str!("../docs-input/beta/api/customer-update.md");
    let docset = docset(&format!("//- beta/api/customer-update.md\n{text}"));
    document(&docset);
    let model = model::link(&docset);
    insta::assert_snapshot!(yaml(&docset, &model, &Overrides::default()));
}

#[test]
fn a_template_of_the_user_adds_text() {
    let text = include_str!("../docs-input/beta/api/customer-update.md");
    let docset = docset(&format!("//- beta/api/customer-update.md\n{text}"));
    let model = model::link(&docset);
    let overrides = Overrides(vec![
        Source::new(
            "templates/openapi/openapi.yaml.tera",
            "{% extends \"builtin/openapi/openapi.yaml.tera\" %}\n{% block extensions %}x-mine: true\n{% endblock extensions %}",
        ),
        Source::new(
            "templates/openapi/path.yaml.tera",
            "  # {{ path.name }}\n{% include \"builtin/openapi/path.yaml.tera\" %}",
        ),
    ]);
    let text = yaml(&docset, &model, &overrides);
    let written: OpenAPI = serde_yaml::from_str(&text).expect("YAML");
    let mut meant = openapi::document(&model, &settings());
    meant.extensions.insert("x-mine".into(), json!(true));
    assert_eq!(written, meant);
    assert!(text.contains("\n  # /customer\n"), "{text}");
}

#[test]
fn no_pages_give_a_document_too() {
    let document = document(&docset(""));
    assert_eq!((operations(&document).len(), schemas(&document).len()), (0, 0));
}

#[test]
fn paths_are_merged_and_operations_are_told_apart() {
    let get = operation("Get a", "GET /me/a\nGET /users/{id}/a\nGET /users/{id | name}/a", RETURNS_A);
    let same = operation("Get a", "GET /USERS/{user-id}/a\nGET /others/{x}/a?$top=5", "");
    let update = operation("Update a", "PATCH users/{name}/a/", "");
    let document = document(&docset(&format!("//- api/a.md\n{get}//- api/b.md\n{same}//- api/c.md\n{update}")));
    assert_eq!(
        operations(&document),
        [
            "get /me/a getA",
            "get /others/{x}/a getAOthersA",
            "get /users/{id}/a getAUsersA",
            "patch /users/{id}/a updateA",
        ]
    );
    let item = document.paths.paths["/users/{id}/a"].as_item().expect("an item");
    let get = item.get.as_ref().expect("get");
    assert_eq!(get.extensions["x-ms-docs-pages"], json!(["api/a.md", "api/b.md"]));
    let names = |operation: &Operation| {
        let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
        parameters.map(|parameter| parameter.parameter_data_ref().name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(item.patch.as_ref().expect("patch")), ["id"]);
    let other = document.paths.paths["/others/{x}/a"].as_item().and_then(|item| item.get.as_ref()).expect("get");
    assert_eq!(names(other), ["x", "$top"]);
}

/// The statuses of the only operation of a page, and what the first carries.
fn check_answers(method: &str, title: &str, response: &str, expected: &str) {
    check_answers_of(&operation(title, &format!("{method} /a/file"), response), expected);
}

fn check_answers_of(page: &str, expected: &str) {
    let document = document(&docset(page));
    let (_, _, operation) = document.operations().next().expect("an operation");
    let answer = |(status, response): (&StatusCode, &ReferenceOr<Response>)| {
        let content: Vec<&str> =
            response.as_item().iter().flat_map(|item| item.content.keys().map(String::as_str)).collect();
        format!("{status} {}", content.join(" ")).trim().to_owned()
    };
    let answers: Vec<String> = operation.responses.responses.iter().map(answer).collect();
    assert_eq!(answers.join(", "), expected, "{page}");
}

#[test]
fn a_redirection_to_the_content_ends_in_it() {
    let followed = "200 application/octet-stream, 302, 4XX, 5XX";
    let found = |text: &str| format!("## Response\n\nReturns `302 Found` {text}\n");
    check_answers("GET", "Get a", &found("redirecting to a pre-authenticated download URL for the file."), followed);
    check_answers(
        "GET",
        "Get a",
        &found("with a URL in the `Location` header, where the contents of the file are."),
        followed,
    );
    check_answers("GET", "Download a", &found("and the `Location` header."), followed);
    check_answers(
        "GET",
        "Download a",
        "## Example\n\n```http\nGET /a/file\n```\n\n```http\nHTTP/1.1 307 Temporary Redirect\nLocation: https://x/y\n```\n",
        "200 application/octet-stream, 307, 4XX, 5XX",
    );
    let told = |text: &str| {
        check_answers_of(&operation("Get a", "GET /a/file", &found("and a URL.")).replace("Does it.", text), followed)
    };
    told("Returns a redirect response with a URL that can be used to download the payload.");
    for path in ["/a/content", "/a/$value"] {
        check_answers_of(&operation("Get a", &format!("GET {path}"), &found("and a URL.")), followed);
    }
    // Of others the pages say no other success.
    check_answers("GET", "Get a", &found("redirecting to the page where users sign in."), "302, 4XX, 5XX");
    check_answers("GET", "Get download a", &found("redirecting to the page where users sign in."), "302, 4XX, 5XX");
    check_answers("POST", "Download a", &found("with the download URL."), "302, 4XX, 5XX");
    check_answers(
        "GET",
        "Download a",
        "## Response\n\nReturns `304 Not Modified`, or the download.\n",
        "304, 4XX, 5XX",
    );
    // A success that is said is the success.
    check_answers(
        "GET",
        "Download a",
        "## Response\n\nReturns `302 Found` and the download URL, or `204 No Content`.\n",
        "204, 4XX, 5XX",
    );
}

#[test]
fn unrelated_pages_rename_nothing() {
    let get = operation("Get a", "GET /a", RETURNS_A);
    let one = format!("//- api/a-get.md\n{get}//- resources/a.md\n{}", resource("a", "|x|String|X.|"));
    let list = operation("List b", "GET /b\nGET /c", "");
    let two = format!("{one}//- api/0.md\n{list}//- resources/b.md\n{}", resource("b", "|y|String|Y.|"));
    let (one, two) = (document(&docset(&one)), document(&docset(&two)));
    assert_eq!(schemas(&one), ["a"]);
    assert!(operations(&one).iter().all(|operation| operations(&two).contains(operation)));
    assert_eq!(schemas(&two), ["a", "b"], "a type that no operation leads to is described too");
}

#[test]
fn types_refer_to_each_other() {
    let a = resource(
        "a",
        "|next|[a](a.md)|Nullable. Required.|\n|all|[a](a.md) collection||\n|kind|String|Possible values are: `x`, `y`.|\n\
         |when|DateTimeOffset|Read-only.|\n|free|Object|Anything.|\n|gone|[gone](gone.md)||",
    );
    let text = format!("//- api/a-get.md\n{}//- resources/a.md\n{a}", operation("Get a", "GET /a", RETURNS_A));
    let document = document(&docset(&text));
    assert_eq!(schemas(&document), ["a", "gone"]);
    assert_eq!(
        schema(&document, "a")["properties"],
        json!({
            "@odata.type": { "description": "The OData type of the object.", "type": "string", "example": "#microsoft.graph.a" },
            "next": {
                "description": "Nullable. Required.", "nullable": true, "type": "object",
                "allOf": [{ "$ref": "#/components/schemas/a" }]
            },
            "all": { "type": "array", "items": { "$ref": "#/components/schemas/a" } },
            "kind": {
                "description": "Possible values are: x, y.", "type": "string", "enum": ["x", "y"],
                "x-ms-enum": { "name": "kind", "modelAsString": true }
            },
            "when": { "description": "Read-only.", "readOnly": true, "type": "string", "format": "date-time" },
            "free": { "description": "Anything." },
            "gone": { "$ref": "#/components/schemas/gone" }
        })
    );
    assert_eq!(schema(&document, "gone")["x-ms-docs-incomplete"], json!(true));
}

#[test]
fn a_type_without_a_page_refers_to_where_its_link_leads() {
    let text = format!("//- resources/a.md\n{}", resource("a", "|gone|[gone](gone.md)||\n|far|[far](../far/far.md)||"));
    let settings = OpenApiSettings { docs_url: Some("https://example.com/docs".into()), ..OpenApiSettings::default() };
    let (document, _) = one_file(&docset(&text), settings);
    let url = |name: &str| document["components"]["schemas"][name]["externalDocs"]["url"].clone();
    assert_eq!(url("gone"), json!("https://example.com/docs/resources/gone"));
    assert_eq!(url("far"), json!("https://example.com/docs/far/far"));
}

#[test]
fn a_type_that_stands_for_any_value_is_no_object() {
    let text = format!(
        "//- resources/a.md\n{}//- resources/json.md\n# Json resource type\n\nAny JSON.\n\n## Properties\nNone.\n",
        resource("a", "|holds|[Json](json.md)|What there is. Nullable.|")
    );
    let document = document(&docset(&text));
    assert_eq!(
        schema(&document, "a")["properties"]["holds"]["allOf"],
        json!([{ "$ref": "#/components/schemas/Json" }])
    );
    assert_eq!(
        schema(&document, "Json"),
        json!({ "title": "Json", "description": "Any JSON.", "x-ms-docs-type": "microsoft.graph.Json" })
    );
}

#[test]
fn paths_to_content_return_bytes() {
    let page = operation(
        "Get recording",
        "GET /recordings/{id}\nGET /recordings/{id}/content\nGET /recordings/{id}/$value\nGET /recordings/{id}/name",
        "## Response\nReturns `200 OK` and a [recording](../resources/recording.md) object.\n",
    );
    let text = format!(
        "//- api/recording-get.md\n{page}//- resources/recording.md\n{}",
        resource("recording", "|content|Stream|What was said.|\n|name|String|Its name.|")
    );
    let document = serde_json::to_value(document(&docset(&text))).unwrap();
    let media_type = |path: &str| {
        let content = &document["paths"][path]["get"]["responses"]["200"]["content"];
        content.as_object().unwrap().keys().next().unwrap().clone()
    };
    let paths = ["/recordings/{id}", "/recordings/{id}/content", "/recordings/{id}/$value", "/recordings/{id}/name"];
    let (json, bytes) = ("application/json", "application/octet-stream");
    assert_eq!(paths.map(media_type), [json, bytes, bytes, json]);
}

#[test]
fn arguments_in_the_path_are_as_the_table_says() {
    let rows = "## Function parameters\n|Parameter|Type|Description|\n|:--|:--|:--|\n|date|Date|The day.|\n|index|Int32|Which.|\n";
    let page = operation("Count", "GET /reports(date={date_value})/at(index='{n}',other={m})", rows);
    let document = serde_json::to_value(document(&docset(&format!("//- api/count.md\n{page}")))).unwrap();
    let path = &document["paths"]["/reports(date={date_value})/at(index='{n}',other={m})"];
    let parameters = path["get"]["parameters"].as_array().unwrap();
    let shown = |parameter: &Value| {
        let (name, of) = (&parameter["name"], &parameter["schema"]);
        let of = of.get("format").unwrap_or(&of["type"]);
        format!("{} {} {}", name.as_str().unwrap(), of.as_str().unwrap(), parameter["description"].as_str().unwrap())
    };
    let shown: Vec<String> = parameters.iter().map(shown).collect();
    assert_eq!(shown, ["date_value date The day.", "n int32 Which.", "m string The m in the path."]);
}

#[test]
fn derived_types_hold_their_base() {
    let base = resource("b", "|id|String|Key.|");
    let derived = resource("a", "|id|String|Key. Inherited from [b](b.md).|\n|x|Int32|X.|")
        .replace("A a.", "Inherits from [b](b.md).");
    let get = operation("Get a", "GET /a", RETURNS_A);
    let document =
        document(&docset(&format!("//- api/a.md\n{get}//- resources/a.md\n{derived}//- resources/b.md\n{base}")));
    let all_of = &schema(&document, "a")["allOf"];
    assert_eq!(all_of[0], json!({ "$ref": "#/components/schemas/b" }));
    assert_eq!(all_of[1]["properties"], json!({ "x": { "description": "X.", "type": "integer", "format": "int32" } }));
}

#[test]
fn examples_stand_only_where_they_hold() {
    let example = |body: &str| {
        let rest = format!(
            "{RETURNS_A}\n## Examples\n\n<!-- {{\"blockType\": \"request\", \"name\": \"n\"}} -->\n``` http\nGET https://x.test/beta/a\n```\n\n\
             <!-- {{\"blockType\": \"response\"}} -->\n``` http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{body}\n```\n"
        );
        let a = resource("a", "|x|Int32|X.|\n|k|String|Possible values are: `v`, `w`.|\n|r|[a](a.md)|Nullable.|");
        let text = format!("//- api/a.md\n{}//- resources/a.md\n{a}", operation("Get a", "GET /a", &rest));
        let document = document(&docset(&text));
        assert_eq!(document.servers[0].url, "https://x.test/beta");
        let json = serde_json::to_value(&document).expect("JSON");
        let content = json.pointer("/paths/~1a/get/responses/200/content/application~1json/examples/n/value");
        content.cloned().unwrap_or(Value::Null)
    };
    assert_eq!(example("{\"x\": 1,}"), json!({ "x": 1 }));
    assert_eq!(example("{\"x\": null}"), json!({ "x": null }));
    assert_eq!(example("{\"k\": \"other\"}"), json!({ "k": "other" }));
    assert_eq!(example("{\"@odata.etag\": \"e\", \"@odata.type\": \"#microsoft.graph.a\"}")["@odata.etag"], json!("e"));
    assert_eq!(example("{\"r\": {\"x\": 1}}"), json!({ "r": { "x": 1 } }));
    assert_eq!(example("{\"r\": null}"), Value::Null);
    assert_eq!(example("{\"x\": \"one\"}"), Value::Null);
    assert_eq!(example("{\"x\": 3000000000}"), Value::Null);
    assert_eq!(example("{\"undeclared\": 1}"), Value::Null);
    assert_eq!(example("{\"x\": 1, ...}"), Value::Null);
    assert_eq!(example("not json"), Value::Null);
}

#[test]
fn permissions_are_alternatives() {
    let permissions = "## Permissions\n\n|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n\
         |Delegated (work or school account)|A.Read, A.Write|\n|Delegated (personal Microsoft account)|Not supported.|\n|Application|A.Write|\n\n";
    let page = operation("Get a", "GET /a", "").replace("## HTTP", &format!("{permissions}## HTTP"));
    let document = document(&docset(&format!("//- api/a.md\n{page}")));
    let json = serde_json::to_value(&document).expect("JSON");
    assert_eq!(
        json["paths"]["/a"]["get"]["security"],
        json!([{ "oauth2Delegated": ["A.Read"] }, { "oauth2Delegated": ["A.Write"] }, { "oauth2Application": ["A.Write"] }, { "bearerAuth": [] }])
    );
    let unsaid = operation("Get b", "GET /b", "");
    let document = self::document(&docset(&format!("//- api/b.md\n{unsaid}")));
    let components = document.components.expect("components");
    assert_eq!(components.security_schemes.keys().collect::<Vec<_>>(), ["bearerAuth"]);
}

#[test]
fn hostile_names_break_nothing() {
    let long = "n".repeat(10_000);
    let names = [
        "*/",
        "\"; drop",
        "string",
        "Option",
        "null",
        "no",
        "{{ x }}",
        "<script>",
        "a: b",
        "#",
        "&a",
        "1",
        "é",
        "ODataError",
        "$ref",
        "aCollectionResponse",
        long.as_str(),
    ];
    let mut text = String::new();
    for (number, name) in names.iter().enumerate() {
        let rows =
            format!("|{name}|[{name}](r{number}.md)|{name}|\n|p{number}|String|Possible values: `{name}`, `x`.|");
        text.push_str(&format!("//- resources/r{number}.md\n{}", resource(name, &rows)));
        let body = format!("## Request body\n\n|Property|Type|Description|\n|:--|:--|:--|\n|{name}|String|{name}|\n\n");
        let returns =
            format!("## Response\n\nReturns `200 OK` and a [{name}](../resources/r{number}.md) collection.\n");
        let templates = format!("POST /{name}/{{{name}}}/x{number}(a='{{{name}}}')?{name}={name}\nGET /{{{name}");
        text.push_str(&format!("//- api/o{number}.md\n{}", operation(name, &templates, &format!("{body}{returns}"))));
    }
    let document = document(&docset(&text));
    let mut ids: Vec<String> = document.operations().map(|(_, _, operation)| id(operation).to_lowercase()).collect();
    assert!(ids.iter().all(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric())), "{ids:?}");
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let names = schemas(&document);
    assert!(names.iter().all(|name| name.len() < 200 && name.chars().all(|c| c.is_ascii_alphanumeric())), "{names:?}");
    for (path, _, operation) in document.operations() {
        let declared = operation
            .parameters
            .iter()
            .filter_map(ReferenceOr::as_item)
            .map(|found| found.parameter_data_ref().name.as_str());
        assert_eq!(
            path.matches('{').count(),
            declared.filter(|name| path.contains(&format!("{{{name}}}"))).count(),
            "{path}"
        );
    }
}

/// All files of a docset, as the settings say.
fn files(docset: &Docset, openapi: OpenApiSettings) -> BTreeMap<String, String> {
    let settings = Settings { openapi, ..settings() };
    let model = model::link(docset);
    let artifacts = targets::artifacts(&model, &[&openapi::TARGET], &settings).all;
    let (files, problems) = render(artifacts, &Overrides::default(), docset);
    assert!(problems.is_empty(), "{problems:?}");
    for (path, text) in &files.0 {
        assert!(apipage::output::is_ours(text), "{path}: {text}");
        let value = read(path, text);
        assert!(value.is_object(), "{path}: {text}");
    }
    files.0
}

fn read(path: &str, text: &str) -> Value {
    if path.ends_with(".json") {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
    } else {
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
    }
}

/// The one file of a docset, and its text.
fn one_file(docset: &Docset, openapi: OpenApiSettings) -> (Value, String) {
    let mut files = files(docset, openapi);
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    let (path, text) = files.pop_first().expect("a file");
    (read(&path, &text), text)
}

/// Types that derive from each other, of which one has what can be null.
fn family() -> Docset {
    let base = "``` json\n{ \"@odata.type\": \"microsoft.graph.base\" }\n```\n";
    let derived = resource(
        "derived",
        "|next|[base](base.md)|Nullable.|\n|nullable|String|Nullable.|\n|kind|String|Nullable. Possible values are: `x`, `y`.|",
    );
    let get = operation(
        "Get base",
        "GET /bases/{id}",
        "## Response\n\nReturns `200 OK` and a [base](../resources/base.md) object in the response body.\n",
    );
    let mine = get.replace("Get base", "Get mine").replace("/bases/{id}", "/me/it");
    docset(&format!(
        "//- api/base-get.md\n{get}//- api/mine-get.md\n{mine}//- resources/base.md\n{}{base}//- resources/derived.md\n{derived}\
         Inherits from [base](base.md).\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.derived\", \
         \"baseType\": \"microsoft.graph.base\" }} -->\n``` json\n{{ \"nullable\": \"String\" }}\n```\n",
        resource("base", "|id|String|Its key.|"),
    ))
}

#[test]
fn version_3_1_says_null_by_type() {
    let version = OpenApiSettings { openapi_version: OpenApiVersion::V31, ..OpenApiSettings::default() };
    let (document, text) = one_file(&family(), version);
    assert_eq!(document["openapi"], "3.1.0");
    let properties = &document["components"]["schemas"]["derived"]["allOf"][1]["properties"];
    assert_eq!(properties["nullable"], json!({ "description": "Nullable.", "type": ["string", "null"] }));
    assert_eq!(
        properties["next"],
        json!({ "description": "Nullable.", "anyOf": [{ "$ref": "#/components/schemas/base" }, { "type": "null" }] })
    );
    assert_eq!(properties["kind"]["type"], json!(["string", "null"]));
    assert_eq!(properties["kind"]["enum"], json!(["x", "y", null]));
    let odata_type = &document["components"]["schemas"]["base"]["properties"]["@odata.type"];
    assert_eq!(odata_type.get("examples"), None, "derived types have another");
    assert!(!text.contains("nullable: true") && !text.contains(" example:"), "{text}");
    no_dangling(&document);
}

#[test]
fn json_says_what_yaml_does() {
    let text = include_str!("../docs-input/beta/api/customer-update.md");
    let update = docset(&format!("//- beta/api/customer-update.md\n{text}"));
    for docset in [update, family(), docset("")] {
        for openapi_version in [OpenApiVersion::V30, OpenApiVersion::V31] {
            let settings = |format| OpenApiSettings { openapi_version, format, ..OpenApiSettings::default() };
            let (yaml, _) = one_file(&docset, settings(Format::Yaml));
            let (mut json, text) = one_file(&docset, settings(Format::Json));
            let pretty = format!("{json:#}");
            assert_eq!(text.trim_end(), pretty, "laid out as usual");
            let mark = json.as_object_mut().and_then(|document| document.shift_remove("x-generated-by"));
            assert!(mark.is_some_and(|mark| {
                mark.as_str().is_some_and(|text| text.starts_with("Generated by apipage from docs."))
            }));
            assert_eq!(json, yaml);
        }
    }
}

#[test]
fn discriminators_map_to_what_is_there() {
    let with = |only_reachable| OpenApiSettings { discriminators: true, only_reachable, ..OpenApiSettings::default() };
    let (document, _) = one_file(&family(), with(false));
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["base"]["discriminator"],
        json!({ "propertyName": "@odata.type", "mapping": {
            "#microsoft.graph.base": "#/components/schemas/base",
            "#microsoft.graph.derived": "#/components/schemas/derived",
        } })
    );
    assert_eq!(schemas["derived"].get("discriminator"), None, "nothing derives from it");
    let (document, _) = one_file(&family(), with(true));
    assert_eq!(
        document["components"]["schemas"]["base"].get("discriminator"),
        None,
        "what derives from it is left out"
    );
}

/// The document that split files say together: references to files followed.
fn joined(files: &BTreeMap<String, String>, ending: &str) -> Value {
    let mut document = read(ending, &files[&format!("openapi.{ending}")]);
    let whole: BTreeMap<&str, Value> = files.iter().map(|(path, text)| (path.as_str(), read(path, text))).collect();
    fn internal(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, inner) in members.iter_mut() {
                    match inner.as_str().and_then(|text| text.rsplit_once('/')) {
                        Some((folder, file)) if name == "$ref" || name.starts_with("#microsoft") => {
                            let folder = if folder.ends_with("responses") { "responses" } else { "schemas" };
                            let file = file.split('.').next().unwrap_or_default();
                            *inner = json!(format!("#/components/{folder}/{file}"));
                        }
                        _ => internal(inner),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(internal),
            _ => {}
        }
    }
    let follow = |value: &mut Value| {
        let reference = value["$ref"].as_str().expect("a reference").to_owned();
        let (path, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
        let pointer = pointer.replace("%7B", "{").replace("%7D", "}");
        let target = whole[path.trim_start_matches("./")].pointer(&pointer);
        *value = target.unwrap_or_else(|| panic!("dangling {reference}")).clone();
        if let Some(members) = value.as_object_mut() {
            members.shift_remove("x-generated-by");
        }
        internal(value);
    };
    document["paths"].as_object_mut().expect("paths").values_mut().for_each(follow);
    for kind in ["schemas", "responses"] {
        document["components"][kind].as_object_mut().expect("components").values_mut().for_each(follow);
    }
    document
}

#[test]
fn split_files_say_the_same_together() {
    for format in [Format::Yaml, Format::Json] {
        for openapi_version in [OpenApiVersion::V30, OpenApiVersion::V31] {
            let settings =
                OpenApiSettings { format, openapi_version, discriminators: true, ..OpenApiSettings::default() };
            let (whole, _) = one_file(&family(), settings.clone());
            let split = files(&family(), OpenApiSettings { split: true, ..settings });
            assert_eq!(joined(&split, format.name()), whole);
        }
    }
}

#[test]
fn split_files_are_one_a_tag_and_one_a_schema() {
    let split = files(&family(), OpenApiSettings { split: true, ..OpenApiSettings::default() });
    let text: String = split.iter().map(|(path, text)| format!("//- {path}\n{text}")).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn a_change_to_a_page_shows_in_its_files_alone() {
    let settings = || OpenApiSettings { split: true, ..OpenApiSettings::default() };
    let text = |rows: &str, title: &str| {
        let get = operation(title, "GET /a", RETURNS_A);
        let list = operation("List b", "GET /b", "");
        format!("//- api/a-get.md\n{get}//- api/b-list.md\n{list}//- resources/a.md\n{}", resource("a", rows))
    };
    let changed = |one: &str, other: &str| {
        let (one, other) = (files(&docset(one), settings()), files(&docset(other), settings()));
        let differs = |path: &&String| one.get(*path) != other.get(*path);
        other.keys().filter(differs).cloned().collect::<Vec<_>>()
    };
    let old = text("|x|String|X.|", "Get a");
    assert_eq!(changed(&old, &text("|x|String|X.|\n|y|String|Y.|", "Get a")), ["schemas/a.yaml"]);
    assert_eq!(changed(&old, &text("|x|String|X.|", "Get the a")), ["paths/a.yaml"]);
}

#[test]
fn what_no_page_says_is_configured() {
    let toml = r##"
        [openapi]
        title = "Things"
        version = "2.1.0"
        description = "What it is for."
        terms-of-service = "https://example.com/terms"
        contact = { name = "Support", url = "https://example.com/support", email = "support@example.com" }
        licence = { name = "MIT", url = "https://example.com/licence" }
        docs-url = "https://example.com/docs/"
        [[openapi.servers]]
        url = "https://example.com/v1/"
        description = "For everybody."
        [[openapi.servers]]
        url = "https://test.example.com/v1"
        [openapi.oauth2]
        authorization-url = "https://login.example.com/tenant/authorize"
        token-url = "https://login.example.com/tenant/token"
        refresh-url = "https://login.example.com/tenant/refresh"
        [[openapi.security]]
        scheme = "apiKey"
        type = "apiKey"
        name = "X-Key"
        in = "header"
        description = "A key."
        [[openapi.security]]
        scheme = "basic"
        type = "http"
        http-scheme = "basic"
        [[openapi.security]]
        scheme = "oidc"
        type = "openIdConnect"
        url = "https://login.example.com/.well-known/openid-configuration"
    "##;
    let (config, problems) = config::read(&Source::new("apipage.toml", toml), Path::new("/docs"));
    assert!(problems.is_empty(), "{problems:?}");
    let permissions =
        "## Permissions\n\n|Permission type|Permissions|\n|:--|:--|\n|Delegated (work or school account)|A.Read|\n\n";
    let page = operation("Get a", "GET /a", "").replace("## HTTP", &format!("{permissions}## HTTP"));
    let (document, text) = one_file(&docset(&format!("//- api/a.md\n{page}")), config.settings.openapi);
    insta::assert_snapshot!(text);
    no_dangling(&document);
}
