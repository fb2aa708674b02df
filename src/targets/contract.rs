//! Contract tests of the generated crate: the examples of the pages replayed against its server.
//!
//! The server of the tests answers each operation with the page's response, which went through its
//! Rust type; so a test holds the page, the types, the routes and the client against each other. An
//! example that contradicts its page cannot be replayed: it is listed with the reason.

mod bodies;

use super::rust::RustModel;
use super::rust::doc;
use super::rust::identifiers::{self, Unique};
use super::rust::serving::Serving;
use super::rust::shapes::{BodyShape, PathShape, Payload};
use super::types::WithHeader;
use super::{Artifacts, Settings, Target, Template};
use crate::model::{ExampleRef, Model, Operation, route};
use crate::syntax::http::Start;
use bodies::BodyFiles;
use serde::Serialize;
use std::fmt::Write;

pub(super) static TARGET: Target = Target {
    name: "contract",
    summary: "tests that replay the pages' examples against the generated server (needs the other Rust targets)",
    templates: &[template!("contract/contract.rs.tera"), template!("contract/api.rs.tera")],
    artifacts,
};

/// Tests that are the same in every generated crate.
const SUPPORT: &[Template] = &[
    template!("crate/tests/client.rs"),
    template!("crate/tests/runtime/main.rs"),
    template!("crate/tests/runtime/objects.rs"),
    template!("crate/tests/runtime/primitives.rs"),
    template!("crate/tests/runtime/urls.rs"),
    template!("crate/tests/sample/mod.rs"),
    template!("crate/tests/sample/ops.rs"),
    template!("crate/tests/sample/paths.rs"),
    template!("crate/tests/sample/service.rs"),
    template!("crate/tests/server/answers.rs"),
    template!("crate/tests/server/hostile.rs"),
    template!("crate/tests/server/main.rs"),
    template!("crate/tests/server/requests.rs"),
    template!("crate/tests/support/bad_bodies.rs"),
    template!("crate/tests/support/bad_requests.rs"),
    template!("crate/tests/support/example.rs"),
    template!("crate/tests/support/json.rs"),
    template!("crate/tests/support/mod.rs"),
    template!("crate/tests/support/replay.rs"),
    template!("crate/tests/support/server.rs"),
    template!("crate/tests/support/service.rs"),
];

#[derive(Serialize)]
struct ContractView {
    services: Vec<ServiceView>,
    examples: Vec<ExampleView>,
    left_out: Vec<String>,
}

#[derive(Serialize)]
struct ServiceView {
    name: String,
    /// The start of the names of its functions.
    function: String,
    operations: Vec<HandlerView>,
}

#[derive(Serialize)]
struct HandlerView {
    function: String,
    type_name: String,
    has_json_body: bool,
}

#[derive(Serialize)]
struct ExampleView {
    name: String,
    constant: String,
    // Literals.
    url: String,
    headers: Vec<String>,
    request: Option<String>,
    loose: bool,
    status: u16,
    location: Option<String>,
    response: Option<String>,
    call: String,
}

#[derive(Serialize)]
struct ApiView {
    crate_module: String,
}

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let rust = RustModel::new(model);
    let mut names = Unique::with(&["example_routes", "unwritten_routes"]);
    let (mut examples, mut left_out) = (Vec::new(), Vec::new());
    let operations = || rust.names.groups.iter().flat_map(|group| group.operations.iter().copied());
    let serving = Serving::of(model, operations());
    for index in operations() {
        for exchange in model.operations[index].exchanges.iter() {
            match example(&rust, &serving, index, exchange, &mut names) {
                Ok(Some((view, files))) => {
                    examples.push(view);
                    files.into_iter().for_each(|(path, text)| out.verbatim(path, text));
                }
                Ok(None) => {}
                Err(reason) => left_out.push(reason),
            }
        }
    }
    let view = ContractView { services: services(&rust), examples, left_out };
    out.render("tests/contract.rs", None, "contract/contract.rs.tera", WithHeader::new(settings, None, view));
    let api = ApiView { crate_module: settings.crate_module() };
    out.render("tests/api/mod.rs", None, "contract/api.rs.tera", WithHeader::new(settings, None, api));
    for template in SUPPORT {
        out.copy(template.path.trim_start_matches("crate/"), template);
    }
}

fn services(rust: &RustModel<'_>) -> Vec<ServiceView> {
    let handler = |index: &usize| HandlerView {
        function: rust.names.operation(*index).function.clone(),
        type_name: rust.names.operation(*index).type_name.clone(),
        has_json_body: !matches!(rust.body_shape(*index), BodyShape::None | BodyShape::Media(_)),
    };
    let groups = rust.names.groups.iter().map(|group| ServiceView {
        name: group.type_name.clone(),
        function: group.function.clone(),
        operations: group.operations.iter().map(handler).collect(),
    });
    groups.collect()
}

