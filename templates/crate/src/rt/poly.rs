//! Values of several possible types, told apart by `@odata.type`.

use super::ODataType;
use super::decode::{Step, blame, strict, without_position};
use super::model::{Model, read_entry, read_rest, to_entries, write_extra, write_model};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::marker::PhantomData;

/// An entry of an object that was set aside: its text, so that no digit of a number is lost.
pub(super) type Entry = (String, Box<RawValue>);

/// Entries that were set aside while looking for `@odata.type`. Usually there are none, because
/// `@odata.type` comes first.
#[derive(Default)]
pub struct Entries(Vec<Entry>);

/// A type and all types derived from it.
pub trait Poly: Sized {
    /// Name of the base type.
    const BASE: &'static str;

    /// Reads the object as the type `name` (without `#`), or as the base type when there is no
    /// name or it is not known.
    fn read_as<'de, A>(name: Option<&str>, before: Entries, rest: A) -> Result<Self, A::Error>
    where
        A: MapAccess<'de>;
}

/// Reads an object as the type that its `@odata.type` names.
pub fn read_poly<'de, T: Poly, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    input.deserialize_map(PolyVisitor(PhantomData))
}

struct PolyVisitor<T>(PhantomData<T>);

impl<'de, T: Poly> Visitor<'de> for PolyVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "an object ({} or a type derived from it)",
            T::BASE
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<T, A::Error> {
        let mut before = Entries::default();
        while let Some(key) = input.next_key::<String>()? {
            let value: Box<RawValue> = input
                .next_value()
                .inspect_err(|_| blame(Step::Key(key.clone())))?;
            let name = type_name(&key, &value);
            before.0.push((key, value));
            if let Some(name) = name {
                return T::read_as(Some(&name), before, input);
            }
        }
        T::read_as(None, before, input)
    }
}

fn type_name(key: &str, value: &RawValue) -> Option<String> {
    if key != "@odata.type" {
        return None;
    }
    let text: String = serde_json::from_str(value.get()).ok()?;
    Some(text.trim_start_matches('#').to_owned())
}

/// Reads the entries that were set aside, then the rest.
pub fn read_entries<'de, T, A>(before: Entries, rest: A) -> Result<Box<T>, A::Error>
where
    T: Model,
    A: MapAccess<'de>,
{
    let mut model = T::default();
    let strict = strict();
    for (key, value) in before.0 {
        let mut entry = OneEntry::<A::Error>(Some(value), PhantomData);
        read_entry(&mut model, key, &mut entry, strict)?;
    }
    read_rest(model, rest).map(Box::new)
}

/// Gives one value that was set aside to code that reads from a map.
struct OneEntry<E>(Option<Box<RawValue>>, PhantomData<E>);

impl<'de, E: de::Error> MapAccess<'de> for OneEntry<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, E> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        let value = self
            .0
            .take()
            .ok_or_else(|| E::custom("the value was read already"))?;
        // A reader, because what the seed makes may not borrow from a text that ends here.
        let mut input = serde_json::Deserializer::from_reader(value.get().as_bytes());
        seed.deserialize(&mut input)
            .map_err(|error| E::custom(without_position(&error)))
    }
}

/// Writes a derived type. It always says its type: without it the reader would see the base type.
pub fn write_derived<T: Model, S: Serializer>(model: &T, output: S) -> Result<S::Ok, S::Error> {
    if model.odata_type().is_some() {
        return write_model(model, output);
    }
    let mut map = output.serialize_map(None)?;
    map.serialize_entry("@odata.type", &ODataType::new(T::TYPE))?;
    model.write_properties(&mut map)?;
    write_extra(model.extra(), &mut map)?;
    map.end()
}

/// The same properties as another type; `None` when they do not fit.
pub fn convert<From: Model, To: Model>(from: &From) -> Option<To> {
    let mut converted = To::default();
    for (key, value) in to_entries(from)? {
        let mut entry = OneEntry::<serde_json::Error>(Some(value), PhantomData);
        read_entry(&mut converted, key, &mut entry, false).ok()?;
    }
    Some(converted)
}

