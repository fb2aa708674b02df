//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use super::{Report, Sources, advice, visible};
use crate::diagnostic::{Diagnostic, Level};
use std::io::{self, Write};

/// Prints a command a finding.
pub fn print(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.diagnostics {
        let command = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Hint | Level::Off => "notice",
        };
        let place = place(diagnostic, report.sources);
        let (title, message) = (property(diagnostic.lint.name), data(&advice(diagnostic)));
        writeln!(out, "::{command} {place}title={title}::{message}")?;
    }
    Ok(())
}

/// The properties that say where a finding stands; none for what stands in no file.
fn place(diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
    let at = diagnostic.at;
    let Some(source) = sources.get(at.file) else { return String::new() };
    // A span that takes its line end in would draw the next line in.
    let length = source[at.span].trim_end_matches(['\n', '\r']).len() as u32;
    let (start, end) = (source.position(at.span.start), source.position(at.span.start + length));
    let file = property(&sources.path(at.file));
    let lines = format!("file={file},line={},endLine={},", start.line, end.line);
    // The runner accepts columns only within one line.
    match start.line == end.line {
        true => format!("{lines}col={},endColumn={},", start.column, end.column),
        false => lines,
    }
}

/// Text after `::`, with what would end the command written as the runner reads it.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.chars().map(visible).collect()
}

/// The value of a property, which `:` and `,` would end too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