/// A test for an exchange; nothing for what is no pair, and the reason for what cannot be replayed.
fn example<'m>(
    rust: &RustModel<'m>,
    serving: &Serving<'_>,
    index: usize,
    exchange: &crate::model::Exchange<'m>,
    names: &mut Unique,
) -> Result<Option<(ExampleView, BodyFiles)>, String> {
    let (Some(request), Some(response)) = (exchange.request, exchange.responses.first().copied()) else {
        return Ok(None);
    };
    if request.message.ignored {
        return Ok(None);
    }
    let operation = &rust.model.operations[index];
    let wanted = request.name().unwrap_or(&rust.names.operation(index).function);
    let label = doc::line(wanted);
    let because = |reason: String| format!("{label}: {reason}");
    let Start::Request(line) = &request.message.message.start else { return Ok(None) };
    let url = &request.page.source[line.url];
    let (route, values, target) = find_route(operation, url).map_err(because)?;
    match serving.operation(operation.method, target.split('?').next().unwrap_or_default()) {
        Some(answers) if answers == index => {}
        Some(answers) => {
            let title = doc::line(rust.model.operations[answers].title);
            return Err(because(format!("its URL is answered by another operation, \"{title}\"")));
        }
        None => return Err(because("its URL is spelt otherwise than the documented ones".into())),
    }
    let status = status(response).ok_or_else(|| because("its response has no status line".into()))?;
    let shapes = rust.response_shapes(index);
    let shape = shapes.iter().find(|shape| shape.status == status);
    let shape = shape.ok_or_else(|| because(format!("its status {status} is no success")))?;
    let name = names.name(identifiers::module(wanted));
    let mut files = Vec::new();
    let request_type = bodies::request_file(rust, index, request, &name, &mut files).map_err(because)?;
    let response_type = bodies::response_file(rust, response, &shape.payload, &name, &mut files).map_err(because)?;
    let location = response.message.message.header("Location", &response.page.source);
    let location = location.filter(|_| shape.payload == Payload::Redirect);
    if shape.payload == Payload::Redirect && location.is_none_or(|location| !is_visible_ascii(location)) {
        return Err(because("it redirects without saying where".into()));
    }
    let view = ExampleView {
        constant: rust.names.operation(index).constant.clone(),
        url: format!("{target:?}"),
        headers: headers(request),
        request: request_type,
        loose: bodies::is_loose(rust, index),
        status,
        location: location.map(|location| format!("{location:?}")),
        response: response_type,
        call: call(rust, index, route, &values),
        name,
    };
    Ok(Some((view, files)))
}

/// The route that a URL is of, the values of its parameters, and path and query for the request.
fn find_route(operation: &Operation<'_>, url: &str) -> Result<(usize, Vec<String>, String), String> {
    let (path, query) = route::path_and_query(url);
    let path = &encode(path);
    let target = match query {
        Some(query) => format!("/{path}?{}", encode(query)),
        None => format!("/{path}"),
    };
    let found = operation.routes.iter().enumerate().find_map(|(index, route)| Some((index, route.match_path(path)?)));
    let (index, values) = found.ok_or("its URL is none of the documented ones")?;
    let decoded: Option<Vec<String>> = values.iter().map(|value| decode(value)).collect();
    Ok((index, decoded.ok_or("its URL has malformed escapes")?, target))
}

/// Escapes what cannot stand in a URL: authors leave blanks and `{placeholders}` in it.
fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn decode(value: &str) -> Option<String> {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(value.get(at + 1..at + 3)?, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

fn status(response: ExampleRef<'_>) -> Option<u16> {
    match &response.message.message.start {
        Start::Status(line) => line.code,
        Start::Request(_) | Start::Other(_) => None,
    }
}

fn is_visible_ascii(text: &str) -> bool {
    text.bytes().all(|b| (0x20..0x7f).contains(&b))
}

/// The headers of a request that the client does not set by itself, as literals.
fn headers(request: ExampleRef<'_>) -> Vec<String> {
    const OWN: &[&str] = &[
        "authorization",
        "content-type",
        "content-length",
        "host",
        "accept",
        "transfer-encoding",
        "connection",
        "expect",
    ];
    let source = &request.page.source;
    let is_token = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mut found: Vec<(String, &str)> = Vec::new();
    for header in &request.message.message.headers {
        let (name, value) = (source[header.name].to_ascii_lowercase(), &source[header.value]);
        let usable = !OWN.contains(&name.as_str()) && is_token(&name) && is_visible_ascii(value);
        if usable && !found.iter().any(|(known, _)| *known == name) {
            found.push((name, value));
        }
    }
    found.into_iter().map(|(name, value)| format!("({name:?}, {value:?})")).collect()
}

/// The call of the typed client, as a closure.
fn call(rust: &RustModel<'_>, index: usize, route: usize, values: &[String]) -> String {
    let function = &rust.names.operation(index).function;
    let literals: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    let mut arguments = match rust.path_shape(index) {
        PathShape::Single(_) => literals,
        PathShape::Routes { name, variants } => {
            let variant = &variants[route];
            let fields: Vec<String> = variant
                .parameters
                .iter()
                .zip(&literals)
                .map(|(parameter, literal)| format!("{}: {literal}.to_owned()", parameter.name))
                .collect();
            let fields = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
            vec![format!("&ops::{name}::{}{fields}", variant.name)]
        }
    };
    let body = match rust.body_shape(index) {
        BodyShape::None => "",
        BodyShape::Media(_) => ", body: media",
        _ => ", body: json",
    };
    match body {
        "" => {}
        ", body: media" => arguments.push("body".into()),
        _ => arguments.push("&body".into()),
    }
    format!("|client{body}| client.{function}({})", arguments.join(", "))
}
