//! `apipage model`

use super::{Outcome, Terminal, open};
use crate::model;
use crate::print;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::Path;

/// Prints what the pages describe: resources, operations, enums
#[derive(Args)]
pub(super) struct Model {
    /// A folder of pages, or one page, which is read with the pages around it [default: docs-input, or .]
    path: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One object
    Json,
}

impl Model {
    pub(super) fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        let Format::Json = self.format;
        let project = open(directory, self.path, None)?;
        let model = model::link(&project.docset);
        print::json_lines(&model::json::to_json(&model), terminal.out)?;
        Ok(Outcome::Clean)
    }
}
