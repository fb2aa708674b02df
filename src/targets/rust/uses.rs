//! The imports of a generated file, in the order that rustfmt keeps.

use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// The `use` lines of a file, one item each.
#[derive(Debug, Default)]
pub struct Uses {
    /// Paths by their last names.
    imported: FxHashMap<String, String>,
    defined: FxHashMap<String, Vec<String>>,
}

impl Uses {
    /// The imports of a file that defines these paths itself.
    pub fn defining(paths: Vec<String>) -> Self {
        let mut defined: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for path in paths {
            defined.entry(last_name(&path).to_owned()).or_default().push(path);
        }
        Uses { imported: FxHashMap::default(), defined }
    }

    /// Imports an item, and gives the word that stands for it in the file: its name, or the whole path
    /// where another item of that name is there already.
    pub fn add(&mut self, path: &str) -> String {
        let name = last_name(path);
        let known = self.imported.get(name).map(std::slice::from_ref).or(self.defined.get(name).map(Vec::as_slice));
        match known {
            Some(paths) if paths.iter().any(|known| known == path) => name.to_owned(),
            Some(_) => path.to_owned(),
            None => {
                self.imported.insert(name.to_owned(), path.to_owned());
                name.to_owned()
            }
        }
    }

    /// The paths in order.
    pub fn paths(self) -> Vec<String> {
        let mut paths: Vec<String> = self.imported.into_values().collect();
        paths.sort_unstable_by(|one, other| compare_paths(one, other));
        paths
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Compares two paths as rustfmt does: name by name, numbers by value ("version sorting").
pub fn compare_paths(one: &str, other: &str) -> Ordering {
    let names = one.split("::").zip(other.split("::"));
    let by_name = names.map(|(one, other)| compare(one, other)).find(|order| order.is_ne());
    by_name.unwrap_or_else(|| one.matches("::").count().cmp(&other.matches("::").count()))
}

/// Compares two names as the version sorting of Rust's style edition 2024 does: underscores first,
/// numbers by value, the rest by character.
pub fn compare(one: &str, other: &str) -> Ordering {
    compare_versions(one.trim_start_matches("r#"), other.trim_start_matches("r#"))
}

fn compare_versions(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (Some(first), Some(second)) = (one.chars().next(), other.chars().next()) else {
            return one.len().cmp(&other.len());
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (number, rest) = split_number(one);
            let (other_number, other_rest) = split_number(other);
            let order = number.trim_start_matches('0').len().cmp(&other_number.trim_start_matches('0').len());
            let order = order.then_with(|| number.trim_start_matches('0').cmp(other_number.trim_start_matches('0')));
            if order.is_ne() {
                return order;
            }
            (one, other) = (rest, other_rest);
            continue;
        }
        if first != second {
            // An underscore stands before every other character.
            return (first != '_').cmp(&(second != '_')).then(first.cmp(&second));
        }
        (one, other) = (&one[first.len_utf8()..], &other[second.len_utf8()..]);
    }
}

fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_sorted_as_rustfmt_sorts_them() {
        let mut uses = Uses::default();
        for path in [
            "crate::types::B10",
            "crate::types::B9",
            "crate::rt::Prop",
            "crate::model",
            "crate::ops::AB",
            "crate::ops::Ab",
        ] {
            uses.add(path);
        }
        let expected = [
            "crate::model",
            "crate::ops::AB",
            "crate::ops::Ab",
            "crate::rt::Prop",
            "crate::types::B9",
            "crate::types::B10",
        ];
        assert_eq!(uses.paths(), expected);
    }

    #[test]
    fn a_name_is_imported_once() {
        let mut uses = Uses::defining(vec!["crate::types::Own".into()]);
        let words: Vec<String> =
            ["crate::types::Own", "crate::types::a::Own", "crate::types::X", "crate::types::a::X", "crate::types::X"]
                .iter()
                .map(|path| uses.add(path))
                .collect();
        assert_eq!(words, ["Own", "crate::types::a::Own", "X", "crate::types::a::X", "X"]);
        assert_eq!(uses.paths(), ["crate::types::X"]);
    }
}
