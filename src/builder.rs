//! Generating from a build script.

mod relocate;

use crate::diagnostic::{Diagnostic, Level};
use crate::model;
use crate::output::{self, Files};
use crate::print::abridge::abridge;
use crate::print::{Report, Sources, human};
use crate::project::{Project, Request, config};
use crate::rules::{self, Scope};
use crate::targets::{TARGETS, Target};
use anyhow::{Context as _, bail, ensure};
use relocate::Relocation;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Generates a Rust module from a docset, for use in `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), apipage::Error> {
///     apipage::Builder::new("docs").target("types").target("client").module("customers").build()
/// }
/// ```
///
/// and, at the root of the crate (`src/lib.rs` or `src/main.rs`):
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));
/// ```
///
/// which declares `pub mod customers`, with all that the generated crate has at its root: `customers::types`,
/// `customers::client` and so on. The edition is 2021 or later. `tests/build-script` in apipage's repository is a
/// whole example.
///
/// # Dependencies
///
/// The package needs what the generated code uses:
///
/// | For | Dependencies |
/// |:--|:--|
/// | target `types` | `serde` 1 with `derive`, `serde_json` 1 with `raw_value` |
/// | target `client` | also `bytes` 1, `http` 1 |
/// | target `server` | also `axum` 0.8 with `matched-path`, `bytes` 1, `futures-util` 0.3, `http` 1, `tokio` 1 with `time` |
/// | [`reqwest`](Builder::reqwest) | also `reqwest` 0.12 with `stream`, `tokio` 1 with `time` |
///
/// Which parts there are is decided here and not by features of the package. `apipage` itself is wanted with
/// `default-features = false`: its one feature is the allocator of the program.
///
/// # What else the package decides
///
/// The code is free of the warnings that the compiler and Clippy give by default. A crate that asks for more of them
/// can include it in a module of its own that says `#[allow(…)]`, see [`module`](Builder::module).
///
/// Types that refer to each other in long chains may need `#![recursion_limit = "256"]` at the root of the crate;
/// the compiler says so.
///
/// # Design
///
/// Generated code is a tree of files. `#[path]` takes no `concat!`, and a file that is included may not begin
/// with `//!` or `#![…]`. So the included `mod.rs` is one declaration with a `#[path]` relative to itself, which
/// makes the compiler load the crate root as an ordinary module file, and its modules from beside it. What a crate
/// can do and a module cannot (`crate::`, exported macros, features) is rewritten in the copy.
#[derive(Clone, Debug)]
pub struct Builder {
    input: String,
    targets: Vec<String>,
    include: Vec<String>,
    templates: Option<String>,
    module: Option<String>,
    reqwest: bool,
    out_dir: Option<PathBuf>,
}

/// Why a build script could not generate. Shows all that is known in both formats, as a `main` that returns it
/// is shown by `Debug`.
pub struct Error(anyhow::Error);

impl Builder {
    /// Generates from the pages in a folder, relative to the package.
    pub fn new(input: impl Into<String>) -> Self {
        Builder {
            input: input.into(),
            targets: Vec::new(),
            include: Vec::new(),
            templates: None,
            module: None,
            reqwest: false,
            out_dir: None,
        }
    }

    /// Adds a target; `server` and `client` bring `types` along. Without any, those that `apipage.toml` names are
    /// made, or all.
    ///
    /// `openapi` writes its document beside `mod.rs`. `contract` makes tests, which are no part of a module: it is an
    /// error here, and left out where only the configuration names it.
    pub fn target(mut self, name: impl Into<String>) -> Self {
        self.targets.push(name.into());
        self
    }

    /// Adds a type, a tag, an operation or a path to what is generated, with all that it leads to: `customer`,
    /// `getCustomer`, `GET /customers/*`. Without any, what `apipage.toml` says is made, or everything.
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// A folder of templates, relative to the package, instead of the configured one.
    pub fn templates(mut self, folder: impl Into<String>) -> Self {
        self.templates = Some(folder.into());
        self
    }

