//! The imports of a generated file, in the order that rustfmt keeps.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The `use` lines of a file, one item each.
#[derive(Debug, Default)]
pub struct Uses {
    imported: BTreeSet<Path>,
    defined: Vec<String>,
}

impl Uses {
    /// The imports of a file that defines these paths itself.
    pub fn defining(defined: Vec<String>) -> Self {
        Uses { imported: BTreeSet::new(), defined }
    }

    /// Imports an item, and gives the word that stands for it in the file: its name, or the whole path
    /// where another item of that name is there already.
    pub fn add(&mut self, path: &str) -> String {
        let name = last_name(path);
        if self.defined.iter().any(|defined| defined == path) || self.imported.contains(&Path(path.to_owned())) {
            return name.to_owned();
        }
        let taken = |other: &String| last_name(other) == name;
        if self.defined.iter().any(taken) || self.imported.iter().any(|other| taken(&other.0)) {
            return path.to_owned();
        }
        self.imported.insert(Path(path.to_owned()));
        name.to_owned()
    }

    /// The paths in order.
    pub fn paths(self) -> Vec<String> {
        self.imported.into_iter().map(|path| path.0).collect()
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// A path, ordered as rustfmt does: name by name, numbers by value ("version sorting").
#[derive(Debug, PartialEq, Eq)]
struct Path(String);

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_paths(&self.0, &other.0)
    }
}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two paths, name by name.
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
