//! The pages as one OpenAPI document.
//!
//! The document is made as values of `openapiv3`, so that its shape is right by construction, and then
//! laid out by templates: one for the document, one for a path, one for a schema. It is made as OpenAPI 3.0.3;
//! other versions, formats and divisions into files are made of that as it is laid out. Its shapes are those
//! that linters and generators of clients take; the comments say which shapes they do not.

mod bodies;
mod draft;
mod errors;
mod examples;
mod info;
mod layout;
mod names;
mod operations;
pub mod overlay;
mod parameters;
mod parts;
mod plan;
mod redirects;
mod schemas;
pub mod security;
mod shape;
mod shown;
mod split;
mod text;
mod tree;
mod version31;
pub mod yaml;

use super::{Artifacts, OpenApiVersion, Settings, Target};
use crate::diagnostic::Level;
use crate::model::Model;
use draft::Draft;
use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr};
use parts::Parts;
use rayon::prelude::*;

/// The target.
pub static TARGET: Target = Target {
    name: "openapi",
    summary: "An OpenAPI document, openapi.yaml or openapi.json",
    templates: &[
        template!("openapi/openapi.yaml.tera"),
        template!("openapi/path.yaml.tera"),
        template!("openapi/schema.yaml.tera"),
        template!("openapi/paths.yaml.tera"),
        template!("openapi/component.yaml.tera"),
        template!("openapi/openapi.json.tera"),
        template!("openapi/paths.json.tera"),
        template!("openapi/component.json.tera"),
    ],
    artifacts,
};

/// The document of a model.
pub fn document(model: &Model<'_>, settings: &Settings) -> OpenAPI {
    let mut draft = Draft::new(model, settings, |_, schema| schema);
    let made: Vec<(String, PathItem)> =
        draft.paths.par_iter().map(|path| (path.template.clone(), draft.path_item(path))).collect();
    let references = made.iter().flat_map(|(_, item)| draft::references_of_parameters(item)).collect();
    let (mut document, mut schemas) = draft.around(&references);
    if settings.openapi.discriminators {
        draft.discriminate(&mut schemas);
    }
    let mut components = document.components.take().unwrap_or_default();
    components.schemas = schemas.into_iter().map(|(name, schema)| (name, ReferenceOr::Item(schema))).collect();
    document.components = (components != Components::default()).then_some(components);
    document.paths.paths = made.into_iter().map(|(template, item)| (template, ReferenceOr::Item(item))).collect();
    document
}

/// How an operation is called in the document, at one of its paths.
#[derive(Debug)]
pub(super) struct Label {
    /// The identifier.
    pub id: String,
    /// The tag.
    pub tag: String,
}

/// How each operation of a model is called, by its index.
pub(super) fn labels(model: &Model<'_>) -> Vec<Vec<Label>> {
    let planned = plan::plan(model);
    let (names, _) = names::Names::of(model, &planned);
    let mut labels: Vec<Vec<Label>> = (0..model.operations.len()).map(|_| Vec::new()).collect();
    for planned in planned.iter().flat_map(|path| &path.operations) {
        labels[planned.index].push(Label { id: planned.id.clone(), tag: operations::tag_name(&names, planned) });
    }
    labels
}

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let said = &settings.openapi;
    // To be split or changed, it has to be a tree; only then as that takes its time.
    let is_as_made = said.openapi_version == OpenApiVersion::V30 && !said.discriminators;
    if is_as_made && !said.split && said.overlays.is_empty() {
        layout::write(model, settings, out);
        return;
    }
    let mut tree = tree::tree(&document(model, settings));
    if said.openapi_version == OpenApiVersion::V31 {
        version31::raise_document(&mut tree);
    }
    out.problems.extend(overlay::apply(&mut tree, &said.overlays, said.openapi_version));
    if !out.problems.iter().any(|problem| problem.level == Level::Error) {
        layout::artifacts(&Parts::of_tree(&tree), settings, out);
    }
}
