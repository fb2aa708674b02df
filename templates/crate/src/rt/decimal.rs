//! `Edm.Decimal`.

use super::{JsonValue, ParseError};
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// `Edm.Decimal`: the exact decimal text. Read from a JSON number or a string, written as a
/// number.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The decimal text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Decimal {
    type Err = ParseError;

    /// Takes what JSON takes as a number, because it is written as one.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = split(unsigned, &['e', 'E']);
        let (whole, fraction) = split(mantissa, &['.']);
        let exponent =
            exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
        let no_leading_zero = whole == "0" || !whole.starts_with('0');
        if no_leading_zero
            && is_digits(whole)
            && fraction.is_none_or(is_digits)
            && exponent.is_none_or(is_digits)
        {
            Ok(Decimal(text.into()))
        } else {
            Err(ParseError)
        }
    }
}

fn split<'a>(text: &'a str, at: &[char]) -> (&'a str, Option<&'a str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl JsonValue for Decimal {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(input)?;
        let text = raw.get();
        let unquoted = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        unquoted
            .unwrap_or(text)
            .parse()
            .map_err(|_| de::Error::custom(format_args!("{text} is not a valid Decimal")))
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_string())
            .map_err(ser::Error::custom)?
            .serialize(output)
    }
}

crate::json_serde!(Decimal);
