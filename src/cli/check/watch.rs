//! `apipage check --watch`: staying, and checking again when something changes.

mod history;
mod lines;
mod screen;

use super::{Check, Format, Found, Outcome};
use crate::cli::stages::Stages;
use crate::cli::{Terminal, nobody_reads};
use crate::project::{Project, Refreshed, Request, Touched, Watcher};
use crate::rules::Memory;
use crate::span::FileId;
use anyhow::{Result, bail};
use clap::Args;
use lines::Lines;
use screen::Screen;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Whether to stay, and how.
#[derive(Args)]
pub(super) struct Watching {
    /// Stay, and check again whenever something changes
    #[arg(long, conflicts_with_all = ["output", "changed_since", "write_baseline", "change", "statistics"])]
    pub(super) watch: bool,
    /// With --watch, look at the files each second, as some network drives report no changes
    #[arg(long, requires = "watch")]
    poll: bool,
}

/// Checks, and checks again, until the program is ended or nobody reads what it prints.
pub(super) fn run(check: &Check, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
    let mut view = View::of(check.format)?;
    let mut watch = Watch::new(check, check.request(directory));
    // That there is nothing to check at first is a mistake in what was asked; later it is how things are for now.
    watch.step(&Touched::All, &mut view, terminal)?;
    let mut failure = None;
    loop {
        let touched = watch.watcher.wait()?;
        match watch.step(&touched, &mut view, terminal) {
            Ok(()) => failure = None,
            Err(error) if nobody_reads(&error) => return Err(error),
            Err(error) => {
                let text = format!("{error:#}");
                if failure.as_ref() != Some(&text) {
                    view.print_failure(&text, terminal)?;
                }
                failure = Some(text);
            }
        }
    }
}

/// What one check found.
struct Look<'p> {
    project: &'p Project,
    found: Found,
    /// The pages that changed since the last check.
    changed: &'p [FileId],
    time: Duration,
}

/// A docset that is watched.
struct Watch<'c> {
    check: &'c Check,
    request: Request,
    watcher: Watcher,
    /// The docset as it was last; `None` where it could not be checked.
    project: Option<Project>,
    baseline: Option<PathBuf>,
    memory: Memory,
}

impl<'c> Watch<'c> {
    fn new(check: &'c Check, request: Request) -> Self {
        let watcher = if check.watching.poll { Watcher::polling() } else { Watcher::new() };
        Watch { check, request, watcher, project: None, baseline: None, memory: Memory::default() }
    }

    /// Checks what there is now, and prints it, if anything that matters changed.
    fn step(&mut self, touched: &Touched, view: &mut View, terminal: &mut Terminal<'_>) -> Result<()> {
        let (start, mut stages) = (Instant::now(), Stages::new(terminal.has_progress));
        stages.start("read and parse");
        let Some(Refreshed { project, changed, .. }) = self.refresh(touched)? else { return Ok(()) };
        let found = self.check.found(&project, &self.request, Some(&mut self.memory), &mut stages)?;
        stages.start_printing("print");
        view.print(Look { project: &project, found, changed: &changed, time: start.elapsed() }, terminal)?;
        if let Some(complaint) = self.watcher.complaint() {
            writeln!(terminal.err, "{complaint}")?;
        }
        if self.check.timings {
            stages.print(terminal.err)?;
        }
        self.project = Some(project);
        Ok(())
    }

    /// The docset as it is now; `None` where it is what it was.
    fn refresh(&mut self, touched: &Touched) -> Result<Option<Refreshed>> {
        if self.project.is_none() || self.watcher.is_stale() {
            self.follow();
        }
        let Some(project) = self.project.take() else {
            self.memory = Memory::default();
            let project = Project::open(&self.request)?;
            self.follow_baseline(&project);
            return Ok(Some(Refreshed { project, changed: Vec::new(), only_texts: false }));
        };
        let refreshed = project.refresh(&self.request, touched)?;
        if !refreshed.only_texts {
            self.memory = Memory::default();
            self.follow_baseline(&refreshed.project);
            return Ok(Some(refreshed));
        }
        if refreshed.changed.is_empty() && !self.watcher.touches_others(touched) {
            self.project = Some(refreshed.project);
            return Ok(None);
        }
        refreshed.changed.iter().for_each(|page| self.memory.forget(*page));
        Ok(Some(refreshed))
    }

    /// Follows the docset as its folders are now.
    fn follow(&mut self) {
        self.watcher.follow(&self.request, self.baseline.clone());
    }

    /// Follows the baseline too, which may be another one now.
    fn follow_baseline(&mut self, project: &Project) {
        let baseline = self.check.known.path(project, &self.request.directory);
        if self.baseline != baseline {
            self.baseline = baseline;
            self.follow();
        }
    }
}

/// How checks are printed.
enum View {
    Screen(Screen),
    Lines(Lines),
}

impl View {
    fn of(format: Format) -> Result<Self> {
        match format {
            Format::Human => Ok(View::Screen(Screen::new(io::stdout().is_terminal()))),
            Format::Json => Ok(View::Lines(Lines::default())),
            Format::Github | Format::Sarif | Format::Junit => {
                bail!("`--watch` prints findings for people, or with `--format json` for programs, in no other format")
            }
        }
    }

    fn print(&mut self, look: Look<'_>, terminal: &mut Terminal<'_>) -> Result<()> {
        match self {
            View::Screen(screen) => screen.print(look, terminal)?,
            View::Lines(lines) => lines.print(look, terminal.out)?,
        }
        Ok(terminal.out.flush()?)
    }

    fn print_failure(&mut self, why: &str, terminal: &mut Terminal<'_>) -> Result<()> {
        match self {
            View::Screen(screen) => screen.print_failure(why, terminal)?,
            View::Lines(lines) => lines.print_failure(why, terminal.out)?,
        }
        Ok(terminal.out.flush()?)
    }
}

#[cfg(test)]
mod tests;
