//! Artifacts to files: templates, built in and the user's own.
//!
//! Each built-in template is registered twice, as `openapi/openapi.yaml.tera` and as
//! `builtin/openapi/openapi.yaml.tera`. A template of the user takes the place of the first; it may
//! extend the second to replace one block. A faulty template is a finding in that template, and what it
//! would have made is left out.

use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::output::Files;
use crate::source::Source;
use crate::span::{FileId, Location, Span};
use crate::syntax::Docset;
use crate::targets::{Artifact, Content, TARGETS, View};
use rayon::prelude::*;
use std::collections::btree_map::Entry;
use tera::{Context, ErrorKind, ReportError, Tera};

/// The user's templates. The path of each ends in the path of the built-in that it replaces, after a
/// folder `templates/`, or is that path.
#[derive(Debug, Default)]
pub struct Overrides(pub Vec<Source>);

/// A template that cannot be read or rendered.
pub static TEMPLATE_ERROR: Lint = Lint {
    name: "template-error",
    level: Level::Error,
    doc: "A template that cannot be read or rendered.\n\n## Why\nThe file that it makes would be missing.\n",
};

/// Two artifacts of one path.
pub static DUPLICATE_FILE: Lint = Lint {
    name: "duplicate-file",
    level: Level::Error,
    doc: "Two targets, or two pages, make a file of the same path.\n\n## Why\nOne would silently replace the other.\n",
};

/// Renders artifacts, in parallel; the result depends on nothing but their order.
///
/// The files of the overrides come after the pages of the docset and the configuration: the first is
/// `FileId(docset.pages.len() + 1)`.
pub fn render(artifacts: Vec<Artifact<'_>>, overrides: &Overrides, docset: &Docset) -> (Files, Vec<Diagnostic>) {
    let templates = Templates { overrides, first_file: docset.pages.len() as u32 + 1 };
    let mut problems = Vec::new();
    let tera = templates.read(&mut problems);
    if !problems.is_empty() {
        return (Files::default(), problems);
    }
    let rendered: Vec<_> = artifacts.into_par_iter().map(|artifact| templates.render(&tera, artifact)).collect();
    let mut files = Files::default();
    for result in rendered {
        match result {
            Ok((path, text, page)) => match files.0.entry(path) {
                Entry::Vacant(place) => {
                    place.insert(text);
                }
                Entry::Occupied(place) => problems.push(duplicate(place.key(), page)),
            },
            Err(problem) => problems.push(*problem),
        }
    }
    (files, problems)
}

fn duplicate(path: &str, page: Option<FileId>) -> Diagnostic {
    let message = format!("two artifacts make the file `{path}`; the first was kept");
    Diagnostic::new(&DUPLICATE_FILE, start_of(page), message)
}

/// The start of a page; of the first file, where there is no page.
fn start_of(page: Option<FileId>) -> Location {
    Location::new(page.unwrap_or_default(), Span::at(0))
}

/// The name under which a template is registered.
pub fn template_name(path: &str) -> &str {
    match path.rfind("templates/") {
        Some(at) if at == 0 || path[..at].ends_with('/') => &path[at + "templates/".len()..],
        _ => path,
    }
}

struct Templates<'o> {
    overrides: &'o Overrides,
    first_file: u32,
}

