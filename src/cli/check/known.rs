//! Findings that are known: a baseline says which, so that only new ones are reported.

use crate::diagnostic::plural;
use crate::diagnostic::{Diagnostic, Level};
use crate::fingerprint::{self, Counts, Fingerprint};
use crate::output;
use crate::project::{Project, baseline};
use crate::rules::{self, Levels};
use anyhow::{Context as _, Result};
use clap::Args;
use std::path::{Path, PathBuf};

/// What to do about findings that are known.
#[derive(Args)]
pub(super) struct Known {
    /// Report only findings that this file does not list [default: as apipage.toml says]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to the baseline, so that only new ones are reported from now on [default: the file of
    /// --baseline or apipage.toml, or apipage-baseline.toml]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with = "changed_since")]
    write_baseline: Option<Option<PathBuf>>,
    /// Report what is known, too
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    no_baseline: bool,
}

/// What a baseline made of the findings of a run.
pub(super) struct Comparison {
    /// Of each finding, whether it is known.
    pub known: Vec<bool>,
    /// What there is to say about the baseline itself.
    pub note: Option<String>,
}

impl Known {
    /// Holds the findings of a run against the baseline, after writing it if that was asked for; `None` where there
    /// is none.
    pub(super) fn compare(
        &self,
        findings: &[Diagnostic],
        project: &Project,
        levels: &Levels,
        directory: &Path,
    ) -> Result<Option<Comparison>> {
        let Some(path) = self.path(project, directory) else { return Ok(None) };
        if self.write_baseline.is_some() && project.is_misconfigured() {
            let note = "no baseline was written, as the configuration cannot be relied on".to_owned();
            return Ok(Some(Comparison { known: vec![false; findings.len()], note: Some(note) }));
        }
        let shown = project.shown_path(&path);
        let is_first = self.write_baseline.is_some() && !path.exists();
        let mut listed = if is_first { Counts::new() } else { baseline::read(&path, &shown)? };
        let mut note = None;
        if self.write_baseline.is_some() {
            let counts = renewed(&listed, findings, project, levels);
            output::replace(&shown, &baseline::to_text(&counts), directory).context("could not write the baseline")?;
            note = Some(written(&listed, &counts, &shown, project.config.baseline.is_some()));
            listed = counts;
        }
        let mut is_listed = |fingerprint| fingerprint::take(&mut listed, &fingerprint);
        let known = findings.iter().map(|finding| project.fingerprint(finding).is_some_and(&mut is_listed)).collect();
        listed.retain(|fingerprint, _| is_looked_at(fingerprint, project, levels));
        Ok(Some(Comparison { known, note: note.or_else(|| outdated(total(&listed), &shown)) }))
    }

    /// The file, if there is to be one.
    pub(super) fn path(&self, project: &Project, directory: &Path) -> Option<PathBuf> {
        let written = self.write_baseline.as_ref();
        let named = written.and_then(Option::as_ref).or(self.baseline.as_ref()).map(|path| directory.join(path));
        let configured = || project.config.baseline.clone().filter(|_| !self.no_baseline);
        let usual = || written.map(|_| project.config_folder().join(baseline::BASELINE_NAME));
        named.or_else(configured).or_else(usual)
    }
}

/// What a baseline is to list after a run: its findings, and of what it did not look at what was listed before.
fn renewed(listed: &Counts, findings: &[Diagnostic], project: &Project, levels: &Levels) -> Counts {
    let others = listed.iter().filter(|(fingerprint, _)| !is_looked_at(fingerprint, project, levels));
    let mut counts: Counts = others.map(|(fingerprint, count)| (fingerprint.clone(), *count)).collect();
    for fingerprint in findings.iter().filter_map(|finding| project.fingerprint(finding)) {
        *counts.entry(fingerprint).or_default() += 1;
    }
    counts
}

/// Whether a run would have come upon a finding, were it still there.
fn is_looked_at(fingerprint: &Fingerprint, project: &Project, levels: &Levels) -> bool {
    let level = |rule: &rules::Rule| match project.docset.find(&fingerprint.path) {
        Some(page) => levels.on(&rule.lint, page.id),
        None => levels.of(&rule.lint),
    };
    // No run finds what a rule that does not exist any more found.
    project.covers(&fingerprint.path) && rules::find(&fingerprint.rule).is_none_or(|rule| level(rule) != Level::Off)
}

fn written(before: &Counts, after: &Counts, shown: &str, is_configured: bool) -> String {
    let surplus = |one: &Counts, other: &Counts| -> usize {
        one.iter().map(|(key, count)| count.saturating_sub(other.get(key).copied().unwrap_or_default())).sum()
    };
    let mut note = format!("wrote {} to `{shown}`", plural(total(after), "finding"));
    if !before.is_empty() {
        note += &format!(", {} of them new; {} gone", surplus(after, before), surplus(before, after));
    }
    if !is_configured {
        note += &format!("\nleave them out by `--baseline {shown}`, or by `baseline` under `[check]` in apipage.toml");
    }
    note
}

/// Says that some of what a baseline lists was fixed.
fn outdated(gone: usize, shown: &str) -> Option<String> {
    let verb = if gone == 1 { "is" } else { "are" };
    let gone = (gone > 0).then(|| plural(gone, "finding"))?;
    Some(format!("{gone} of the baseline `{shown}` {verb} gone: write it anew with `--write-baseline`"))
}

fn total(counts: &Counts) -> usize {
    counts.values().fold(0, |sum, count| sum.saturating_add(*count))
}
