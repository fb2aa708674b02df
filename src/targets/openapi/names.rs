//! Names of components: as pages name the types, and apart for every generator.

use super::plan::PlannedPath;
use super::text::{folded, lower_camel};
use crate::model::{EnumId, Item, Model, QualifiedName, ResourceId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names that mean something else in generated code: in Rust, TypeScript or Python, or in the wrappers
/// that generators write themselves. Folded.
const RESERVED: &[&str] = &[
    "any",
    "array",
    "blob",
    "body",
    "boolean",
    "box",
    "buffer",
    "bytes",
    "client",
    "configuration",
    "default",
    "dict",
    "err",
    "error",
    "exception",
    "file",
    "float",
    "function",
    "headers",
    "int",
    "integer",
    "list",
    "map",
    "model",
    "never",
    "none",
    "null",
    "number",
    "object",
    "ok",
    "option",
    "partial",
    "pick",
    "omit",
    "promise",
    "readonly",
    "record",
    "regexp",
    "request",
    "required",
    "response",
    "result",
    "self",
    "set",
    "some",
    "str",
    "string",
    "symbol",
    "date",
    "datetime",
    "type",
    "undefined",
    "unknown",
    "url",
    "uuid",
    "vec",
    "void",
];

/// Components that every document has.
pub(super) const SHARED: &[&str] = &["ODataError", "MainError", "ErrorDetails", "InnerError"];

/// The names of components.
#[derive(Debug)]
pub(super) struct Names {
    resources: Vec<String>,
    enums: Vec<String>,
}

/// What generators put behind the identifier of an operation to name types of their own. Folded.
const OF_OPERATIONS: [&str; 7] = ["request", "response", "body", "params", "data", "errors", "responses"];

/// Names that no component can get any more, folded.
#[derive(Debug, Default)]
pub(super) struct Taken {
    names: FxHashSet<String>,
    /// The identifiers of operations.
    operations: FxHashSet<String>,
}

impl Names {
    /// Names the types of a model, apart from the operations at the paths of the document.
    pub(super) fn of(model: &Model<'_>, paths: &[PlannedPath<'_>]) -> (Names, Taken) {
        let operations = paths.iter().flat_map(|path| &path.operations);
        let mut taken = Taken::new(operations.map(|planned| planned.id.as_str()));
        let resources = model.resources.iter().map(|resource| &resource.name);
        let all: Vec<&QualifiedName<'_>> = resources.chain(model.enums.iter().map(|found| &found.name)).collect();
        let chosen = choose(&all, &model.docset.options.default_namespace, &mut taken);
        let (resources, enums) = chosen.split_at(model.resources.len());
        (Names { resources: resources.to_vec(), enums: enums.to_vec() }, taken)
    }

    /// The component of a resource.
    pub(super) fn resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0 as usize]
    }

    /// The component of an enumeration.
    pub(super) fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id.0 as usize]
    }

    /// A word for an item, from which names of components around it are made.
    pub(super) fn stem(&self, item: Item) -> String {
        match item {
            Item::Primitive(primitive) => lower_camel(primitive.name()),
            Item::Resource(id) => self.resource(id).to_owned(),
            Item::Enum(id) => self.enumeration(id).to_owned(),
            Item::Any => "untyped".to_owned(),
        }
    }
}

impl Taken {
    fn new<'i>(operation_ids: impl Iterator<Item = &'i str>) -> Taken {
        let reserved = RESERVED.iter().map(|name| (*name).to_owned());
        let names = SHARED.iter().map(|name| folded(name)).chain(reserved).collect();
        Taken { names, operations: operation_ids.map(folded).collect() }
    }

    /// Takes the first of these names that is free; the last with a number, if none is.
    pub(super) fn take(&mut self, wanted: &[String]) -> String {
        if let Some(free) = wanted.iter().find(|name| self.insert(name)) {
            return free.clone();
        }
        let last = wanted.last().map_or("unnamed", String::as_str);
        let mut numbered = (2u32..).map(|number| format!("{last}{number}"));
        numbered.find(|name| self.insert(name)).unwrap_or_default()
    }

    /// Takes a name, if it is free.
    fn insert(&mut self, name: &str) -> bool {
        let name = folded(name);
        let of_operation = |end| name.strip_suffix(end).is_some_and(|id| self.operations.contains(id));
        !OF_OPERATIONS.into_iter().any(of_operation) && self.names.insert(name)
    }
}

