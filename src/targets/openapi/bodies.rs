//! Components that stand for what is sent and returned: request bodies, collections, wrapped primitives.

use super::names::Taken;
use super::plan::PlannedPath;
use super::schemas::{self, Context, Properties, boxed, boxed_ref, object, string};
use super::shown::Values;
use super::text::{clean, cleaned, lower_camel};
use crate::model::{Body, Item, Operation, Primitive, Response, Type, examples::ExampleRef, values};
use crate::syntax::http::Start;
use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema, SchemaData};
use rustc_hash::FxHashMap;
use serde_json::json;

/// What a message carries.
#[derive(Clone, Debug)]
pub(super) enum Carried<'m> {
    /// JSON, as this component says.
    Json(String),
    /// Bytes of this media type.
    Bytes(Option<&'m str>),
}

/// The components of messages, and what each operation carries.
#[derive(Debug, Default)]
pub(super) struct Bodies<'m> {
    /// The components by name.
    pub schemas: IndexMap<String, Schema>,
    wrappers: FxHashMap<Type, String>,
    requests: FxHashMap<usize, Carried<'m>>,
    responses: FxHashMap<usize, Carried<'m>>,
}

impl<'m> Bodies<'m> {
    /// Makes the components that the planned operations need. They take names that are not taken.
    pub(super) fn new(context: &Context<'_>, taken: &mut Taken, paths: &[PlannedPath<'m>]) -> Bodies<'m> {
        let mut bodies = Bodies::default();
        let mut primary: Vec<_> =
            paths.iter().flat_map(|path| &path.operations).filter(|planned| planned.is_primary).collect();
        primary.sort_by_key(|planned| planned.index);
        for planned in primary {
            let (operation, index) = (planned.operation, planned.index);
            let mut maker = Maker { context, taken, bodies: &mut bodies, id: &planned.id };
            if let Some(body) = &operation.body
                && let Some(carried) = maker.request(operation, index, body)
            {
                maker.bodies.requests.insert(index, carried);
            }
            if let Some(response) = success(operation)
                && let Some(carried) = maker.response(operation, response)
            {
                maker.bodies.responses.insert(index, carried);
            }
        }
        bodies
    }

    /// What the request of an operation carries.
    pub(super) fn request(&self, operation: usize) -> Option<&Carried<'m>> {
        self.requests.get(&operation)
    }

    /// The components that the messages of an operation carry.
    pub(super) fn carried(&self, operation: usize) -> impl Iterator<Item = &str> {
        let messages = self.request(operation).into_iter().chain(self.response(operation));
        messages.filter_map(|carried| match carried {
            Carried::Json(name) => Some(name.as_str()),
            Carried::Bytes(_) => None,
        })
    }

    /// What the response of an operation carries.
    pub(super) fn response(&self, operation: usize) -> Option<&Carried<'m>> {
        self.responses.get(&operation)
    }
}

/// Whether an example response has this status.
pub(super) fn answers_with(example: &ExampleRef<'_>, status: u16) -> bool {
    match &example.message.message.start {
        Start::Status(line) => line.code.is_none_or(|code| code == status),
        Start::Request(_) | Start::Other(_) => true,
    }
}

/// The one response that stands for success: a redirection only where the page names nothing better.
pub(super) fn success<'m>(operation: &'m Operation<'m>) -> Option<&'m Response<'m>> {
    let with =
        |range: std::ops::Range<u16>| operation.responses.iter().find(move |response| range.contains(&response.status));
    with(200..300).or_else(|| with(300..400))
}

struct Maker<'a, 'm> {
    context: &'a Context<'a>,
    taken: &'a mut Taken,
    bodies: &'a mut Bodies<'m>,
    id: &'a str,
}

