//! `apipage check`

mod choice;
mod fixing;

pub(super) use choice::lint;

use super::stages::Stages;
use super::{Outcome, Terminal, open};
use crate::diagnostic::{Diagnostic, Level};
use crate::model;
use crate::output;
use crate::print::{self, DEFAULT_WIDTH, Report};
use crate::project::Project;
use crate::rules::{self, Levels, Scope};
use anyhow::Result;
use choice::Choice;
use clap::{Args, ValueEnum};
use fixing::Fixing;
use std::io::{self, Write};
use std::path::Path;

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
    #[command(flatten)]
    fixing: Fixing,
    /// Exit with 0 where there are only warnings
    #[arg(long)]
    allow_warnings: bool,
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
        let mut project = open(directory, self.path.clone(), None)?;
        let levels = self.choice.levels(&project.config.levels)?;
        if self.fixing.diff {
            return self.fixing.print_diff(&mut project, &levels, stages, terminal);
        }
        let is_written = self.fixing.apply(&mut project, &levels, stages, terminal)?;
        let diagnostics = findings(&project, &levels, stages);
        stages.start_printing("print");
        let sources = project.sources();
        let pages = if project.only.is_some() { 1 } else { project.docset.pages.len() };
        let report = Report { diagnostics: &diagnostics, sources: &sources, pages };
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
        let fails = if self.allow_warnings { Level::Error } else { Level::Warning };
        Ok(match is_written {
            false => Outcome::Failed,
            true if report.has(fails) => Outcome::Findings,
            true => Outcome::Clean,
        })
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
fn findings(project: &Project, levels: &Levels, stages: &mut Stages) -> Vec<Diagnostic> {
    stages.start("link");
    let model = model::link(&project.docset);
    stages.start("rules");
    let mut findings = rules::check(&model, levels, Scope::Check);
    if let Some(only) = project.only {
        findings.retain(|finding| finding.at.file == only);
    }
    findings.extend(project.problems.iter().cloned().map(|mut problem| {
        problem.level = levels.0.get(problem.lint.name).copied().unwrap_or(problem.level);
        problem
    }));
    findings.retain(|finding| finding.level != Level::Off);
    findings
}
