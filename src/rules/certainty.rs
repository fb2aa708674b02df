//! How sure it is that a value contradicts its type: pages show stand-ins for values, and leave things open.

use crate::model::conformance::{Mismatch, MismatchKind};
use crate::model::{Item, Model, Origin, Primitive, ResourceId};
use crate::source::Source;
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::json::{self, Kind, Value};

/// Whether a mismatch is one for sure: neither a stand-in for a value, nor about what pages leave open.
pub(super) fn is_certain(model: &Model<'_>, page: &Page, mismatch: &Mismatch<'_>) -> bool {
    match &mismatch.kind {
        MismatchKind::Type(of) => {
            of.of != Item::Any && !stands_in(&page.source, mismatch.span) && is_firm(model, of.of)
        }
        MismatchKind::ArrayExpected(of) | MismatchKind::ArrayNotExpected(of) => {
            !stands_in(&page.source, mismatch.span) && is_firm(model, of.of)
        }
        MismatchKind::Format(_) => !is_stand_in(&page.source[mismatch.span]),
        MismatchKind::EnumValue(of) => {
            let text = unquoted(&page.source[mismatch.span]);
            let members: Vec<&str> = match of {
                Item::Enum(id) => model.enumeration(*id).members.iter().map(|member| member.name).collect(),
                _ => Vec::new(),
            };
            !is_stand_in(text) && !is_one_of(text, &members)
        }
        MismatchKind::UnknownProperty(Item::Resource(id)) => lacks(model, *id, &page.source[mismatch.span]),
        MismatchKind::OtherType { name, expected } => {
            let found = model.lookup(model.page(page.id), name);
            is_firm(model, Item::Resource(*expected)) && found.is_some_and(|found| is_firm(model, found))
        }
        MismatchKind::UnknownProperty(_) => false,
        MismatchKind::Null | MismatchKind::Missing(_) => true,
    }
}

/// A string without the quotes around it, whatever quotes its author took.
pub(super) fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\'', '“', '”'])
}

/// Whether a text is one of the values, or several with commas between. Letter case does not count, as it does
/// not for the service; evolvable enumerations return `unknownFutureValue`.
pub(super) fn is_one_of(text: &str, values: &[&str]) -> bool {
    text.split(',')
        .map(str::trim)
        .all(|part| part == "unknownFutureValue" || values.iter().any(|value| value.eq_ignore_ascii_case(part)))
}

/// Whether a value of any kind is a stand-in: an object that but names its type, or a list of nothing else.
fn stands_in(source: &Source, span: Span) -> bool {
    let text = &source[span];
    if !text.starts_with(['{', '[']) {
        return is_stand_in(text);
    }
    json::parse(source, span).root.is_none_or(|root| names_only(source, &root))
}

fn names_only(source: &Source, value: &Value) -> bool {
    match &value.kind {
        Kind::Object(members) => members.iter().all(|member| source[member.name].contains('@')),
        Kind::Array(items) => !items.is_empty() && items.iter().all(|item| names_only(source, item)),
        _ => is_stand_in(&source[value.span]),
    }
}

/// Whether a page says what the type is.
fn is_firm(model: &Model<'_>, of: Item) -> bool {
    match of {
        // Some pages describe a primitive type as though it had properties.
        Item::Resource(id) => {
            let resource = model.resource(id);
            resource.origin == Origin::Described && Primitive::parse(resource.name.name).is_none()
        }
        Item::Primitive(_) | Item::Enum(_) => true,
        Item::Any => false,
    }
}

/// Whether the pages list all properties of a type, and this is none of them, nor one of a derived type.
fn lacks(model: &Model<'_>, id: ResourceId, name: &str) -> bool {
    let unresolved =
        |level: ResourceId| model.resource(level).base.as_ref().is_some_and(|base| base.resource.is_none());
    let listed = model.ancestry(id).any(|level| !model.resource(level).properties.is_empty());
    let derived = || model.descendants(id).iter().any(|derived| model.property(*derived, name).is_some());
    // Every entity has an id, whether its page lists it or not.
    listed && name != "id" && !model.ancestry(id).any(unresolved) && !derived()
}

/// Whether a value stands for one: `String`, `string-value`, `{id}`, `<name>`, `...`.
pub(super) fn is_stand_in(text: &str) -> bool {
    let text = text.trim().trim_matches('"').trim();
    let lower = text.to_ascii_lowercase();
    let first = lower.split([' ', '(']).next().unwrap_or_default();
    let is_type = Primitive::parse(first).is_some() && !first.is_empty() || first.starts_with("microsoft.graph.");
    let has_marks = text.contains("...") || text.contains('…') || text.contains('<') || text.contains("xxx");
    let is_braced = text.starts_with('{') && text.ends_with('}') && !text.contains('"') && text.len() > 2;
    text.is_empty()
        || is_type
        || has_marks
        || is_braced
        || lower.contains("-value")
        || lower.ends_with(" value")
        || lower.contains("@odata.type")
        || lower.contains('|')
        || matches!(first, "timestamp" | "datetime" | "enum" | "sample" | "placeholder" | "xxx" | "base64")
}
