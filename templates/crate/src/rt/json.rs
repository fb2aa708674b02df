//! Values as they stand in JSON.

use super::decode::{Step, blame};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A value that a property can have.
///
/// A trait of its own, beside serde's, because OData writes some values in its own way (`"INF"`,
/// 64-bit numbers as strings), because a fault must name its JSON path, and because a value knows
/// how a `PATCH` combines it with the stored one.
pub trait JsonValue: Sized {
    /// Reads the value.
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error>;

    /// Writes the value.
    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error>;

    /// Takes over what a `PATCH` sends: objects merge, every other value is replaced.
    fn merge(&mut self, patch: Self) {
        *self = patch;
    }

    /// The `@odata.etag` of the value, which a response repeats in its `ETag` header.
    fn etag(&self) -> Option<&str> {
        None
    }
}

/// Lets a [`JsonValue`] stand where serde wants a value.
pub struct AsJson<T>(pub T);

impl<T: JsonValue> Serialize for AsJson<&T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.0.write(output)
    }
}

impl<'de, T: JsonValue> Deserialize<'de> for AsJson<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::read(input).map(AsJson)
    }
}

impl<'de, T: JsonValue> DeserializeSeed<'de> for AsJson<PhantomData<T>> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        T::read(input)
    }
}

/// The text is not a valid value of the type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ParseError;

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a valid value")
    }
}

impl std::error::Error for ParseError {}

/// Implements [`JsonValue`] for types that serde reads and writes as OData does.
macro_rules! json_as_serde {
    ($($type:ty),+ $(,)?) => { $(
        impl JsonValue for $type {
            fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                Self::deserialize(input)
            }

            fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                self.serialize(output)
            }
        }
    )+ };
}

json_as_serde!(String, bool, u8, i8, i16, i32, serde_json::Value);
json_as_serde!(serde_json::Map<String, serde_json::Value>);

impl JsonValue for i64 {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Int64Visitor)
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_i64(*self)
    }
}

/// A number, or a string with a number as a service sends it under `IEEE754Compatible=true`.
struct Int64Visitor;

impl Visitor<'_> for Int64Visitor {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("i64")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i64, E> {
        text.parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

macro_rules! json_float {
    ($float:ident, $serialize:ident, $name:literal) => {
        impl JsonValue for $float {
            fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                // Numbers of JSON are finite, so that narrowing is the only loss there can be.
                input
                    .deserialize_any(FloatVisitor($name))
                    .map(|number| number as $float)
            }

            fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                if self.is_finite() {
                    output.$serialize(*self)
                } else {
                    output.serialize_str(not_finite_text(f64::from(*self)))
                }
            }
        }
    };
}

json_float!(f32, serialize_f32, "f32");
json_float!(f64, serialize_f64, "f64");

/// A number, or one of the strings by which OData writes what JSON numbers cannot say.
struct FloatVisitor(&'static str);

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<f64, E> {
        match text {
            "INF" => Ok(f64::INFINITY),
            "-INF" => Ok(f64::NEG_INFINITY),
            "NaN" => Ok(f64::NAN),
            // Under `IEEE754Compatible=true` some services write every number as a string.
            _ => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

fn not_finite_text(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}

impl<T: JsonValue> JsonValue for Box<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::read(input).map(Box::new)
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        (**self).write(output)
    }

    fn merge(&mut self, patch: Self) {
        (**self).merge(*patch);
    }

    fn etag(&self) -> Option<&str> {
        (**self).etag()
    }
}

impl<T: JsonValue> JsonValue for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_seq(ListVisitor(PhantomData))
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut list = output.serialize_seq(Some(self.len()))?;
        for item in self {
            list.serialize_element(&AsJson(item))?;
        }
        list.end()
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: JsonValue> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Vec<T>, A::Error> {
        // The announced size is the sender's word: never reserve much for it.
        let mut items = Vec::with_capacity(input.size_hint().unwrap_or(0).min(1024));
        loop {
            match input.next_element_seed(AsJson(PhantomData)) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(items),
                Err(error) => {
                    blame(Step::Index(items.len()));
                    return Err(error);
                }
            }
        }
    }
}

/// Reads a value that is a string in JSON.
pub fn read_text<'de, D, T>(
    input: D,
    type_name: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    input.deserialize_str(TextVisitor { type_name, parse })
}

struct TextVisitor<F> {
    type_name: &'static str,
    parse: F,
}

impl<F: Fn(&str) -> Option<T>, T> Visitor<'_> for TextVisitor<F> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a string ({})", self.type_name)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text)
            .ok_or_else(|| E::custom(format_args!("{text:?} is not a valid {}", self.type_name)))
    }
}

/// Reads a value by its [`FromStr`].
pub(super) fn read_from_str<'de, D, T>(input: D, type_name: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    read_text(input, type_name, |text| text.parse().ok())
}

/// Implements what a primitive needs that is a string in JSON and has `FromStr` and `Display`.
macro_rules! json_text {
    ($type:ident) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{self}")
            }
        }

        impl $crate::rt::JsonValue for $type {
            fn read<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                super::json::read_from_str(input, stringify!($type))
            }

            fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.collect_str(self)
            }
        }

        $crate::json_serde!($type);
    };
}
pub(super) use json_text;

/// Implements serde's traits for a [`JsonValue`].
#[doc(hidden)]
#[macro_export]
macro_rules! json_serde {
    ($type:ty) => {
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D>(input: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                <Self as $crate::rt::JsonValue>::read(input)
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<S>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                <Self as $crate::rt::JsonValue>::write(self, output)
            }
        }
    };
}
