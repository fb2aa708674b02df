//! Generating from a build script.

use crate::diagnostic::{Diagnostic, Level};
use crate::model;
use crate::output::{self, Files};
use crate::print::{Report, Sources, human};
use crate::project::{Project, Request, config};
use crate::rules::{self, Scope};
use anyhow::{Context as _, bail};
use std::collections::BTreeSet;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Generates a Rust module from a docset, for use in `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), apipage::Error> {
///     apipage::Builder::new("docs").module("customers").build()
/// }
/// ```
///
/// and, at the root of the crate (`src/lib.rs` or `src/main.rs`):
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));
/// ```
///
/// which declares `pub mod customers`, with all that the generated crate has at its root. The package needs
/// the dependencies and features that the generated `Cargo.toml` (in the same folder) lists.
///
/// # Design
///
/// Generated code is a tree of files. `#[path]` takes no `concat!`, and a file that is included may not begin
/// with `//!` or `#![…]`. So the included `mod.rs` is one declaration with a `#[path]` relative to itself, which
/// makes the compiler load the crate root as an ordinary module file, and its modules from beside it. In it,
/// `crate::` is no longer the root of the generated code, and becomes `crate::customers::` in the copy.
#[derive(Clone, Debug)]
pub struct Builder {
    input: String,
    targets: Vec<String>,
    templates: Option<String>,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

/// Why a build script could not generate. Shows all that is known in both formats, as a `main` that returns it
/// is shown by `Debug`.
pub struct Error(anyhow::Error);

impl Builder {
    /// Generates from the pages in a folder, relative to the package.
    pub fn new(input: impl Into<String>) -> Self {
        Builder { input: input.into(), targets: Vec::new(), templates: None, module: None, out_dir: None }
    }

    /// Adds a target. Without any, those that `apipage.toml` names are made, or all.
    pub fn target(mut self, name: impl Into<String>) -> Self {
        self.targets.push(name.into());
        self
    }

    /// A folder of templates, relative to the package, instead of the configured one.
    pub fn templates(mut self, folder: impl Into<String>) -> Self {
        self.templates = Some(folder.into());
        self
    }

    /// The module that `mod.rs` declares, otherwise called as the generated crate. A path such as
    /// `api::customers` says that `mod.rs` is included in the module `api`.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// The folder to write to, otherwise `apipage` in the build script's `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates, and tells cargo when to do it again. Guesses become warnings of the build.
    pub fn build(self) -> Result<(), Error> {
        let mut out = std::io::stdout().lock();
        self.run(&mut out).map_err(Error)
    }

    fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => PathBuf::from(std::env::var_os("OUT_DIR").context("OUT_DIR is not set: is this a build script?")?)
                .join("apipage"),
        };
        let request =
            Request { directory: ".".into(), input: Some(self.input.clone()), templates: self.templates.clone() };
        let project = Project::open(&request)?;
        watch(&project, &folder, out)?;
        let sources = project.sources();
        refuse(&project.problems, &sources)?;
        let targets = match self.targets.as_slice() {
            [] => project.config.targets.clone(),
            names => names.iter().map(|name| config::find_target(name)).collect::<anyhow::Result<_>>()?,
        };
        let model = model::link(&project.docset);
        for guess in rules::check(&model, &project.config.levels, Scope::Generate) {
            let line = sources.get(guess.at.file).map_or(1, |source| source.position(guess.at.span.start).line);
            let message = guess.message.replace(['\n', '\r'], " ");
            writeln!(out, "cargo:warning={}:{line}: {message}", sources.path(guess.at.file))?;
        }
        let (mut files, failures) = project.render(&model, &targets);
        refuse(&failures, &sources)?;
        let module = self.module.clone().unwrap_or_else(|| project.config.settings.crate_name.replace('-', "_"));
        into_module(&mut files, &module);
        output::write(&files, &BTreeSet::new(), &folder)
            .with_context(|| format!("could not generate into `{}`", folder.display()))?;
        Ok(())
    }
}

/// Tells cargo what the result depends on: each file, and the folder of pages for those that come later.
fn watch(project: &Project, out_dir: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = project.input_folder();
    // A folder is watched with all that is in it, and what is built there changes with each run.
    let is_package = folder.join("Cargo.toml").exists() || out_dir.starts_with(folder);
    let folders = (!is_package).then(|| folder.to_owned());
    for path in folders.into_iter().chain(project.inputs()) {
        writeln!(out, "cargo:rerun-if-changed={}", path.display())?;
    }
    Ok(())
}

/// Fails with the errors among some findings, as `apipage generate` would print them.
fn refuse(findings: &[Diagnostic], sources: &Sources<'_>) -> anyhow::Result<()> {
    let errors: Vec<Diagnostic> = findings.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
    if errors.is_empty() {
        return Ok(());
    }
    let mut text = anstream::StripStream::new(Vec::new());
    human::print_findings(Report { diagnostics: &errors, sources, pages: 0 }, crate::print::DEFAULT_WIDTH, &mut text)?;
    bail!("nothing was generated\n\n{}", String::from_utf8_lossy(&text.into_inner()).trim_end())
}

/// Makes a crate into the module of this path.
fn into_module(files: &mut Files, module: &str) {
    let Some(root) = files.0.keys().find(|path| *path == "src/lib.rs").cloned() else { return };
    for (_, text) in files.0.iter_mut().filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs")) {
        *text = rebase(text, module);
    }
    let name = module.rsplit("::").next().unwrap_or(module);
    let header = output::HEADER;
    // Attributes such as `recursion_limit` mean nothing in a module, and are no mistake there.
    let text = format!("// {header}.\n#[allow(unused_attributes)]\n#[path = \"{root}\"]\npub mod {name};\n");
    files.0.insert("mod.rs".to_owned(), text);
}

/// Puts a module behind each `crate::`, also of `$crate::`.
fn rebase(text: &str, module: &str) -> String {
    const ROOT: &str = "crate::";
    let mut rebased = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ROOT) {
        let (before, found) = rest.split_at(at);
        rebased.push_str(before);
        rebased.push_str(ROOT);
        if !before.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
            rebased.push_str(module);
            rebased.push_str("::");
        }
        rest = &found[ROOT.len()..];
    }
    rebased + rest
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:#}", self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_the_root_get_the_module() {
        let text = "use crate::a; $crate::b!(); my_crate::c; pub(crate) fn d() -> crate::E {}";
        let expected = "use crate::api::a; $crate::api::b!(); my_crate::c; pub(crate) fn d() -> crate::api::E {}";
        assert_eq!(rebase(text, "api"), expected);
    }
}
