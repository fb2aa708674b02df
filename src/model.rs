//! What the pages say, put together: resources, enumerations, operations.
//!
//! The model borrows the pages: names are slices of their text, and every fact knows where it stands.
//! It is built fresh by [`link`], which never fails: what does not resolve is kept as what it is (an
//! unknown type becomes an open object, see [`Origin`]), and the rules report it.

mod any_case;
mod bases;
mod bodies;
pub mod conformance;
mod declare;
mod derived;
pub mod examples;
mod guess;
pub mod json;
mod link;
mod operation;
mod operations;
pub mod paths;
pub mod primitive;
mod property_routes;
mod resolve;
mod responses;
pub mod route;
pub mod sections;
pub mod selection;
pub mod topics;
pub mod values;
pub mod view;

pub use examples::{ExampleRef, Exchange};
pub use link::link;
pub use operation::{Body, Grant, Operation, Parameter, Permission, Response};
pub use primitive::Primitive;
pub use route::{Route, Segment};
pub use topics::Topic;
pub use view::{IncludeFault, IncludeUse, LeftOut, Part};

use crate::span::{FileId, Location};
use crate::syntax::{Docset, Page, prose};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything the pages of a docset say.
#[derive(Debug)]
pub struct Model<'d> {
    /// The pages.
    pub docset: &'d Docset,
    /// The types with properties, in order of their first page; guessed ones last.
    pub resources: Vec<Resource<'d>>,
    /// The enumerations, in order of their first place.
    pub enums: Vec<Enum<'d>>,
    /// The operations, in page order.
    pub operations: Vec<Operation<'d>>,
    /// Where each include stands and what became of it.
    pub includes: Vec<IncludeUse>,
    /// What pages do not have of their includes.
    pub left_out: BTreeSet<LeftOut>,
    /// Mentions of types that nothing defines; one that several operations read is there as often.
    pub unknown_types: Vec<UnknownType<'d>>,
    /// What of it is written; `None` for all.
    pub selection: Option<selection::Selection>,
    /// Paths of the docset.
    pub paths: paths::PathIndex<'d>,
    parts: Vec<Vec<Part<'d>>>,
    exchanges: Vec<Arc<[Exchange<'d>]>>,
    /// By their names in lower case.
    names: FxHashMap<Vec<u8>, Item>,
    page_types: Vec<Option<Item>>,
}

/// The index of a resource in [`Model::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

/// The index of an enumeration in [`Model::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);

/// A name with its namespace.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualifiedName<'d> {
    /// Such as `microsoft.graph`.
    pub namespace: Cow<'d, str>,
    /// Such as `customer`.
    pub name: &'d str,
}

impl QualifiedName<'_> {
    /// What a type of this name is known by.
    fn key(&self) -> Vec<u8> {
        let written = match self.namespace.is_empty() {
            true => self.name.to_owned(),
            false => [&self.namespace, ".", self.name].concat(),
        };
        folded(written).into_bytes()
    }
}

impl std::fmt::Display for QualifiedName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.namespace.is_empty() { f.write_str(self.name) } else { write!(f, "{}.{}", self.namespace, self.name) }
    }
}

/// A type with properties.
#[derive(Debug)]
pub struct Resource<'d> {
    /// Its name.
    pub name: QualifiedName<'d>,
    /// Where it is named: the annotated type, else the title of its page.
    pub at: Location,
    /// The pages that describe it; several where each shows a slice.
    pub pages: Vec<FileId>,
    /// How the model came to know it.
    pub origin: Origin,
    /// What it is, in Markdown.
    pub description: &'d str,
    /// The type it derives from.
    pub base: Option<Base<'d>>,
    /// Its own properties and relationships, in page order.
    pub properties: Vec<Property<'d>>,
    /// The property that identifies it.
    pub key: Option<&'d str>,
    /// Whether no value is of just this type.
    pub is_abstract: bool,
    /// Whether values may have properties that no page describes.
    pub is_open: bool,
    /// The types that derive directly from it.
    pub derived: Vec<ResourceId>,
}

/// How the model came to know a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A page describes it.
    Described,
    /// No page does. The properties come from the "Request body" table of an operation on it, and from
    /// examples; the location is that of the first mention.
    Guessed(Location),
}

/// The base type of a resource.
#[derive(Clone, Debug)]
pub struct Base<'d> {
    /// As it is written.
    pub name: &'d str,
    /// Where it is named.
    pub at: Location,
    /// The type; `None` when nothing defines it, or when following it would not end.
    pub resource: Option<ResourceId>,
}

/// A property of a resource or of a request body.
#[derive(Clone, Debug)]
pub struct Property<'d> {
    /// Its name.
    pub name: &'d str,
    /// Where the name stands.
    pub at: Location,
    /// Its type.
    pub of: Type,
    /// Where the type stands.
    pub type_at: Location,
    /// What it is, in Markdown.
    pub description: &'d str,
    /// What the description says of it.
    pub facts: prose::Facts<&'d str>,
    /// Whether it is a relationship: present in a response only when expanded.
    pub is_relationship: bool,
    /// Whether a base type has it too.
    pub is_inherited: bool,
    /// Whether a table lists it, and not a JSON representation alone.
    pub is_listed: bool,
    /// What the JSON representation says of its strings beyond its type.
    pub shown: Shown<'d>,
}

/// What a JSON representation says of the strings of a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shown<'d> {
    /// Nothing.
    #[default]
    Nothing,
    /// `"String"`: they are strings, and no objects.
    Text,
    /// `"url"`: they are URLs.
    Url,
    /// `"a | b"`: each is one of these.
    OneOf(Vec<&'d str>),
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    /// Of one value, or of each item.
    pub of: Item,
    /// Whether it is a collection.
    pub collection: bool,
}

