//! `apipage rules`

use super::{BOLD, Outcome, Terminal};
use crate::project::config;
use anyhow::Result;
use clap::Args;

/// Lists the rules with their levels
#[derive(Args)]
pub(super) struct Rules {}

impl Rules {
    pub(super) fn run(self, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        let width = config::lints().map(|lint| lint.name.len()).max().unwrap_or_default();
        for lint in config::lints() {
            let summary = lint.summary().split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(terminal.out, "{BOLD}{:width$}{BOLD:#}  {:7}  {summary}", lint.name, lint.level.as_str())?;
        }
        Ok(Outcome::Clean)
    }
}
