//! `apipage check`

mod choice;
mod fixing;
mod known;
mod since;
mod watch;

pub(super) use choice::lint;

use super::stages::Stages;
use super::{Outcome, Terminal};
use crate::diagnostic::{Diagnostic, Level};
use crate::model;
use crate::output;
use crate::print::{self, DEFAULT_WIDTH, Report, Sources};
use crate::project::{Project, Request};
use crate::rules::{self, Levels, Memory, Scope};
use anyhow::Result;
use choice::Choice;
use clap::{Args, ValueEnum};
use fixing::Fixing;
use known::Known;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use watch::Watching;

/// Checks pages
#[derive(Args)]
pub(super) struct Check {
    /// A folder of pages, or one page, which is checked against the pages around it [default: docs-input, or .]
    path: Option<String>,
    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Say on stderr how long each stage took
    #[arg(long)]
    timings: bool,
    /// Write the findings to this file, and to the terminal only how many there are
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    #[command(flatten)]
    choice: Choice,
    /// Report only what stands on pages that changed since this revision, and what is new on other pages
    #[arg(long, value_name = "REV", conflicts_with = "change")]
    changed_since: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    fixing: Fixing,
    #[command(flatten)]
    watching: Watching,
    /// Exit with 0 where there are only warnings
    #[arg(long)]
    allow_warnings: bool,
    /// Report warnings as errors, whatever else is said
    #[arg(long, conflicts_with = "allow_warnings")]
    deny_warnings: bool,
    /// Print how many findings each rule has, instead of the findings
    #[arg(long, conflicts_with_all = ["format", "output"])]
    statistics: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// An array of objects
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanners
    Sarif,
    /// A report of tests in XML, for build servers
    Junit,
}

impl Check {
    pub(super) fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        if self.watching.watch {
            return watch::run(&self, directory, terminal);
        }
        let mut stages = Stages::new(terminal.has_progress);
        let outcome = self.check(directory, terminal, &mut stages)?;
        if self.timings {
            terminal.out.flush()?;
            stages.print(terminal.err)?;
        }
        Ok(outcome)
    }

    fn check(&self, directory: &Path, terminal: &mut Terminal<'_>, stages: &mut Stages) -> Result<Outcome> {
        stages.start("read and parse");
        let request = self.request(directory);
        // The program ends soon. To free the pages one by one takes longer than to leave them to the system.
        let mut project = ManuallyDrop::new(Project::open(&request)?);
        if self.fixing.diff {
            return self.fixing.print_diff(&mut project, &self.choice, stages, terminal);
        }
        let is_written = self.fixing.apply(&mut project, &self.choice, stages, terminal)?;
        let found = self.found(&project, &request, None, stages)?;
        stages.start_printing("print");
        let sources = project.sources();
        let report = found.report(&sources);
        match &self.output {
            None if self.statistics => print::human::print_statistics(report, terminal.out)?,
            None => self.format.print(report, terminal.width, terminal.out)?,
            Some(path) => {
                let mut text = anstream::StripStream::new(Vec::new());
                self.format.print(report, DEFAULT_WIDTH, &mut text)?;
                output::replace(path, &String::from_utf8(text.into_inner())?, directory)?;
                writeln!(terminal.err, "{}", report.summary())?;
            }
        }
        terminal.out.flush()?;
        for note in &found.notes {
            writeln!(terminal.err, "{note}")?;
        }
        self.tell_of_explain(&found.diagnostics, terminal)?;
        let fails = if self.allow_warnings { Level::Error } else { Level::Warning };
        Ok(match is_written {
            false => Outcome::Failed,
            true if report.has(fails) => Outcome::Findings,
            true => Outcome::Clean,
        })
    }

    fn request(&self, directory: &Path) -> Request {
        Request { directory: directory.to_owned(), input: self.path.clone(), ..Request::default() }
    }

    /// What there is to report of a docset.
    fn found(
        &self,
        project: &Project,
        request: &Request,
        memory: Option<&mut Memory>,
        stages: &mut Stages,
    ) -> Result<Found> {
        let levels = self.choice.levels(&project.config.levels)?;
        let mut diagnostics = findings(project, &levels, memory, stages);
        let baseline = self.known.compare(&diagnostics, project, &levels, &request.directory)?;
        let since = match &self.changed_since {
            Some(revision) => {
                stages.start("compare");
                Some(since::compare(revision, &diagnostics, project, request, &self.choice)?)
            }
            None => None,
        };
        let known = leave_out(&mut diagnostics, baseline.as_ref(), since.as_ref());
        if self.deny_warnings {
            deny(&mut diagnostics);
        }
        let notes = [baseline.and_then(|baseline| baseline.note), since.map(|since| since.note)];
        Ok(Found { diagnostics, known, notes: notes.into_iter().flatten().collect() })
    }

    /// Says to somebody who reads the findings how to learn more.
    fn tell_of_explain(&self, diagnostics: &[Diagnostic], terminal: &mut Terminal<'_>) -> io::Result<()> {
        let is_read = terminal.has_progress && self.output.is_none() && !self.statistics;
        if let (Format::Human, Some(first)) = (self.format, diagnostics.first().filter(|_| is_read)) {
            writeln!(terminal.err, "`apipage explain {}` says why, and what to write instead", first.lint.name)?;
        }
        Ok(())
    }
}

