//! A docset on disk: its configuration, its pages, and what they are called on the screen.

pub mod api_doctor;
pub mod baseline;
pub mod config;
mod discover;
mod fix;
mod git;
mod overlay;
mod refresh;
mod watch;

pub use config::Config;
pub use fix::{Change, Fixes};
pub use git::Changes;
pub use overlay::Overlay;
pub use refresh::{Refreshed, Touched};
pub use watch::Watcher;

use crate::diagnostic::{Diagnostic, Level};
use crate::fingerprint::Fingerprint;
use crate::model::Model;
use crate::output::{self, Files};
use crate::print::{Shown, Sources};
use crate::render::{self, Overrides};
use crate::source::Source;
use crate::span::FileId;
use crate::syntax::{Docset, Page};
use crate::targets::{self, Artifacts, Settings, Target, openapi};
use anyhow::{Context as _, Result, bail};
use discover::Place;
use refresh::{Contents, Earlier, Kept};
use std::path::{Path, PathBuf};

/// What to open. Paths are as given on the command line, relative to `directory`.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The directory that the run starts in.
    pub directory: PathBuf,
    /// A folder of pages, or one page; `docs-input` or the directory itself where nothing is said.
    pub input: Option<String>,
    /// A folder of templates, instead of the configured one.
    pub templates: Option<String>,
    /// What pages say instead of their files.
    pub overlay: Overlay,
    /// OpenAPI Overlays, after those of the configuration.
    pub openapi_overlays: Vec<PathBuf>,
}

impl Request {
    /// The folder or page, as it was asked for.
    fn input(&self) -> String {
        self.input.clone().unwrap_or_else(|| default_input(&self.directory))
    }
}

/// An opened docset.
pub struct Project {
    /// The pages, read and parsed.
    pub docset: Docset,
    /// What `apipage.toml` says.
    pub config: Config,
    /// What is wrong with `apipage.toml`.
    pub problems: Vec<Diagnostic>,
    /// The user's templates.
    pub templates: Overrides,
    /// The page that was asked for, where the input is one page. Its neighbours are read all the same, as it is
    /// checked against them.
    pub only: Option<FileId>,
    directory: PathBuf,
    place: Place,
    shown: Shown,
    /// Whether files of the docset have several paths.
    has_links: bool,
    config_source: Option<Source>,
    no_config: Source,
    templates_folder: Option<PathBuf>,
    openapi_overlays: Vec<(PathBuf, Source)>,
}

impl Project {
    /// Finds and reads a docset.
    pub fn open(request: &Request) -> Result<Project> {
        Ok(Project::build(request, None)?.project)
    }

    /// Finds and reads a docset, of which an earlier run may know some.
    fn build(request: &Request, earlier: Option<Earlier>) -> Result<Refreshed> {
        let input = request.input();
        let place = Place::find(&request.directory, &input)?;
        let config_source = place.config.as_deref().map(discover::read);
        let (mut config, mut problems) = match &config_source {
            Some(source) => config::read(source, &place.config_folder()),
            None => Default::default(),
        };
        let contents = match earlier {
            Some(earlier) => earlier.contents(&place, config_source.as_ref(), &config, &request.overlay),
            None => discover::contents(&place, &config, &request.overlay, Kept::default()),
        };
        let Contents { pages, files, has_links, changed, only_texts } = contents?;
        // Once there was nothing, or an editor has closed the last page.
        if pages.is_empty() && request.overlay.is_empty() {
            bail!(
                "no pages in `{input}`: a page is a file whose name ends in `.md` (hidden files, and those that \
                 `.gitignore` or `exclude` in apipage.toml name, do not count); `apipage init` starts a docset"
            );
        }
        let unmatched = config::apply(&mut config, &place.root, &pages);
        // Pages that were not read may fit.
        if place.folder == place.config_folder() {
            problems.extend(unmatched);
            problems.sort_by_key(|problem| problem.at.span);
        }
        for problem in &mut problems {
            problem.at.file = FileId(pages.len() as u32);
        }
        config.settings.docset = place.docset_name();
        let templates_folder = match &request.templates {
            Some(folder) => Some(request.directory.join(folder)),
            None => config.templates.clone(),
        };
        let templates = templates_folder.as_deref().map(read_templates).transpose()?.unwrap_or_default();
        let overlays = config.openapi_overlays.iter().cloned();
        let overlays = overlays.chain(request.openapi_overlays.iter().map(|path| request.directory.join(path)));
        let openapi_overlays: Vec<(PathBuf, Source)> =
            overlays.map(|path| (path.clone(), discover::read(&path))).collect();
        // The configuration and the templates come first, see `sources`.
        let first = pages.len() + 1 + templates.0.len();
        for (index, (_, source)) in openapi_overlays.iter().enumerate() {
            let (overlay, found) = openapi::overlay::Overlay::read(source, FileId((first + index) as u32));
            config.settings.openapi.overlays.push(overlay);
            problems.extend(found.into_iter().filter_map(|problem| leveled(problem, &config)));
        }
        let only = place.only.as_deref().and_then(|path| pages.iter().find(|page| page.source.path == path));
        let project = Project {
            only: only.map(|page| page.id),
            docset: Docset { files, options: config.docset.clone(), pages },
            config,
            problems,
            templates,
            directory: request.directory.clone(),
            shown: place.shown(&input),
            place,
            has_links,
            config_source,
            no_config: Source::default(),
            templates_folder,
            openapi_overlays,
        };
        Ok(Refreshed { project, changed, only_texts })
    }

    /// What changed since a revision that git knows.
    pub fn changes_since(&self, revision: &str) -> Result<Changes> {
        git::changes(&self.place.root, revision)
    }

