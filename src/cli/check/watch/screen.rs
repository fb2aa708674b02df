//! Checks for people. A terminal is cleared and shows how things are now; elsewhere each check adds what is new and
//! what is gone.

use super::Look;
use super::history::{History, News};
use crate::cli::{BOLD, ERROR, Terminal};
use crate::diagnostic::Diagnostic;
use crate::print::{Report, harmless, human};
use crate::span::FileId;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A terminal shows no more findings than this: nobody reads more of them at once.
const MOST: usize = 50;

/// Nor more than this of those that are gone.
const MOST_GONE: usize = 10;

/// Clears the screen, but not what can be scrolled back to.
pub(super) const CLEAR: &str = "\x1b[H\x1b[2J";

/// How checks are printed for people, and what was found before.
pub(super) struct Screen {
    is_terminal: bool,
    history: History,
    /// The pages that changed since the first check, by the path to print.
    changed: BTreeSet<String>,
}

impl Screen {
    pub(super) fn new(is_terminal: bool) -> Self {
        Screen { is_terminal, history: History::default(), changed: BTreeSet::new() }
    }

    pub(super) fn print(&mut self, look: Look<'_>, terminal: &mut Terminal<'_>) -> io::Result<()> {
        let is_first = self.history.is_empty();
        let sources = look.project.sources();
        let report = look.found.report(&sources);
        let news = self.history.learn(report.diagnostics, &sources);
        self.changed.extend(look.changed.iter().map(|page| sources.path(*page)));
        if self.is_terminal {
            write!(terminal.out, "{CLEAR}")?;
            self.print_current(report, &news, look.changed, terminal)?;
        } else {
            let new = report.diagnostics.iter().zip(&news.new).filter(|(_, is_new)| **is_new);
            let new: Vec<Diagnostic> = new.map(|(finding, _)| finding.clone()).collect();
            human::print_findings(Report { diagnostics: &new, ..report }, terminal.width, terminal.out)?;
        }
        print_gone(&news, if self.is_terminal { MOST_GONE } else { usize::MAX }, terminal.out)?;
        let new = news.new.iter().filter(|is_new| **is_new && !is_first).count();
        writeln!(terminal.out, "{}{}", report.summary(), difference(new, news.gone.len(), look.time.as_millis()))?;
        terminal.out.flush()?;
        for note in &look.found.notes {
            writeln!(terminal.err, "{note}")?;
        }
        if self.is_terminal || is_first {
            writeln!(terminal.err, "watching for changes; Ctrl-C ends it")?;
        }
        Ok(())
    }

    /// Prints all findings, where these are not too many; else those that concern somebody who works on some pages:
    /// what stands on pages that changed since the first check, and what came up on others.
    fn print_current(
        &self,
        report: Report<'_>,
        news: &News,
        changed: &[FileId],
        terminal: &mut Terminal<'_>,
    ) -> io::Result<()> {
        let all = report.diagnostics.len();
        let concerns = |finding: &Diagnostic, is_recent: bool| {
            let file = finding.at.file;
            is_recent || !report.sources.is_page(file) || self.changed.contains(&report.sources.path(file))
        };
        let found = report.diagnostics.iter().zip(&news.recent);
        let shown = found.filter(|(finding, is_recent)| all <= MOST || concerns(finding, **is_recent));
        let mut shown: Vec<Diagnostic> = shown.map(|(finding, _)| finding.clone()).collect();
        // What was just saved is of most interest: it stands above the summary, and the rest scrolls out first.
        shown.sort_by_key(|finding| changed.contains(&finding.at.file));
        shown.drain(..shown.len().saturating_sub(MOST));
        human::print_findings(Report { diagnostics: &shown, ..report }, terminal.width, terminal.out)?;
        if shown.len() < all {
            let count = shown.len();
            let whose = "those on pages that changed since the start, and new ones elsewhere";
            writeln!(terminal.out, "shown here are {count} of {all} findings: {whose}, at most {MOST}")?;
        }
        Ok(())
    }

    /// Says why the docset cannot be checked for now.
    pub(super) fn print_failure(&self, why: &str, terminal: &mut Terminal<'_>) -> io::Result<()> {
        terminal.out.flush()?;
        writeln!(terminal.err, "{ERROR}error{ERROR:#}: {why}\nwatching for changes; Ctrl-C ends it")
    }
}

/// Prints a line for each finding that is gone, for some of them where there are more than `most`.
fn print_gone(news: &News, most: usize, out: &mut dyn Write) -> io::Result<()> {
    for gone in news.gone.iter().take(most) {
        let (path, message) = (harmless(&gone.path), harmless(&gone.message));
        writeln!(out, "{BOLD}gone{BOLD:#}[{}]: {path}: {message}", gone.rule)?;
    }
    if news.gone.len() > most {
        writeln!(out, "... and {} more", news.gone.len() - most)?;
    }
    if !news.gone.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// What stands after the summary: `; 1 new, 2 gone; checked in 61 ms`.
fn difference(new: usize, gone: usize, milliseconds: u128) -> String {
    let counts = [(new, "new"), (gone, "gone")].into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let counts = if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) };
    format!("{counts}; checked in {milliseconds} ms")
}
