//! The parts of a document that are laid out one by one, whether it is made of types or a tree.

use crate::targets::View;
use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::{Map, Value};

/// Methods, in the order in which [`PathItem`] has them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A part.
pub(super) type Part<'d> = &'d dyn View;

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
    /// The parts of a document as it is made.
    pub(super) fn of(document: &'d OpenAPI) -> Parts<'d> {
        let path = |(template, item): (&'d String, &'d ReferenceOr<PathItem>)| {
            let first = item.as_item().and_then(|item| item.iter().next());
            let tag = first.and_then(|(_, operation)| operation.tags.first()).map_or("", String::as_str);
            PathPart { template, tag, item }
        };
        let mut parts = Parts {
            openapi: &document.openapi,
            info: Some(&document.info),
            external_docs: document.external_docs.as_ref().map(|docs| docs as Part<'d>),
            servers: Some(&document.servers),
            tags: (!document.tags.is_empty()).then_some(&document.tags as Part<'d>),
            paths: document.paths.paths.iter().map(path).collect(),
            ..Parts::default()
        };
        if let Some(components) = &document.components {
            let schemes = &components.security_schemes;
            parts.security_schemes = (!schemes.is_empty()).then_some(schemes as Part<'d>);
            parts.responses = components.responses.iter().map(|(name, found)| (name.as_str(), found as Part<'d>)).collect();
            parts.schemas = components.schemas.iter().map(|(name, found)| (name.as_str(), found as Part<'d>)).collect();
        }
        parts
    }

    /// The parts of a document as a tree.
    pub(super) fn of_tree(document: &'d Value) -> Parts<'d> {
        let mut parts = Parts::default();
        for (name, value) in members(document) {
            match name {
                "openapi" => parts.openapi = value.as_str().unwrap_or_default(),
                "info" => parts.info = Some(value),
                "externalDocs" => parts.external_docs = Some(value),
                "servers" => parts.servers = Some(value),
                "tags" => parts.tags = Some(value),
                "paths" => parts.paths = members(value).map(PathPart::of_tree).collect(),
                "components" => parts.add_components(value),
                _ => parts.others.push((name, value)),
            }
        }
        parts
    }

    fn add_components(&mut self, components: &'d Value) {
        for (name, value) in members(components) {
            match name {
                "securitySchemes" => self.security_schemes = Some(value),
                "responses" => self.responses = members(value).map(|(name, value)| (name, value as Part<'d>)).collect(),
                "schemas" => self.schemas = members(value).map(|(name, value)| (name, value as Part<'d>)).collect(),
                _ => self.components.push((name, value)),
            }
        }
    }
}

impl<'d> PathPart<'d> {
    fn of_tree((template, item): (&'d str, &'d Value)) -> PathPart<'d> {
        let first = METHODS.iter().find_map(|method| item.get(method));
        let tag = first.and_then(|operation| operation.get("tags")?.get(0)?.as_str());
        PathPart { template, tag: tag.unwrap_or_default(), item }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}
