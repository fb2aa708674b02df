//! The pages as one OpenAPI document.
//!
//! The document is made as values of `openapiv3`, so that its shape is right by construction, and then
//! laid out by templates: one for the document, one for a path, one for a schema. It is made as OpenAPI 3.0.3;
//! other versions, formats and divisions into files are made of that as it is laid out. Its shapes are those
//! that linters and generators of clients take; the comments say which shapes they do not.

mod bodies;
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
mod schemas;
pub mod security;
mod shown;
mod split;
mod text;
mod tree;
mod version31;
pub mod yaml;

use super::{Artifacts, OpenApiVersion, Settings, Target};
use crate::diagnostic::Level;
use crate::model::{EnumId, Model, ResourceId};
use indexmap::IndexMap;
use openapiv3::{Components, Discriminator, OpenAPI, ParameterSchemaOrContent, PathItem, Paths, ReferenceOr, Schema, SchemaKind, Type};
use parts::Parts;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

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
    let service = info::Service::new(model, &settings.openapi);
    let mut planned = plan::plan(model);
    let ids = planned.iter().flat_map(|path| &path.operations).map(|planned| planned.id.as_str());
    let (names, mut taken) = names::Names::new(model, ids);
    let shown = shown::Shown::of(model);
    let context = schemas::Context { model, names: &names, shown: &shown, service: &service };
    let bodies = bodies::Bodies::new(&context, &mut taken, &planned);
    let components = all_schemas(&context, &bodies);
    plan::retain_selected(&mut planned, model);
    let parts = operations::Parts { context: &context, bodies: &bodies, components: &components };
    let paths: IndexMap<String, _> = planned
        .par_iter()
        .map(|path| (path.template.clone(), ReferenceOr::Item(parts.path_item(path))))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let mut wanted: Vec<&str> = Vec::new();
    if !settings.openapi.only_reachable {
        wanted.extend(model.selected_resources().map(|id| names.resource(id)));
        wanted.extend(model.selected_enums().map(|id| names.enumeration(id)));
    }
    let operations = planned.iter().flat_map(|path| &path.operations);
    wanted.extend(operations.flat_map(|planned| bodies.carried(planned.index)));
    let used = reachable(&components, wanted, &paths);
    let mut schemas = components;
    schemas.retain(|name, _| used.contains(name));
    if settings.openapi.discriminators {
        discriminate(&context, &mut schemas);
    }
    let components = Components {
        security_schemes: security::schemes(&service, &planned),
        responses: match planned.is_empty() {
            true => IndexMap::new(),
            false => IndexMap::from([("error".to_owned(), ReferenceOr::Item(errors::response()))]),
        },
        schemas: schemas.into_iter().map(|(name, schema)| (name, ReferenceOr::Item(schema))).collect(),
        ..Components::default()
    };
    OpenAPI {
        openapi: OpenApiVersion::V30.number().to_owned(),
        info: service.info(settings),
        external_docs: service.overview(),
        servers: service.servers(),
        tags: operations::tags(&context, &planned),
        paths: Paths { paths, ..Paths::default() },
        components: (components != Components::default()).then_some(components),
        ..OpenAPI::default()
    }
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
    let ids = planned.iter().flat_map(|path| &path.operations).map(|planned| planned.id.as_str());
    let (names, _) = names::Names::new(model, ids);
    let mut labels: Vec<Vec<Label>> = (0..model.operations.len()).map(|_| Vec::new()).collect();
    for planned in planned.iter().flat_map(|path| &path.operations) {
        labels[planned.index].push(Label { id: planned.id.clone(), tag: operations::tag_name(&names, planned) });
    }
    labels
}

/// The schemas of all types, messages and errors, sorted by name.
fn all_schemas(context: &schemas::Context<'_>, bodies: &bodies::Bodies<'_>) -> examples::Components {
    let model = context.model;
    let resources: Vec<(String, Schema)> = (0..model.resources.len() as u32)
        .into_par_iter()
        .map(|id| (context.names.resource(ResourceId(id)).to_owned(), context.resource(ResourceId(id))))
        .collect();
    let enums = model.enums.iter().enumerate().map(|(index, found)| {
        let name = context.names.enumeration(EnumId(index as u32));
        (name.to_owned(), context.enumeration(name, found))
    });
    let bodies = bodies.schemas.iter().map(|(name, schema)| (name.clone(), schema.clone()));
    let errors = errors::schemas().into_iter().map(|(name, schema)| (name.to_owned(), schema));
    let mut all: examples::Components = resources.into_iter().chain(enums).chain(bodies).chain(errors).collect();
    all.sort_by_cached_key(|name, _| (name.to_lowercase(), name.clone()));
    all
}

