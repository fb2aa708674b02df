//! `apipage.toml`: what it says, and what is wrong with it.

pub mod include;
mod openapi;
mod overrides;
mod pages;
mod patterns;
mod reader;

pub use overrides::Override;
pub use patterns::Patterns;

use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::rules::{self, Levels, RULES};
use crate::source::Source;
use crate::span::Span;
use crate::syntax::options::LinkPattern;
use crate::syntax::{Options, Page};
use crate::targets::openapi::overlay;
use crate::targets::{self, Settings, TARGETS, Target};
use anyhow::{Context as _, Result};
use reader::{Reader, Spanned, Table};
use std::path::{Path, PathBuf};

/// A key that no setting has.
pub static UNKNOWN_CONFIGURATION_KEY: Lint = Lint {
    name: "unknown-configuration-key",
    level: Level::Warning,
    fix: None,
    doc: "A key in `apipage.toml` that no setting has, or a rule that does not exist.\n\n\
          ## Why\nThe line has no effect, and nobody notices.\n\n\
          ## Example\n````toml\n[docset]\nnamspace = \"microsoft.graph\"\n````\n\n\
          ## Use instead\n````toml\n[docset]\nnamespace = \"microsoft.graph\"\n````\n",
};

/// A setting that cannot be understood.
pub static INVALID_CONFIGURATION: Lint = Lint {
    name: "invalid-configuration",
    level: Level::Error,
    fix: None,
    doc: "`apipage.toml` is not TOML, or a setting has a value that it cannot have.\n\n\
          ## Why\nThe setting has no effect, so that the run is not the one asked for. `generate` writes nothing.\n\n\
          ## Example\n````toml\n[rules]\nbroken-link = \"fatal\"\n````\n\n\
          ## Use instead\n````toml\n[rules]\nbroken-link = \"error\"\n````\n",
};

/// A pattern that has no effect.
pub static UNMATCHED_PATTERN: Lint = Lint {
    name: "unmatched-pattern",
    level: Level::Warning,
    doc: "A pattern under `[[overrides]]` in `apipage.toml` that no page fits, or a `doc_type` under \
          `[[front-matter]]` that no page has.\n\n\
          ## Why\nWhat is said there holds nowhere, and nobody notices: the pages may have moved, or it is misspelt.\n\n\
          ## Example\n````toml\n[[overrides]]\npaths = [\"bta/**\"]\nrules = { todo-placeholder = \"off\" }\n````\n\n\
          ## Use instead\n````toml\n[[overrides]]\npaths = [\"beta/**\"]\nrules = { todo-placeholder = \"off\" }\n````\n",
    fix: None,
};

/// The lints that are not about pages: those of this file, and of overlays.
pub static LINTS: [&Lint; 6] = [
    &UNKNOWN_CONFIGURATION_KEY,
    &INVALID_CONFIGURATION,
    &UNMATCHED_PATTERN,
    &overlay::INVALID_OVERLAY,
    &overlay::UNMATCHED_OVERLAY_TARGET,
    &overlay::IGNORED_IN_OVERLAY,
];

/// What the configuration says. Paths are absolute.
pub struct Config {
    /// `[docset]`
    pub docset: Options,
    /// `[docset] exclude`: pages to leave out.
    pub exclude: Patterns,
    /// `[generate] output`
    pub output: Option<PathBuf>,
    /// `[generate] targets`; all where nothing is said.
    pub targets: Vec<&'static Target>,
    /// `[generate] include`
    pub include: include::Include,
    /// `[generate] templates`
    pub templates: Option<PathBuf>,
    /// `[rules]`
    pub levels: Levels,
    /// `[[overrides]]`
    pub overrides: Vec<Override>,
    /// `doc-types` under `[[front-matter]]`, and where they stand
    doc_types: Vec<Spanned<String>>,
    /// `[check] baseline`
    pub baseline: Option<PathBuf>,
    /// `[openapi] overlays`
    pub openapi_overlays: Vec<PathBuf>,
    /// `[crate]` and `[openapi]`
    pub settings: Settings,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            docset: Options::default(),
            exclude: Patterns::default(),
            output: None,
            targets: TARGETS.to_vec(),
            include: include::Include::default(),
            templates: None,
            levels: Levels::default(),
            overrides: Vec::new(),
            doc_types: Vec::new(),
            baseline: None,
            openapi_overlays: Vec::new(),
            settings: Settings { crate_name: "api".into(), ..Settings::default() },
        }
    }
}

