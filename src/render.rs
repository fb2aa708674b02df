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
use crate::targets::{Artifact, Content, TARGETS, Verify, View};
use rayon::prelude::*;
use std::collections::btree_map::Entry;
use tera::{Context, ErrorKind, Tera, Value};

/// The user's templates. The path of each ends in the path of the built-in that it replaces, after a
/// folder `templates/`, or is that path.
#[derive(Debug, Default)]
pub struct Overrides(pub Vec<Source>);

/// A template that cannot be read or rendered.
pub static TEMPLATE_ERROR: Lint = Lint {
    name: "template-error",
    level: Level::Error,
    fix: None,
    doc: "A template that cannot be read or rendered.\n\n## Why\nThe file that it makes would be missing.\n",
};

/// Two artifacts of one path.
pub static DUPLICATE_FILE: Lint = Lint {
    name: "duplicate-file",
    level: Level::Error,
    fix: None,
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
            problems.extend(faults(&error, None).iter().map(|fault| self.diagnostic(fault, None)));
            return tera;
        }
        let is_template = |source: &&Source| source.path.ends_with(".tera");
        let mut sound: Vec<&Source> = self.overrides.0.iter().filter(is_template).collect();
        loop {
            let named = sound.iter().map(|source| (template_name(&source.path), source.text()));
            let Err(error) = tera.add_raw_templates(named) else { return tera };
            let faults = faults(&error, None);
            problems.extend(faults.iter().map(|fault| self.diagnostic(fault, None)));
            let count = sound.len();
            sound.retain(|source| !faults.iter().any(|fault| fault.template == template_name(&source.path)));
            if sound.len() == count {
                return tera;
            }
        }
    }

    /// Path, text and page of an artifact.
    fn render(&self, tera: &Tera, artifact: Artifact<'_>) -> Result<(String, String, Option<FileId>), Box<Diagnostic>> {
        let text = match artifact.content {
            Content::Verbatim(text) => text.into_owned(),
            // A file without marks is no template: a user's own takes its place as it is.
            Content::Copied(file) => self.find(file.path).map_or(file.text, |(_, own)| own.text()).to_owned(),
            Content::Rendered { template, view, verify } => {
                let text = render_view(tera, template, &*view).map_err(|error| {
                    let fault = faults(&error, Some(template)).swap_remove(0);
                    Box::new(self.diagnostic(&fault, artifact.page))
                })?;
                self.verify(template, &text, verify)?;
                text
            }
        };
        Ok((artifact.path, text, artifact.page))
    }

    /// Holds a text against its test, if templates of the user had a part in it: what the built-in ones
    /// make is sound.
    fn verify(&self, template: &str, text: &str, verify: Option<Verify>) -> Result<(), Box<Diagnostic>> {
        let folder = template.split('/').next().unwrap_or_default();
        let is_changed = |source: &&Source| {
            let name = template_name(&source.path);
            let built_in = TARGETS.iter().flat_map(|target| target.templates).find(|built_in| built_in.path == name);
            name.split('/').next() == Some(folder) && built_in.is_none_or(|built_in| built_in.text != source.text())
        };
        let Some((changed, verify)) = self.overrides.0.iter().find(is_changed).zip(verify) else { return Ok(()) };
        verify(text).map_err(|message| {
            let template = template_name(&changed.path).to_owned();
            Box::new(self.diagnostic(&Fault { template, message, start: None, end: None }, None))
        })
    }

    /// A fault as a finding.
    fn diagnostic(&self, fault: &Fault, page: Option<FileId>) -> Diagnostic {
        let Fault { template, message, start, end } = fault;
        let Some((index, source)) = self.find(template) else {
            let line = start.map_or(String::new(), |(line, _)| format!(", line {line}"));
            let message =
                format!("the built-in template `{template}`{line} is faulty: {message}; this is a bug in apipage");
            return Diagnostic::new(&TEMPLATE_ERROR, start_of(page), message);
        };
        let span = start.map_or(Span::at(0), |start| place(source, start, *end));
        let at = Location::new(FileId(self.first_file + index as u32), span);
        let mut diagnostic =
            Diagnostic::new(&TEMPLATE_ERROR, at, format!("the template `{template}` is faulty: {message}"));
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
    let value = Value::try_from_serializable(view)?;
    // What is shown is most of a text, which would else be copied again and again as it grows.
    let mut text = Vec::with_capacity(length(&value));
    let mut context = Context::new();
    for (name, value) in value.into_map().into_iter().flatten() {
        context.insert_value(name.to_string(), value);
    }
    tera.render_to(template, &context, &mut text)?;
    String::from_utf8(text).map_err(tera::Error::message)
}

/// The length of all strings in a value.
fn length(value: &Value) -> usize {
    if let Some(text) = value.as_str() {
        return text.len();
    }
    let items = value.as_array().into_iter().flatten();
    items.chain(value.as_map().into_iter().flat_map(|members| members.values())).map(length).sum()
}

/// A template error, taken apart.
struct Fault {
    template: String,
    message: String,
    /// Line, from 1, and column, from 0.
    start: Option<(usize, usize)>,
    end: Option<(usize, usize)>,
}

/// What is wrong, at least one thing; `template` is where it is where the error does not say.
fn faults(error: &tera::Error, template: Option<&str>) -> Vec<Fault> {
    let name = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            return vec![Fault {
                template: report.filename().to_owned(),
                message: report.message().to_owned(),
                start: Some((span.start_line, span.start_col)),
                end: Some((span.end_line, span.end_col)),
            }];
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.as_str()),
        ErrorKind::MissingParent { current, .. } => Some(current.as_str()),
        ErrorKind::TemplateNotFound(name) => Some(name.as_str()),
        ErrorKind::Msg(text) => {
            let told = told_faults(text);
            if !told.is_empty() {
                return told;
            }
            None
        }
        _ => None,
    };
    let template = name.or(template).unwrap_or("?").to_owned();
    vec![Fault { template, message: error.to_string(), start: None, end: None }]
}

/// What does not fit together when templates are linked (an unknown filter or include) comes as text alone:
/// `error: Unknown filter` and below it ` --> name:2:8`.
fn told_faults(text: &str) -> Vec<Fault> {
    let mut found: Vec<Fault> = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(told) = line.strip_prefix("error: ") {
            message = told;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let numbers = (parts.next().and_then(|n| n.parse().ok()), parts.next().and_then(|n| n.parse().ok()));
            let ((Some(column), Some(line)), Some(template)) = (numbers, parts.next()) else { continue };
            let start = Some((line, usize::saturating_sub(column, 1)));
            found.push(Fault { template: template.to_owned(), message: message.to_owned(), start, end: None });
        }
    }
    found
}

/// Lines and columns of the template engine as offsets. It counts lines by `\n` alone.
fn place(source: &Source, start: (usize, usize), end: Option<(usize, usize)>) -> Span {
    let offset = |(line, column): (usize, usize)| {
        let text = source.text();
        let start = match line.checked_sub(2) {
            Some(before) => text.match_indices('\n').nth(before).map_or(text.len(), |(at, _)| at + 1),
            None => 0,
        };
        let length = text[start..].char_indices().nth(column).map_or(text.len() - start, |(at, _)| at);
        start + length
    };
    let start = offset(start);
    Span::new(start, end.map_or(start, offset).max(start))
}
