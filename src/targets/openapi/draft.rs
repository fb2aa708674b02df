//! What a document is put together from: names, schemas and planned paths. Its paths are made of it one by one, and
//! then the rest, with what they lead to.

use super::bodies::Bodies;
use super::info::Service;
use super::names::Names;
use super::operations;
use super::plan::{self, PlannedPath};
use super::schemas::Context;
use super::shape::{Shape, Shapes};
use super::shown::Shown;
use super::{errors, security};
use crate::model::{EnumId, Model, ResourceId};
use crate::targets::{OpenApiVersion, Settings};
use indexmap::IndexMap;
use openapiv3::{
    Components, Discriminator, OpenAPI, ParameterSchemaOrContent, PathItem, ReferenceOr, Schema, SchemaKind, Type,
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a document is put together from. Of its schemas, `T` is what becomes.
pub(super) struct Draft<'m, T> {
    model: &'m Model<'m>,
    settings: &'m Settings,
    service: Service,
    names: Names,
    shown: Shown<'m>,
    bodies: Bodies<'m>,
    /// The schemas of all types, messages and errors, sorted by name.
    schemas: IndexMap<String, Made<T>>,
    shapes: Shapes,
    /// The paths that are written, sorted.
    pub paths: Vec<PlannedPath<'m>>,
}

/// What became of a schema.
struct Made<T> {
    what: T,
    /// The components that it refers to.
    references: Vec<String>,
}

impl<'m, T: Send + Sync> Draft<'m, T> {
    /// Names and plans everything, and describes all types. `make` gets each schema with its name; as all of them take
    /// much memory, it had better keep what is made of it alone.
    pub(super) fn new(
        model: &'m Model<'m>,
        settings: &'m Settings,
        make: impl Fn(&str, Schema) -> T + Sync,
    ) -> Draft<'m, T> {
        let plan = || {
            let paths = plan::plan(model);
            let (names, taken) = Names::of(model, &paths);
            (paths, names, taken)
        };
        let examples = || (Service::new(model, &settings.openapi), Shown::of(model));
        let ((mut paths, names, mut taken), (service, shown)) = rayon::join(plan, examples);
        let context = Context { model, names: &names, shown: &shown, service: &service };
        let make = |(name, schema): (String, Schema)| {
            let (shape, references) = (Shape::of(&schema), references(&schema));
            let what = make(&name, schema);
            (name, shape, Made { what, references })
        };
        let messages = || Bodies::new(&context, &mut taken, &paths);
        let types = || types(&context).map(make).collect::<Vec<_>>();
        let (mut bodies, types) = rayon::join(messages, types);
        let messages: Vec<(String, Schema)> = std::mem::take(&mut bodies.schemas).into_iter().collect();
        let others: Vec<_> = messages.into_par_iter().chain(errors::schemas()).map(make).collect();
        let mut all: Vec<(String, Shape, Made<T>)> = types.into_iter().chain(others).collect();
        all.sort_by_cached_key(|(name, ..)| (name.to_lowercase(), name.clone()));
        let (mut shapes, mut schemas) = (Shapes::default(), IndexMap::with_capacity(all.len()));
        for (name, shape, made) in all {
            shapes.insert(name.clone(), shape);
            schemas.insert(name, made);
        }
        plan::retain_selected(&mut paths, model);
        Draft { model, settings, service, names, shown, bodies, schemas, shapes, paths }
    }

    fn context(&self) -> Context<'_> {
        Context { model: self.model, names: &self.names, shown: &self.shown, service: &self.service }
    }

    /// The operations at a path.
    pub(super) fn path_item(&self, path: &PlannedPath<'_>) -> PathItem {
        let parts = operations::Parts { context: &self.context(), bodies: &self.bodies, shapes: &self.shapes };
        parts.path_item(path)
    }

    /// The document but for its paths, of which `references` are those to components that its parameters have, and
    /// what became of its schemas.
    pub(super) fn around(&mut self, references: &FxHashSet<String>) -> (OpenAPI, IndexMap<String, T>) {
        let schemas = std::mem::take(&mut self.schemas);
        let used = || self.used(&schemas, references);
        let said = || (security::schemes(&self.context(), &self.paths), operations::tags(&self.context(), &self.paths));
        let (used, (security_schemes, tags)) = rayon::join(used, said);
        let schemas = schemas.into_iter().filter(|(name, _)| used.contains(name));
        let schemas = schemas.map(|(name, made)| (name, made.what)).collect();
        let components = Components {
            security_schemes,
            responses: match self.paths.is_empty() {
                true => IndexMap::new(),
                false => IndexMap::from([("error".to_owned(), ReferenceOr::Item(errors::response()))]),
            },
            ..Components::default()
        };
        let document = OpenAPI {
            openapi: OpenApiVersion::V30.number().to_owned(),
            info: self.service.info(self.settings),
            external_docs: self.service.overview(),
            servers: self.service.servers(),
            tags,
            components: Some(components),
            ..OpenAPI::default()
        };
        (document, schemas)
    }

    /// The components that the document has: those that are wanted, and what they lead to.
    fn used(&self, schemas: &IndexMap<String, Made<T>>, references: &FxHashSet<String>) -> FxHashSet<String> {
        let mut wanted: Vec<&str> = references.iter().map(String::as_str).collect();
        if !self.settings.openapi.only_reachable {
            wanted.extend(self.model.selected_resources().map(|id| self.names.resource(id)));
            wanted.extend(self.model.selected_enums().map(|id| self.names.enumeration(id)));
        }
        let operations = self.paths.iter().flat_map(|path| &path.operations);
        wanted.extend(operations.flat_map(|planned| self.bodies.carried(planned.index)));
        if !self.paths.is_empty() {
            wanted.push("ODataError");
        }
        reachable(schemas, wanted)
    }
}

