//! The Rust names of everything in a model, and the files they stand in.

use super::identifiers::{self, Unique};
use super::uses;
use crate::model::{EnumId, Model, Operation, QualifiedName, ResourceId};
use std::collections::BTreeMap;

/// Names that generated files use for other things.
const TAKEN_TYPES: &[&str] = &[
    "binary",
    "box",
    "date",
    "datetimeoffset",
    "decimal",
    "duration",
    "err",
    "extra",
    "guid",
    "media",
    "none",
    "odatavalue",
    "ok",
    "option",
    "page",
    "prop",
    "redirect",
    "result",
    "some",
    "string",
    "text",
    "timeofday",
    "value",
    "vec",
];

/// Names of fields that every generated type has, and of functions on it.
pub const TAKEN_FIELDS: &[&str] = &["extra", "odata_type", "odata_etag"];

/// Functions that a client has besides those for operations, and functions that a pointer to a service has
/// from traits, which would be called in place of the service's own.
const TAKEN_FUNCTIONS: &[&str] = &[
    "next_page",
    "new",
    "call",
    "bearer",
    "token_source",
    "retries",
    "timer",
    "unknown",
    "clone",
    "clone_from",
    "clone_into",
    "as_ref",
    "drop",
    "into",
    "to_owned",
    "try_into",
];

/// A type's name and place.
#[derive(Clone, Debug)]
pub struct Name {
    /// The module of its namespace below `types`; empty for the default namespace.
    pub namespace: String,
    /// The module (and file) that defines it.
    pub module: String,
    /// The identifier.
    pub identifier: String,
}

impl Name {
    /// The path by which other modules use it.
    pub fn path(&self) -> String {
        match self.namespace.as_str() {
            "" => format!("crate::types::{}", self.identifier),
            namespace => format!("crate::types::{namespace}::{}", self.identifier),
        }
    }

    /// The path of its file below `src`.
    pub fn file(&self) -> String {
        match self.namespace.as_str() {
            "" => format!("types/{}.rs", self.module),
            namespace => format!("types/{namespace}/{}.rs", self.module),
        }
    }
}

/// An operation's names.
#[derive(Clone, Debug)]
pub struct OperationName {
    /// As a function: `update_customer`.
    pub function: String,
    /// As a constant: `UPDATE_CUSTOMER`.
    pub constant: String,
    /// As the start of type names: `UpdateCustomer`.
    pub type_name: String,
}

/// The operations on one resource, which share a trait and a file.
#[derive(Clone, Debug)]
pub struct Group {
    /// The resource; `None` for operations that belong to none.
    pub owner: Option<ResourceId>,
    /// What it is called on its page.
    pub title: String,
    /// The module: `customer`.
    pub module: String,
    /// The start of its type names: `Customer`.
    pub type_name: String,
    /// The start of the names of its functions: as the module, without the mark of a keyword.
    pub function: String,
    /// The operations, as indexes into [`Model::operations`], sorted by name.
    pub operations: Vec<usize>,
}

/// All names of a model.
#[derive(Debug)]
pub struct Names {
    resources: Vec<Name>,
    polys: Vec<Name>,
    enums: Vec<Name>,
    operations: Vec<OperationName>,
    /// The groups of operations, sorted by module.
    pub groups: Vec<Group>,
}

impl Names {
    /// Names everything. What a name is depends on the named thing and on those of the same name only.
    pub fn of(model: &Model<'_>) -> Self {
        let mut spaces = Spaces::new(model);
        let resources: Vec<Name> = model.resources.iter().map(|resource| spaces.name(model, &resource.name)).collect();
        let enums = model.enums.iter().map(|found| spaces.name(model, &found.name)).collect();
        let polys = resources.iter().map(|name| spaces.poly(name)).collect();
        let operations = operation_names(model);
        let groups = groups(model, &operations);
        Names { resources, polys, enums, operations, groups }
    }

    /// The struct of a resource.
    pub fn resource(&self, id: ResourceId) -> &Name {
        &self.resources[id.0 as usize]
    }

    /// The enum of a resource and the types derived from it.
    pub fn poly(&self, id: ResourceId) -> &Name {
        &self.polys[id.0 as usize]
    }

    /// An enumeration.
    pub fn enumeration(&self, id: EnumId) -> &Name {
        &self.enums[id.0 as usize]
    }

    /// The modules of the groups, in the order in which rustfmt keeps `mod` lines.
    pub fn modules(&self) -> Vec<String> {
        self.groups.iter().map(|group| group.module.clone()).collect()
    }

    /// The modules of the groups, in the order in which rustfmt keeps `use` lines.
    pub fn exports(&self) -> Vec<String> {
        let mut exports = self.modules();
        exports.sort_by(|one, other| uses::compare(one, other));
        exports
    }

    /// The paths of the types that a group's file in `module` defines: the start of each operation's type
    /// names with each of these endings.
    pub fn defined(&self, module: &str, group: &Group, endings: &[&str]) -> Vec<String> {
        let path = |index: &usize, ending: &&str| format!("{module}::{}{ending}", self.operation(*index).type_name);
        let operations = group.operations.iter();
        operations.flat_map(|index| endings.iter().map(move |ending| path(index, ending))).collect()
    }

    /// An operation, by its index.
    pub fn operation(&self, index: usize) -> &OperationName {
        &self.operations[index]
    }
}

/// The names used up in each namespace.
struct Spaces {
    modules: BTreeMap<String, Unique>,
    types: BTreeMap<String, Unique>,
}