impl Type {
    /// The type of one value.
    pub fn single(of: Item) -> Self {
        Type { of, collection: false }
    }
}

/// What a type name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A primitive type of OData.
    Primitive(Primitive),
    /// A resource.
    Resource(ResourceId),
    /// An enumeration.
    Enum(EnumId),
    /// Any JSON value: several types, or words that name none.
    Any,
}

/// An enumeration.
#[derive(Debug)]
pub struct Enum<'d> {
    /// Its name.
    pub name: QualifiedName<'d>,
    /// Where it is named.
    pub at: Location,
    /// What it is, in Markdown; empty when no page says.
    pub description: &'d str,
    /// Its members, in the order of the first place that lists them.
    pub members: Vec<EnumMember<'d>>,
}

/// A member of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumMember<'d> {
    /// Its name.
    pub name: &'d str,
    /// Where it stands.
    pub at: Location,
    /// What it means, in Markdown; may be empty.
    pub description: &'d str,
}

/// A mention of a type that nothing defines.
#[derive(Clone, Debug)]
pub struct UnknownType<'d> {
    /// The name, as it is written.
    pub name: &'d str,
    /// Where.
    pub at: Location,
    /// Whether it is a link, whose target is then missing too.
    pub is_link: bool,
    /// What became of it.
    pub resource: ResourceId,
}

impl<'d> Model<'d> {
    /// The resource with this identity.
    pub fn resource(&self, id: ResourceId) -> &Resource<'d> {
        &self.resources[id.0 as usize]
    }

    /// The identity of a resource of this model.
    pub fn id_of(&self, resource: &Resource<'_>) -> Option<ResourceId> {
        match self.find(&resource.name.to_string())? {
            Item::Resource(id) => Some(id),
            Item::Primitive(_) | Item::Enum(_) | Item::Any => None,
        }
    }

    /// The enumeration with this identity.
    pub fn enumeration(&self, id: EnumId) -> &Enum<'d> {
        &self.enums[id.0 as usize]
    }

    /// The page with this identity.
    pub fn page(&self, id: FileId) -> &'d Page {
        self.docset.page(id)
    }

    /// The sections of a page, with those of its includes; none for a fragment.
    pub fn parts(&self, page: FileId) -> &[Part<'d>] {
        &self.parts[page.index()]
    }

    /// The examples of a page, whatever their method.
    pub fn exchanges(&self, page: FileId) -> &[Exchange<'d>] {
        &self.exchanges[page.index()]
    }

    /// The operations of a page.
    pub fn operations_of(&self, page: FileId) -> &[Operation<'d>] {
        let start = self.operations.partition_point(|operation| operation.page < page);
        let end = self.operations.partition_point(|operation| operation.page <= page);
        &self.operations[start..end]
    }

    /// The text at a location.
    pub fn text(&self, at: Location) -> &'d str {
        self.docset.text(at)
    }

    /// The resource or enumeration with this qualified name, compared without case and without `#`.
    pub fn find(&self, name: &str) -> Option<Item> {
        let name = name.trim_start_matches('#');
        // As `QualifiedName` writes one without a namespace.
        let short = name.strip_prefix('.').filter(|short| !short.contains('.'));
        self.named(&[short.unwrap_or(name)])
    }

    /// The type of this name in a namespace, both compared without case.
    fn find_in(&self, namespace: &str, name: &str) -> Option<Item> {
        if namespace.is_empty() {
            return self.find(name);
        }
        self.named(&[namespace, ".", name])
    }

    /// The type whose name is put together of these pieces, compared without case.
    fn named(&self, pieces: &[&str]) -> Option<Item> {
        // Most names are short, and are looked for without a text of their own.
        let mut short = [0; 128];
        let length = pieces.iter().map(|piece| piece.len()).sum();
        let is_ascii = pieces.iter().all(|piece| piece.is_ascii());
        let Some(key) = short.get_mut(..length).filter(|_| is_ascii) else {
            return self.names.get(folded(pieces.concat()).as_bytes()).copied();
        };
        let mut rest = &mut *key;
        for piece in pieces {
            let (room, after) = rest.split_at_mut(piece.len());
            room.copy_from_slice(piece.as_bytes());
            rest = after;
        }
        key.make_ascii_lowercase();
        self.names.get(&*key).copied()
    }

    /// What a page describes, if it is a type.
    pub fn type_of_page(&self, page: FileId) -> Option<Item> {
        self.page_types.get(page.index()).copied().flatten()
    }

    /// Whether a value of any kind is one of the type. Some docsets describe a type of a name such as `Json`,
    /// which has no properties, to say so.
    pub fn takes_any(&self, item: Item) -> bool {
        match item {
            Item::Any => true,
            Item::Resource(id) => {
                let resource = self.resource(id);
                resource.properties.is_empty() && resource.base.is_none() && primitive::is_any(resource.name.name)
            }
            Item::Primitive(_) | Item::Enum(_) => false,
        }
    }

    /// The name of a type, as pages write it.
    pub fn type_name(&self, of: Type) -> String {
        let item = match of.of {
            Item::Primitive(primitive) => primitive.name().to_owned(),
            Item::Resource(id) => self.resource(id).name.name.to_owned(),
            Item::Enum(id) => self.enumeration(id).name.name.to_owned(),
            Item::Any => "any value".to_owned(),
        };
        if of.collection { format!("{item} collection") } else { item }
    }
}

/// A name in lower case, as types are known by.
fn folded(mut name: String) -> String {
    if !name.is_ascii() {
        return name.to_lowercase();
    }
    name.make_ascii_lowercase();
    name
}
