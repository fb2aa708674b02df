//! The keys of API Doctor's configuration, and what becomes of each.

use super::draft::{Draft, Values};
use super::file::File;
use super::headings;
use crate::diagnostic::Level;
use crate::rules::RULES;
use crate::syntax::json::{self, Kind, Value};

/// A key.
struct Key {
    name: &'static str,
    becomes: Becomes,
}

/// What becomes of a key.
enum Becomes {
    /// It is carried over.
    Carried(fn(&Setting<'_>, &mut Draft)),
    /// It holds others.
    Group(&'static [Key]),
    /// It has no equivalent, for this reason.
    Nothing(&'static str),
}

/// A value, and where it stands.
pub(super) struct Setting<'f> {
    pub(super) file: &'f File,
    /// The keys that lead to it, with dots between.
    pub(super) path: String,
    pub(super) value: &'f Value,
}

use Becomes::{Carried, Group, Nothing};

const NO_PART: &str = "no page can have it in its path, or all have";
const NO_REQUESTS: &str = "apipage sends no requests";
const NO_METADATA: &str = "apipage reads and writes no service metadata (CSDL)";
const NO_LISTS: &str = "apipage holds examples against the pages, not against lists";

/// The keys at the top of files. They are carried over in this order: where pages are left out before what is said
/// of those that are left, what headings are called before where they stand.
const TOP: &[Key] = &[
    Key { name: "schemaConfig", becomes: Carried(schema) },
    Key { name: "tableDefinitions", becomes: Group(TABLES) },
    Key { name: "schemaDiffConfig", becomes: Nothing(NO_METADATA) },
    Key { name: "apiPageType", becomes: Carried(headings::outline) },
    Key { name: "resourcePageType", becomes: Carried(headings::outline) },
    Key { name: "enumPageType", becomes: Carried(headings::outline) },
    Key { name: "conceptualPageType", becomes: Nothing("conceptual pages may have any sections") },
    Key { name: "pathsToIgnore", becomes: Carried(external_links) },
    Key { name: "api-requirements", becomes: Group(REQUIREMENTS) },
    Key { name: "metadata-validation-configs", becomes: Nothing(NO_METADATA) },
    Key { name: "scenarios", becomes: Nothing(NO_REQUESTS) },
    Key { name: "canned-requests", becomes: Nothing(NO_REQUESTS) },
    Key { name: "accounts", becomes: Nothing(NO_REQUESTS) },
    Key { name: "checkServiceEnabledBranches", becomes: Nothing(NO_REQUESTS) },
    Key { name: "publishSchemaChanges", becomes: Nothing(NO_METADATA) },
];

const SCHEMA: &[Key] = &[
    Key { name: "defaultNamespace", becomes: Carried(namespace) },
    Key { name: "baseUrls", becomes: Carried(service_roots) },
    Key { name: "foldersToSkip", becomes: Carried(skipped_folders) },
    Key { name: "filesToSkip", becomes: Carried(skipped_files) },
    Key { name: "requiredYamlHeaders", becomes: Carried(front_matter) },
    Key { name: "treatErrorsAsWarningsWorkloads", becomes: Carried(warnings_only) },
    Key { name: "notLowerCamel", becomes: Nothing("types keep the letter case that they have on the page") },
    Key { name: "supportedTags", becomes: Nothing("text between `[TAGS=…]` and `[END]` is always read") },
    Key { name: "skipPermissionTableUpdateForWorkloads", becomes: Nothing("apipage writes no permission tables") },
    Key { name: "textToRemoveFromPropertyNames", becomes: Nothing("names of properties are read as they stand") },
];

const TABLES: &[Key] = &[
    Key { name: "tables", becomes: Carried(headings::tables) },
    Key { name: "parsingRules", becomes: Carried(headings::columns) },
];

const REQUIREMENTS: &[Key] = &[
    Key {
        name: "httpRequest",
        becomes: Group(&[
            Key { name: "maxUrlLength", becomes: Nothing("URLs may be of any length") },
            Key { name: "httpMethods", becomes: Nothing(NO_LISTS) },
            Key { name: "standardHeaders", becomes: Nothing(NO_LISTS) },
            Key { name: "contentTypes", becomes: Nothing(NO_LISTS) },
        ]),
    },
    Key { name: "httpResponse", becomes: Group(&[Key { name: "contentTypes", becomes: Nothing(NO_LISTS) }]) },
    Key { name: "ignorableProperties", becomes: Carried(ignorable_properties) },
    Key { name: "caseSensativeHeaders", becomes: Nothing("names of headers have no letter case") },
    Key { name: "jsonSerialization", becomes: Nothing("API Doctor does not use it either") },
];

/// The keys that API Doctor reads in every file that has them; others it reads in the first.
const IN_MANY_FILES: [&str; 2] = ["scenarios", "canned-requests"];

/// Whether API Doctor knows this key at the top of a file.
pub(super) fn is_top(name: &str) -> bool {
    find(TOP, name).is_some()
}

/// Carries over what the files say.
pub(super) fn carry(files: &[File], draft: &mut Draft) {
    for key in TOP {
        let holds = |file: &'_ File| file.root().is_some_and(|root| member(file, root, key.name).is_some());
        let mut holders = files.iter().filter(|file| holds(file));
        let first = holders.next();
        for file in first.into_iter().chain(holders) {
            match first {
                Some(first) if first.path != file.path && !IN_MANY_FILES.contains(&key.name) => {
                    let what = format!("`{}`, which stands in {} too", key.name, first.path);
                    draft.leave_out(&what, None, "API Doctor reads it in one file only", &file.path);
                }
                _ => {
                    let value = file.root().and_then(|root| member(file, root, key.name));
                    let setting = value.map(|value| Setting { file, path: key.name.to_owned(), value });
                    setting.into_iter().for_each(|setting| setting.carry(key, draft));
                }
            }
        }
    }
}

fn find<'k>(keys: &'k [Key], name: &str) -> Option<&'k Key> {
    keys.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

impl<'f> Setting<'f> {
    fn carry(&self, key: &Key, draft: &mut Draft) {
        match &key.becomes {
            Carried(carry) => carry(self, draft),
            Nothing(why) => draft.leave_out(&format!("`{}`", self.path), None, why, &self.file.path),
            Group(keys) => self.carry_members(keys, draft),
        }
    }

    fn carry_members(&self, keys: &[Key], draft: &mut Draft) {
        if !matches!(self.value.kind, Kind::Object(_) | Kind::Null) {
            self.problem(self.value, "an object", draft);
        }
        for key in keys {
            if let Some(value) = member(self.file, self.value, key.name) {
                let path = format!("{}.{}", self.path, key.name);
                Setting { file: self.file, path, value }.carry(key, draft);
            }
        }
        let names = self.value.members().iter().map(|member| &self.file.source[member.name]);
        for name in names.filter(|name| find(keys, name).is_none()) {
            self.leave_out(name, "it is no known setting of API Doctor", draft);
        }
    }

    /// The strings of a list, without empty ones; what is none is a problem.
    pub(super) fn strings(&self, draft: &mut Draft) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.items("a list of strings", draft) {
            match item.as_str(&self.file.source) {
                Some(text) => texts.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
                None => self.problem(item, "a string", draft),
            }
        }
        texts
    }

    /// The items of a list; what is none is a problem.
    pub(super) fn items(&self, expected: &str, draft: &mut Draft) -> &'f [Value] {
        if !matches!(self.value.kind, Kind::Array(_) | Kind::Null) {
            self.problem(self.value, expected, draft);
        }
        self.value.items()
    }

