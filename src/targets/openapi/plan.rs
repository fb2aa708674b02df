//! Which operations stand at which paths, and their identifiers.

use super::text::{folded, lower_camel};
use crate::model::route::{MAX_LENGTH, Piece};
use crate::model::{Model, Operation, Route};
use crate::span::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A path and the operations on it.
#[derive(Debug)]
pub(super) struct PlannedPath<'m> {
    /// The template.
    pub template: String,
    /// The names of its parameters, in order.
    pub parameters: Vec<&'m str>,
    /// The operations, in page order; no two of one method.
    pub operations: Vec<PlannedOperation<'m>>,
}

/// An operation at one path.
#[derive(Debug)]
pub(super) struct PlannedOperation<'m> {
    /// The operation.
    pub operation: &'m Operation<'m>,
    /// The index of the operation in the model.
    pub index: usize,
    /// The route that leads here.
    pub route: &'m Route<'m>,
    /// Its identifier: letters and digits, no other has it in any letter case.
    pub id: String,
    /// Whether this is the first path of the operation.
    pub is_primary: bool,
    /// Other pages that describe the same method on the same path.
    pub also: Vec<FileId>,
}

/// The paths of a model, sorted. Templates that differ only in the names of parameters are one path,
/// named as the first page does.
pub(super) fn plan<'m>(model: &'m Model<'m>) -> Vec<PlannedPath<'m>> {
    let routes = |operation: &'m Operation<'m>| {
        let usable = operation.routes.iter().filter(|route| route.written.len() <= MAX_LENGTH);
        usable.map(|route| (key(route), route)).collect()
    };
    let routes: Vec<Vec<(String, &Route<'_>)>> = model.operations.par_iter().map(routes).collect();
    let mut paths: BTreeMap<String, PlannedPath<'m>> = BTreeMap::new();
    let mut seen: FxHashSet<usize> = FxHashSet::default();
    for ((index, operation), routes) in model.operations.iter().enumerate().zip(routes) {
        for (key, route) in routes {
            let path = paths.entry(key).or_insert_with(|| PlannedPath {
                template: template(route),
                parameters: route.parameters().map(|(name, _, _)| name).collect(),
                operations: Vec::new(),
            });
            match path.operations.iter_mut().find(|known| known.operation.method == operation.method) {
                Some(known) if known.operation.page == operation.page => {}
                Some(known) => known.also.push(operation.page),
                None => {
                    let is_primary = seen.insert(index);
                    let id = String::new();
                    path.operations.push(PlannedOperation {
                        operation,
                        index,
                        route,
                        id,
                        is_primary,
                        also: Vec::new(),
                    });
                }
            }
        }
    }
    let mut paths: Vec<PlannedPath<'m>> = paths.into_values().collect();
    paths.sort_by(|one, other| one.template.cmp(&other.template));
    let titles: Vec<String> = model.operations.par_iter().map(base_id).collect();
    identify(&mut paths, &titles);
    paths
}

/// Leaves out what is not written, once everything has its name.
pub(super) fn retain_selected(paths: &mut Vec<PlannedPath<'_>>, model: &Model<'_>) {
    for path in paths.iter_mut() {
        path.operations.retain(|planned| model.has_operation(planned.index));
    }
    paths.retain(|path| !path.operations.is_empty());
}

/// Gives each operation its identifier: at its first path the title of its page, elsewhere, and where
/// another page of that title comes before, the title and the path.
fn identify(paths: &mut [PlannedPath<'_>], titles: &[String]) {
    let mut order: Vec<(bool, usize, usize, usize)> = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let entry = |(place, planned): (usize, &PlannedOperation<'_>)| (!planned.is_primary, planned.index, at, place);
        order.extend(path.operations.iter().enumerate().map(entry));
    }
    order.sort_unstable();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    for (_, _, at, place) in order {
        let PlannedPath { template, operations, .. } = &mut paths[at];
        let planned = &mut operations[place];
        let base = &titles[planned.index];
        let method = capitalized(&planned.operation.method.to_lowercase());
        let longest = || format!("{base}{}{method}", path_words(template, true));
        // Most operations have the first one, and the others take longer to make.
        let candidates: [&dyn Fn() -> String; 4] = [
            &|| base.to_owned(),
            &|| format!("{base}{}", path_words(template, false)),
            &|| format!("{base}{}", path_words(template, true)),
            &longest,
        ];
        let mut usable = candidates.iter().skip(usize::from(!planned.is_primary)).map(|candidate| candidate());
        let free = usable.find(|id| taken.insert(folded(id)));
        planned.id = free.unwrap_or_else(|| {
            loop {
                // Only paths that differ in punctuation alone come here.
                let number = numbers.entry(folded(base)).or_insert(1);
                *number += 1;
                let id = format!("{}{number}", longest());
                if taken.insert(folded(&id)) {
                    break id;
                }
            }
        });
    }
}

/// The title of the page as an identifier.
fn base_id(operation: &Operation<'_>) -> String {
    let mut title = lower_camel(&super::text::clean(operation.title));
    title.truncate(80);
    match title.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => title,
        Some(_) => format!("{}{title}", operation.method.to_lowercase()),
        None => operation.method.to_lowercase(),
    }
}

/// The words of a path, each with a capital; those of parameters too, if wanted.
fn path_words(template: &str, with_parameters: bool) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map_or(rest.len(), |close| open + close + 1);
        push_words(&mut out, &rest[..open]);
        if with_parameters {
            push_words(&mut out, &rest[open..close]);
        }
        rest = &rest[close..];
    }
    push_words(&mut out, rest);
    out.truncate(120);
    out
}

fn push_words(out: &mut String, text: &str) {
    // The namespace of a bound function says nothing that its name does not.
    if text.contains('.') {
        text.split("microsoft.graph.").for_each(|text| push_plain_words(out, text));
    } else {
        push_plain_words(out, text);
    }
}

fn push_plain_words(out: &mut String, text: &str) {
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// The path template, with what a URL cannot hold percent-encoded.
fn template(route: &Route<'_>) -> String {
    show(route, |name| format!("{{{name}}}"))
}

/// Equal for templates that no server can tell apart.
fn key(route: &Route<'_>) -> String {
    show(route, |_| "{}".to_owned()).to_lowercase()
}

fn show(route: &Route<'_>, parameter: impl Fn(&str) -> String) -> String {
    let mut path = String::with_capacity(route.written.len() + 8);
    for segment in &route.segments {
        path.push('/');
        for piece in &segment.pieces {
            match piece {
                Piece::Text(text) => push_encoded(&mut path, text),
                Piece::Parameter { name, .. } => path.push_str(&parameter(name)),
            }
        }
    }
    if path.len() > 1 {
        path.truncate(path.trim_end_matches('/').len().max(1))
    }
    if path.is_empty() { "/".to_owned() } else { path }
}

/// Adds path text. Braces that open or close no parameter are dropped, as blanks are.
fn push_encoded(path: &mut String, text: &str) {
    if text.bytes().all(is_path_byte) {
        return path.push_str(text);
    }
    for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')) {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            match is_path_byte(byte) {
                true => path.push(char::from(byte)),
                false => drop(write!(path, "%{byte:02X}")),
            }
        }
    }
}

/// Whether a path can hold a byte as it is.
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte)
}
