//! A forgiving JSON reader that keeps spans.
//!
//! Pages show JSON with trailing commas, comments, odd spaces and ellipses. The reader understands all
//! of that and lists what strict JSON (RFC 8259) would refuse as [`Fault`]s, so that the value can be
//! used and the author told.

mod escape;
mod reader;
mod strings;
#[cfg(test)]
mod tests;

pub use escape::unescape;
pub use reader::parse;

use crate::source::Source;
use crate::span::Span;
use std::borrow::Cow;

/// Objects and arrays may be nested this deep; what is deeper is skipped, with a fault. RFC 8259 lets a
/// reader set such a limit; 128 is the one most JSON libraries use.
pub const MAX_DEPTH: usize = 128;

/// A JSON text: its value, if there is one, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The value.
    pub root: Option<Value>,
    /// What strict JSON refuses, in text order.
    pub faults: Vec<Fault>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Value {
    /// The whole value, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of JSON value.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number,
    /// A string; the span is between the quotes.
    String(Span),
    /// An array.
    Array(Box<[Value]>),
    /// An object; members in text order, duplicates kept.
    Object(Box<[Member]>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name, between the quotes.
    pub name: Span,
    /// The value.
    pub value: Value,
}

/// Something that strict JSON refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
    /// The bracket that is not closed, if that is the fault.
    pub opened: Option<Span>,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is explained by its description below")]
pub enum FaultKind {
    TrailingComma,
    MissingComma,
    ExtraComma,
    MissingColon,
    MissingValue,
    UnquotedName,
    SingleQuotes,
    DoubledQuote,
    CurlyQuotes,
    ControlCharacter,
    OddSpace,
    Comment,
    Ellipsis,
    BadEscape,
    BadNumber,
    BareWord,
    UnterminatedString,
    UnclosedBracket,
    StrayText,
    TooDeep,
}

impl FaultKind {
    /// What is wrong, as a clause.
    pub fn describe(self) -> &'static str {
        match self {
            FaultKind::TrailingComma => "a comma stands before the closing bracket",
            FaultKind::MissingComma => "a comma is missing before this",
            FaultKind::ExtraComma => "a comma stands where a value should",
            FaultKind::MissingColon => "a colon is missing after the name",
            FaultKind::MissingValue => "a value is missing",
            FaultKind::UnquotedName => "the name is not in double quotes",
            FaultKind::SingleQuotes => "strings take double quotes",
            FaultKind::DoubledQuote => "the quote stands there twice",
            FaultKind::CurlyQuotes => "strings take straight quotes",
            FaultKind::ControlCharacter => "a line break or control character stands inside a string",
            FaultKind::OddSpace => "this space is not an ordinary one",
            FaultKind::Comment => "JSON has no comments",
            FaultKind::Ellipsis => "an ellipsis is not JSON",
            FaultKind::BadEscape => "this is not an escape sequence of JSON",
            FaultKind::BadNumber => "this is not a number of JSON",
            FaultKind::BareWord => "this is not a value of JSON",
            FaultKind::UnterminatedString => "the string is not closed",
            FaultKind::UnclosedBracket => "a bracket is not closed before this ends",
            FaultKind::StrayText => "text stands where none is expected",
            FaultKind::TooDeep => "objects and arrays are nested too deep",
        }
    }
}

impl Document {
    /// Whether strict JSON takes the text.
    pub fn is_strict(&self) -> bool {
        self.root.is_some() && self.faults.is_empty()
    }

    /// The value as `serde_json` has it, escapes decoded.
    pub fn to_json(&self, source: &Source) -> Option<serde_json::Value> {
        self.root.as_ref().map(|value| value.to_json(source))
    }
}

impl Value {
    /// The members, if it is an object.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    pub fn items(&self) -> &[Value] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The member of this name, if it is an object that has one; the last, if there are several.
    pub fn get<'v>(&'v self, name: &str, source: &Source) -> Option<&'v Value> {
        let is_meant = |member: &&Member| member.name.len() == name.len() && &source[member.name] == name;
        let member = self.members().iter().rev().find(is_meant);
        member.map(|member| &member.value)
    }

    /// The text of a string, escapes decoded.
    pub fn as_str<'s>(&self, source: &'s Source) -> Option<Cow<'s, str>> {
        match self.kind {
            Kind::String(span) => Some(unescape(&source[span])),
            _ => None,
        }
    }

    /// What the value is, in words.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a Boolean",
            Kind::Number => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }

    /// The value as `serde_json` has it, escapes decoded. Of members of one name the last wins.
    pub fn to_json(&self, source: &Source) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => (*value).into(),
            Kind::Number => source[self.span].parse::<serde_json::Number>().map_or(serde_json::Value::Null, Into::into),
            Kind::String(span) => unescape(&source[*span]).into_owned().into(),
            Kind::Array(items) => items.iter().map(|item| item.to_json(source)).collect(),
            Kind::Object(members) => members
                .iter()
                .map(|member| (unescape(&source[member.name]).into_owned(), member.value.to_json(source)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