/// A name for each. Names that only one type has stay short. Of several the one in the default
/// namespace does, and the others get their namespace, so that no page's coming or going renames others.
fn choose(all: &[&QualifiedName<'_>], default_namespace: &str, taken: &mut Taken) -> Vec<String> {
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    for name in all {
        *count.entry(folded(name.name)).or_default() += 1;
    }
    let is_default = |name: &QualifiedName<'_>| name.namespace.eq_ignore_ascii_case(default_namespace);
    let stays_short = |name: &QualifiedName<'_>| is_default(name) || count[&folded(name.name)] == 1;
    let mut order: Vec<usize> = (0..all.len()).collect();
    let is_whole = |name: &QualifiedName<'_>| short(name.name) == name.name;
    order.sort_by_cached_key(|index| {
        let name = all[*index];
        (!stays_short(name), !is_whole(name), name.to_string().to_lowercase(), *index)
    });
    let mut chosen = vec![String::new(); all.len()];
    for index in order {
        let name = all[index];
        let short = short(name.name);
        let long = short_namespace(&name.namespace, default_namespace, &short);
        let resource = format!("{short}Resource");
        let wanted =
            if stays_short(name) { vec![short, resource, long] } else { vec![long.clone(), format!("{long}Resource")] };
        chosen[index] = taken.take(&wanted);
    }
    chosen
}

/// The name in letters and digits.
fn short(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
    let mut name: String = if plain { name.to_owned() } else { lower_camel(name) };
    // Longer names than any that people give make file names that no system takes.
    name.truncate(120);
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("type{name}"),
        None => "unnamed".to_owned(),
    }
}

fn short_namespace(namespace: &str, default_namespace: &str, name: &str) -> String {
    let inner = namespace.get(..default_namespace.len()).filter(|start| start.eq_ignore_ascii_case(default_namespace));
    let own = inner.map_or(namespace, |_| namespace[default_namespace.len()..].trim_start_matches('.'));
    let own = if own.is_empty() { namespace } else { own };
    let mut out = short(own);
    let mut letters = name.chars();
    out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
    out.extend(letters);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(types: &[&str], expected: &[&str]) {
        let names: Vec<QualifiedName<'_>> = types
            .iter()
            .map(|name| {
                let (namespace, name) = name.rsplit_once('.').unwrap_or(("microsoft.graph", name));
                QualifiedName { namespace: namespace.into(), name }
            })
            .collect();
        let mut taken = Taken::new(["getCustomer"].into_iter());
        let found = choose(&names.iter().collect::<Vec<_>>(), "microsoft.graph", &mut taken);
        assert_eq!(found, expected, "{types:?}");
    }

    #[test]
    fn namespaces_stand_only_where_names_clash() {
        check(&["customer", "microsoft.graph.callRecords.session"], &["customer", "session"]);
        check(&["microsoft.graph.callRecords.session", "session"], &["callRecordsSession", "session"]);
        check(&["a.part", "b.part"], &["aPart", "bPart"]);
        check(&["string", "Option", "9lives", "*/"], &["stringResource", "OptionResource", "type9lives", "unnamed"]);
        check(&["a_b", "aB"], &["aBResource", "aB"]);
        check(
            &["getCustomerResponse", "get_customer_data", "getCustomer"],
            &["getCustomerResponseResource", "getCustomerDataResource", "getCustomer"],
        );
    }
}
