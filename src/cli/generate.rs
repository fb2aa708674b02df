//! `apipage generate`

use super::stages::Stages;
use super::{Outcome, Terminal};
use crate::diagnostic::{Diagnostic, Level, plural};
use crate::model;
use crate::output::{self, Comparison, Stale};
use crate::print::abridge::abridge;
use crate::print::{self, Report, harmless};
use crate::project::{Project, Request, config};
use crate::rules::{self, Scope};
use crate::targets::{self, Format, OpenApiSettings, OpenApiVersion, Target};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// Generates code and documents from pages
#[derive(Args)]
pub(super) struct Generate {
    /// A folder of pages, or one page, which is read with the pages around it [default: docs-input, or .]
    #[arg(short, long, value_name = "PATH")]
    input: Option<String>,
    /// The folder to write to [default: as apipage.toml says, or generated]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What to generate; may be given several times [default: as apipage.toml says, or everything]
    #[arg(short, long = "target", value_name = "TARGET")]
    targets: Vec<String>,
    /// Only this type, tag, operation or path (`customer`, `getCustomer`, `GET /customers/*`), and what it leads to;
    /// may be given several times [default: as apipage.toml says, or everything]
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// A folder of templates that replace built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<String>,
    /// Write nothing; fail if something is not up to date
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing; say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Say on stderr how long each stage took
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    openapi: OpenApi,
}

/// What the OpenAPI document is to be like, where it is not as apipage.toml says.
#[derive(Args)]
#[command(next_help_heading = "OpenAPI document [default: as apipage.toml says]")]
struct OpenApi {
    /// The version of OpenAPI: 3.0, which most tools take, or 3.1
    #[arg(long, value_name = "VERSION", value_parser = choice(OpenApiVersion::ALL))]
    openapi_version: Option<OpenApiVersion>,
    /// Write openapi.yaml or openapi.json
    #[arg(long, value_name = "FORMAT", value_parser = choice(Format::ALL))]
    format: Option<Format>,
    /// Write a file for the paths of each tag and one for each schema beside that for the rest
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    split: Option<bool>,
    /// Say of types that others derive from how `@odata.type` tells these apart
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    discriminators: Option<bool>,
    /// Leave out types that no operation leads to
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    only_reachable: Option<bool>,
    /// An OpenAPI Overlay to apply to the document, after those of apipage.toml; may be given several times
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
}

/// Takes one of some names for what it stands for.
fn choice<T: Copy + Send + Sync + 'static>(all: [(&'static str, T); 2]) -> impl TypedValueParser<Value = T> {
    let value =
        move |name: String| all.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or("unknown");
    PossibleValuesParser::new(all.map(|(name, _)| name)).try_map(value)
}

impl OpenApi {
    fn apply(&self, settings: &mut OpenApiSettings) {
        settings.openapi_version = self.openapi_version.unwrap_or(settings.openapi_version);
        settings.format = self.format.unwrap_or(settings.format);
        settings.split = self.split.unwrap_or(settings.split);
        settings.discriminators = self.discriminators.unwrap_or(settings.discriminators);
        settings.only_reachable = self.only_reachable.unwrap_or(settings.only_reachable);
    }

    /// The flags as they were given.
    fn given(&self) -> impl Iterator<Item = String> {
        let version = OpenApiVersion::ALL.into_iter().find(|(_, version)| self.openapi_version == Some(*version));
        let flag = |name: &str, value: Option<bool>| {
            value.map(|value| format!("--{name}{}", if value { "" } else { "=false" }))
        };
        let flags = [
            version.map(|(name, _)| format!("--openapi-version {name}")),
            self.format.map(|format| format!("--format {}", format.name())),
            flag("split", self.split),
            flag("discriminators", self.discriminators),
            flag("only-reachable", self.only_reachable),
        ];
        let overlays = self.overlays.iter().map(|file| format!("--overlay {}", file.display()));
        flags.into_iter().flatten().chain(overlays)
    }
}