/// What there is to report.
struct Found {
    diagnostics: Vec<Diagnostic>,
    /// How many findings were left out as known; `None` where no baseline was asked.
    known: Option<usize>,
    /// What there is to say about the baseline and the revision.
    notes: Vec<String>,
}

impl Found {
    fn report<'r>(&'r self, sources: &'r Sources<'r>) -> Report<'r> {
        Report { diagnostics: &self.diagnostics, sources, pages: sources.checked().count(), known: self.known }
    }
}

impl Format {
    fn print(self, report: Report<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Human => print::human::print(report, width, out),
            Format::Json => print::json::print(report, out),
            Format::Github => print::github::print(report, out),
            Format::Sarif => print::sarif::print(report, out),
            Format::Junit => print::junit::print(report, out),
        }
    }
}

/// What is wrong with the pages, or the page that was asked for, and the configuration.
fn findings(project: &Project, levels: &Levels, memory: Option<&mut Memory>, stages: &mut Stages) -> Vec<Diagnostic> {
    stages.start("link");
    let docset = &project.docset;
    let of_texts = || match memory {
        Some(memory) => memory.check_texts(docset, levels, Scope::Check),
        None => rules::check_texts(docset, levels, Scope::Check),
    };
    let (model, of_texts) = rayon::join(|| model::link(docset), of_texts);
    stages.start("rules");
    let mut findings = rules::check_linked(&model, levels, Scope::Check, of_texts);
    if let Some(only) = project.only {
        findings.retain(|finding| finding.at.file == only);
    }
    findings.extend(project.problems.iter().cloned().map(|mut problem| {
        problem.level = levels.of(problem.lint);
        problem
    }));
    findings.retain(|finding| finding.level != Level::Off);
    findings
}

/// Leaves out the findings that are old or known. Returns how many of those that count were known, where a baseline
/// says so.
///
/// Both look at all findings: of several that are the same, each takes the first ones for the old ones.
fn leave_out(
    findings: &mut Vec<Diagnostic>,
    baseline: Option<&known::Comparison>,
    since: Option<&since::Comparison>,
) -> Option<usize> {
    let mut known = 0;
    let mut index = 0;
    findings.retain(|_| {
        let counts = since.is_none_or(|since| since.new[index]);
        let is_known = baseline.is_some_and(|baseline| baseline.known[index]);
        known += usize::from(counts && is_known);
        index += 1;
        counts && !is_known
    });
    baseline.map(|_| known)
}

/// Makes errors of warnings.
fn deny(findings: &mut [Diagnostic]) {
    for finding in findings.iter_mut().filter(|finding| finding.level == Level::Warning) {
        finding.level = Level::Error;
    }
}
