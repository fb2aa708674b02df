//! Findings for programs: an array of objects. Lines and columns start at 1, columns count characters; `start`
//! and `end` are byte offsets into the file.

use super::{Report, Sources, json_lines};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Position;
use crate::span::Location;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Prints the findings as JSON.
pub fn print(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<Finding<'_>> =
        report.diagnostics.iter().map(|diagnostic| Finding::new(diagnostic, report.sources)).collect();
    json_lines(&findings, out)
}

/// The findings of each file, in the same form, by the path to print.
pub fn by_file(report: Report<'_>) -> BTreeMap<String, Box<RawValue>> {
    let files: Vec<&[Diagnostic]> = report.diagnostics.chunk_by(|one, other| one.at.file == other.at.file).collect();
    let view = |findings: &&[Diagnostic]| {
        let path = report.sources.path(findings.first()?.at.file);
        let findings: Vec<Finding<'_>> = findings.iter().map(|finding| Finding::new(finding, report.sources)).collect();
        Some((path, to_raw_value(&findings).ok()?))
    };
    files.par_iter().filter_map(view).collect()
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    at: Place,
    help: Option<&'a str>,
    fix: Option<FixView<'a>>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct FixView<'a> {
    safe: bool,
    edits: Vec<EditView<'a>>,
}

#[derive(Serialize)]
struct EditView<'a> {
    #[serde(flatten)]
    at: Place,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    at: Place,
    message: &'a str,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> Self {
        let edit = |edit: &'a Edit| EditView {
            at: Place::new(edit.at, sources),
            start: edit.at.span.start,
            end: edit.at.span.end,
            text: &edit.text,
        };
        let fix =
            diagnostic.fix.as_ref().map(|fix| FixView { safe: fix.safe, edits: fix.edits.iter().map(edit).collect() });
        let related = diagnostic
            .labels
            .iter()
            .map(|label| Related { at: Place::new(label.at, sources), message: &label.message })
            .collect();
        Finding {
            rule: diagnostic.lint.name,
            level: diagnostic.level.as_str(),
            message: &diagnostic.message,
            at: Place::new(diagnostic.at, sources),
            help: diagnostic.help.as_deref(),
            fix,
            related,
        }
    }
}

impl Place {
    fn new(at: Location, sources: &Sources<'_>) -> Self {
        let position =
            |offset| sources.get(at.file).map_or(Position { line: 1, column: 1 }, |source| source.position(offset));
        let (start, end) = (position(at.span.start), position(at.span.end));
        Place {
            file: sources.path(at.file),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
