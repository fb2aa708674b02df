//! `apipage man`

use super::{Outcome, Terminal, command};
use anyhow::Result;
use clap::Args;

/// Prints the manual page
#[derive(Args)]
pub(super) struct Man {}

impl Man {
    pub(super) fn run(self, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        clap_mangen::Man::new(command()).render(&mut &mut *terminal.out)?;
        Ok(Outcome::Clean)
    }
}