impl Generate {
    pub(super) fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        let mut stages = Stages::new(terminal.has_progress);
        let outcome = self.generate(directory, terminal, &mut stages)?;
        if self.timings {
            stages.print(terminal.err)?;
        }
        Ok(outcome)
    }

    fn generate(&self, directory: &Path, terminal: &mut Terminal<'_>, stages: &mut Stages) -> Result<Outcome> {
        stages.start("read and parse");
        let request = Request {
            directory: directory.to_owned(),
            input: self.input.clone(),
            templates: self.templates.clone(),
            openapi_overlays: self.openapi.overlays.clone(),
            ..Request::default()
        };
        // The program ends soon. To free the pages one by one takes longer than to leave them to the system.
        let mut project = ManuallyDrop::new(Project::open(&request)?);
        self.openapi.apply(&mut project.config.settings.openapi);
        if project.is_misconfigured() {
            stages.start_printing("print");
            print_findings(&project, &project.problems, terminal)?;
            bail!("nothing was generated, as the configuration cannot be relied on");
        }
        let chosen = choose(&self.targets, &project)?;
        stages.start("link");
        let mut model = model::link(&project.docset);
        stages.start("rules");
        let mut findings = project.problems.clone();
        findings.extend(rules::check(&model, &project.config.levels, Scope::Generate));
        stages.start_printing("print");
        let others = abridge(&mut findings);
        print_findings(&project, &findings, terminal)?;
        others.iter().try_for_each(|others| writeln!(terminal.err, "{others}\n"))?;

        if self.include.is_empty() {
            let unmatched = project.select(&mut model);
            print_findings(&project, &unmatched, terminal)?;
            if !unmatched.is_empty() {
                bail!("nothing was generated, as the configuration cannot be relied on");
            }
        } else {
            config::include::select(&mut model, &self.include)?;
        }
        stages.start("artifacts");
        let settings = project.settings(&chosen);
        let artifacts = targets::artifacts(&model, &chosen, &settings);
        stages.start("render");
        let (files, failures) = project.render_artifacts(artifacts);
        stages.start_printing("print");
        print_findings(&project, &failures, terminal)?;
        if failures.iter().any(|failure| failure.level == Level::Error) {
            writeln!(terminal.err, "nothing was written, as a file could not be made")?;
            return Ok(Outcome::Findings);
        }
        stages.start("write");
        // What other configured targets made stays, when only some are asked for.
        let others: LazyCell<BTreeSet<String>, _> = LazyCell::new(|| {
            let configured = &project.config.targets;
            let settings = project.settings(configured);
            targets::artifacts(&model, configured, &settings).all.into_iter().map(|artifact| artifact.path).collect()
        });
        let is_wanted = |path: &str| !self.targets.is_empty() && others.contains(path);
        let output = self.output.as_ref().map_or_else(|| project.output(), |folder| directory.join(folder));
        let shown = project.shown_path(&output);
        let context = || format!("could not generate into `{shown}`");
        if self.check {
            let comparison = output::compare(&files, &is_wanted, &output).with_context(context)?;
            stages.start_printing("print");
            return Ok(print_stale(&comparison, &shown, &self.mend(directory), terminal)?);
        }
        if self.dry_run {
            let comparison = output::compare(&files, &is_wanted, &output).with_context(context)?;
            stages.start_printing("print");
            print_plan(&comparison, &shown, terminal)?;
            return Ok(Outcome::Clean);
        }
        let done = output::write(&files, &is_wanted, &output).with_context(context)?;
        stages.start_printing("print");
        writeln!(terminal.err, "{}", summary(&done, ["wrote", "kept", "removed"], &shown))?;
        Ok(Outcome::Clean)
    }

    /// The command that brings the output up to date.
    fn mend(&self, directory: &Path) -> String {
        let mut command = vec!["apipage generate".to_owned()];
        if directory != Path::new(".") {
            command.push(format!("-C {}", directory.display()));
        }
        command.extend(self.input.iter().map(|input| format!("--input {input}")));
        command.extend(self.output.iter().map(|output| format!("--output {}", output.display())));
        command.extend(self.targets.iter().map(|target| format!("--target {target}")));
        command.extend(self.include.iter().map(|pattern| format!("--include '{pattern}'")));
        command.extend(self.templates.iter().map(|templates| format!("--templates {templates}")));
        command.extend(self.openapi.given());
        command.join(" ")
    }
}

/// The targets named on the command line, else those configured.
fn choose(names: &[String], project: &Project) -> Result<Vec<&'static Target>> {
    if names.is_empty() {
        return Ok(project.config.targets.clone());
    }
    names.iter().map(|name| config::find_target(name)).collect()
}

fn print_findings(project: &Project, findings: &[Diagnostic], terminal: &mut Terminal<'_>) -> io::Result<()> {
    let sources = project.sources();
    let report = Report { diagnostics: findings, sources: &sources, pages: project.docset.pages.len(), known: None };
    print::human::print_findings(report, terminal.width, terminal.err)
}

/// `wrote 3, kept 40, removed 1 file in generated/`
fn summary(comparison: &Comparison, [write, keep, remove]: [&str; 3], shown: &str) -> String {
    let (written, removed) = (comparison.to_write().count(), comparison.leftover.len());
    let removed = plural(removed, "file");
    let shown = shown.trim_end_matches('/');
    format!("{write} {written}, {keep} {}, {remove} {removed} in {shown}/", comparison.unchanged)
}

fn print_plan(comparison: &Comparison, shown: &str, terminal: &mut Terminal<'_>) -> io::Result<()> {
    let shown = shown.trim_end_matches('/');
    let lists = [
        ("create", comparison.missing.iter().collect::<Vec<_>>()),
        ("update", comparison.stale.iter().map(|stale| &stale.path).collect()),
        ("remove", comparison.leftover.iter().collect()),
    ];
    for (verb, paths) in lists {
        for path in paths {
            writeln!(terminal.out, "{verb} {shown}/{}", harmless(path))?;
        }
    }
    writeln!(terminal.err, "{}", summary(comparison, ["would write", "keep", "remove"], shown))
}

fn print_stale(comparison: &Comparison, shown: &str, mend: &str, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let shown = shown.trim_end_matches('/');
    if comparison.is_fresh() {
        let files = plural(comparison.unchanged, "file");
        writeln!(terminal.err, "{files} in {shown}/ up to date")?;
        return Ok(Outcome::Clean);
    }
    for path in &comparison.missing {
        writeln!(terminal.out, "missing: {shown}/{path}")?;
    }
    for Stale { path, line, on_disk, produced } in &comparison.stale {
        writeln!(terminal.out, "stale: {shown}/{path}:{line}")?;
        let side = |text: &Option<String>| text.as_deref().map_or("(end of file)".to_owned(), visible);
        writeln!(terminal.out, "    is        {}", side(on_disk))?;
        writeln!(terminal.out, "    should be {}", side(produced))?;
    }
    for path in &comparison.leftover {
        writeln!(terminal.out, "leftover: {shown}/{}", harmless(path))?;
    }
    writeln!(terminal.err, "{shown}/ is not up to date; run `{mend}`")?;
    Ok(Outcome::Findings)
}

/// A line that no terminal takes for a command, and not too much of it.
fn visible(line: &str) -> String {
    const SHOWN: usize = 160;
    let shown = harmless(&line.chars().take(SHOWN).collect::<String>());
    if line.chars().nth(SHOWN).is_some() { shown + " ..." } else { shown }
}
