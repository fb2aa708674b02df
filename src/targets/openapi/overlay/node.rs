//! Values of YAML or JSON with their places.

use crate::source::Source;
use crate::span::Span;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::Spanned;
use std::fmt;

/// More levels than any document has. Each takes stack.
const MAX_DEPTH: usize = 100;

/// A value.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it stands; of an object or a list, where it begins.
    pub at: Span,
    /// What it is.
    pub content: Content,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Content {
    /// An object.
    Map(Vec<(Key, Node)>),
    /// A list.
    List(Vec<Node>),
    /// Anything else.
    Scalar(Value),
}

/// The name of a member.
#[derive(Debug)]
pub(super) struct Key {
    /// Where it stands.
    pub at: Span,
    /// As text.
    pub text: String,
}

/// Reads a file; JSON is YAML too. The error says where and why.
pub(super) fn read(source: &Source) -> Result<Node, (Span, String)> {
    let text = source.text();
    // As YAML 1.2 has it: `no` is a word.
    let mut options = serde_saphyr::options! { with_snippet: false, strict_booleans: true };
    if let Some(budget) = &mut options.budget {
        budget.max_depth = MAX_DEPTH;
    }
    serde_saphyr::from_str_with_options::<Node>(text, options).map_err(|error| {
        let at = error.location().map(|location| offsets(&location)).unwrap_or_default();
        let told = error.to_string();
        // The place is shown by whoever reports it.
        let why = told.lines().next().unwrap_or_default();
        let why = match why.strip_prefix("error: line ").and_then(|rest| rest.split_once(": ")) {
            Some((_, why)) => why,
            None => why.split(" at line ").next().unwrap_or(why),
        };
        // What follows is for programmers.
        (at, why.split(", set DuplicateKeyPolicy").next().unwrap_or(why).to_owned())
    })
}

impl Node {
    /// The text, if it is a string.
    pub(super) fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(value) => value.as_str(),
            Content::Map(_) | Content::List(_) => None,
        }
    }

    /// The value without its places.
    pub(super) fn into_value(self) -> Value {
        match self.content {
            Content::Map(members) => Value::Object(
                members.into_iter().map(|(key, node)| (key.text, node.into_value())).collect::<Map<_, _>>(),
            ),
            Content::List(items) => Value::Array(items.into_iter().map(Node::into_value).collect()),
            Content::Scalar(value) => value,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced, .. } = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Node { at: offsets(&referenced), content: value })
    }
}

/// A place as offsets into the text.
fn offsets(location: &serde_saphyr::Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().and_then(|start| usize::try_from(start).ok()).unwrap_or_default();
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    Span::new(start, start.saturating_add(length))
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Content, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("JSON has no such number"))?;
        Ok(Content::Scalar(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Scalar(text.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Content, E> {
        Ok(Content::Scalar(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Content, E> {
        Ok(Content::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Content, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Content::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Content, A::Error> {
        let mut map = Vec::new();
        while let Some(Spanned { value: text, referenced, .. }) = members.next_key::<Spanned<String>>()? {
            map.push((Key { at: offsets(&referenced), text }, members.next_value()?));
        }
        Ok(Content::Map(map))
    }
}
