//! `apipage completions`

use super::{Outcome, Terminal, command};
use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

/// Prints a completion script for a shell
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        // Made in memory first: the generator panics when a pipe breaks.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "apipage", &mut script);
        terminal.out.write_all(&script)?;
        Ok(Outcome::Clean)
    }
}
