//! stand-in
use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::output::Files;
use crate::source::Source;
use crate::span::{FileId, Location, Span};
use crate::targets::{Artifact, Content};

static INVALID_TEMPLATE: Lint = Lint { name: "invalid-template", level: Level::Error, doc: "A template that fails." };

/// stand-in
#[derive(Debug, Default)]
pub struct Overrides(pub Vec<Source>);

/// stand-in
pub fn render(artifacts: Vec<Artifact<'_>>, overrides: &Overrides) -> (Files, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    for (index, template) in overrides.0.iter().enumerate() {
        if let Some(at) = template.text().find("{{ oops") {
            let at = Location::new(FileId(index as u32), Span::new(at + 3, at + 7));
            problems.push(Diagnostic::new(&INVALID_TEMPLATE, at, "no variable `oops`"));
        }
    }
    let text = |content| match content {
        Content::Verbatim(text) => std::borrow::Cow::into_owned(text),
        Content::Rendered { .. } | Content::Copied(_) => String::new(),
    };
    let files = artifacts.into_iter().map(|artifact| (artifact.path, text(artifact.content)));
    (Files(files.collect()), problems)
}
