//! Rust types: one file a resource page, and what the crate around them needs.

mod crate_files;
mod enums;
mod operations;
mod resources;
mod responses;

pub(super) use operations::source_page;

use super::rust::identifiers::Unique;
use super::rust::{RustModel, doc};
use super::{Artifacts, Settings, Target};
use crate::model::Model;
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) static TARGET: Target = Target {
    name: "types",
    summary: "a Rust crate with a type for each resource and a constant for each operation",
    templates: &[
        template!("crate/Cargo.toml.tera"),
        template!("crate/lib.rs.tera"),
        template!("types/modules.rs.tera"),
        template!("types/resource.rs.tera"),
        template!("types/enum.rs.tera"),
        template!("ops/modules.rs.tera"),
        template!("ops/group.rs.tera"),
        template!("ops/operation.rs.tera"),
        template!("ops/body.rs.tera"),
        template!("ops/routes.rs.tera"),
        template!("responses/modules.rs.tera"),
        template!("responses/group.rs.tera"),
        template!("responses/response.rs.tera"),
    ],
    artifacts,
};

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let rust = RustModel::new(model);
    crate_files::add(&rust, settings, out);
    modules(&rust, settings, out);
    for id in model.selected_resources() {
        resources::add(&rust, id, settings, out);
    }
    for id in model.selected_enums() {
        enums::add(&rust, id, settings, out);
    }
    operations::add(&rust, settings, out);
    responses::add(&rust, settings, out);
}

/// The files that list the modules of each namespace.
#[derive(Serialize)]
struct ModulesView {
    docs: String,
    namespaces: Vec<String>,
    modules: Vec<String>,
    exports: Vec<String>,
}

fn modules<'m>(rust: &RustModel<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let mut files: BTreeMap<String, ModulesView> = BTreeMap::new();
    let docs = |namespace: &str| match namespace {
        "" => "The types of the pages, one file for each.".to_owned(),
        namespace => format!("Types of the namespace {namespace}."),
    };
    let mut add = |namespace: &str, module: &str, identifier: &str| {
        let view = files.entry(namespace.to_owned()).or_insert_with(|| ModulesView {
            docs: docs(namespace),
            namespaces: Vec::new(),
            modules: Vec::new(),
            exports: Vec::new(),
        });
        if !view.modules.iter().any(|known| known == module) {
            view.modules.push(module.to_owned());
        }
        view.exports.push(format!("{module}::{identifier}"));
    };
    add("", "", "");
    for id in rust.model.selected_resources() {
        let name = rust.names.resource(id);
        add(&name.namespace, &name.module, &name.identifier);
        if rust.is_poly(id) {
            add(&name.namespace, &name.module, &rust.names.poly(id).identifier);
        }
    }
    for id in rust.model.selected_enums() {
        let name = rust.names.enumeration(id);
        add(&name.namespace, &name.module, &name.identifier);
    }
    let namespaces: Vec<String> = files.keys().filter(|name| !name.is_empty()).cloned().collect();
    for (namespace, mut view) in files {
        view.modules.retain(|module| !module.is_empty());
        view.exports.retain(|export| export != "::");
        view.modules.sort();
        view.exports.sort_by(|one, other| super::rust::uses::compare_paths(one, other));
        let path = if namespace.is_empty() {
            view.namespaces = namespaces.clone();
            "src/types.rs".to_owned()
        } else {
            format!("src/types/{namespace}.rs")
        };
        out.render(path, None, "types/modules.rs.tera", WithHeader::new(settings, None, view));
    }
}

/// A field of a struct.
#[derive(Serialize)]
struct FieldView {
    docs: Vec<String>,
    name: String,
    /// Its type in Rust.
    of: String,
    /// Its name in JSON, as a string literal.
    key: String,
}

/// A view with the facts for the header of its file.
#[derive(Serialize)]
pub(super) struct WithHeader<V> {
    /// What the file is made from: a page, or the docset.
    source: String,
    #[serde(flatten)]
    view: V,
}

impl<V> WithHeader<V> {
    pub(super) fn new(settings: &Settings, page: Option<&str>, view: V) -> Self {
        let docset = settings.docset.trim_end_matches('/');
        let source = match page {
            Some(page) if docset.is_empty() => page.to_owned(),
            Some(page) => format!("{docset}/{page}"),
            None if docset.is_empty() => "the pages".to_owned(),
            None => docset.to_owned(),
        };
        // The header is one line and reads as it is written, whatever a file is called.
        let shown = source.chars().filter(|c| !doc::is_invisible(*c));
        WithHeader { source: shown.map(|c| if c.is_control() { ' ' } else { c }).collect(), view }
    }
}

/// Names of fields, each its own within a type.
pub(super) fn field_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut unique = Unique::with(super::rust::names::TAKEN_FIELDS);
    names.map(|name| unique.name(super::rust::identifiers::field(name))).collect()
}