impl Spaces {
    fn new(model: &Model<'_>) -> Self {
        // Namespaces are modules beside those of the default namespace.
        let names = model.resources.iter().map(|found| &found.name).chain(model.enums.iter().map(|found| &found.name));
        let namespaces: Vec<String> =
            names.map(|name| namespace_module(model, name)).filter(|name| !name.is_empty()).collect();
        let namespaces: Vec<&str> = namespaces.iter().map(String::as_str).collect();
        Spaces { modules: BTreeMap::from([(String::new(), Unique::with(&namespaces))]), types: BTreeMap::new() }
    }

    fn name(&mut self, model: &Model<'_>, name: &QualifiedName<'_>) -> Name {
        let namespace = namespace_module(model, name);
        let module = self.modules.entry(namespace.clone()).or_default().name(identifiers::module(name.name));
        let wanted = identifiers::type_name(name.name);
        let wanted =
            if TAKEN_TYPES.contains(&wanted.to_lowercase().as_str()) { format!("{wanted}Resource") } else { wanted };
        let identifier = self.types.entry(namespace.clone()).or_default().name(wanted);
        Name { namespace, module, identifier }
    }

    fn poly(&mut self, base: &Name) -> Name {
        let types = self.types.entry(base.namespace.clone()).or_default();
        Name { identifier: types.name(format!("Any{}", base.identifier)), ..base.clone() }
    }
}

/// The module of a namespace: nothing for the default one, else what follows it.
fn namespace_module(model: &Model<'_>, name: &QualifiedName<'_>) -> String {
    let default = &model.docset.options.default_namespace;
    let namespace = name.namespace.as_ref();
    if namespace.eq_ignore_ascii_case(default) || namespace.is_empty() {
        return String::new();
    }
    let rest = namespace.get(..default.len()).filter(|start| start.eq_ignore_ascii_case(default));
    let rest = rest.and_then(|_| namespace[default.len()..].strip_prefix('.'));
    identifiers::module(rest.unwrap_or(namespace))
}

/// Operations are named as their pages are titled, and as the property that they return, if they return only that; where
/// several bear one title, the page's file name tells them apart.
fn operation_names(model: &Model<'_>) -> Vec<OperationName> {
    let mut functions = Unique::with(TAKEN_FUNCTIONS);
    // Texts that give different functions may give the same constant (`1d` and `n1d`) or type (`v 1 2` and `v 12`).
    let mut constants = Unique::with(&["all"]);
    let mut types = Unique::default();
    let mut used: rustc_hash::FxHashSet<String> = Default::default();
    let mut names = Vec::with_capacity(model.operations.len());
    for operation in &model.operations {
        let by_title = title_words(operation);
        let by_page = format!("{by_title} {}", page_stem(model, operation));
        let with_method = format!("{by_page} {}", operation.method.to_lowercase());
        let free = [by_title, by_page, with_method.clone()]
            .into_iter()
            .find(|words| !used.contains(&identifiers::module(words)))
            .unwrap_or(with_method);
        used.insert(identifiers::module(&free));
        let function = functions.name(identifiers::module(&free));
        names.push(OperationName {
            constant: constants.name(identifiers::constant(&function)),
            type_name: types.name(type_start(&function)),
            // As long as it is: what makes it the only one may stand at its end.
            function: if function.ends_with('_') { identifiers::field(&function) } else { function },
        });
    }
    names
}

/// The start of type names, where the mark of a keyword would stand in the middle.
fn type_start(module: &str) -> String {
    identifiers::type_name(module).trim_end_matches('_').to_owned()
}

fn title_words(operation: &Operation<'_>) -> String {
    let title = crate::syntax::inline::plain(operation.title);
    let title = match title.chars().any(|c| c.is_ascii_alphanumeric()) {
        true => title.into_owned(),
        false => format!("{} operation", operation.method),
    };
    operation.property.map_or(title.clone(), |property| format!("{title} {property}"))
}

fn page_stem(model: &Model<'_>, operation: &Operation<'_>) -> String {
    let path = &model.page(operation.page).source.path;
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".md").unwrap_or(file).to_owned()
}

fn groups(model: &Model<'_>, names: &[OperationName]) -> Vec<Group> {
    let mut by_owner: BTreeMap<Option<ResourceId>, Vec<usize>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        by_owner.entry(operation.owner).or_default().push(index);
    }
    let (mut modules, mut types) = (Unique::default(), Unique::default());
    let mut groups: Vec<Group> = Vec::new();
    for (owner, mut operations) in by_owner {
        operations.sort_by(|one, other| names[*one].function.cmp(&names[*other].function));
        let title = owner.map_or("other".to_owned(), |id| model.resource(id).name.name.to_owned());
        let namespace = owner.map_or(String::new(), |id| namespace_module(model, &model.resource(id).name));
        let words = if namespace.is_empty() { title.clone() } else { format!("{namespace} {title}") };
        let module = modules.name(identifiers::module(&words));
        let type_name = types.name(type_start(&module));
        let function = module.trim_end_matches('_').to_owned();
        // Left out when everything has its name, so that nothing is called otherwise for it.
        operations.retain(|index| model.has_operation(*index));
        if !operations.is_empty() {
            groups.push(Group { owner, title, type_name, function, module, operations });
        }
    }
    groups.sort_by(|one, other| one.module.cmp(&other.module));
    groups
}
