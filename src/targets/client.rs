//! The typed client: a method for each operation.

use super::rust::names::Group;
use super::rust::shapes::{BodyShape, PathShape};
use super::rust::uses::Uses;
use super::rust::{RustModel, doc};
use super::types::{WithHeader, source_page};
use super::{Artifacts, Settings, Target};
use crate::model::{Item, Model};
use serde::Serialize;

pub(super) static TARGET: Target = Target {
    name: "client",
    summary: "a typed client with a method for each operation (needs `types`)",
    templates: &[template!("client/modules.rs.tera"), template!("client/group.rs.tera")],
    artifacts,
};

#[derive(Serialize)]
struct ModulesView {
    modules: Vec<String>,
    crate_module: String,
}

#[derive(Serialize)]
struct ClientView {
    title: String,
    uses: Vec<String>,
    operations: Vec<CallView>,
}

#[derive(Serialize)]
struct CallView {
    docs: Vec<String>,
    function: String,
    constant: String,
    arguments: String,
    steps: String,
    answer: String,
}

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let rust = RustModel::new(model);
    let view = ModulesView { modules: rust.names.modules(), crate_module: settings.crate_module() };
    out.render("src/client.rs", None, "client/modules.rs.tera", WithHeader::new(settings, None, view));
    for group in &rust.names.groups {
        let page = source_page(&rust, group);
        let view = WithHeader::new(settings, page.as_deref(), group_view(&rust, group));
        out.render(format!("src/client/{}.rs", group.module), None, "client/group.rs.tera", view);
    }
}

fn group_view(rust: &RustModel<'_>, group: &Group) -> ClientView {
    let mut uses = Uses::default();
    uses.add("crate::client_calls");
    // Before any type, as only an item that is imported can be named in a call.
    for index in &group.operations {
        uses.add(&constant(rust, *index));
    }
    let operations = group.operations.iter().map(|index| call(rust, *index, &mut uses)).collect();
    ClientView { title: doc::line(&group.title), operations, uses: uses.paths() }
}

fn call(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> CallView {
    let names = rust.names.operation(index);
    let (mut arguments, mut steps) = (Vec::new(), String::new());
    match rust.path_shape(index) {
        PathShape::Single(parameters) => {
            for parameter in parameters {
                arguments.push(format!("{}: &str", parameter.name));
                steps.push_str(&format!(".path({})", parameter.name));
            }
        }
        PathShape::Routes { name, .. } => {
            arguments.push(format!("route: &{}", uses.add(&format!("crate::ops::{name}"))));
            steps.push_str(".route(route)");
        }
    }
    let (body, step) = match rust.body_shape(index) {
        BodyShape::None => (None, ""),
        BodyShape::Own { name, .. } => (Some(format!("&{}", uses.add(&format!("crate::ops::{name}")))), ".json(body)"),
        BodyShape::Resource(id) => (Some(format!("&{}", rust.item(Item::Resource(id), uses))), ".json(body)"),
        BodyShape::Json => (Some(format!("&{}", uses.add("serde_json::Value"))), ".json(body)"),
        BodyShape::Media(_) => (Some(uses.add("crate::rt::Media")), ".media(body)"),
    };
    arguments.extend(body.map(|body| format!("body: {body}")));
    steps.push_str(step);
    CallView {
        docs: rust.operation_docs(index),
        function: names.function.clone(),
        constant: uses.add(&constant(rust, index)),
        arguments: arguments.join(", "),
        steps,
        answer: answer(rust, index, uses),
    }
}

fn constant(rust: &RustModel<'_>, index: usize) -> String {
    format!("crate::ops::{}", rust.names.operation(index).constant)
}

/// What a call gives: the payload where there is one response of success, else the response enum.
fn answer(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> String {
    match rust.response_shapes(index).as_slice() {
        [only] => rust.payload_type(&only.payload, uses).unwrap_or_else(|| "()".into()),
        _ => uses.add(&format!("crate::responses::{}Response", rust.names.operation(index).type_name)),
    }
}
