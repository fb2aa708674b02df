//! Checks as JSON, one a line, for editors. Each has the findings of the files whose findings are others than in the
//! line before, so that what a line says of a file holds until another one names it.

use super::Look;
use crate::diagnostic::Level;
use crate::print::json;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What the lines before said: the findings of each file that has some.
#[derive(Default)]
pub(super) struct Lines {
    said: BTreeMap<String, Box<RawValue>>,
}

#[derive(Serialize)]
struct Line<'a> {
    errors: usize,
    warnings: usize,
    hints: usize,
    /// `null` where there is no baseline.
    known: Option<usize>,
    pages: usize,
    milliseconds: u128,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    findings: &'a RawValue,
}

#[derive(Serialize)]
struct Failure<'a> {
    failure: &'a str,
}

impl Lines {
    pub(super) fn print(&mut self, look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sources = look.project.sources();
        let report = look.found.report(&sources);
        let findings = json::by_file(report);
        let count = |level| report.diagnostics.iter().filter(|finding| finding.level == level).count();
        let nothing = to_raw_value::<[(); 0]>(&[])?;
        let is_said =
            |file: &str, findings: &RawValue| self.said.get(file).is_some_and(|said| said.get() == findings.get());
        let changed = findings.iter().filter(|(file, findings)| !is_said(file, findings));
        let clean = self.said.keys().filter(|file| !findings.contains_key(*file)).map(|file| (file, &nothing));
        let mut files: Vec<File<'_>> = changed.chain(clean).map(|(file, findings)| File { file, findings }).collect();
        files.sort_unstable_by_key(|file| file.file);
        let line = Line {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            hints: count(Level::Hint),
            known: report.known,
            pages: report.pages,
            milliseconds: look.time.as_millis(),
            files,
        };
        print(&line, out)?;
        self.said = findings;
        Ok(())
    }

    /// Says that the docset could not be checked. What the lines before said still holds, as far as anybody knows.
    pub(super) fn print_failure(&self, why: &str, out: &mut dyn Write) -> io::Result<()> {
        print(&Failure { failure: why }, out)
    }
}

fn print(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}
