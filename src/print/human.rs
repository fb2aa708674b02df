//! Findings for people, in the manner of rustc. Always with colour: the stream that is written to takes it out
//! where it is not wanted (`anstream`).

use super::window::{Window, shorten, windows};
use super::{Report, Sources, harmless, harmless_lines};
use crate::diagnostic::{Diagnostic, Fix, Level, Lint};
use crate::span::{FileId, Location, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Patch, Renderer, Snippet};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Findings that are drawn side by side before any of them is printed.
const AT_ONCE: usize = 1024;

/// Prints the findings and a summary; lines are trimmed to `width` columns.
pub fn print(report: Report<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    print_findings(report, width, out)?;
    writeln!(out, "{}", report.summary())
}

/// Prints the findings alone.
pub fn print_findings(report: Report<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled().term_width(width).decor_style(DecorStyle::Ascii);
    for some in report.diagnostics.chunks(AT_ONCE) {
        let render = |diagnostic| renderer.render(&groups(diagnostic, report.sources));
        let texts: Vec<String> = some.par_iter().map(render).collect();
        texts.iter().try_for_each(|text| writeln!(out, "{text}\n"))?;
    }
    Ok(())
}

/// Prints how many findings each rule has, most first, and a summary.
pub fn print_statistics(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        *counts.entry((diagnostic.level, diagnostic.lint.name)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((_, name), count)| (Reverse(*count), *name));
    for ((level, name), count) in counts {
        writeln!(out, "{count:>6}  {:7}  {name}", level.as_str())?;
    }
    writeln!(out, "{}", report.summary())
}

/// A mark at a place: the finding itself, or one of its labels.
struct Mark<'a> {
    at: Location,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'a>) -> Vec<Group<'a>> {
    let Diagnostic { lint: Lint { name, .. }, level, message, .. } = diagnostic;
    let mut group = Group::with_title(level_of(*level).primary_title(harmless_lines(message)).id(*name));
    let mut marks = vec![Mark { at: diagnostic.at, label: None, kind: AnnotationKind::Primary }];
    marks.extend(diagnostic.labels.iter().map(|label| Mark {
        at: label.at,
        label: Some(&label.message),
        kind: AnnotationKind::Context,
    }));
    let mut files: Vec<FileId> = Vec::new();
    for mark in &marks {
        if !files.contains(&mark.at.file) {
            files.push(mark.at.file);
        }
    }
    for file in files {
        let marks: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.at.file == file).collect();
        group = add_snippets(group, file, &marks, sources);
    }
    let patch = diagnostic.fix.as_ref().and_then(|fix| patch(fix, sources));
    match (&diagnostic.help, patch) {
        (Some(help), None) => vec![group.element(annotate_snippets::Level::HELP.message(harmless_lines(help)))],
        (help, Some(patch)) => {
            let title = help.as_deref().unwrap_or("replace it");
            let help = annotate_snippets::Level::HELP.secondary_title(harmless_lines(title));
            vec![group, help.element(patch)]
        }
        (None, None) => vec![group],
    }
}

fn add_snippets<'a>(mut group: Group<'a>, file: FileId, marks: &[&Mark<'a>], sources: &Sources<'a>) -> Group<'a> {
    let Some(source) = sources.get(file) else {
        return group.element(Origin::path(harmless(&sources.path(file))));
    };
    let spans: Vec<Span> = marks.iter().map(|mark| mark.at.span).collect();
    for (window, members) in windows(source, &spans) {
        if window.is_cut {
            // The printer would count columns from where the line was cut.
            let position = source.position(spans[members[0]].start);
            let origin = Origin::path(harmless(&sources.path(file)));
            group = group.element(origin.line(position.line as usize).char_column(position.column as usize));
        }
        let annotations: Vec<Annotation<'_>> = members
            .iter()
            .map(|index| (&marks[*index], shorten(source, spans[*index])))
            .map(|(mark, span)| mark.kind.span(window.range(span)).label(mark.label.map(harmless_lines)))
            .collect();
        group = group.element(snippet(window, harmless(&sources.path(file))).annotations(annotations));
    }
    group
}

fn snippet<'a, T: Clone>(window: Window, path: String) -> Snippet<'a, T> {
    let path = (!window.is_cut).then_some(path);
    Snippet::source(inert(&window.text)).line_start(window.line).path(path)
}

/// The change that the fix makes, where it can be shown: in one window of one file.
fn patch<'a>(fix: &'a Fix, sources: &Sources<'a>) -> Option<Snippet<'a, Patch<'a>>> {
    let file = fix.edits.first()?.at.file;
    let source = sources.get(file)?;
    let spans: Vec<Span> = fix.edits.iter().map(|edit| edit.at.span).collect();
    let in_one_file = fix.edits.iter().all(|edit| edit.at.file == file);
    if !in_one_file || spans.iter().any(|span| shorten(source, *span) != *span) {
        return None;
    }
    let [(window, _)] = <[_; 1]>::try_from(windows(source, &spans)).ok()?;
    if window.is_cut {
        return None;
    }
    let patches: Vec<Patch<'_>> =
        fix.edits.iter().map(|edit| Patch::new(window.range(edit.at.span), inert(&edit.text))).collect();
    Some(snippet(window, harmless(&sources.path(file))).patches(patches))
}

fn level_of(level: Level) -> annotate_snippets::Level<'static> {
    match level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Hint | Level::Off => annotate_snippets::Level::NOTE.with_name("hint"),
    }
}

/// Makes harmless what the printer lets through of the text of a file: control characters of the C1 range, which some
/// terminals take for the start of a command. The others it shows as pictures itself.
fn inert(text: &str) -> String {
    // Two bytes of UTF-8 like what it stands for, so that offsets stay true.
    text.chars().map(|char| if ('\u{80}'..='\u{9f}').contains(&char) { '\u{a4}' } else { char }).collect()
}
