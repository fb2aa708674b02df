//! Types as schemas.

use super::info::Service;
use super::names::Names;
use super::shown::{Shown, Values};
use super::text::{clean, cleaned, folded};
use crate::model::paths::{Target, folder, target};
use crate::model::{Enum, Item, Model, Origin, Primitive, Property, Resource, ResourceId, Type};
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, ExternalDocumentation, IntegerType, NumberType,
    ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type as SchemaType, VariantOrUnknownOrEmpty,
};
use rustc_hash::FxHashSet;
use serde_json::json;

/// The properties of an object.
pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// What schemas are made from.
pub(super) struct Context<'m> {
    /// The model.
    pub model: &'m Model<'m>,
    /// The names of components.
    pub names: &'m Names,
    /// What examples show.
    pub shown: &'m Shown<'m>,
    /// The service.
    pub service: &'m Service,
}

/// A reference to a component.
pub(super) fn reference(name: &str) -> ReferenceOr<Schema> {
    ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") }
}

/// An object.
pub(super) fn object(data: SchemaData, properties: Properties, required: Vec<String>) -> Schema {
    let object = ObjectType { properties, required, ..ObjectType::default() };
    Schema { schema_data: data, schema_kind: SchemaKind::Type(SchemaType::Object(object)) }
}

/// A string.
pub(super) fn string(description: &str) -> Schema {
    let schema_data = SchemaData { description: cleaned(description), ..SchemaData::default() };
    Schema { schema_data, schema_kind: SchemaKind::Type(SchemaType::String(StringType::default())) }
}

