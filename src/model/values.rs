//! Types told by JSON values: what a representation says of members that no table lists, and what
//! examples say of types that no page describes.

use super::resolve::Resolver;
use super::{Item, Model, Primitive, Property, Shown, Type};
use crate::span::Location;
use crate::syntax::Page;
use crate::syntax::construct::ResourceBlock;
use crate::syntax::json::{Kind, Member, Value};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::hash_map::Entry;

/// Adds the members of a JSON representation that no table lists.
pub(super) fn untabled_members<'d>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    block: &ResourceBlock,
    found: &mut Vec<Property<'d>>,
) {
    let Some(root) = block.object(&page.source) else { return };
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (index, property) in found.iter().enumerate() {
        known.entry(property.name.to_ascii_lowercase()).or_insert(index);
    }
    for member in root.members() {
        let name = &page.source[member.name];
        match known.entry(name.to_ascii_lowercase()) {
            Entry::Occupied(index) => found[*index.get()].shown = shown(page, &member.value),
            Entry::Vacant(place) if !name.contains('@') && !name.trim().is_empty() => {
                place.insert(found.len());
                found.push(names.property(page, member));
            }
            Entry::Vacant(_) => {}
        }
    }
}

/// What a value of a representation says of strings: `"url"`, `"a | b"`.
fn shown<'d>(page: &'d Page, value: &Value) -> Shown<'d> {
    let value = value.items().first().unwrap_or(value);
    let Kind::String(span) = value.kind else { return Shown::Nothing };
    let text = page.source[span].trim();
    let note = text.to_ascii_lowercase();
    if matches!(note.as_str(), "url" | "uri" | "string (url)" | "string (uri)") {
        return Shown::Url;
    }
    if note == "string" || note.starts_with("string (") {
        return Shown::Text;
    }
    let values: Vec<&str> = text.split('|').map(str::trim).collect();
    let is_value =
        |value: &&str| !value.is_empty() && !value.contains([' ', '.', '…']) && Primitive::parse(value).is_none();
    if values.len() > 1 && values.iter().all(is_value) { Shown::OneOf(values) } else { Shown::Nothing }
}

/// A member of a JSON object as a property.
pub(super) fn property<'d>(model: &Model<'d>, page: &'d Page, member: &Member) -> Property<'d> {
    Property {
        name: &page.source[member.name],
        at: Location::new(page.id, member.name),
        of: infer(model, page, &member.value),
        type_at: Location::new(page.id, member.value.span),
        description: "",
        facts: Default::default(),
        is_relationship: false,
        is_inherited: false,
        is_listed: false,
        shown: shown(page, &member.value),
    }
}

/// The type that a value shows. An array shows that of its first item that shows any.
pub fn infer<'d>(model: &Model<'d>, page: &'d Page, value: &Value) -> Type {
    let of = match &value.kind {
        Kind::Null => Item::Any,
        Kind::Bool(_) => Item::Primitive(Primitive::Boolean),
        Kind::Number if page.source[value.span].contains(['.', 'e', 'E']) => Item::Primitive(Primitive::Double),
        Kind::Number => Item::Primitive(Primitive::Int64),
        Kind::String(span) => return named_in_string(model, page, page.source[*span].trim()),
        Kind::Object(_) => annotated(model, page, value).unwrap_or(Item::Any),
        Kind::Array(items) => {
            let item = items.iter().map(|item| infer(model, page, item).of).find(|of| *of != Item::Any);
            return Type { of: item.unwrap_or(Item::Any), collection: true };
        }
    };
    Type::single(of)
}

/// The type that `@odata.type` (or its synonym `@type`) of an object names, if the model has it.
pub fn annotated<'d>(model: &Model<'d>, page: &'d Page, object: &Value) -> Option<Item> {
    model.lookup(page, &annotation(page, object)?)
}

/// The name of the type in `@odata.type` (or its synonym `@type`) of an object.
pub(super) fn annotation<'d>(page: &'d Page, object: &Value) -> Option<Cow<'d, str>> {
    let source = &page.source;
    object.get("@odata.type", source).or_else(|| object.get("@type", source))?.as_str(source)
}

/// Representations write a type's name for a value: "String (timestamp)", "Int32", "a | b".
fn named_in_string<'d>(model: &Model<'d>, page: &'d Page, text: &str) -> Type {
    let primitive = |primitive| Type::single(Item::Primitive(primitive));
    // The marks of collections around it, however many, say the same.
    let mut item = text;
    while let Some(inner) = in_collection(item) {
        item = inner;
    }
    if item.len() < text.len() {
        return Type { collection: true, ..named_in_string(model, page, item) };
    }
    let lower = text.to_ascii_lowercase();
    if let Some(note) = lower.strip_prefix("string").map(|rest| rest.trim().trim_matches(['(', ')'])) {
        return primitive(match note {
            "timestamp" => Primitive::DateTimeOffset,
            "iso 8601 duration" | "duration" => Primitive::Duration,
            "time of day" => Primitive::TimeOfDay,
            "binary" | "base64" => Primitive::Binary,
            "date" => Primitive::Date,
            "guid" => Primitive::Guid,
            _ => Primitive::String,
        });
    }
    if let Some(named) = Primitive::parse(text) {
        return primitive(named);
    }
    match text.contains('.').then(|| model.lookup(page, text)).flatten() {
        Some(item) => Type::single(item),
        None => primitive(Primitive::String),
    }
}

/// What stands in the parentheses of `Collection(...)`.
fn in_collection(text: &str) -> Option<&str> {
    const MARK: &str = "collection(";
    let start = text.get(..MARK.len()).filter(|start| start.eq_ignore_ascii_case(MARK))?;
    text[start.len()..].strip_suffix(')')
}
