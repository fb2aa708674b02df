//! The parts of a document that are laid out one by one, whether it is made of types or a tree.

use indexmap::IndexMap;
use openapiv3::{
    ExternalDocumentation, Info, OpenAPI, PathItem, ReferenceOr, Response, Schema, SecurityScheme, Server, Tag,
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Methods, in the order in which [`PathItem`] has them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A part.
#[derive(Clone, Copy)]
pub(super) enum Part<'d> {
    Info(&'d Info),
    ExternalDocs(&'d ExternalDocumentation),
    Servers(&'d [Server]),
    Tags(&'d [Tag]),
    Path(&'d PathItem),
    SecuritySchemes(&'d IndexMap<String, ReferenceOr<SecurityScheme>>),
    Response(&'d ReferenceOr<Response>),
    Schema(&'d Schema),
    Tree(&'d Value),
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Part::Info(part) => part.serialize(serializer),
            Part::ExternalDocs(part) => part.serialize(serializer),
            Part::Servers(part) => part.serialize(serializer),
            Part::Tags(part) => part.serialize(serializer),
            Part::Path(part) => part.serialize(serializer),
            Part::SecuritySchemes(part) => part.serialize(serializer),
            Part::Response(part) => part.serialize(serializer),
            Part::Schema(part) => part.serialize(serializer),
            Part::Tree(part) => part.serialize(serializer),
        }
    }
}

/// A document in parts.
#[derive(Default)]
pub(super) struct Parts<'d> {
    /// The version of OpenAPI.
    pub openapi: &'d str,
    pub info: Option<Part<'d>>,
    pub external_docs: Option<Part<'d>>,
    pub servers: Option<Part<'d>>,
    pub tags: Option<Part<'d>>,
    pub paths: Vec<PathPart<'d>>,
    pub security_schemes: Option<Part<'d>>,
    pub responses: Vec<(&'d str, Part<'d>)>,
    pub schemas: Vec<(&'d str, Part<'d>)>,
    /// Other members, which only overlays add.
    pub others: Vec<(&'d str, Part<'d>)>,
    /// Other members of `components`.
    pub components: Vec<(&'d str, Part<'d>)>,
}

/// A path and what is there.
pub(super) struct PathPart<'d> {
    pub template: &'d str,
    /// The tag of its first operation.
    pub tag: &'d str,
    pub item: Part<'d>,
}

impl<'d> Parts<'d> {
    /// The parts of a document as it is made, but for its paths and schemas.
    pub(super) fn around(document: &'d OpenAPI) -> Parts<'d> {
        let mut parts = Parts {
            openapi: &document.openapi,
            info: Some(Part::Info(&document.info)),
            external_docs: document.external_docs.as_ref().map(Part::ExternalDocs),
            servers: Some(Part::Servers(&document.servers)),
            tags: (!document.tags.is_empty()).then_some(Part::Tags(&document.tags)),
            ..Parts::default()
        };
        if let Some(components) = &document.components {
            let schemes = &components.security_schemes;
            parts.security_schemes = (!schemes.is_empty()).then_some(Part::SecuritySchemes(schemes));
            let responses = components.responses.iter();
            parts.responses = responses.map(|(name, found)| (name.as_str(), Part::Response(found))).collect();
        }
        parts
    }

    /// The parts of a document as a tree.
    pub(super) fn of_tree(document: &'d Value) -> Parts<'d> {
        let mut parts = Parts::default();
        for (name, value) in members(document) {
            match name {
                "openapi" => parts.openapi = value.as_str().unwrap_or_default(),
                "info" => parts.info = Some(Part::Tree(value)),
                "externalDocs" => parts.external_docs = Some(Part::Tree(value)),
                "servers" => parts.servers = Some(Part::Tree(value)),
                "tags" => parts.tags = Some(Part::Tree(value)),
                "paths" => parts.paths = members(value).map(PathPart::of_tree).collect(),
                "components" => parts.add_components(value),
                _ => parts.others.push((name, Part::Tree(value))),
            }
        }
        parts
    }

    fn add_components(&mut self, components: &'d Value) {
        for (name, value) in members(components) {
            match name {
                "securitySchemes" => self.security_schemes = Some(Part::Tree(value)),
                "responses" => self.responses = members(value).map(|(name, value)| (name, Part::Tree(value))).collect(),
                "schemas" => self.schemas = members(value).map(|(name, value)| (name, Part::Tree(value))).collect(),
                _ => self.components.push((name, Part::Tree(value))),
            }
        }
    }
}

impl<'d> PathPart<'d> {
    fn of_tree((template, item): (&'d str, &'d Value)) -> PathPart<'d> {
        let first = METHODS.iter().find_map(|method| item.get(method));
        let tag = first.and_then(|operation| operation.get("tags")?.get(0)?.as_str());
        PathPart { template, tag: tag.unwrap_or_default(), item: Part::Tree(item) }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}
