//! Types told by JSON values: what a representation says of members that no table lists, and what
//! examples say of types that no page describes.

use super::any_case::AnyCase;
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
    let mut known: FxHashMap<AnyCase<&str>, usize> = FxHashMap::default();
    known.reserve(found.len());
    for (index, property) in found.iter().enumerate() {
        known.entry(AnyCase(property.name)).or_insert(index);
    }
    for member in root.members() {
        let name = &page.source[member.name];
        match known.entry(AnyCase(name)) {
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
    if ["url", "uri", "string (url)", "string (uri)"].iter().any(|note| text.eq_ignore_ascii_case(note)) {
        return Shown::Url;
    }
    if after("string", text).is_some_and(|note| note.is_empty() || note.starts_with(" (")) {
        return Shown::Text;
    }
    if memchr::memchr(b'|', text.as_bytes()).is_none() {
        return Shown::Nothing;
    }
    let values: Vec<&str> = text.split('|').map(str::trim).collect();
    let is_value =
        |value: &&str| !value.is_empty() && !value.contains([' ', '.', '…']) && Primitive::parse(value).is_none();
    if values.iter().all(is_value) { Shown::OneOf(values) } else { Shown::Nothing }
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

/// What representations write in parentheses after "String", and what is meant.
const NOTES: &[(&str, Primitive)] = &[
    ("timestamp", Primitive::DateTimeOffset),
    ("iso 8601 duration", Primitive::Duration),
    ("duration", Primitive::Duration),
    ("time of day", Primitive::TimeOfDay),
    ("binary", Primitive::Binary),
    ("base64", Primitive::Binary),
    ("date", Primitive::Date),
    ("guid", Primitive::Guid),
];

/// What stands after a word in ASCII at the start of a text, whatever its letter case.
fn after<'t>(word: &str, text: &'t str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
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
    if let Some(note) = after("string", text).map(|rest| rest.trim().trim_matches(['(', ')'])) {
        let noted = NOTES.iter().find(|(known, _)| known.eq_ignore_ascii_case(note));
        return primitive(noted.map_or(Primitive::String, |(_, primitive)| *primitive));
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
    after("collection(", text)?.strip_suffix(')')
}