    /// The module that `mod.rs` declares, otherwise called as the generated crate. A path such as
    /// `api::customers` says that `mod.rs` is included in the module `api`:
    ///
    /// ```ignore
    /// mod api {
    ///     include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));
    /// }
    /// ```
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// Whether the client can send by the crate `reqwest`. Without it, it sends by whatever it is given as transport.
    pub fn reqwest(mut self, wanted: bool) -> Self {
        self.reqwest = wanted;
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
        let request = Request {
            directory: ".".into(),
            input: Some(self.input.clone()),
            templates: self.templates.clone(),
            ..Request::default()
        };
        let project = Project::open(&request)?;
        watch(&project, &folder, out)?;
        let sources = project.sources();
        refuse(&project.problems, &sources)?;
        let targets = self.chosen(&project)?;
        let relocation = self.relocation(&project, &targets)?;
        let mut model = model::link(&project.docset);
        if self.include.is_empty() {
            refuse(&project.select(&mut model), &sources)?;
        } else {
            config::include::select(&mut model, &self.include)?;
        }
        warn(&project.problems, &sources, out)?;
        let mut findings = rules::check(&model, &project.config.levels, Scope::Generate);
        let others = abridge(&mut findings);
        warn(&findings, &sources, out)?;
        others.iter().try_for_each(|others| writeln!(out, "cargo:warning={others}"))?;
        let (mut files, failures) = project.render(&model, &targets);
        refuse(&failures, &sources)?;
        warn(&failures, &sources, out)?;
        into_module(&mut files, &relocation);
        output::write(&files, &|_| false, &folder)
            .with_context(|| format!("could not generate into `{}`", folder.display()))?;
        Ok(())
    }

    /// The targets to run, each once, in the order of the list of all.
    fn chosen(&self, project: &Project) -> anyhow::Result<Vec<&'static Target>> {
        let named: Vec<&str> = match self.targets.as_slice() {
            [] => project.config.targets.iter().map(|target| target.name).filter(|name| *name != TESTS).collect(),
            names => names.iter().map(|name| Ok(config::find_target(name)?.name)).collect::<anyhow::Result<_>>()?,
        };
        if named.contains(&TESTS) {
            bail!(
                "the target `{TESTS}` makes tests of a crate, and a build script makes a module: \
                 leave it out, or write a crate with `apipage generate`"
            );
        }
        let has_code = named.iter().any(|name| PARTS.contains(name));
        let is_chosen = |target: &&&Target| named.contains(&target.name) || has_code && target.name == TYPES;
        Ok(TARGETS.iter().filter(is_chosen).copied().collect())
    }

    /// Where the code comes to.
    fn relocation(&self, project: &Project, targets: &[&'static Target]) -> anyhow::Result<Relocation> {
        let mut features: Vec<&'static str> =
            targets.iter().map(|target| target.name).filter(|name| PARTS.contains(name)).collect();
        if self.reqwest {
            ensure!(features.contains(&"client"), "`reqwest(true)` is for the target `client`, which is not chosen");
            features.push("reqwest");
        }
        let crate_module = project.config.settings.crate_module();
        let module = self.module.clone().unwrap_or_else(|| crate_module.clone());
        ensure!(relocate::is_path(&module), "`{module}` cannot be the path of a module, such as `api::customers`");
        Ok(Relocation { crate_module, module, features })
    }
}

/// The target that the others are written for.
const TYPES: &str = "types";

/// The targets that add to it, each of them a feature of the generated crate.
const PARTS: [&str; 2] = ["server", "client"];

/// The target that makes tests.
const TESTS: &str = "contract";

/// The `rust-version` of the generated crate.
const RUST_VERSION: &str = "1.85";

/// What stands around the code in a generated crate, and means nothing in the folder of a module.
const PACKAGE: [&str; 2] = ["Cargo.toml", "rustfmt.toml"];

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

/// Makes findings that are no errors into warnings of the build.
fn warn(findings: &[Diagnostic], sources: &Sources<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    for finding in findings.iter().filter(|finding| finding.level != Level::Error) {
        let line = sources.get(finding.at.file).map_or(1, |source| source.position(finding.at.span.start).line);
        // Cargo reads line by line.
        let message = finding.message.replace(['\n', '\r'], " ");
        writeln!(out, "cargo:warning={}:{line}: {message}", sources.path(finding.at.file))?;
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
    human::print_findings(
        Report { diagnostics: &errors, sources, pages: 0, known: None },
        crate::print::DEFAULT_WIDTH,
        &mut text,
    )?;
    bail!("nothing was generated\n\n{}", String::from_utf8_lossy(&text.into_inner()).trim_end())
}

/// Makes a crate into a module, declared by `mod.rs`.
fn into_module(files: &mut Files, relocation: &Relocation) {
    files.0.retain(|path, _| !PACKAGE.contains(&path.as_str()));
    if !files.0.contains_key(relocate::ROOT) {
        return;
    }
    relocation.apply(files);
    let name = relocation.module.rsplit("::").next().unwrap_or_default();
    let (header, root) = (output::HEADER, relocate::ROOT);
    let text = format!(
        "// {header}.\n\n\
         // What this crate or its pages do not need is no mistake in it.\n\
         #[allow(dead_code, unused_imports, unused_macros)]\n\
         // Clippy proposes nothing newer.\n\
         #[clippy::msrv = \"{RUST_VERSION}\"]\n\
         #[path = \"{root}\"]\n\
         pub mod {name};\n"
    );
    files.0.insert("mod.rs".to_owned(), text);
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
mod tests;