impl Config {
    /// Whether a page is left out.
    pub(super) fn excludes(&self, root: &Path, path: &str) -> bool {
        !self.exclude.is_empty() && self.exclude.fit(&root.join(path))
    }
}

/// Reads a configuration that stands in `folder`. Whatever is wrong keeps its default, and is reported.
pub fn read(source: &Source, folder: &Path) -> (Config, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut config = Config::default();
    if let Some(mut file) = reader.parse(source) {
        let sections: [(&str, Section); 7] = [
            ("docset", docset),
            ("sections", |table, config, _, reader| pages::sections(table, config, reader)),
            ("check", check),
            ("generate", generate),
            ("crate", package),
            ("openapi", openapi::read),
            ("rules", levels),
        ];
        for (name, read) in sections {
            if let Some(mut table) = file.table(name, &mut reader) {
                read(&mut table, &mut config, folder, &mut reader);
            }
        }
        for mut table in file.tables("front-matter", &mut reader) {
            pages::front_matter(&mut table, &mut config, &mut reader);
        }
        for mut table in file.tables("overrides", &mut reader) {
            overrides::read(&mut table, &mut config, folder, &mut reader);
        }
        file.finish(&mut reader);
    }
    let problems = reader.finish(&config.levels);
    (config, problems)
}

/// Lets the configuration hold for the pages of a docset, and says what of it no page fits.
pub(super) fn apply(config: &mut Config, root: &Path, pages: &[Page]) -> Vec<Diagnostic> {
    let mut reader = Reader::default();
    overrides::apply(config, root, pages, &mut reader);
    pages::find_doc_types(config, pages, &mut reader);
    reader.finish(&config.levels)
}

/// Lets the configuration hold for pages that have other numbers now.
pub(super) fn renumber(config: &mut Config, root: &Path, pages: &[Page]) {
    config.levels.forget_pages();
    overrides::apply(config, root, pages, &mut Reader::default());
}