/// Writes the enum of a base type and the types derived from it.
#[doc(hidden)]
#[macro_export]
macro_rules! poly {
    (
        $(#[$meta:meta])*
        pub enum $name:ident $variants:tt
        shared {
            $(
                $(#[$shared_meta:meta])*
                $shared:ident: $shared_type:ty,
            )*
        }
    ) => {
        $crate::poly! { @enum [$(#[$meta])*] $name $variants }

        impl $name {
            $(
                $crate::poly! { @shared [$(#[$shared_meta])*] $shared $shared_type, $variants }
            )*
        }
    };

    (
        @shared [$($meta:tt)*] $shared:ident $shared_type:ty,
        { $( $(#[$variant_meta:meta])* $variant:ident($variant_type:ty), )* }
    ) => {
        $($meta)*
        pub fn $shared(&self) -> &$shared_type {
            match self {
                $(Self::$variant(value) => &value.$shared,)*
            }
        }
    };

    (
        @enum [$($meta:tt)*] $name:ident {
            $(#[$base_meta:meta])*
            $base:ident($base_type:ty),
            $(
                $(#[$variant_meta:meta])*
                $variant:ident($variant_type:ty),
            )*
        }
    ) => {
        $($meta)*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(#[$base_meta])*
            $base(::std::boxed::Box<$base_type>),
            $(
                $(#[$variant_meta])*
                $variant(::std::boxed::Box<$variant_type>),
            )*
        }

        impl $crate::rt::Poly for $name {
            const BASE: &'static str = <$base_type as $crate::rt::Model>::TYPE;

            fn read_as<'de, A>(
                name: ::std::option::Option<&str>,
                before: $crate::rt::Entries,
                rest: A,
            ) -> ::std::result::Result<Self, A::Error>
            where
                A: ::serde::de::MapAccess<'de>,
            {
                match name.unwrap_or_default() {
                    $(
                        <$variant_type as $crate::rt::Model>::TYPE => {
                            $crate::rt::read_entries(before, rest).map(Self::$variant)
                        }
                    )*
                    _ => $crate::rt::read_entries(before, rest).map(Self::$base),
                }
            }
        }

        impl $crate::rt::JsonValue for $name {
            fn read<'de, D>(input: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::rt::read_poly(input)
            }

            fn write<S>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                match self {
                    Self::$base(value) => $crate::rt::write_model(&**value, output),
                    $(Self::$variant(value) => $crate::rt::write_derived(&**value, output),)*
                }
            }

            fn merge(&mut self, patch: Self) {
                match (self, patch) {
                    (Self::$base(stored), Self::$base(patch)) => stored.merge(patch),
                    $(
                        (Self::$variant(stored), Self::$variant(patch)) => stored.merge(patch),
                        // A patch that does not say its type is about whatever type is stored.
                        (Self::$variant(stored), Self::$base(patch))
                            if patch.odata_type.is_absent() =>
                        {
                            if let ::std::option::Option::Some(patch) = $crate::rt::convert(&*patch)
                            {
                                stored.merge(::std::boxed::Box::new(patch));
                            }
                        }
                    )*
                    (stored, patch) => *stored = patch,
                }
            }

            fn etag(&self) -> ::std::option::Option<&str> {
                match self {
                    Self::$base(value) => value.etag(),
                    $(Self::$variant(value) => value.etag(),)*
                }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    Self::$base(value) => ::std::fmt::Debug::fmt(value, formatter),
                    $(Self::$variant(value) => ::std::fmt::Debug::fmt(value, formatter),)*
                }
            }
        }

        $crate::poly! { @from $name $base $base_type }
        $($crate::poly! { @from $name $variant $variant_type })*
        $crate::json_serde!($name);
    };

    (@from $name:ident $variant:ident $variant_type:ty) => {
        impl ::std::convert::From<$variant_type> for $name {
            fn from(value: $variant_type) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }

        impl ::std::convert::From<$variant_type> for $crate::rt::Prop<$name> {
            fn from(value: $variant_type) -> Self {
                Self::Value(value.into())
            }
        }
    };
}
