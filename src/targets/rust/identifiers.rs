//! Any text to an identifier of Rust.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Identifiers are cut at this length. rustc takes longer ones, people do not.
const MAX_LENGTH: usize = 80;

/// Words that cannot be used as they are. The last five cannot be raw identifiers either.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
const NEVER_RAW: &[&str] = &["self", "super", "crate", "Self", "_"];

/// A field, variable or function: `displayName` gives `display_name`, `type` gives `r#type`.
pub fn field(text: &str) -> String {
    let name = plain_field(text);
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// A module, which is also a file name: as a field, but `type` gives `type_`.
pub fn module(text: &str) -> String {
    let name = plain_field(text);
    let is_taken = KEYWORDS.contains(&name.as_str()) || is_device(&name);
    if is_taken { format!("{name}_") } else { name }
}

/// Whether Windows keeps a file name to itself, whatever its extension.
fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    let is_port = number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()));
    is_port || matches!(name, "con" | "prn" | "aux" | "nul")
}

fn plain_field(text: &str) -> String {
    let name = cut(clean(text).to_snake_case(), '_');
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name };
    match name.as_str() {
        "" => "value".into(),
        name if NEVER_RAW.contains(&name) => format!("{name}_"),
        _ => name,
    }
}

/// A type or variant: `customerStatus` gives `CustomerStatus`.
pub fn type_name(text: &str) -> String {
    let name = cut(clean(text).to_upper_camel_case(), '_');
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name };
    match name.as_str() {
        "" => "Value".into(),
        "Self" => "Self_".into(),
        _ => name,
    }
}

/// A constant: `update customer` gives `UPDATE_CUSTOMER`.
pub fn constant(text: &str) -> String {
    let name = cut(clean(text).to_shouty_snake_case(), '_');
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name };
    if name.is_empty() { "VALUE".into() } else { name }
}

/// Letters and digits; what is neither parts words. Letters outside ASCII go, as identifiers that look
/// alike are a trap.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

fn cut(mut name: String, trailing: char) -> String {
    name.truncate(MAX_LENGTH);
    name.truncate(name.trim_end_matches(trailing).len());
    name
}

/// Gives names that are used up a number, so that each is its own.
#[derive(Debug, Default)]
pub struct Unique {
    used: rustc_hash::FxHashSet<String>,
}

impl Unique {
    /// A set in which these names are used up.
    pub fn with(used: &[&str]) -> Self {
        Unique { used: used.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// The name, or the name with the first number that is free. Names that differ in letter case only
    /// are the same: file names must differ too.
    pub fn name(&mut self, wanted: String) -> String {
        // With a number a name is no keyword any more, and an underscore would not do in a type's name.
        let stem = wanted.trim_end_matches('_');
        let separator = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let mut name = wanted.clone();
        let mut number = 1;
        while !self.used.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{stem}{separator}{number}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_an_identifier() {
        for (text, expected_field, expected_type) in [
            ("displayName", "display_name", "DisplayName"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("@odata.id", "odata_id", "OdataId"),
            ("x-partner.code-1", "x_partner_code_1", "XPartnerCode1"),
            ("*/", "value", "Value"),
            ("\"; drop", "drop", "Drop"),
            ("1d", "_1d", "N1d"),
            ("é", "value", "Value"),
            ("MDMWindows10", "mdm_windows10", "MdmWindows10"),
        ] {
            assert_eq!((field(text).as_str(), type_name(text).as_str()), (expected_field, expected_type), "{text}");
        }
        assert_eq!([module("type"), module("con"), module("lpt1"), module("com")], ["type_", "con_", "lpt1_", "com"]);
        assert_eq!(constant("Get x: y"), "GET_X_Y");
        assert!(field(&"a".repeat(10_000)).len() <= MAX_LENGTH);
    }

    #[test]
    fn names_are_given_once() {
        let mut unique = Unique::with(&["extra"]);
        let wanted = ["id", "ID", "extra", "a1", "a1", "Self_", "self_"];
        let names: Vec<String> = wanted.iter().map(|name| unique.name((*name).into())).collect();
        assert_eq!(names, ["id", "ID2", "extra2", "a1", "a1_2", "Self_", "self2"]);
    }
}