impl Context<'_> {
    /// The schema of a resource.
    pub(super) fn resource(&self, id: ResourceId) -> Schema {
        let resource = self.model.resource(id);
        if self.model.takes_any(Item::Resource(id)) {
            let data = self.data(self.names.resource(id), resource);
            return Schema { schema_data: data, schema_kind: SchemaKind::Any(AnySchema::default()) };
        }
        let base = resource.base.as_ref().and_then(|base| base.resource);
        let mut properties = Properties::new();
        if base.is_none() {
            properties.insert("@odata.type".to_owned(), boxed(self.odata_type(id)));
        }
        let inherits = |name: &str| base.is_some_and(|base| self.model.property(base, name).is_some());
        for (name, of) in self.shown.annotations(id) {
            let known = base.is_some_and(|base| {
                self.model.ancestry(base).any(|level| self.shown.annotations(level).any(|(other, _)| other == name))
            });
            if !known {
                properties.insert(name.to_owned(), boxed_ref(self.value(of)));
            }
        }
        for property in resource.properties.iter().filter(|property| !inherits(property.name)) {
            let shown = self.shown.property(id, property.name);
            properties.entry(property.name.to_owned()).or_insert_with(|| boxed_ref(self.property(property, shown)));
        }
        let name = self.names.resource(id);
        let data = self.data(name, resource);
        let mut own = object(SchemaData::default(), properties, Vec::new());
        if resource.is_open && resource.origin == Origin::Described {
            own = open(own);
        }
        match base {
            None => Schema { schema_data: data, ..own },
            Some(base) => {
                let all_of = vec![reference(self.names.resource(base)), ReferenceOr::Item(own)];
                Schema { schema_data: data, schema_kind: SchemaKind::AllOf { all_of } }
            }
        }
    }

    /// `@odata.type` as a property. Its example is left out where it would be one for derived types too.
    pub(super) fn odata_type(&self, id: ResourceId) -> Schema {
        let mut schema = string("The OData type of the object.");
        if self.model.descendants(id).is_empty() {
            schema.schema_data.example = Some(json!(format!("#{}", self.model.resource(id).name)));
        }
        schema
    }

    fn data(&self, name: &str, resource: &Resource<'_>) -> SchemaData {
        let mut extensions = IndexMap::from([("x-ms-docs-type".to_owned(), json!(resource.name.to_string()))]);
        if resource.origin != Origin::Described && !self.has_body_table(resource) {
            extensions.insert("x-ms-docs-incomplete".to_owned(), json!(true));
        }
        SchemaData {
            title: Some(name.to_owned()),
            description: Some(cleaned(resource.description).unwrap_or_else(|| self.what_is_known(resource))),
            external_docs: self.external_docs(resource),
            extensions,
            ..SchemaData::default()
        }
    }

    /// Whether the "Request body" table of an operation says what properties a type has.
    fn has_body_table(&self, resource: &Resource<'_>) -> bool {
        self.model.operations.iter().any(|operation| {
            operation.body.as_ref().is_some_and(|body| {
                let of = body.of.or_else(|| operation.success().and_then(|response| response.of));
                let is_it =
                    |of: Type| matches!(of.of, Item::Resource(id) if std::ptr::eq(self.model.resource(id), resource));
                !body.properties.is_empty() && of.is_some_and(is_it)
            })
        })
    }

    fn what_is_known(&self, resource: &Resource<'_>) -> String {
        let name = clean(resource.name.name);
        match resource.origin {
            Origin::Described => format!("The {name} resource."),
            Origin::Guessed(_) if self.has_body_table(resource) => {
                format!("The {name} resource as it is returned by the service.")
            }
            Origin::Guessed(_) => format!(
                "The {name} resource. Its own page was not among the input, so only what the examples show is described."
            ),
        }
    }

    /// The page of a type; of one that no page describes, where the link at its first mention leads.
    pub(super) fn external_docs(&self, resource: &Resource<'_>) -> Option<ExternalDocumentation> {
        let description = format!("{} resource type", clean(resource.name.name));
        if let Some(page) = resource.pages.first() {
            return self.service.page_docs(self.model, *page, description);
        }
        let Origin::Guessed(at) = resource.origin else { return None };
        let page = self.model.page(at.file);
        let link = page.links.iter().find(|link| link.text.contains(at.span))?;
        let mut room = String::new();
        let target = target(folder(&page.source.path), &page.source[link.target], &mut room);
        let Target::File { path, .. } = target else { return None };
        self.service.docs(path.strip_suffix(".md")?, description)
    }

    /// The schema of an enumeration. Members that generators cannot keep apart make it a plain string.
    pub(super) fn enumeration(&self, name: &str, found: &Enum<'_>) -> Schema {
        let members: Vec<&str> = found.members.iter().map(|member| member.name).collect();
        let values: Vec<_> = found
            .members
            .iter()
            .map(|member| match cleaned(member.description) {
                Some(description) => json!({ "value": member.name, "description": description }),
                None => json!({ "value": member.name }),
            })
            .collect();
        let enumeration = if are_distinct(&members) { listed(&members, false) } else { Vec::new() };
        let mut schema = string(found.description);
        schema.schema_data.title = Some(name.to_owned());
        schema.schema_data.description.get_or_insert_with(|| format!("The values of {}.", clean(found.name.name)));
        schema.schema_data.extensions = IndexMap::from([
            ("x-ms-docs-type".to_owned(), json!(found.name.to_string())),
            ("x-ms-enum".to_owned(), json!({ "name": name, "modelAsString": true, "values": values })),
        ]);
        schema.schema_kind = SchemaKind::Type(SchemaType::String(StringType { enumeration, ..StringType::default() }));
        schema
    }

    /// The schema of a property.
    pub(super) fn property(&self, property: &Property<'_>, shown: Values) -> ReferenceOr<Schema> {
        let description = cleaned(property.description);
        let facts = &property.facts;
        let lower = description.as_deref().unwrap_or_default().to_ascii_lowercase();
        let nullable = match facts.nullable {
            Some(nullable) => nullable,
            None => shown.null,
        };
        let data = SchemaData {
            nullable: nullable && (property.of.collection || !self.model.takes_any(property.of.of)),
            read_only: facts.read_only,
            deprecated: facts.deprecated && (lower.starts_with("deprecated") || lower.contains("is deprecated")),
            description,
            ..SchemaData::default()
        };
        let of = property.of;
        if of.of == Item::Primitive(Primitive::String) && !shown.unlisted && are_distinct(&facts.values) {
            return ReferenceOr::Item(with(data, self.inline_enum(property, nullable)));
        }
        decorated(data, self.value(of), matches!(of.of, Item::Enum(_)))
    }

    /// The values that the description of a String property lists.
    fn inline_enum(&self, property: &Property<'_>, nullable: bool) -> Schema {
        let enumeration = listed(&property.facts.values, nullable && !property.of.collection);
        let mut one = string("");
        one.schema_kind = SchemaKind::Type(SchemaType::String(StringType { enumeration, ..StringType::default() }));
        one.schema_data.extensions =
            IndexMap::from([("x-ms-enum".to_owned(), json!({ "name": property.name, "modelAsString": true }))]);
        if property.of.collection { array(ReferenceOr::Item(one)) } else { one }
    }

    /// The schema of a value.
    pub(super) fn value(&self, of: Type) -> ReferenceOr<Schema> {
        let one = match of.of {
            Item::Primitive(primitive) => ReferenceOr::Item(plain(primitive_kind(primitive))),
            Item::Resource(id) => reference(self.names.resource(id)),
            Item::Enum(id) => reference(self.names.enumeration(id)),
            Item::Any => ReferenceOr::Item(plain(SchemaKind::Any(AnySchema::default()))),
        };
        if of.collection { ReferenceOr::Item(array(one)) } else { one }
    }
}

