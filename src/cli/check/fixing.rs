//! Fixes: written into pages, or shown as what they would change.

use super::choice::Choice;
use super::findings;
use crate::cli::stages::Stages;
use crate::cli::{ERROR, Outcome, Terminal};
use crate::diagnostic::{Safety, plural};
use crate::print::{diff, harmless};
use crate::project::{Change, Fixes, Project};
use anyhow::{Result, ensure};
use clap::Args;
use std::io::{self, Write};

/// What to do where findings can be fixed.
#[derive(Args)]
pub(super) struct Fixing {
    /// Apply the safe fixes to the pages, and print what remains
    #[arg(long, group = "change")]
    fix: bool,
    /// Print what `--fix` would change, as a unified diff, and change nothing; exits with 1 where it would change something
    #[arg(long, group = "change", conflicts_with_all = ["format", "output", "statistics"])]
    pub(super) diff: bool,
    /// Apply fixes too that are a guess at what is meant
    #[arg(long, requires = "change")]
    unsafe_fixes: bool,
}

impl Fixing {
    /// Fixes pages, if that is asked for; whether all that should be written is.
    pub(super) fn apply(
        &self,
        project: &mut Project,
        choice: &Choice,
        stages: &mut Stages,
        terminal: &mut Terminal<'_>,
    ) -> Result<bool> {
        if !self.fix {
            return Ok(true);
        }
        let fixes = self.fixes(project, choice, stages)?;
        stages.start("write");
        let failures = project.write(&fixes);
        stages.start_printing("print");
        let written = fixes.changes.iter().filter(|(path, _)| failures.iter().all(|(failed, _)| failed != *path));
        print_summary("fixed", &fixes, written.map(|(_, change)| change), terminal.err)?;
        print_left_alone(&fixes, project, terminal.err)?;
        let (root, is_written) = (project.shown_root(), failures.is_empty());
        for (_, failure) in failures {
            let failure = harmless(&format!("{:#}", anyhow::Error::from(failure)));
            writeln!(terminal.err, "{ERROR}error{ERROR:#}: could not fix a page in `{root}`: {failure}")?;
        }
        Ok(is_written)
    }

    /// Prints what fixing would change.
    pub(super) fn print_diff(
        &self,
        project: &mut Project,
        choice: &Choice,
        stages: &mut Stages,
        terminal: &mut Terminal<'_>,
    ) -> Result<Outcome> {
        let fixes = self.fixes(project, choice, stages)?;
        stages.start_printing("print");
        for (path, change) in &fixes.changes {
            diff::print(&project.shown_page(path), &change.before, &change.after, terminal.out)?;
        }
        terminal.out.flush()?;
        print_summary("would fix", &fixes, fixes.changes.values(), terminal.err)?;
        print_left_alone(&fixes, project, terminal.err)?;
        Ok(if fixes.changes.is_empty() { Outcome::Clean } else { Outcome::Findings })
    }

    fn fixes(&self, project: &mut Project, choice: &Choice, stages: &mut Stages) -> Result<Fixes> {
        ensure!(
            !project.is_misconfigured(),
            "nothing was fixed, as the configuration cannot be relied on: `apipage check` says what is wrong with it"
        );
        let wanted = if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        // What can be wrong with the choice does not change with the pages.
        choice.levels(&project.config.levels)?;
        Ok(project.fix(wanted, |project| {
            let levels = choice.levels(&project.config.levels).unwrap_or_default();
            let found = findings(project, &levels, None, stages);
            stages.start("fix");
            found
        }))
    }
}

/// Prints `fixed 12 findings in 3 pages`.
fn print_summary<'c>(
    verb: &str,
    fixes: &Fixes,
    done: impl Iterator<Item = &'c Change>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if fixes.changes.is_empty() {
        return writeln!(out, "nothing to fix");
    }
    let counts: Vec<usize> = done.map(|change| change.findings).collect();
    let (findings, pages) = (plural(counts.iter().sum(), "finding"), plural(counts.len(), "page"));
    writeln!(out, "{verb} {findings} in {pages}")
}

/// Says which pages were left alone though there are fixes to them.
fn print_left_alone(fixes: &Fixes, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    for (path, findings) in &fixes.unmapped {
        let (page, findings) = (harmless(&project.shown_page(path)), plural(*findings, "finding"));
        writeln!(out, "`{page}` is left as it is: it is not UTF-8; saved as UTF-8, {findings} could be fixed")?;
    }
    for (path, rules) in &fixes.endless {
        let (page, rules) = (harmless(&project.shown_page(path)), rules.join("`, `"));
        writeln!(
            out,
            "`{page}` is left as it is: there is no end to the fixes of `{rules}`, which is a fault of apipage"
        )?;
    }
    Ok(())
}
