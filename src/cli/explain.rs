//! `apipage explain`

use super::check::lint;
use super::{BOLD, Outcome, Terminal};
use crate::diagnostic::Lint;
use anyhow::Result;
use clap::Args;
use std::io::{self, Write};

/// Explains a rule
#[derive(Args)]
pub(super) struct Explain {
    /// The rule's name, as findings show it
    rule: String,
}

impl Explain {
    pub(super) fn run(self, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        let lint = lint(&self.rule)?;
        print(lint, terminal.out)?;
        Ok(Outcome::Clean)
    }
}

/// Prints the documentation of a lint: headings in bold, examples indented, marks of Markdown that only disturb
/// left out.
fn print(lint: &Lint, out: &mut dyn Write) -> io::Result<()> {
    let fix = lint.fix.map_or(String::new(), |fix| format!(", {} fix", fix.as_str()));
    writeln!(out, "{BOLD}{}{BOLD:#} ({}{fix})\n", lint.name, lint.level.as_str())?;
    // The marks that close the example; examples hold fences themselves, of fewer ticks.
    let mut fence: Option<&str> = None;
    for line in lint.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks == open && line.trim_end() == ticks => fence = None,
            Some(_) if line.is_empty() => writeln!(out)?,
            Some(_) => writeln!(out, "    {line}")?,
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => match line.trim_start_matches('#') {
                heading if heading.len() < line.len() => writeln!(out, "{BOLD}{}{BOLD:#}", heading.trim())?,
                text => writeln!(out, "{text}")?,
            },
        }
    }
    Ok(())
}
