//! What an operation takes and gives, in Rust: decided once for operations, server, client and tests.

use super::identifiers::{self, Unique};
use super::uses::Uses;
use super::{RustModel, doc};
use crate::model::{Item, Operation, Primitive, Property, ResourceId, Response, Type};

/// The body of a request.
#[derive(Clone, Debug)]
pub enum BodyShape {
    /// It takes none.
    None,
    /// A struct of its own, with the properties of the page's table.
    Own {
        /// Its name.
        name: String,
        /// The resource whose properties these are, if they are.
        resource: Option<ResourceId>,
    },
    /// A resource.
    Resource(ResourceId),
    /// JSON that no page describes.
    Json,
    /// Anything but JSON, as it comes; the media type.
    Media(String),
}

/// How the parameters of the path are given.
#[derive(Clone, Debug)]
pub enum PathShape {
    /// One route: its parameters, as names in Rust and as written.
    Single(Vec<PathParameter>),
    /// Several routes: an enum, one variant a route.
    Routes {
        /// The name of the enum.
        name: String,
        /// Its variants.
        variants: Vec<RouteVariant>,
    },
}

/// A parameter of a path.
#[derive(Clone, Debug)]
pub struct PathParameter {
    /// Its name in Rust.
    pub name: String,
    /// Its name in the template.
    pub written: String,
}

/// A route of an operation that has several.
#[derive(Clone, Debug)]
pub struct RouteVariant {
    /// The variant.
    pub name: String,
    /// The template.
    pub path: String,
    /// Its parameters.
    pub parameters: Vec<PathParameter>,
}

/// A response of success.
#[derive(Clone, Debug)]
pub struct ResponseShape {
    /// The status.
    pub status: u16,
    /// The variant of the response enum.
    pub variant: String,
    /// What it carries.
    pub payload: Payload,
}

/// What a response carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing.
    Nothing,
    /// A resource.
    Resource(ResourceId),
    /// A page of a collection of these.
    Page(Item),
    /// A value wrapped in an object, as OData does with what is no object.
    Value(Type),
    /// JSON that no page describes.
    Json,
    /// Anything but JSON.
    Media,
    /// A place to go to.
    Redirect,
}