impl<'m> Maker<'_, 'm> {
    fn request(&mut self, operation: &'m Operation<'m>, index: usize, body: &'m Body<'m>) -> Option<Carried<'m>> {
        if body.media_type.is_some() || body.of.is_some_and(is_stream) {
            return Some(Carried::Bytes(body.media_type));
        }
        let examples = || operation.exchanges.iter().filter_map(|exchange| exchange.request);
        if !body.properties.is_empty() {
            let schema = self.flat(operation, index, body, examples());
            return Some(Carried::Json(schema));
        }
        match body.of.filter(|of| of.of != Item::Any) {
            Some(of) => Some(self.typed(of)),
            None => self.seen(examples()),
        }
    }

    fn response(&mut self, operation: &'m Operation<'m>, response: &'m Response<'m>) -> Option<Carried<'m>> {
        if matches!(response.status, 204 | 205 | 304) {
            return None;
        }
        if response.media_type.is_some() || response.of.is_some_and(is_stream) {
            return Some(Carried::Bytes(response.media_type));
        }
        match response.of.filter(|of| of.of != Item::Any) {
            Some(of) => Some(self.typed(of)),
            None => {
                let answers = operation.exchanges.iter().flat_map(|exchange| &exchange.responses);
                self.seen(answers.filter(|answer| answers_with(answer, response.status)).copied())
            }
        }
    }

    /// A type: by its own component, or wrapped where it is a collection or no object.
    fn typed(&mut self, of: Type) -> Carried<'m> {
        if let (Item::Resource(id), false) = (of.of, of.collection) {
            return Carried::Json(self.context.names.resource(id).to_owned());
        }
        if let Some(known) = self.bodies.wrappers.get(&of) {
            return Carried::Json(known.clone());
        }
        let stem = self.context.names.stem(of.of);
        let wanted = match of.collection {
            true => [format!("{stem}CollectionResponse"), format!("{stem}CollectionPage")],
            false => [format!("{stem}Value"), format!("{stem}ValueResource")],
        };
        let name = self.taken.take(&wanted);
        let schema = self.wrapper(&name, of);
        self.bodies.schemas.insert(name.clone(), schema);
        self.bodies.wrappers.insert(of, name.clone());
        Carried::Json(name)
    }

    fn wrapper(&self, name: &str, of: Type) -> Schema {
        let mut properties = Properties::new();
        properties.insert("@odata.context".to_owned(), boxed(string("The context URL of the response.")));
        if of.collection {
            let count = self.context.value(Type::single(Item::Primitive(Primitive::Int64)));
            properties.insert("@odata.count".to_owned(), boxed_ref(count));
            properties.insert("@odata.nextLink".to_owned(), boxed(string("Where the next page of items is.")));
            for (name, of) in self.context.shown.collection_annotations(of.of) {
                properties.entry(name.to_owned()).or_insert_with(|| boxed_ref(self.context.value(of)));
            }
        }
        properties.insert("value".to_owned(), boxed_ref(self.context.value(of)));
        let what = clean(&self.context.model.type_name(Type::single(of.of)));
        let description = if of.collection { format!("A page of {what} items.") } else { format!("A {what} value.") };
        object(data(name, description), properties, Vec::new())
    }

    /// The flat object of a body table, widened by properties of its type that examples show.
    fn flat(
        &mut self,
        operation: &'m Operation<'m>,
        index: usize,
        body: &'m Body<'m>,
        examples: impl Iterator<Item = ExampleRef<'m>>,
    ) -> String {
        let context = self.context;
        let of = match body.of.map(|of| of.of) {
            Some(Item::Resource(id)) => Some(id),
            _ => None,
        };
        let mut properties = Properties::new();
        if let Some(id) = of {
            let schema = context.odata_type(id);
            properties.insert("@odata.type".to_owned(), boxed(schema));
        }
        for property in &body.properties {
            let shown = context.shown.body(index, property.name);
            properties.insert(property.name.to_owned(), boxed_ref(sent(context.property(property, shown))));
        }
        for example in examples {
            let members = example.message.message.json().map_or(&[][..], |value| value.members());
            for member in members {
                let name = &example.page.source[member.name];
                if properties.contains_key(name) {
                    continue;
                }
                if let Some(property) = of.and_then(|id| context.model.property(id, name)) {
                    let shown = Values { null: true, unlisted: true };
                    properties.insert(name.to_owned(), boxed_ref(sent(context.property(property, shown))));
                } else if name.contains('@') && is_plain(name) {
                    let of = values::infer(context.model, example.page, &member.value);
                    properties.insert(name.to_owned(), boxed_ref(context.value(of)));
                }
            }
        }
        let required = body.properties.iter().filter(|property| property.facts.required);
        let required = required.map(|property| property.name.to_owned()).collect();
        let (verb, end) = if operation.method == "POST" { ("a creation", "Create") } else { ("an update", "Update") };
        let fallback = format!("{}Parameters", self.id);
        let wanted = match of {
            Some(id) => vec![format!("{}{end}", context.names.resource(id)), fallback],
            None => vec![fallback],
        };
        let description = match of {
            Some(id) => {
                let name = clean(context.model.resource(id).name.name);
                format!("The properties of a {name} that can be supplied in the body of {verb}.")
            }
            None => format!("What is supplied in the body of \"{}\".", clean(operation.title)),
        };
        let extensions = of.map(|id| {
            let name = context.model.resource(id).name.to_string();
            ("x-ms-docs-body-of".to_owned(), json!(name))
        });
        let data = SchemaData { extensions: extensions.into_iter().collect(), ..data(&wanted[0], description) };
        let schema = object(data, properties, required);
        if self.bodies.schemas.get(&wanted[0]) == Some(&schema) {
            return wanted[0].clone();
        }
        self.add(&wanted, schema)
    }

    /// An object with the members that examples show, where no page names the type.
    fn seen(&mut self, examples: impl Iterator<Item = ExampleRef<'m>>) -> Option<Carried<'m>> {
        let mut properties = Properties::new();
        let mut is_object = false;
        for example in examples {
            let Some(value) = example.message.message.json() else { continue };
            is_object |= matches!(value.kind, crate::syntax::json::Kind::Object(_));
            for member in value.members() {
                let name = &example.page.source[member.name];
                let of = values::infer(self.context.model, example.page, &member.value);
                if is_plain(name) && !properties.contains_key(name) {
                    properties.insert(name.to_owned(), boxed_ref(self.context.value(of)));
                }
            }
        }
        if !is_object {
            return None;
        }
        let name = format!("{}Content", self.id);
        let description = "An object of which only what the examples show is known.".to_owned();
        let extensions = IndexMap::from([("x-ms-docs-incomplete".to_owned(), json!(true))]);
        let schema = object(SchemaData { extensions, ..data(&name, description) }, properties, Vec::new());
        Some(Carried::Json(self.add(&[name], schema)))
    }

    fn add(&mut self, wanted: &[String], mut schema: Schema) -> String {
        let name = self.taken.take(wanted);
        schema.schema_data.title = Some(name.clone());
        self.bodies.schemas.insert(name.clone(), schema);
        name
    }
}