impl Templates<'_> {
    /// Reads all templates. Each faulty one is reported and left out, until the others can be linked.
    fn read(&self, problems: &mut Vec<Diagnostic>) -> Tera {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        let built_in = || TARGETS.iter().flat_map(|target| target.templates);
        let twice = built_in().flat_map(|template| {
            [(template.path.to_owned(), template.text), (format!("builtin/{}", template.path), template.text)]
        });
        if let Err(error) = tera.add_raw_templates(twice) {
            problems.push(self.diagnostic(&error, None, None));
            return tera;
        }
        let is_template = |source: &&Source| source.path.ends_with(".tera");
        let mut sound: Vec<&Source> = self.overrides.0.iter().filter(is_template).collect();
        loop {
            let named = sound.iter().map(|source| (template_name(&source.path), source.text()));
            let Err(error) = tera.add_raw_templates(named) else { return tera };
            let culprit = culprit(error.kind()).map(str::to_owned);
            let index = sound.iter().position(|source| Some(template_name(&source.path)) == culprit.as_deref());
            problems.push(self.diagnostic(&error, culprit.as_deref(), None));
            match index {
                Some(index) => {
                    sound.remove(index);
                }
                None => return tera,
            }
        }
    }

    /// Path, text and page of an artifact.
    fn render(&self, tera: &Tera, artifact: Artifact<'_>) -> Result<(String, String, Option<FileId>), Box<Diagnostic>> {
        let text = match artifact.content {
            Content::Verbatim(text) => text.into_owned(),
            // A file without marks is no template: a user's own takes its place as it is.
            Content::Copied(file) => self.find(file.path).map_or(file.text, |(_, own)| own.text()).to_owned(),
            Content::Rendered { template, view } => render_view(tera, template, &*view)
                .map_err(|error| Box::new(self.diagnostic(&error, Some(template), artifact.page)))?,
        };
        Ok((artifact.path, text, artifact.page))
    }

    /// A template error as a finding; `template` is where it is put when the error does not say.
    fn diagnostic(&self, error: &tera::Error, template: Option<&str>, page: Option<FileId>) -> Diagnostic {
        let report = report(error.kind());
        let named = report.map(ReportError::filename).filter(|name| !name.is_empty());
        let name = named.or(culprit(error.kind())).or(template).unwrap_or("?");
        let told = report.map_or_else(|| error.to_string(), |report| report.message().to_owned());
        let Some((index, source)) = self.find(name) else {
            let line = report.map_or(String::new(), |report| format!(", line {}", report.span().start_line));
            let message = format!("the built-in template `{name}`{line} is faulty: {told}; this is a bug in apipage");
            return Diagnostic::new(&TEMPLATE_ERROR, start_of(page), message);
        };
        let span = report.map_or(Span::at(0), |report| place(source, report));
        let at = Location::new(FileId(self.first_file + index as u32), span);
        let mut diagnostic = Diagnostic::new(&TEMPLATE_ERROR, at, format!("the template `{name}` is faulty: {told}"));
        if page.is_some() {
            diagnostic.label(start_of(page), "while the file made from this page was rendered");
        }
        diagnostic
    }

    fn find(&self, name: &str) -> Option<(usize, &Source)> {
        self.overrides.0.iter().enumerate().find(|(_, source)| template_name(&source.path) == name)
    }
}

fn render_view(tera: &Tera, template: &str, view: &dyn View) -> tera::TeraResult<String> {
    tera.render(template, &Context::from_serialize(view)?)
}

fn report(kind: &ErrorKind) -> Option<&ReportError> {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report),
        _ => None,
    }
}

/// The template that an error is about.
fn culprit(kind: &ErrorKind) -> Option<&str> {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report.filename()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl),
        ErrorKind::MissingParent { current, .. } => Some(current),
        ErrorKind::TemplateNotFound(name) => Some(name),
        _ => None,
    }
}

/// Lines and columns of the template engine as offsets. It counts lines by `\n` alone.
fn place(source: &Source, report: &ReportError) -> Span {
    let offset = |line: usize, column: usize| {
        let text = source.text();
        let start = match line.checked_sub(2) {
            Some(before) => text.match_indices('\n').nth(before).map_or(text.len(), |(at, _)| at + 1),
            None => 0,
        };
        let length = text[start..].char_indices().nth(column).map_or(text.len() - start, |(at, _)| at);
        start + length
    };
    let span = report.span();
    let start = offset(span.start_line, span.start_col);
    Span::new(start, offset(span.end_line, span.end_col).max(start))
}
