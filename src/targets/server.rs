//! The axum server: a trait and a router for each resource, requests and responses.

use super::rust::names::Group;
use super::rust::shapes::{BodyShape, PathShape};
use super::rust::uses::Uses;
use super::rust::{RustModel, doc};
use super::types::{WithHeader, source_page};
use super::{Artifacts, Settings, Target};
use crate::model::{Item, Model};
use serde::Serialize;

pub(super) static TARGET: Target = Target {
    name: "server",
    summary: "axum handlers: a trait to implement for each resource, and its router (needs `types`)",
    templates: &[
        template!("server/modules.rs.tera"),
        template!("server/group.rs.tera"),
        template!("server/request.rs.tera"),
    ],
    artifacts,
};

#[derive(Serialize)]
struct ModulesView {
    modules: Vec<String>,
    exports: Vec<String>,
}

/// What the example of the crate's front page shows.
#[derive(Serialize)]
pub(super) struct ExampleView {
    name: String,
    module: String,
    function: String,
    request: String,
    response: String,
}

#[derive(Serialize)]
struct ServerView {
    title: String,
    uses: Vec<String>,
    owner: Option<String>,
    name: String,
    function: String,
    operations: Vec<ServerOperationView>,
}

#[derive(Serialize)]
struct ServerOperationView {
    docs: Vec<String>,
    function: String,
    /// The function as links to it are written: without the mark of a raw identifier, which would be an anchor.
    link: String,
    constant: String,
    request: String,
    response: String,
    fields: Vec<RequestFieldView>,
}

#[derive(Serialize)]
struct RequestFieldView {
    docs: String,
    name: String,
    of: String,
    from: String,
}

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let rust = RustModel::new(model);
    let view = ModulesView { modules: rust.names.modules(), exports: rust.names.exports() };
    let view = WithHeader::new(settings, None, view);
    out.render("src/server.rs", None, "server/modules.rs.tera", view);
    for group in &rust.names.groups {
        let page = source_page(&rust, group);
        let view = WithHeader::new(settings, page.as_deref(), group_view(&rust, group));
        out.render(format!("src/server/{}.rs", group.module), None, "server/group.rs.tera", view);
    }
}

/// The first operation of the first group.
pub(super) fn example(rust: &RustModel<'_>) -> Option<ExampleView> {
    let group = rust.names.groups.first()?;
    let names = rust.names.operation(*group.operations.first()?);
    Some(ExampleView {
        name: group.type_name.clone(),
        module: group.module.clone(),
        function: names.function.clone(),
        request: format!("{}Request", names.type_name),
        response: format!("{}Response", names.type_name),
    })
}

fn group_view(rust: &RustModel<'_>, group: &Group) -> ServerView {
    let mut defined = rust.names.defined("crate::server", group, &["Request"]);
    defined.push(format!("crate::server::{}Api", group.type_name));
    let mut uses = Uses::defining(defined);
    for path in ["crate::ops", "crate::request", "crate::service"] {
        uses.add(path);
    }
    let operations = group.operations.iter().map(|index| operation(rust, *index, &mut uses)).collect();
    ServerView {
        title: doc::line(&group.title),
        owner: group.owner.map(|id| rust.names.resource(id).path()),
        name: group.type_name.clone(),
        function: group.function.clone(),
        operations,
        uses: uses.paths(),
    }
}

fn operation(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> ServerOperationView {
    let names = rust.names.operation(index);
    let response = format!("{}Response", names.type_name);
    ServerOperationView {
        docs: rust.operation_docs(index),
        function: names.function.clone(),
        link: names.function.trim_start_matches("r#").to_owned(),
        constant: names.constant.clone(),
        request: format!("{}Request", names.type_name),
        response: uses.add(&format!("crate::responses::{response}")),
        fields: fields(rust, index, uses),
    }
}

fn fields(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> Vec<RequestFieldView> {
    let mut fields = Vec::new();
    match rust.path_shape(index) {
        PathShape::Single(parameters) => {
            for (position, parameter) in parameters.into_iter().enumerate() {
                fields.push(RequestFieldView {
                    docs: format!("`{}` in the path.", doc::code(&parameter.written)),
                    name: parameter.name,
                    of: "String".into(),
                    from: format!("path({position})"),
                });
            }
        }
        PathShape::Routes { name, .. } => fields.push(RequestFieldView {
            docs: "Which of the page's routes was called.".into(),
            name: "route".into(),
            of: uses.add(&format!("crate::ops::{name}")),
            from: "route".into(),
        }),
    }
    if let Some((of, from)) = body(rust, index, uses) {
        fields.push(RequestFieldView { docs: "The request body.".into(), name: "body".into(), of, from: from.into() });
    }
    fields
}

/// The type of the body, and how it is received.
fn body(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> Option<(String, &'static str)> {
    Some(match rust.body_shape(index) {
        BodyShape::None => return None,
        BodyShape::Own { name, .. } => (uses.add(&format!("crate::ops::{name}")), "body"),
        BodyShape::Resource(id) => (rust.item(Item::Resource(id), uses), "body"),
        BodyShape::Json => (uses.add("serde_json::Value"), "body"),
        BodyShape::Media(_) => (uses.add("crate::rt::Media"), "media"),
    })
}