fn data(name: &str, description: String) -> SchemaData {
    SchemaData { title: Some(name.to_owned()), description: Some(description), ..SchemaData::default() }
}

fn is_stream(of: Type) -> bool {
    !of.collection && matches!(of.of, Item::Primitive(Primitive::Stream | Primitive::Binary))
}

/// The schema of a property that is sent, which is not read-only then.
fn sent(mut schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    if let ReferenceOr::Item(schema) = &mut schema {
        schema.schema_data.read_only = false;
    }
    schema
}

/// Whether a member's name is one that a property can have.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && !name.contains(['\\', '\n', '\r']) && !lower_camel(name).is_empty()
}

/// Content that is bytes, of a media type that the page names.
pub(super) fn octet_stream(named: Option<&str>) -> IndexMap<String, MediaType> {
    let mut content = MediaType { schema: Some(ReferenceOr::Item(bytes())), ..MediaType::default() };
    if let Some(named) = named.and_then(cleaned) {
        content.extensions.insert("x-ms-docs-media-type".to_owned(), json!(named));
    }
    IndexMap::from([("application/octet-stream".to_owned(), content)])
}

/// The bytes of a stream.
fn bytes() -> Schema {
    let mut schema = schemas::string("");
    let format = openapiv3::VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Binary);
    schema.schema_kind = openapiv3::SchemaKind::Type(openapiv3::Type::String(openapiv3::StringType {
        format,
        ..openapiv3::StringType::default()
    }));
    schema
}
