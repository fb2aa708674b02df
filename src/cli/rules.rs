//! `apipage rules`

use super::{BOLD, Outcome, Terminal};
use crate::diagnostic::Lint;
use crate::project::config;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, Write};

/// Lists the rules with their levels
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
        writeln!(out, "{BOLD}{:width$}{BOLD:#}  {:7}  {}", lint.name, lint.level.as_str(), summary(lint))?;
    }
    Ok(())
}

fn page(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(out, "What `apipage check` looks for, made from the rules' own documentation by")?;
    writeln!(out, "`apipage rules --format markdown`. Levels are set in `apipage.toml`; see")?;
    writeln!(out, "[configuration](configuration.md).\n")?;
    writeln!(out, "| Rule | Level | What it finds |\n|:--|:--|:--|")?;
    for lint in config::lints() {
        let summary = summary(lint).replace('|', "\\|");
        writeln!(out, "| [{0}](#{0}) | {1} | {summary} |", lint.name, lint.level.as_str())?;
    }
    for lint in config::lints() {
        writeln!(out, "\n## {}\n\nLevel: {}\n", lint.name, lint.level.as_str())?;
        let mut in_example = false;
        for line in lint.lines() {
            in_example ^= line.starts_with("````");
            let heading = !in_example && line.starts_with("## ");
            writeln!(out, "{}{line}", if heading { "#" } else { "" })?;
        }
    }
    Ok(())
}

fn summary(lint: &Lint) -> String {
    lint.summary().split_whitespace().collect::<Vec<_>>().join(" ")
}
