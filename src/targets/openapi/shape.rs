//! What of a schema says which values have its shape: all that examples are held against, in a small part of the
//! memory that schemas take.

use openapiv3::{
    IntegerFormat, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::ops::RangeInclusive;

/// The shapes of the components of a document by name.
pub(super) type Shapes = FxHashMap<String, Shape>;

/// The shape of a value.
#[derive(Debug)]
pub(super) struct Shape {
    pub nullable: bool,
    pub read_only: bool,
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    /// What the component of this name is.
    Reference(String),
    String(Text),
    Boolean,
    Number,
    Integer(RangeInclusive<i64>),
    /// A list of such values, if it is said.
    Array(Option<Box<Shape>>),
    Object(Box<Object>),
    /// All of these.
    AllOf(Vec<Shape>),
    Any,
    /// What no example is held against.
    Other,
}

/// A text, one of the members where there are some.
#[derive(Debug)]
pub(super) struct Text {
    pub format: Format,
    pub members: Vec<Option<String>>,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Any,
    Date,
    DateTime,
    Time,
    Duration,
    Base64,
    Uuid,
}

/// An object.
#[derive(Debug)]
pub(super) struct Object {
    pub properties: FxHashMap<String, Shape>,
    pub required: Vec<String>,
    /// Whether it may have other properties.
    pub is_open: bool,
}

impl Shape {
    /// The shape that a schema asks for.
    pub(super) fn of(schema: &Schema) -> Shape {
        let data = &schema.schema_data;
        Shape { nullable: data.nullable, read_only: data.read_only, kind: Kind::of(&schema.schema_kind) }
    }

    fn of_any<S: Borrow<Schema>>(schema: &ReferenceOr<S>) -> Shape {
        match schema {
            ReferenceOr::Item(schema) => Shape::of(schema.borrow()),
            ReferenceOr::Reference { reference } => {
                let name = reference.rsplit('/').next().unwrap_or_default();
                Shape { nullable: false, read_only: false, kind: Kind::Reference(name.to_owned()) }
            }
        }
    }
}

impl Kind {
    fn of(kind: &SchemaKind) -> Kind {
        let all_of = |parts: &[ReferenceOr<Schema>]| Kind::AllOf(parts.iter().map(Shape::of_any).collect());
        match kind {
            SchemaKind::Type(Type::String(string)) => Kind::String(Text::of(string)),
            SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
            SchemaKind::Type(Type::Number(_)) => Kind::Number,
            SchemaKind::Type(Type::Integer(integer)) => Kind::Integer(range(&integer.format)),
            SchemaKind::Type(Type::Array(array)) => {
                Kind::Array(array.items.as_ref().map(|items| Box::new(Shape::of_any(items))))
            }
            SchemaKind::Type(Type::Object(object)) => {
                let properties = object.properties.iter();
                Kind::Object(Box::new(Object {
                    properties: properties.map(|(name, schema)| (name.clone(), Shape::of_any(schema))).collect(),
                    required: object.required.clone(),
                    is_open: object.additional_properties.is_some(),
                }))
            }
            SchemaKind::AllOf { all_of: parts } => all_of(parts),
            SchemaKind::Any(any) if !any.all_of.is_empty() => all_of(&any.all_of),
            SchemaKind::Any(_) => Kind::Any,
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => Kind::Other,
        }
    }
}

impl Text {
    fn of(string: &StringType) -> Text {
        let format = match &string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Format::Date,
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Format::DateTime,
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Format::Base64,
            VariantOrUnknownOrEmpty::Unknown(format) => match format.as_str() {
                "uuid" => Format::Uuid,
                "partial-time" => Format::Time,
                "duration" => Format::Duration,
                _ => Format::Any,
            },
            _ => Format::Any,
        };
        Text { format, members: string.enumeration.clone() }
    }
}

/// The integers that a format has.
fn range(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> RangeInclusive<i64> {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => i32::MIN.into()..=i32::MAX.into(),
        VariantOrUnknownOrEmpty::Unknown(name) => match name.as_str() {
            "uint8" => 0..=255,
            "int8" => -128..=127,
            "int16" => i16::MIN.into()..=i16::MAX.into(),
            _ => i64::MIN..=i64::MAX,
        },
        _ => i64::MIN..=i64::MAX,
    }
}