    /// Says that a part of a value has no equivalent.
    pub(super) fn leave_out(&self, part: &str, why: &'static str, draft: &mut Draft) {
        draft.leave_out(&format!("`{}`", self.path), Some(part), why, &self.file.path);
    }

    /// Where the value comes from, as a comment.
    pub(super) fn comment(&self) -> String {
        format!("`{}` in {}", self.path, self.file.path)
    }

    fn problem(&self, value: &Value, expected: &str, draft: &mut Draft) {
        let what = format!("in `{}` stands {}, not {expected}; it was left out", self.path, value.describe());
        draft.problem(self.file.place(value.span), &what);
    }
}

/// The strings of a list, without empty ones; `None` where it is no list of strings.
pub(super) fn strings(file: &File, list: &Value) -> Option<Vec<String>> {
    let Kind::Array(items) = &list.kind else { return None };
    let texts: Option<Vec<String>> =
        items.iter().map(|item| item.as_str(&file.source).map(|text| text.trim().to_owned())).collect();
    texts.map(|texts| texts.into_iter().filter(|text| !text.is_empty()).collect())
}

/// The value of a key, whatever its letter case.
pub(super) fn member<'v>(file: &File, object: &'v Value, name: &str) -> Option<&'v json::Value> {
    let found = object.members().iter().find(|member| file.source[member.name].eq_ignore_ascii_case(name));
    found.map(|member| &member.value)
}

fn schema(setting: &Setting<'_>, draft: &mut Draft) {
    setting.carry_members(SCHEMA, draft);
    if !draft.sets("[[front-matter]]") {
        without_front_matter(setting, draft);
    }
}

fn namespace(setting: &Setting<'_>, draft: &mut Draft) {
    match setting.value.as_str(&setting.file.source) {
        Some(name) if !name.trim().is_empty() => {
            draft.set("[docset]", "namespace", Values::One(name.trim().to_owned()), &setting.comment());
        }
        Some(_) => {}
        None => setting.problem(setting.value, "a string", draft),
    }
}

