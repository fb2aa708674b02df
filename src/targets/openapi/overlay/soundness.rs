//! Whether a changed document is still one.

use crate::targets::OpenApiVersion;
use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Names whose values are data, in which `$ref` means nothing.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Names whose members are named by people.
const NAMED: [&str; 7] = ["properties", "patternProperties", "$defs", "schemas", "responses", "parameters", "headers"];

/// What is wrong with a document, if something is.
pub(super) fn fault(document: &Value, version: OpenApiVersion) -> Option<String> {
    shape(document, version).err().or_else(|| {
        let mut open = vec![(document, false)];
        while let Some((value, has_names)) = open.pop() {
            if !has_names && let Some(fault) = dangling(value, document) {
                return Some(fault);
            }
            match value {
                Value::Object(members) => {
                    let inner = members.iter().filter(|(name, _)| has_names || is_entered(name));
                    open.extend(inner.map(|(name, value)| (value, !has_names && NAMED.contains(&name.as_str()))));
                }
                Value::Array(items) => open.extend(items.iter().map(|item| (item, false))),
                _ => {}
            }
        }
        None
    })
}

fn is_entered(name: &str) -> bool {
    !DATA.contains(&name) && !name.starts_with("x-")
}

/// What a document of OpenAPI has, whatever its version.
#[derive(Deserialize)]
struct Outline {
    openapi: String,
    #[expect(dead_code, reason = "that it is there is all that is asked")]
    info: Info,
    paths: Map<String, Value>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "that they are there is all that is asked")]
struct Info {
    title: String,
    version: String,
}

fn shape(document: &Value, version: OpenApiVersion) -> Result<(), String> {
    let outline = Outline::deserialize(document).map_err(|error| error.to_string())?;
    let number = version.number();
    let minor = &number[..number.rfind('.').map_or(number.len(), |dot| dot + 1)];
    let patch = outline.openapi.strip_prefix(minor).filter(|patch| !patch.is_empty());
    if !patch.is_some_and(|patch| patch.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(format!("`openapi` is `{}`, and what is written is {number}", outline.openapi));
    }
    if let Some((path, _)) = outline.paths.iter().find(|(_, item)| !item.is_object()) {
        return Err(format!("the path `{path}` is no object"));
    }
    // Split, a component has a file of its name.
    let components = document.get("components").and_then(Value::as_object);
    let names = components.into_iter().flat_map(Map::values).filter_map(Value::as_object).flat_map(Map::keys);
    if let Some(name) = names.into_iter().find(|name| !is_component_name(name)) {
        return Err(format!("`{name}` cannot be the name of a component: letters, digits, `.`, `-` and `_` can"));
    }
    match version {
        OpenApiVersion::V30 => OpenAPI::deserialize(document).map(drop).map_err(|error| error.to_string()),
        OpenApiVersion::V31 => Ok(()),
    }
}

fn is_component_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// A reference of an object to what is not in the document.
fn dangling(object: &Value, document: &Value) -> Option<String> {
    let mapping = object.get("discriminator").and_then(|found| found.get("mapping")).and_then(Value::as_object);
    let mapped = mapping.into_iter().flat_map(Map::values);
    let references = object.get("$ref").into_iter().chain(mapped).filter_map(Value::as_str);
    let missing = |reference: &&str| {
        reference.strip_prefix('#').is_some_and(|pointer| document.pointer(&decoded(pointer)).is_none())
    };
    references.into_iter().find(missing).map(|reference| format!("it refers to `{reference}`, which is not there"))
}

/// A pointer without the escapes of URLs.
fn decoded(pointer: &str) -> Cow<'_, str> {
    if !pointer.contains('%') {
        return Cow::Borrowed(pointer);
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(pointer.len()), pointer.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