impl RustModel<'_> {
    /// What an operation takes as its body.
    pub fn body_shape(&self, index: usize) -> BodyShape {
        let operation = &self.model.operations[index];
        let Some(body) = &operation.body else { return BodyShape::None };
        if let Some(media_type) = body.media_type {
            return BodyShape::Media(media_type.to_owned());
        }
        let resource = match body.of {
            Some(Type { of, .. }) if self.model.takes_any(of) => None,
            Some(Type { of: Item::Resource(id), collection: false }) => Some(id),
            _ => None,
        };
        let needs_own = |resource: Option<ResourceId>| {
            body.properties.iter().any(|property| property.facts.required)
                || resource.is_none_or(|id| body.properties.iter().any(|own| !self.is_property_of(id, own)))
        };
        match resource {
            _ if !body.properties.is_empty() && needs_own(resource) => BodyShape::Own {
                name: format!("{}Body", self.names.operation(index).type_name),
                resource: resource.filter(|id| body.properties.iter().all(|own| self.is_property_of(*id, own))),
            },
            Some(id) => BodyShape::Resource(id),
            None => BodyShape::Json,
        }
    }

    fn is_property_of(&self, id: ResourceId, property: &Property<'_>) -> bool {
        self.model.property(id, property.name).is_some_and(|known| known.of == property.of)
    }

    /// How the path of an operation is given.
    pub fn path_shape(&self, index: usize) -> PathShape {
        let operation = &self.model.operations[index];
        if let [route] = &*operation.routes {
            return PathShape::Single(parameters(route.parameters().map(|(name, _, _)| name)));
        }
        let mut unique = Unique::default();
        let variants = operation.routes.iter().map(|route| RouteVariant {
            name: unique.name(identifiers::type_name(&literal_words(&route.path()))),
            path: route.path(),
            parameters: parameters(route.parameters().map(|(name, _, _)| name)),
        });
        let name = format!("{}Route", self.names.operation(index).type_name);
        PathShape::Routes { name, variants: variants.collect() }
    }

    /// The responses of success, each status once.
    pub fn response_shapes(&self, index: usize) -> Vec<ResponseShape> {
        let operation = &self.model.operations[index];
        let responses = operation.responses.iter().filter(|response| response.is_success());
        let shape = |response: &Response<'_>| ResponseShape {
            status: response.status,
            variant: variant(response.status),
            payload: self.payload(operation, response),
        };
        responses.map(shape).collect()
    }

    /// What a response of success carries.
    fn payload(&self, operation: &Operation<'_>, response: &Response<'_>) -> Payload {
        if response.status == 204 || response.status == 304 {
            return Payload::Nothing;
        }
        if (300..400).contains(&response.status) {
            return Payload::Redirect;
        }
        if response.media_type.is_some() {
            return Payload::Media;
        }
        match response.of {
            None if response.status == 200 && shows_json(operation, response.status) => Payload::Json,
            None => Payload::Nothing,
            Some(Type { of: Item::Primitive(Primitive::Stream), .. }) => Payload::Media,
            Some(Type { of, collection: true }) => Payload::Page(of),
            Some(Type { of, .. }) if self.model.takes_any(of) => Payload::Json,
            Some(Type { of: Item::Resource(id), .. }) => Payload::Resource(id),
            Some(of) => Payload::Value(of),
        }
    }

    /// A payload as a type, without a box around a resource.
    pub fn payload_type(&self, payload: &Payload, uses: &mut Uses) -> Option<String> {
        Some(match payload {
            Payload::Nothing => return None,
            Payload::Resource(id) => self.item(Item::Resource(*id), uses),
            Payload::Page(item) => {
                let item = self.item(*item, uses);
                format!("{}<{item}>", uses.add("crate::rt::Page"))
            }
            Payload::Value(of) => {
                let value = self.value(*of, uses);
                format!("{}<{value}>", uses.add("crate::rt::ODataValue"))
            }
            Payload::Json => uses.add("serde_json::Value"),
            Payload::Media => uses.add("crate::rt::Media"),
            Payload::Redirect => uses.add("crate::rt::Redirect"),
        })
    }

    /// The first lines of documentation of everything about an operation: its title, what it does, and
    /// the request lines.
    pub fn operation_docs(&self, index: usize) -> Vec<String> {
        let operation = &self.model.operations[index];
        let title = doc::line(operation.title);
        let description = doc::lines(operation.description);
        let mut docs = vec![if title.is_empty() { format!("`{}`", operation.method) } else { format!("**{title}**") }];
        if !description.is_empty() {
            docs.push(String::new());
            docs.extend(description);
        }
        let routes =
            operation.routes.iter().map(|route| format!("- `{} {}`", operation.method, doc::code(&route.path())));
        docs.push(String::new());
        docs.extend(routes);
        docs
    }
}

fn parameters<'n>(names: impl Iterator<Item = &'n str>) -> Vec<PathParameter> {
    // What a request and a client's method have besides.
    let mut unique = Unique::with(&["body", "route", "self_"]);
    names
        .map(|written| PathParameter { name: unique.name(identifiers::field(written)), written: written.to_owned() })
        .collect()
}

/// The text of a path without its parameters.
fn literal_words(path: &str) -> String {
    let mut words = String::new();
    let mut depth = 0usize;
    for character in path.chars() {
        match character {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                words.push(' ');
            }
            _ if depth == 0 => words.push(character),
            _ => {}
        }
    }
    if words.chars().any(|c| c.is_ascii_alphanumeric()) { words } else { "root".into() }
}

/// Whether an example shows JSON with this status, although the page names no type.
fn shows_json(operation: &Operation<'_>, status: u16) -> bool {
    operation.exchanges.iter().flat_map(|exchange| &exchange.responses).any(|response| {
        let message = &response.message.message;
        let same = matches!(&message.start, crate::syntax::http::Start::Status(line) if line.code == Some(status));
        same && message.json().is_some()
    })
}

fn variant(status: u16) -> String {
    match status {
        200 => "Ok".into(),
        201 => "Created".into(),
        202 => "Accepted".into(),
        204 => "NoContent".into(),
        206 => "PartialContent".into(),
        207 => "MultiStatus".into(),
        302 => "Found".into(),
        303 => "SeeOther".into(),
        304 => "NotModified".into(),
        307 => "TemporaryRedirect".into(),
        other => format!("Status{other}"),
    }
}