fn service_roots(setting: &Setting<'_>, draft: &mut Draft) {
    let (roots, others): (Vec<_>, Vec<_>) = setting.strings(draft).into_iter().partition(|root| root.contains("://"));
    for other in others {
        setting.leave_out(&other, "a URL without a host is held against the \"HTTP request\" section instead", draft);
    }
    set_list("[docset]", "service-roots", roots, setting, draft);
}

fn external_links(setting: &Setting<'_>, draft: &mut Draft) {
    let is_prefix = |link: &String| !link.contains(['*', '?', '[', '{']);
    let (links, others): (Vec<_>, Vec<_>) = setting.strings(draft).into_iter().partition(is_prefix);
    for other in others {
        setting.leave_out(&other, "its signs would be wildcards in `external-links`", draft);
    }
    set_list("[docset]", "external-links", links, setting, draft);
}

fn skipped_folders(setting: &Setting<'_>, draft: &mut Draft) {
    let (folders, others): (Vec<_>, Vec<_>) = setting.strings(draft).into_iter().partition(|text| is_part(text));
    for other in others {
        setting.leave_out(&other, NO_PART, draft);
    }
    draft.pages.retain(|page| !folders.iter().any(|folder| parent(page).contains(folder)));
    let patterns = folders.iter().map(|folder| draft.pattern(&containing(folder))).collect();
    set_list("[docset]", "exclude", patterns, setting, draft);
}

fn skipped_files(setting: &Setting<'_>, draft: &mut Draft) {
    let (files, others): (Vec<_>, Vec<_>) =
        setting.strings(draft).into_iter().partition(|text| is_part(text) && !text.contains(['/', '\\']));
    for other in others {
        setting.leave_out(&other, "it is no name of a file, and skips none", draft);
    }
    draft.pages.retain(|page| !files.iter().any(|file| page.rsplit('/').next() == Some(file)));
    let patterns = files.iter().map(|file| draft.pattern(&escaped(file))).collect();
    set_list("[docset]", "exclude", patterns, setting, draft);
}

fn front_matter(setting: &Setting<'_>, draft: &mut Draft) {
    let keys = setting.strings(draft);
    set_list("[[front-matter]]", "required", keys, setting, draft);
}

/// Where no key is required, API Doctor asks for no front matter.
fn without_front_matter(setting: &Setting<'_>, draft: &mut Draft) {
    for rule in ["front-matter-missing", "front-matter-key-missing", "front-matter-value-empty"] {
        let comment = format!("No `requiredYamlHeaders` in {}", setting.comment());
        draft.set("[rules]", rule, Values::One(Level::Off.as_str().to_owned()), &comment);
    }
}

fn warnings_only(setting: &Setting<'_>, draft: &mut Draft) {
    let mut patterns = Vec::new();
    for part in setting.strings(draft) {
        match draft.pages.iter().any(|page| page.contains(&part)) {
            _ if !is_part(&part) => setting.leave_out(&part, NO_PART, draft),
            true => patterns.push(draft.pattern(containing(&part).trim_end_matches('/'))),
            false => setting.leave_out(&part, "no page has it in its path", draft),
        }
    }
    let errors = RULES.iter().filter(|rule| rule.lint.level == Level::Error);
    let rules = errors.map(|rule| (rule.lint.name, Level::Warning)).collect();
    if !patterns.is_empty() {
        let comment = format!("{}. `apipage check --allow-warnings` lets them pass", setting.comment());
        draft.set_on(patterns, rules, &comment);
    }
}

fn ignorable_properties(setting: &Setting<'_>, draft: &mut Draft) {
    // Names with `@` are let through anyway.
    for name in setting.strings(draft).into_iter().filter(|name| !name.contains('@')) {
        setting.leave_out(&name, "a property that any type may have must be in its table, or the type be open", draft);
    }
}

fn set_list(table: &'static str, key: &str, values: Vec<String>, setting: &Setting<'_>, draft: &mut Draft) {
    if !values.is_empty() {
        draft.set(table, key, Values::Many(values), &setting.comment());
    }
}

fn parent(page: &str) -> &str {
    page.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a text can be a part of paths in the docset.
fn is_part(text: &str) -> bool {
    let mut names = text.split(['/', '\\']);
    !text.trim_matches(['/', '\\']).is_empty() && !names.any(|name| name == "..")
}

/// A pattern as in `.gitignore` for folders whose path has this text in it.
fn containing(text: &str) -> String {
    let text = text.replace('\\', "/");
    let before = if text.starts_with('/') { "" } else { "*" };
    let after = if text.ends_with('/') { "" } else { "*" };
    format!("{before}{}{after}/", escaped(text.trim_matches('/')))
}

/// Text that stands for itself in a pattern as in `.gitignore`.
pub(super) fn escaped(text: &str) -> String {
    let is_special = |char| matches!(char, '*' | '?' | '[' | ']' | '{' | '}' | '\\' | '!' | '#' | ' ');
    text.chars().flat_map(|char| is_special(char).then_some('\\').into_iter().chain([char])).collect()
}
