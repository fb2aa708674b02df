//! Object types: what the generator writes for each, and the algorithms that all of them share.

use super::decode::{Step, blame, strict};
use super::json::AsJson;
use super::poly::Entry;
use super::{JsonValue, ODataType, Prop};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Undeclared properties and annotations, kept so that nothing is lost on a round trip.
pub type Extra = Option<Box<serde_json::Map<String, serde_json::Value>>>;

/// An object type of the pages.
///
/// Only what differs from type to type is in its implementations; everything else exists once.
pub trait Model: Sized + Default {
    /// Qualified name without `#`, as it stands in `@odata.type`; empty for request bodies that
    /// have no type of their own.
    const TYPE: &'static str;
    /// `true` for types that take undeclared properties, and derived types that this crate does
    /// not tell apart, even when unknown properties are refused.
    const OPEN: bool = false;

    /// Reads the value of property `key`; `false` when the type has no such property.
    fn read_property<'de, A>(&mut self, key: &str, input: &mut A) -> Result<bool, A::Error>
    where
        A: MapAccess<'de>;

    /// Writes every present property.
    fn write_properties<S: SerializeMap>(&self, output: &mut S) -> Result<(), S::Error>;

    /// What `@odata.type` says.
    fn odata_type(&self) -> Option<&ODataType>;

    /// Undeclared properties.
    fn extra(&self) -> &Extra;

    /// Undeclared properties, mutably.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// Reads one property; refuses a property that is given twice.
pub fn field<'de, A, T>(slot: &mut Prop<T>, input: &mut A) -> Result<bool, A::Error>
where
    A: MapAccess<'de>,
    T: JsonValue,
{
    if !slot.is_absent() {
        return Err(de::Error::custom("property given more than once"));
    }
    *slot = input.next_value_seed(PropSeed(PhantomData))?;
    Ok(true)
}

/// Writes one property unless it is absent.
pub fn put<S, T>(output: &mut S, key: &'static str, property: &Prop<T>) -> Result<(), S::Error>
where
    S: SerializeMap,
    T: JsonValue,
{
    match property {
        Prop::Absent => Ok(()),
        Prop::Null => output.serialize_entry(key, &()),
        Prop::Value(value) => output.serialize_entry(key, &AsJson(value)),
    }
}

/// A value or `null`.
pub(super) struct PropSeed<T>(pub(super) PhantomData<T>);

impl<'de, T: JsonValue> DeserializeSeed<'de> for PropSeed<T> {
    type Value = Prop<T>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Prop<T>, D::Error> {
        input.deserialize_option(self)
    }
}

impl<'de, T: JsonValue> Visitor<'de> for PropSeed<T> {
    type Value = Prop<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Prop<T>, E> {
        Ok(Prop::Null)
    }

    fn visit_unit<E>(self) -> Result<Prop<T>, E> {
        Ok(Prop::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Prop<T>, D::Error> {
        T::read(input).map(Prop::Value)
    }
}

/// Reads an object.
pub fn read_model<'de, T: Model, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    input.deserialize_map(ModelVisitor(PhantomData))
}

struct ModelVisitor<T>(PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match T::TYPE {
            "" => formatter.write_str("an object"),
            name => write!(formatter, "an object ({name})"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<T, A::Error> {
        read_rest(T::default(), input)
    }
}

/// Reads the remaining entries of an object into `model`.
pub(super) fn read_rest<'de, T, A>(mut model: T, mut input: A) -> Result<T, A::Error>
where
    T: Model,
    A: MapAccess<'de>,
{
    let strict = strict();
    while let Some(key) = input.next_key::<String>()? {
        read_entry(&mut model, key, &mut input, strict)?;
    }
    Ok(model)
}

/// Reads one entry; on failure its key becomes a step of the path.
pub(super) fn read_entry<'de, T, A>(
    model: &mut T,
    key: String,
    input: &mut A,
    strict: bool,
) -> Result<(), A::Error>
where
    T: Model,
    A: MapAccess<'de>,
{
    let result = read_known_entry(model, &key, input, strict).and_then(|known| {
        if known {
            Ok(())
        } else {
            read_extra(model, &key, input, strict)
        }
    });
    result.inspect_err(|_| blame(Step::Key(key)))
}

fn read_known_entry<'de, T, A>(
    model: &mut T,
    key: &str,
    input: &mut A,
    strict: bool,
) -> Result<bool, A::Error>
where
    T: Model,
    A: MapAccess<'de>,
{
    let known = model.read_property(key, input)?;
    if known && strict && key == "@odata.type" && !T::TYPE.is_empty() && !T::OPEN {
        check_type(model.odata_type(), T::TYPE)?;
    }
    Ok(known)
}

/// A request that names another type than the one that belongs here is refused: its properties
/// would mean something else.
fn check_type<E: de::Error>(given: Option<&ODataType>, expected: &str) -> Result<(), E> {
    match given {
        None => Err(E::custom("must be a string")),
        Some(given) if given.is(expected) => Ok(()),
        Some(given) => Err(E::custom(format_args!(
            "type is {}, expected {expected}",
            given.name()
        ))),
    }
}

fn read_extra<'de, T, A>(
    model: &mut T,
    key: &str,
    input: &mut A,
    strict: bool,
) -> Result<(), A::Error>
where
    T: Model,
    A: MapAccess<'de>,
{
    if strict && !T::OPEN && !key.contains('@') {
        return Err(match T::TYPE {
            "" => de::Error::custom("property does not exist here"),
            name => de::Error::custom(format_args!("property does not exist on type {name}")),
        });
    }
    let value = input.next_value()?;
    let extra = model.extra_mut().get_or_insert_default();
    if extra.insert(key.to_owned(), value).is_some() {
        return Err(de::Error::custom("property given more than once"));
    }
    Ok(())
}

/// Writes an object.
pub fn write_model<T: Model, S: Serializer>(model: &T, output: S) -> Result<S::Ok, S::Error> {
    let mut map = output.serialize_map(None)?;
    model.write_properties(&mut map)?;
    write_extra(model.extra(), &mut map)?;
    map.end()
}

/// Writes the undeclared properties.
pub fn write_extra<S: SerializeMap>(extra: &Extra, output: &mut S) -> Result<(), S::Error> {
    for (key, value) in extra.iter().flat_map(|extra| extra.iter()) {
        output.serialize_entry(key, value)?;
    }
    Ok(())
}

/// Merges undeclared properties. Annotations of a request tell the service what to do (such as
/// `parent@odata.bind`) and are not part of the resource.
pub fn merge_extra(stored: &mut Extra, patch: Extra) {
    for (key, value) in patch.into_iter().flat_map(|extra| *extra) {
        if !key.contains('@') {
            stored.get_or_insert_default().insert(key, value);
        }
    }
}

/// Writes `model` as a list of entries, for [`super::convert`].
pub(super) fn to_entries<T: Model>(model: &T) -> Option<Vec<Entry>> {
    struct Whole<'a, T>(&'a T);

    impl<T: Model> Serialize for Whole<'_, T> {
        fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
            write_model(self.0, output)
        }
    }

    let text = serde_json::to_string(&Whole(model)).ok()?;
    let map: std::collections::BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(&text).ok()?;
    Some(map.into_iter().collect())
}

