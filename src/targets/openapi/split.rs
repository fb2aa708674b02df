//! A document in several files, so that a change to one page shows in few: one a tag with the paths, one a
//! schema, and one with the rest, which refers to them.

use super::parts::PathPart;
use super::text::folded;
use crate::targets::Format;
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

/// A folder of files; that of the document itself has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folder(pub &'static str);

pub(super) const ROOT: Folder = Folder("");
pub(super) const PATHS: Folder = Folder("paths");
pub(super) const SCHEMAS: Folder = Folder("schemas");
pub(super) const RESPONSES: Folder = Folder("responses");

impl Folder {
    /// The path of a file in it, from the folder of the document.
    pub(super) fn file(self, name: &str, format: Format) -> String {
        format!("{}/{name}.{}", self.0, format.name())
    }

    /// The path of a file in another folder, from a file in this one.
    fn path_to(self, other: Folder, name: &str, format: Format) -> String {
        let ending = format.name();
        match self {
            ROOT => format!("./{}", other.file(name, format)),
            _ if self == other => format!("./{name}.{ending}"),
            _ => format!("../{}", other.file(name, format)),
        }
    }
}

/// The paths by the name of their file: the tag of their first operation. Tags that some file systems cannot
/// keep apart share a file.
pub(super) fn by_tag<'p, 'd>(paths: &'p [PathPart<'d>]) -> IndexMap<String, Vec<&'p PathPart<'d>>> {
    let mut names: FxHashMap<String, String> = FxHashMap::default();
    let mut files: IndexMap<String, Vec<&PathPart<'_>>> = IndexMap::new();
    for path in paths {
        // Overlays name tags as they like.
        let name: String =
            path.tag.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(120).collect();
        let name = if folded(&name).is_empty() { "service".to_owned() } else { name };
        let name = names.entry(folded(&name)).or_insert(name);
        files.entry(name.clone()).or_default().push(path);
    }
    files
}

/// The reference from the document to a path in its file.
pub(super) fn path_reference(file: &str, template: &str, format: Format) -> Value {
    json!({ "$ref": format!("{}#/paths/{}", ROOT.path_to(PATHS, file, format), pointer(template)) })
}

/// The reference from the document to a component in its file.
pub(super) fn component_reference(folder: Folder, name: &str, format: Format) -> Value {
    json!({ "$ref": ROOT.path_to(folder, name, format) })
}

/// Makes the references of an object lead to files, as seen from a file in a folder.
pub(super) fn point_to_files(object: &mut Map<String, Value>, from: Folder, format: Format) {
    let redirect = |reference: &mut Value| {
        let Some(name) = reference.as_str().and_then(|text| text.strip_prefix("#/components/")) else { return };
        let path = match name.split_once('/') {
            Some(("schemas", name)) => from.path_to(SCHEMAS, name, format),
            Some(("responses", name)) => from.path_to(RESPONSES, name, format),
            _ => return,
        };
        *reference = Value::String(path);
    };
    if let Some(reference) = object.get_mut("$ref") {
        redirect(reference);
    }
    let mapping = object.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
    if let Some(Value::Object(mapping)) = mapping {
        mapping.values_mut().for_each(redirect);
    }
}

/// A key as a segment of a JSON pointer in a URL.
fn pointer(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 8);
    for byte in key.bytes() {
        match byte {
            b'~' => out.push_str("~0"),
            b'/' => out.push_str("~1"),
            _ if byte.is_ascii_alphanumeric() || b"-._!$&'()*+,;=:@".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_pointers() {
        assert_eq!(pointer("/users/{id}/get(a='{b}')"), "~1users~1%7Bid%7D~1get(a='%7Bb%7D')");
    }
}