impl Draft<'_, Schema> {
    /// Adds to types that others derive from what tells these apart. Only to components that are there, in
    /// their order.
    pub(super) fn discriminate(&self, components: &mut IndexMap<String, Schema>) {
        let (model, names) = (self.model, &self.names);
        let mut derived: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let ids: FxHashMap<usize, ResourceId> = (0..model.resources.len() as u32)
            .filter_map(|id| Some((components.get_index_of(names.resource(ResourceId(id)))?, ResourceId(id))))
            .collect();
        for (index, id) in &ids {
            for level in model.ancestry(*id) {
                if let Some(base) = components.get_index_of(names.resource(level)) {
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
}

/// The schemas of all types by name.
fn types<'c>(context: &'c Context<'c>) -> impl ParallelIterator<Item = (String, Schema)> + 'c {
    let model = context.model;
    let resources = (0..model.resources.len() as u32).into_par_iter().map(|id| {
        let id = ResourceId(id);
        (context.names.resource(id).to_owned(), context.resource(id))
    });
    let enums = model.enums.par_iter().enumerate().map(|(index, found)| {
        let name = context.names.enumeration(EnumId(index as u32));
        (name.to_owned(), context.enumeration(name, found))
    });
    resources.chain(enums)
}

/// The components that the parameters of a path refer to.
pub(super) fn references_of_parameters(item: &PathItem) -> Vec<String> {
    let mut found = Vec::new();
    let parameters = item.iter().flat_map(|(_, operation)| &operation.parameters);
    for parameter in parameters.filter_map(ReferenceOr::as_item) {
        if let ParameterSchemaOrContent::Schema(schema) = &parameter.parameter_data_ref().format {
            add_reference(schema.as_ref_to(), &mut found);
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// The components that some components lead to, and these.
fn reachable<T>(components: &IndexMap<String, Made<T>>, wanted: Vec<&str>) -> FxHashSet<String> {
    let mut open = wanted;
    let mut found: FxHashSet<String> = FxHashSet::default();
    while let Some(name) = open.pop() {
        if !found.contains(name)
            && let Some(made) = components.get(name)
        {
            found.insert(name.to_owned());
            open.extend(made.references.iter().map(String::as_str));
        }
    }
    found
}

/// The components that a schema refers to.
fn references(schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    add_references(schema, &mut found);
    found.into_iter().map(str::to_owned).collect()
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
