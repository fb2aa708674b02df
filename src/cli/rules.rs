//! `apipage rules`

use super::{BOLD, Outcome, Terminal};
use crate::diagnostic::{Lint, Safety};
use crate::project::config;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, Write};

/// Lists the rules with their levels, and which offer fixes
#[derive(Args)]
pub(super) struct Rules {
    /// How to list them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A line each
    #[default]
    Human,
    /// The whole documentation, as a Markdown page
    Markdown,
}

impl Rules {
    pub(super) fn run(self, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        match self.format {
            Format::Human => list(terminal.out)?,
            Format::Markdown => page(terminal.out)?,
        }
        Ok(Outcome::Clean)
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = config::lints().map(|lint| lint.name.len()).max().unwrap_or_default();
    for lint in config::lints() {
        let (level, fix) = (lint.level.as_str(), fix(lint));
        writeln!(out, "{BOLD}{:width$}{BOLD:#}  {level:7}  {fix:6}  {}", lint.name, summary(lint))?;
    }
    Ok(())
}

fn page(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(out, "What `apipage check` looks for, made from the rules' own documentation by")?;
    writeln!(out, "`apipage rules --format markdown`. Levels are set in `apipage.toml`; see")?;
    writeln!(out, "[configuration](configuration.md). `apipage check --fix` applies safe fixes, and unsafe ones with")?;
    writeln!(out, "`--unsafe-fixes`.\n")?;
    writeln!(out, "| Rule | Level | Fix | What it finds |\n|:--|:--|:--|:--|")?;
    for lint in config::lints() {
        let summary = summary(lint).replace('|', "\\|");
        writeln!(out, "| [{0}](#{0}) | {1} | {2} | {summary} |", lint.name, lint.level.as_str(), fix(lint))?;
    }
    for lint in config::lints() {
        writeln!(out, "\n## {}\n\nLevel: {}\n", lint.name, lint.level.as_str())?;
        if lint.fix.is_some() {
            writeln!(out, "Fix: {}\n", fix(lint))?;
        }
        let mut in_example = false;
        for line in lint.lines() {
            in_example ^= line.starts_with("````");
            let heading = !in_example && line.starts_with("## ");
            writeln!(out, "{}{line}", if heading { "#" } else { "" })?;
        }
    }
    Ok(())
}

/// How safe the fixes of a rule are; nothing where it offers none.
fn fix(lint: &Lint) -> &'static str {
    lint.fix.map_or("", Safety::as_str)
}

fn summary(lint: &Lint) -> String {
    lint.summary().split_whitespace().collect::<Vec<_>>().join(" ")
}