    /// What makes a finding the same in another run; `None` for one that stands on no page.
    pub fn fingerprint(&self, finding: &Diagnostic) -> Option<Fingerprint> {
        let page = self.docset.pages.get(finding.at.file.index())?;
        Some(Fingerprint::of(finding, &page.source.path, &page.source))
    }

    /// Whether a page of this path was asked for, or would be if it were there.
    pub fn covers(&self, path: &str) -> bool {
        match self.only {
            Some(only) => self.docset.page(only).source.path == path,
            None => self.docset.find(path).is_some() || self.place.root.join(path).starts_with(&self.place.folder),
        }
    }

    /// The folder that paths in the configuration are relative to.
    pub fn config_folder(&self) -> PathBuf {
        self.place.config_folder()
    }

    /// The files that diagnostics point into.
    pub fn sources(&self) -> Sources<'_> {
        let mut sources = Sources::new(&self.docset.pages, self.shown.clone()).only(self.only);
        // The place of the configuration is kept free where there is none: templates are counted from it.
        let path = self.place.config.as_deref().unwrap_or(Path::new(""));
        sources.push(self.config_source.as_ref().unwrap_or(&self.no_config), self.shown_path(path));
        for template in &self.templates.0 {
            let folder = self.templates_folder.as_deref().unwrap_or(Path::new(""));
            sources.push(template, self.shown_path(&folder.join(&template.path)));
        }
        for (path, source) in &self.openapi_overlays {
            sources.push(source, self.shown_path(path));
        }
        sources
    }

    /// Runs targets through their templates.
    pub fn render(&self, model: &Model<'_>, chosen: &[&'static Target]) -> (Files, Vec<Diagnostic>) {
        let settings = self.settings(chosen);
        self.render_artifacts(targets::artifacts(model, chosen, &settings))
    }

    /// Lets only what `[generate] include` names, with what it leads to, be written of a model. The findings are of
    /// patterns that nothing fits.
    pub fn select(&self, model: &mut Model<'_>) -> Vec<Diagnostic> {
        self.config.include.select(model, FileId(self.docset.pages.len() as u32))
    }

    /// What the user says about the output, for a run of some targets.
    pub fn settings(&self, chosen: &[&'static Target]) -> Settings {
        let targets = chosen.iter().map(|target| target.name).collect();
        Settings { targets, ..self.config.settings.clone() }
    }

    /// Runs artifacts through their templates.
    pub fn render_artifacts(&self, artifacts: Artifacts<'_>) -> (Files, Vec<Diagnostic>) {
        let (files, failures) = render::render(artifacts.all, &self.templates, &self.docset);
        let found = artifacts.problems.into_iter();
        let mut problems: Vec<Diagnostic> = found.filter_map(|problem| leveled(problem, &self.config)).collect();
        problems.extend(failures);
        (files, problems)
    }

    /// Whether the configuration cannot be relied on, so that nothing should be written.
    pub fn is_misconfigured(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Error)
    }

    /// The folder that `generate` writes to where the command line names none.
    pub fn output(&self) -> PathBuf {
        self.config.output.clone().unwrap_or_else(|| self.directory.join("generated"))
    }

    /// The folder of pages, for build scripts that watch it.
    pub fn input_folder(&self) -> &Path {
        &self.place.folder
    }

    /// Every file that the result depends on.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let pages = self.docset.pages.iter().map(|page| self.place.root.join(&page.source.path));
        let templates = self
            .templates_folder
            .iter()
            .flat_map(|folder| self.templates.0.iter().map(move |template| folder.join(&template.path)));
        let overlays = self.openapi_overlays.iter().map(|(path, _)| path.clone());
        pages.chain(self.place.config.clone()).chain(templates).chain(overlays).collect()
    }

    /// A path as a person in the starting directory would write it.
    pub fn shown_path(&self, path: &Path) -> String {
        let path = &discover::normal(path);
        let start = self.directory.canonicalize().unwrap_or_else(|_| self.directory.clone());
        let shown = self.shown.clone();
        match path.strip_prefix(&self.place.root) {
            Ok(inside) => shown.path(&discover::slashes(inside)),
            Err(_) => {
                discover::slashes(path.strip_prefix(&start).or(path.strip_prefix(&self.directory)).unwrap_or(path))
            }
        }
    }
}

/// A finding at the level of this run, if it is reported. What keeps files from being made is an error whatever the
/// configuration says.
fn leveled(mut problem: Diagnostic, config: &Config) -> Option<Diagnostic> {
    if problem.level != Level::Error {
        problem.level = config.levels.of(problem.lint);
    }
    (problem.level != Level::Off).then_some(problem)
}

fn default_input(directory: &Path) -> String {
    if directory.join("docs-input").is_dir() { "docs-input".into() } else { ".".into() }
}

/// The files of a templates folder, by path. A missing folder is an error: a run with the built-in templates
/// would not be what was asked for.
fn read_templates(folder: &Path) -> Result<Overrides> {
    let found = folder.is_dir();
    anyhow::ensure!(found, "the templates folder `{}` is not there", folder.display());
    let paths = discover::files(folder);
    let read = |path: &String| {
        let source = discover::read(&folder.join(path));
        match &source.fault {
            Some(fault) => Err(anyhow::anyhow!("{}", fault.describe())),
            None => Ok(Source::new(path, source.text())),
        }
        .with_context(|| format!("could not read the template `{}`", folder.join(path).display()))
    };
    Ok(Overrides(paths.iter().filter(|path| path.ends_with(".tera")).map(read).collect::<Result<_>>()?))
}

/// Whether a page is one that an earlier run wrote, which says nothing about the API.
fn is_output(page: &Page) -> bool {
    output::is_ours(page.source.text())
}
