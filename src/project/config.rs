//! `apipage.toml`: what it says, and what is wrong with it.

mod reader;

use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::rules::{self, Levels, RULES};
use crate::source::Source;
use crate::syntax::Options;
use crate::targets::{self, Format, OpenApiVersion, Settings, TARGETS, Target};
use anyhow::{Context as _, Result};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use reader::{Reader, Table};
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

/// The lints of this file.
pub static LINTS: [&Lint; 2] = [&UNKNOWN_CONFIGURATION_KEY, &INVALID_CONFIGURATION];

/// What the configuration says. Paths are absolute.
pub struct Config {
    /// `[docset]`
    pub docset: Options,
    /// `[docset] exclude`: patterns of pages to leave out, as in `.gitignore`.
    pub exclude: Gitignore,
    /// `[generate] output`
    pub output: Option<PathBuf>,
    /// `[generate] targets`; all where nothing is said.
    pub targets: Vec<&'static Target>,
    /// `[generate] templates`
    pub templates: Option<PathBuf>,
    /// `[rules]`
    pub levels: Levels,
    /// `[crate]` and `[openapi]`
    pub settings: Settings,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            docset: Options::default(),
            exclude: Gitignore::empty(),
            output: None,
            targets: TARGETS.to_vec(),
            templates: None,
            levels: Levels::default(),
            settings: Settings { crate_name: "api".into(), ..Settings::default() },
        }
    }
}

impl Config {
    /// Whether a page is left out.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        self.exclude.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// Reads a configuration that stands in `folder`. Whatever is wrong keeps its default, and is reported.
pub fn read(source: &Source, folder: &Path) -> (Config, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut config = Config::default();
    if let Some(mut file) = reader.parse(source) {
        let sections: [(&str, Section); 5] =
            [("docset", docset), ("generate", generate), ("crate", package), ("openapi", openapi), ("rules", levels)];
        for (name, read) in sections {
            if let Some(mut table) = file.table(name, &mut reader) {
                read(&mut table, &mut config, folder, &mut reader);
            }
        }
        file.finish(&mut reader);
    }
    let mut problems = reader.problems;
    for problem in &mut problems {
        problem.level = config.levels.of(problem.lint);
    }
    problems.retain(|problem| problem.level != Level::Off);
    problems.sort_by_key(|problem| problem.at);
    (config, problems)
}

type Section = fn(&mut Table<'_>, &mut Config, &Path, &mut Reader);

fn docset(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    if let Some(namespace) = table.string("namespace", reader) {
        config.docset.default_namespace = namespace.value;
    }
    if let Some(roots) = table.strings("service-roots", reader) {
        config.docset.service_roots = roots.into_iter().map(|root| root.value).collect();
    }
    if let Some(includes) = table.strings("optional-includes", reader) {
        config.docset.optional_includes = includes.into_iter().map(|include| include.value).collect();
    }
    if let Some(patterns) = table.strings("exclude", reader) {
        let mut exclude = GitignoreBuilder::new(folder);
        for pattern in patterns {
            if let Err(error) = exclude.add_line(None, &pattern.value) {
                reader.invalid(pattern.span, format!("`{}` is not a pattern: {error}", pattern.value));
            }
        }
        config.exclude = exclude.build().unwrap_or_else(|_| Gitignore::empty());
    }
    table.finish(reader);
}

fn generate(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    config.output = table.string("output", reader).map(|path| folder.join(path.value));
    config.templates = table.string("templates", reader).map(|path| folder.join(path.value));
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

fn openapi(table: &mut Table<'_>, config: &mut Config, _: &Path, reader: &mut Reader) {
    let settings = &mut config.settings.openapi;
    settings.title = table.text("title", reader);
    settings.version = table.text("version", reader);
    settings.description = table.text("description", reader);
    settings.server = table.text("server", reader);
    settings.docs_url = table.text("docs-url", reader);
    settings.only_reachable = table.flag("only-reachable", reader);
    settings.openapi_version = table.choice("openapi-version", &OpenApiVersion::ALL, reader).unwrap_or_default();
    settings.format = table.choice("format", &Format::ALL, reader).unwrap_or_default();
    settings.split = table.flag("split", reader);
    settings.discriminators = table.flag("discriminators", reader);
    if let Some(mut contact) = table.table("contact", reader) {
        settings.contact_name = contact.text("name", reader);
        settings.contact_url = contact.text("url", reader);
        contact.finish(reader);
    }
    // OpenAPI itself spells it the American way.
    for name in ["licence", "license"] {
        if let Some(mut licence) = table.table(name, reader) {
            settings.licence_name = licence.text("name", reader);
            settings.licence_url = licence.text("url", reader);
            licence.finish(reader);
        }
    }
    table.finish(reader);
}

fn levels(table: &mut Table<'_>, config: &mut Config, _: &Path, reader: &mut Reader) {
    for (key, value) in table.rest() {
        let Some(lint) = find_lint(&key.value) else {
            reader.unknown(key.span, format!("no rule is called `{}`", key.value));
            reader.suggest(&key.value, &lints().map(|lint| lint.name).collect::<Vec<_>>(), "rule");
            continue;
        };
        match value.as_str().and_then(level) {
            Some(level) => {
                config.levels.0.insert(lint.name, level);
            }
            None => {
                let message = format!("the level of `{}` is one of off, hint, warning and error", key.value);
                reader.invalid(value.span(), message);
            }
        }
    }
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