type Section = fn(&mut Table<'_>, &mut Config, &Path, &mut Reader);

fn docset(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    if let Some(namespace) = table.string("namespace", reader) {
        config.docset.default_namespace = namespace.value;
    }
    if let Some(roots) = table.names("service-roots", reader) {
        for root in roots.iter().filter(|root| !root.value.contains("://")) {
            let finding = reader.invalid(root.span, format!("`{}` is no base URL", root.value));
            finding.help("write all that stands before the path, such as `https://graph.microsoft.com/v1.0`");
        }
        config.docset.service_roots = roots.into_iter().map(|root| root.value).collect();
    }
    includes(table, "optional-includes", &mut config.docset.optional_includes, reader);
    includes(table, "generated-includes", &mut config.docset.generated_includes, reader);
    for link in table.names("external-links", reader).into_iter().flatten() {
        match LinkPattern::new(&link.value) {
            Ok(pattern) => config.docset.external_links.push(pattern),
            Err(error) => {
                reader.invalid(link.span, format!("`{}` is no pattern of links: {}", link.value, error.kind()));
            }
        }
    }
    if let Some(patterns) = table.strings("exclude", reader) {
        config.exclude = Patterns::new(patterns, folder, reader);
    }
    table.finish(reader);
}

/// Reads patterns of includes.
fn includes(table: &mut Table<'_>, key: &'static str, patterns: &mut Vec<String>, reader: &mut Reader) {
    let Some(found) = table.strings(key, reader) else { return };
    for include in found.iter().filter(|include| include.value.is_empty()) {
        reader.invalid(include.span, format!("`{key}` holds an empty pattern, which all includes fit"));
    }
    *patterns = found.into_iter().map(|include| include.value).filter(|include| !include.is_empty()).collect();
}

fn check(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    if let Some(path) = table.string("baseline", reader) {
        if path.value.trim().is_empty() {
            reader.invalid(path.span, "`baseline` is an empty path".to_owned());
        } else {
            config.baseline = Some(folder.join(path.value));
        }
    }
    table.finish(reader);
}

fn generate(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    config.output = table.string("output", reader).map(|path| folder.join(path.value));
    config.templates = table.string("templates", reader).map(|path| folder.join(path.value));
    if let Some(patterns) = table.names("include", reader) {
        config.include = include::Include::new(patterns, reader);
    }
    if let Some(names) = table.strings("targets", reader) {
        config.targets.clear();
        for name in names {
            match targets::find(&name.value) {
                Some(target) => config.targets.push(target),
                None => {
                    let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                    reader.invalid(name.span, format!("no target is called `{}`", name.value));
                    reader.suggest(&name.value, &known, "target");
                }
            }
        }
    }
    table.finish(reader);
}

fn package(table: &mut Table<'_>, config: &mut Config, _: &Path, reader: &mut Reader) {
    if let Some(name) = table.string("name", reader) {
        if is_crate_name(&name.value) {
            config.settings.crate_name = name.value;
        } else {
            let message = format!("`{}` cannot be the name of a crate", name.value);
            reader.invalid(name.span, message).help("use letters, digits, `-` and `_`, starting with a letter");
        }
    }
    table.finish(reader);
}

fn levels(table: &mut Table<'_>, config: &mut Config, _: &Path, reader: &mut Reader) {
    for (_, lint, level) in read_levels(table, reader) {
        config.levels.set(lint, level);
    }
}

/// Takes all that stands in a table for levels by rule name.
fn read_levels(table: &mut Table<'_>, reader: &mut Reader) -> Vec<(Span, &'static Lint, Level)> {
    let mut levels = Vec::new();
    for (key, value) in table.rest() {
        let Some(lint) = find_lint(&key.value) else {
            reader.unknown(key.span, format!("no rule is called `{}`", key.value));
            reader.suggest(&key.value, &lints().map(|lint| lint.name).collect::<Vec<_>>(), "rule");
            continue;
        };
        match value.as_str().and_then(level) {
            Some(level) => levels.push((key.span, lint, level)),
            None => {
                let message = format!("the level of `{}` is one of off, hint, warning and error", key.value);
                reader.invalid(value.span(), message);
            }
        }
    }
    levels
}

/// All lints there are, those of the configuration last.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    let rules = RULES.iter().map(|rule| &rule.lint);
    rules.chain(LINTS.into_iter().filter(|lint| rules::find(lint.name).is_none()))
}

/// The lint of this name.
pub fn find_lint(name: &str) -> Option<&'static Lint> {
    lints().find(|lint| lint.name == name)
}

/// The name most like a misspelt one, if one is near enough to have been meant.
pub fn closest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let near = |known: &'n str| (strsim::jaro_winkler(name, known), known);
    known
        .map(near)
        .filter(|(score, _)| *score > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|best| best.1)
}

/// The target of this name; the error says which there are.
pub fn find_target(name: &str) -> Result<&'static Target> {
    targets::find(name).with_context(|| {
        let known = || TARGETS.iter().map(|target| target.name);
        let near = closest(name, known()).map(|near| format!(", did you mean `{near}`?"));
        let all = known().collect::<Vec<_>>().join(", ");
        format!("no target is called `{name}`{} (there are {all})", near.unwrap_or_default())
    })
}

/// The level of this name.
pub fn level(text: &str) -> Option<Level> {
    [Level::Off, Level::Hint, Level::Warning, Level::Error].into_iter().find(|level| level.as_str() == text)
}

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '_')
}

#[cfg(test)]
mod tests;
