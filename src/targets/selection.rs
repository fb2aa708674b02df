//! Which operations and types some patterns mean, by the names that they have in what is written.

use super::openapi::Label;
use super::rust::RustModel;
use super::{openapi, rust};
use crate::model::selection::Selection;
use crate::model::{Item, Model, Operation, ResourceId};
use globset::{GlobBuilder, GlobMatcher};

/// A pattern: `customer`, `GET /customers/*`, `updateCustomer`.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Upper case, where it is said.
    method: Option<String>,
    text: GlobMatcher,
    /// Whether it is about paths.
    is_path: bool,
}

impl Pattern {
    /// Reads a pattern; the error says why it is none.
    pub fn new(text: &str) -> Result<Pattern, String> {
        let text = text.trim();
        let (method, rest) = match text.split_once(char::is_whitespace) {
            Some((method, path)) if path.trim_start().starts_with('/') => {
                (Some(method.to_uppercase()), path.trim_start())
            }
            _ => (None, text),
        };
        if rest.is_empty() {
            return Err("it is empty".to_owned());
        }
        let is_path = rest.starts_with('/');
        let glob = if is_path { without_names(rest) } else { rest.to_owned() };
        let mut glob = GlobBuilder::new(&glob);
        let glob = glob.literal_separator(is_path).case_insensitive(true).backslash_escape(true);
        let text = glob.build().map_err(|error| error.kind().to_string())?.compile_matcher();
        Ok(Pattern { method, text, is_path })
    }

    fn is_path_of(&self, operation: &Operation<'_>) -> bool {
        self.is_path
            && self.method.as_ref().is_none_or(|method| method == operation.method)
            && operation.routes.iter().any(|route| self.text.is_match(without_names(&route.path())))
    }

    fn is_name(&self, name: &str) -> bool {
        !self.is_path && self.text.is_match(name)
    }
}

/// A path without the names of its parameters, and without braces, which mean something in globs.
fn without_names(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut depth = 0usize;
    for c in path.chars() {
        match c {
            '{' => {
                depth += 1;
                // As good as any character that is in no path.
                if depth == 1 {
                    out.push('\u{1}');
                }
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.len() > 1 { out.trim_end_matches('/').to_owned() } else { out }
}

/// What some patterns mean, with all that it leads to, and which of the patterns mean nothing, by their index.
pub fn select(model: &Model<'_>, patterns: &[Pattern]) -> (Selection, Vec<usize>) {
    let named = Named::of(model);
    let mut selection = Selection::none(model);
    let mut unmatched = Vec::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let mut found = false;
        for resource in named.resources(pattern) {
            found = true;
            selection.add_item(model, Item::Resource(resource), &|id| named.rust.is_poly(id));
        }
        for item in named.enums(pattern) {
            found = true;
            selection.add_item(model, item, &|id| named.rust.is_poly(id));
        }
        for operation in named.operations(pattern) {
            found = true;
            selection.add_operation(model, operation, &|id| named.rust.is_poly(id));
        }
        if !found {
            unmatched.push(index);
        }
    }
    (selection, unmatched)
}

/// All that a pattern can mean, for who misspelt one.
pub fn names(model: &Model<'_>) -> Vec<String> {
    let named = Named::of(model);
    let types = model.resources.iter().map(|resource| resource.name.name.to_owned());
    let types = types.chain(model.enums.iter().map(|found| found.name.name.to_owned()));
    let labels = named.labels.into_iter().flatten().flat_map(|label| [label.id, label.tag]);
    let paths = model.operations.iter().flat_map(|operation| {
        operation.routes.iter().flat_map(|route| [route.path(), format!("{} {}", operation.method, route.path())])
    });
    types.chain(labels).chain(paths).collect()
}

/// The names of a model.
struct Named<'m> {
    model: &'m Model<'m>,
    rust: RustModel<'m>,
    /// Of each operation by its index, one for each of its paths.
    labels: Vec<Vec<Label>>,
}

impl<'m> Named<'m> {
    fn of(model: &'m Model<'m>) -> Named<'m> {
        Named { model, rust: rust::RustModel::new(model), labels: openapi::labels(model) }
    }

    fn resources(&self, pattern: &Pattern) -> impl Iterator<Item = ResourceId> {
        let is_meant = |id: &ResourceId| {
            let name = &self.model.resource(*id).name;
            pattern.is_name(name.name) || pattern.is_name(&name.to_string())
        };
        (0..self.model.resources.len() as u32).map(ResourceId).filter(is_meant)
    }

    fn enums(&self, pattern: &Pattern) -> impl Iterator<Item = Item> {
        let is_meant = |item: &Item| match item {
            Item::Enum(id) => {
                let name = &self.model.enumeration(*id).name;
                pattern.is_name(name.name) || pattern.is_name(&name.to_string())
            }
            _ => false,
        };
        let all = (0..self.model.enums.len() as u32).map(|id| Item::Enum(crate::model::EnumId(id)));
        all.filter(is_meant)
    }

    /// The operations that are meant, or belong to a resource that is.
    fn operations(&self, pattern: &Pattern) -> impl Iterator<Item = usize> {
        let owners: Vec<ResourceId> = self.resources(pattern).collect();
        self.model.operations.iter().enumerate().filter_map(move |(index, operation)| {
            let labels = &self.labels[index];
            let is_meant = operation.owner.is_some_and(|owner| owners.contains(&owner))
                || pattern.is_path_of(operation)
                || labels.iter().any(|label| pattern.is_name(&label.id) || pattern.is_name(&label.tag))
                || pattern.is_name(&self.rust.names.operation(index).function);
            is_meant.then_some(index)
        })
    }
}
