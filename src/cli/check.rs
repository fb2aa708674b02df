//! `apipage check`

use super::stages::Stages;
use super::{Outcome, Terminal, open};
use crate::diagnostic::Diagnostic;
use crate::model;
use crate::print::{self, Report};
use crate::project::Project;
use crate::rules::{self, Scope};
use anyhow::Result;
use clap::{Args, ValueEnum};
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
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// An array of objects
    Json,
}

impl Check {
    pub(super) fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        let mut stages = Stages::new(terminal.has_progress);
        stages.start("read and parse");
        let project = open(directory, self.path, None)?;
        let diagnostics = findings(&project, &mut stages);
        stages.start_printing("print");
        let sources = project.sources();
        let pages = if project.only.is_some() { 1 } else { project.docset.pages.len() };
        let report = Report { diagnostics: &diagnostics, sources: &sources, pages };
        match self.format {
            Format::Human => print::human::print(report, terminal.width, terminal.out)?,
            Format::Json => print::json::print(report, terminal.out)?,
        }
        if self.timings {
            terminal.out.flush()?;
            stages.print(terminal.err)?;
        }
        Ok(if report.has_findings() { Outcome::Findings } else { Outcome::Clean })
    }
}

/// What is wrong with the pages, or the page that was asked for, and the configuration.
fn findings(project: &Project, stages: &mut Stages) -> Vec<Diagnostic> {
    stages.start("link");
    let model = model::link(&project.docset);
    stages.start("rules");
    let mut findings = rules::check(&model, &project.config.levels, Scope::Check);
    if let Some(only) = project.only {
        findings.retain(|finding| finding.at.file == only);
    }
    findings.extend(project.problems.iter().cloned());
    findings
}
