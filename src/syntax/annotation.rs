//! Comments that hold JSON: they say what the fence below them is.

use super::{Comment, json};
use crate::source::Source;
use crate::span::Span;
use std::borrow::Cow;

/// An annotation comment.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// The whole comment.
    pub span: Span,
    /// What stands in it.
    pub json: json::Document,
    /// What it says the next block is.
    pub block_type: BlockType,
}

/// The values of `blockType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockType {
    /// An example request.
    Request,
    /// An example response.
    Response,
    /// The JSON representation of a resource.
    Resource,
    /// An instance of a type.
    Example,
    /// Nothing to be checked; the HTTP request templates carry it.
    Ignored,
    /// Forms of a request, like `ignored`.
    Samples,
    /// The permission table or include that follows.
    Permissions,
    /// Facts on the whole page (`"type": "#page.annotation"`).
    Page,
    /// A value that is none of these; the span is the value's.
    Unknown(Span),
}

impl Annotation {
    /// The string at a key, escapes decoded.
    pub fn string<'s>(&self, key: &str, source: &'s Source) -> Option<Cow<'s, str>> {
        self.value(key, source)?.as_str(source)
    }

    /// The value at a key.
    pub fn value(&self, key: &str, source: &Source) -> Option<&json::Value> {
        self.json.root.as_ref()?.get(key, source)
    }

    /// The truth value at a key; authors also write it as a string.
    pub fn flag(&self, key: &str, source: &Source) -> Option<bool> {
        let value = self.value(key, source)?;
        match value.kind {
            json::Kind::Bool(flag) => Some(flag),
            json::Kind::String(span) => Some(source[span].eq_ignore_ascii_case("true")),
            _ => None,
        }
    }

    /// The OData type named by `@odata.type` or its synonym `@type`.
    pub fn type_name(&self, source: &Source) -> Option<Span> {
        let value = self.value("@odata.type", source).or_else(|| self.value("@type", source))?;
        match value.kind {
            json::Kind::String(span) if !source[span].trim().is_empty() => Some(span),
            _ => None,
        }
    }

    /// The names at `name`: a string, or a list where one response answers several requests.
    pub fn names<'a>(&'a self, source: &Source) -> impl Iterator<Item = Span> + use<'a> {
        let names = self.value("name", source).map_or(&[][..], |value| match value.items() {
            [] => std::slice::from_ref(value),
            several => several,
        });
        names.iter().filter_map(|name| match name.kind {
            json::Kind::String(span) => Some(span),
            _ => None,
        })
    }

    /// The line of `blockType`, where findings about what is missing point.
    pub fn block_type_span(&self, source: &Source) -> Span {
        let members = self.json.root.as_ref().map_or(&[][..], |root| root.members());
        let member = members.iter().find(|member| matches!(&source[member.name], "blockType" | "type"));
        member.map_or(self.span, |member| {
            let is_quoted = source.text()[..member.name.start as usize].ends_with(['"', '\'']);
            Span { start: member.name.start - u32::from(is_quoted), end: member.value.span.end }
        })
    }
}

/// Reads a comment as an annotation; `None` when it is an ordinary comment.
pub fn read(source: &Source, comment: &Comment) -> Option<Annotation> {
    let text = &source[comment.text];
    if !text.trim_start().starts_with('{') || !(text.contains("blockType") || text.contains("\"#page.")) {
        return None;
    }
    let mut json = json::parse(source, comment.text);
    // A note to authors may follow: `{ … } // Written by hand.`
    let end = json.root.as_ref().map_or(0, |root| root.span.end);
    json.faults.retain(|fault| fault.kind != json::FaultKind::Comment || fault.span.start < end);
    let block_type = block_type(source, &json)?;
    Some(Annotation { span: comment.span, json, block_type })
}

fn block_type(source: &Source, json: &json::Document) -> Option<BlockType> {
    let root = json.root.as_ref()?;
    if let Some(value) = root.get("blockType", source) {
        return Some(match value.as_str(source)?.as_ref() {
            "request" => BlockType::Request,
            "response" => BlockType::Response,
            "resource" => BlockType::Resource,
            "example" => BlockType::Example,
            "ignored" => BlockType::Ignored,
            "samples" => BlockType::Samples,
            "permissions" => BlockType::Permissions,
            _ => BlockType::Unknown(value.span),
        });
    }
    let page = root.get("type", source)?.as_str(source)?.starts_with("#page.");
    page.then_some(BlockType::Page)
}