/// Adds to types that others derive from what tells these apart. Only to components that are there, in
/// their order.
fn discriminate(context: &schemas::Context<'_>, components: &mut examples::Components) {
    let model = context.model;
    let mut derived: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let ids: FxHashMap<usize, ResourceId> = (0..model.resources.len() as u32)
        .filter_map(|id| Some((components.get_index_of(context.names.resource(ResourceId(id)))?, ResourceId(id))))
        .collect();
    for (index, id) in &ids {
        for level in model.ancestry(*id) {
            if let Some(base) = components.get_index_of(context.names.resource(level)) {
                derived.entry(base).or_default().push(*index);
            }
        }
    }
    for (base, mut members) in derived.into_iter().filter(|(_, members)| members.len() > 1) {
        members.sort_unstable();
        let entries = members.iter().filter_map(|index| {
            let (name, _) = components.get_index(*index)?;
            Some((format!("#{}", model.resource(ids[index]).name), format!("#/components/schemas/{name}")))
        });
        let discriminator = Discriminator {
            property_name: "@odata.type".to_owned(),
            mapping: entries.collect(),
            ..Discriminator::default()
        };
        if let Some((_, schema)) = components.get_index_mut(base) {
            schema.schema_data.discriminator = Some(discriminator);
        }
    }
}

/// The components that some components and the parameters of operations lead to.
fn reachable<'s>(
    components: &'s examples::Components,
    wanted: Vec<&'s str>,
    paths: &'s IndexMap<String, ReferenceOr<PathItem>>,
) -> FxHashSet<String> {
    let mut open = wanted;
    for (_, operation) in paths.values().filter_map(ReferenceOr::as_item).flat_map(PathItem::iter) {
        for parameter in operation.parameters.iter().filter_map(ReferenceOr::as_item) {
            if let ParameterSchemaOrContent::Schema(schema) = &parameter.parameter_data_ref().format {
                add_reference(schema.as_ref_to(), &mut open);
            }
        }
    }
    if !paths.is_empty() {
        open.push("ODataError");
    }
    let mut found: FxHashSet<String> = FxHashSet::default();
    while let Some(name) = open.pop() {
        if let Some(schema) = components.get(name)
            && found.insert(name.to_owned())
        {
            add_references(schema, &mut open);
        }
    }
    found
}

fn add_references<'s>(schema: &'s Schema, found: &mut Vec<&'s str>) {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            for property in object.properties.values() {
                add_reference(property.as_ref_to(), found);
            }
        }
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(items) = &array.items {
                add_reference(items.as_ref_to(), found);
            }
        }
        SchemaKind::AllOf { all_of } => all_of.iter().for_each(|part| add_reference(part.as_ref_to(), found)),
        SchemaKind::Any(any) => any.all_of.iter().for_each(|part| add_reference(part.as_ref_to(), found)),
        _ => {}
    }
}

fn add_reference<'s>(schema: Result<&'s Schema, &'s str>, found: &mut Vec<&'s str>) {
    match schema {
        Ok(schema) => add_references(schema, found),
        Err(reference) => found.extend(reference.rsplit('/').next()),
    }
}

/// A schema or the reference to one, however it is held.
trait AsRefTo {
    fn as_ref_to(&self) -> Result<&Schema, &str>;
}

impl<S: std::borrow::Borrow<Schema>> AsRefTo for ReferenceOr<S> {
    fn as_ref_to(&self) -> Result<&Schema, &str> {
        match self {
            ReferenceOr::Item(schema) => Ok(schema.borrow()),
            ReferenceOr::Reference { reference } => Err(reference),
        }
    }
}

fn artifacts<'m>(model: &'m Model<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let document = document(model, settings);
    let said = &settings.openapi;
    // To be split or changed, it has to be a tree; only then as that takes its time.
    if said.openapi_version == OpenApiVersion::V30 && !said.split && said.overlays.is_empty() {
        layout::artifacts(&Parts::of(&document), settings, out);
        return;
    }
    let mut tree = tree::tree(&document);
    if said.openapi_version == OpenApiVersion::V31 {
        version31::raise_document(&mut tree);
    }
    out.problems.extend(overlay::apply(&mut tree, &said.overlays, said.openapi_version));
    if !out.problems.iter().any(|problem| problem.level == Level::Error) {
        layout::artifacts(&Parts::of_tree(&tree), settings, out);
    }
}
