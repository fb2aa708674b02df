//! The command line. Each command is a file; this one knows what they share: streams, exit status, directory.

mod check;
mod completions;
mod explain;
mod generate;
mod init;
mod man;
mod model;
mod rules;
mod stages;

use crate::print::harmless_lines;
use crate::project::{Project, Request};
use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where a run writes to.
pub struct Terminal<'t> {
    /// What was asked for. Coloured: a stream that should not be takes it out (`anstream`).
    pub out: &'t mut dyn Write,
    /// What went wrong, and what was done.
    pub err: &'t mut dyn Write,
    /// Columns.
    pub width: usize,
    /// Whether somebody watches stderr: runs that take their time then say there what they do.
    pub has_progress: bool,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Clean = 0,
    /// Errors or warnings were found, or generated files are stale.
    Findings = 1,
    /// The run could not do what was asked.
    Failed = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome as u8)
    }
}

/// Compiles API reference pages in Markdown into OpenAPI, Rust types, axum handlers and a typed client.
#[derive(Parser)]
#[command(name = "apipage", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit status: 0 clean, 1 findings or stale files, 2 could not run.")]
struct Arguments {
    /// Run as if started in this directory
    #[arg(short = 'C', long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true)]
    directory: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Generate(generate::Generate),
    Model(model::Model),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Init(init::Init),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs the program. `arguments` begin with the program's name.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, terminal: &mut Terminal<'_>) -> Outcome {
    let done = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command.run(&arguments.directory, terminal),
        Err(error) => usage(&error, terminal),
    };
    let done = done.and_then(|outcome| terminal.out.flush().map(|()| outcome).map_err(Into::into));
    done.unwrap_or_else(|error| failure(&error, terminal))
}

impl Command {
    fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        match self {
            Command::Check(command) => command.run(directory, terminal),
            Command::Generate(command) => command.run(directory, terminal),
            Command::Model(command) => command.run(directory, terminal),
            Command::Explain(command) => command.run(terminal),
            Command::Rules(command) => command.run(terminal),
            Command::Init(command) => command.run(directory, terminal),
            Command::Completions(command) => command.run(terminal),
            Command::Man(command) => command.run(terminal),
        }
    }
}

/// Help and version are asked for, and go where results go; a misuse is a failure.
fn usage(error: &clap::Error, terminal: &mut Terminal<'_>) -> Result<Outcome> {
    let text = error.render();
    if error.use_stderr() {
        write!(terminal.err, "{}", text.ansi())?;
        return Ok(Outcome::Failed);
    }
    write!(terminal.out, "{}", text.ansi())?;
    Ok(Outcome::Clean)
}

/// Whether a run ended because the reader of its output is gone.
fn nobody_reads(error: &anyhow::Error) -> bool {
    let is_broken_pipe = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref().is_some_and(is_broken_pipe)
            || cause
                .downcast_ref()
                .is_some_and(|error: &serde_json::Error| error.io_error_kind() == Some(ErrorKind::BrokenPipe))
    })
}

/// Says why a run failed. That nobody reads on (`apipage rules | head`) is no failure.
fn failure(error: &anyhow::Error, terminal: &mut Terminal<'_>) -> Outcome {
    if nobody_reads(error) {
        return Outcome::Clean;
    }
    // Where this cannot be written either, the exit status has to say it.
    let message = harmless_lines(&format!("{error:#}"));
    let _ = writeln!(terminal.err, "{ERROR}error{ERROR:#}: {message}");
    Outcome::Failed
}

const ERROR: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();
const BOLD: anstyle::Style = anstyle::Style::new().bold();

fn open(directory: &Path, input: Option<String>, templates: Option<String>) -> Result<Project> {
    Project::open(&Request { directory: directory.to_owned(), input, templates, ..Request::default() })
}

fn command() -> clap::Command {
    Arguments::command()
}
