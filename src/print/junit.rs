//! Findings as a report of tests, which most build servers show: a suite a page, a test a finding. A page without
//! findings has one test, which passes.

use super::{Report, Sources, advice, visible};
use crate::diagnostic::{Diagnostic, Level};
use crate::span::FileId;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Prints the report.
pub fn print(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Vec<&Diagnostic>> =
        report.sources.checked().map(|file| (file, Vec::new())).collect();
    for diagnostic in report.diagnostics {
        suites.entry(diagnostic.at.file).or_default().push(diagnostic);
    }
    let tests: usize = suites.values().map(|found| found.len().max(1)).sum();
    let failures = report.diagnostics.iter().filter(|diagnostic| fails(diagnostic)).count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="apipage" tests="{tests}" failures="{failures}">"#)?;
    for (file, found) in suites {
        suite(file, &found, report.sources, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(file: FileId, found: &[&Diagnostic], sources: &Sources<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = escape(&sources.path(file));
    let failures = found.iter().filter(|diagnostic| fails(diagnostic)).count();
    writeln!(out, r#"  <testsuite name="{name}" tests="{}" failures="{failures}">"#, found.len().max(1))?;
    if found.is_empty() {
        writeln!(out, r#"    <testcase classname="{name}" name="no findings"/>"#)?;
    }
    for diagnostic in found {
        case(diagnostic, &name, sources, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn case(diagnostic: &Diagnostic, class: &str, sources: &Sources<'_>, out: &mut dyn Write) -> io::Result<()> {
    let position = sources.get(diagnostic.at.file).map(|source| source.position(diagnostic.at.span.start));
    let place = position.map_or(String::new(), |at| format!(" at {}:{}", at.line, at.column));
    let (rule, text) = (escape(diagnostic.lint.name), escape(&advice(diagnostic)));
    writeln!(out, r#"    <testcase classname="{class}" name="{rule}{place}">"#)?;
    if fails(diagnostic) {
        let (level, message) = (diagnostic.level.as_str(), escape(&diagnostic.message));
        writeln!(out, r#"      <failure type="{level}" message="{message}">{text}</failure>"#)?;
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// Whether a finding is a failed test: what does not affect the exit status is not.
fn fails(diagnostic: &Diagnostic) -> bool {
    diagnostic.level >= Level::Warning
}

/// Text for an element or an attribute. Line ends are written as references, as a reader makes blanks of those in
/// attributes; what no XML may hold becomes a picture of itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            char => escaped.push(visible(char)),
        }
    }
    escaped
}