/// A schema that may have properties beside its own.
fn open(mut schema: Schema) -> Schema {
    if let SchemaKind::Type(SchemaType::Object(object)) = &mut schema.schema_kind {
        object.additional_properties = Some(AdditionalProperties::Any(true));
    }
    schema
}

/// A schema with facts around it. Nothing may stand beside a reference, so that goes into an `allOf`, and
/// `nullable` counts only beside a type.
fn decorated(data: SchemaData, schema: ReferenceOr<Schema>, is_enum: bool) -> ReferenceOr<Schema> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(with(data, schema)),
        reference if data == SchemaData::default() => reference,
        reference if data.nullable => {
            let typ = Some(if is_enum { "string" } else { "object" }.to_owned());
            let kind = SchemaKind::Any(AnySchema { typ, all_of: vec![reference], ..AnySchema::default() });
            ReferenceOr::Item(Schema { schema_data: data, schema_kind: kind })
        }
        reference => {
            ReferenceOr::Item(Schema { schema_data: data, schema_kind: SchemaKind::AllOf { all_of: vec![reference] } })
        }
    }
}

fn with(data: SchemaData, mut schema: Schema) -> Schema {
    let extensions = std::mem::take(&mut schema.schema_data.extensions);
    schema.schema_data = SchemaData { extensions, ..data };
    schema
}

fn plain(kind: SchemaKind) -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: kind }
}

/// An array.
pub(super) fn array(items: ReferenceOr<Schema>) -> Schema {
    let items = Some(boxed_ref(items));
    plain(SchemaKind::Type(SchemaType::Array(ArrayType {
        items,
        min_items: None,
        max_items: None,
        unique_items: false,
    })))
}

/// A schema as that of a property.
pub(super) fn boxed(schema: Schema) -> ReferenceOr<Box<Schema>> {
    ReferenceOr::Item(Box::new(schema))
}

/// A schema or reference as that of a property.
pub(super) fn boxed_ref(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => boxed(schema),
    }
}

/// Whether there are names, and no generator makes one identifier of two.
fn are_distinct(names: &[&str]) -> bool {
    let mut seen = FxHashSet::default();
    !names.is_empty() && names.iter().map(|name| folded(name)).all(|name| !name.is_empty() && seen.insert(name))
}

fn listed(names: &[&str], with_null: bool) -> Vec<Option<String>> {
    names.iter().map(|name| Some((*name).to_owned())).chain(with_null.then_some(None)).collect()
}

fn primitive_kind(primitive: Primitive) -> SchemaKind {
    let integer = |format: &str| {
        let format = VariantOrUnknownOrEmpty::from(Some(format.to_owned()));
        SchemaType::Integer(IntegerType { format, ..IntegerType::default() })
    };
    let number = |format: &str| {
        let format = VariantOrUnknownOrEmpty::from(Some(format.to_owned()));
        SchemaType::Number(NumberType { format, ..NumberType::default() })
    };
    let string = |format: Option<&str>| {
        let format = VariantOrUnknownOrEmpty::from(format.map(str::to_owned));
        SchemaType::String(StringType { format, ..StringType::default() })
    };
    SchemaKind::Type(match primitive {
        Primitive::String | Primitive::Url => string(None),
        Primitive::Boolean => SchemaType::Boolean(BooleanType::default()),
        Primitive::Byte => integer("uint8"),
        Primitive::SByte => integer("int8"),
        Primitive::Int16 => integer("int16"),
        Primitive::Int32 => integer("int32"),
        Primitive::Int64 => integer("int64"),
        Primitive::Single => number("float"),
        Primitive::Double => number("double"),
        Primitive::Decimal => number("decimal"),
        Primitive::Date => string(Some("date")),
        // The format `time` of JSON Schema wants a zone, which times of OData never have.
        Primitive::TimeOfDay => string(Some("partial-time")),
        Primitive::DateTimeOffset => string(Some("date-time")),
        Primitive::Duration => string(Some("duration")),
        Primitive::Guid => string(Some("uuid")),
        Primitive::Binary | Primitive::Stream => string(Some("byte")),
    })
}