/// Writes an object type.
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $name:ident: $type:literal $(, open = $open:literal)? {
            $(
                $(#[$field_meta:meta])*
                pub $field:ident: $field_type:ty = $key:literal,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        pub struct $name {
            /// `@odata.type`: the name of the type, when the JSON says it.
            pub odata_type: $crate::rt::Prop<$crate::rt::ODataType>,
            /// `@odata.etag`: the version of the resource, for `If-Match`.
            pub odata_etag: $crate::rt::Prop<::std::string::String>,
            $(
                $(#[$field_meta])*
                pub $field: $field_type,
            )*
            /// Properties and annotations that the page does not declare.
            pub extra: $crate::rt::Extra,
        }

        impl $crate::rt::Model for $name {
            const TYPE: &'static str = $type;
            $(const OPEN: bool = $open;)?

            fn read_property<'de, A>(
                &mut self,
                key: &str,
                input: &mut A,
            ) -> ::std::result::Result<bool, A::Error>
            where
                A: ::serde::de::MapAccess<'de>,
            {
                match key {
                    "@odata.type" => $crate::rt::field(&mut self.odata_type, input),
                    "@odata.etag" => $crate::rt::field(&mut self.odata_etag, input),
                    $($key => $crate::rt::field(&mut self.$field, input),)*
                    _ => ::std::result::Result::Ok(false),
                }
            }

            fn write_properties<S>(&self, output: &mut S) -> ::std::result::Result<(), S::Error>
            where
                S: ::serde::ser::SerializeMap,
            {
                $crate::rt::put(output, "@odata.type", &self.odata_type)?;
                $crate::rt::put(output, "@odata.etag", &self.odata_etag)?;
                $($crate::rt::put(output, $key, &self.$field)?;)*
                ::std::result::Result::Ok(())
            }

            fn odata_type(&self) -> ::std::option::Option<&$crate::rt::ODataType> {
                self.odata_type.as_ref()
            }

            fn extra(&self) -> &$crate::rt::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut $crate::rt::Extra {
                &mut self.extra
            }
        }

        impl $crate::rt::JsonValue for $name {
            fn read<'de, D>(input: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::rt::read_model(input)
            }

            fn write<S>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                $crate::rt::write_model(self, output)
            }

            fn merge(&mut self, patch: Self) {
                self.odata_type.patch(patch.odata_type);
                $(self.$field.merge(patch.$field);)*
                $crate::rt::merge_extra(&mut self.extra, patch.extra);
            }

            fn etag(&self) -> ::std::option::Option<&str> {
                self.odata_etag.as_deref()
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut debug = $crate::rt::DebugModel::new(formatter, ::std::stringify!($name));
                debug.property("odata_type", &self.odata_type);
                debug.property("odata_etag", &self.odata_etag);
                $(debug.property(::std::stringify!($field), &self.$field);)*
                debug.finish(&self.extra)
            }
        }

        $crate::json_serde!($name);
    };
}
