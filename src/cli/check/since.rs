//! What changed since a revision, and what that broke on other pages.

use super::choice::Choice;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::plural;
use crate::fingerprint::{self, Counts, Fingerprint};
use crate::model;
use crate::project::{Changes, Project, Request};
use crate::rules::{self, Scope};
use anyhow::Result;

/// What a revision makes of the findings of a run.
pub(super) struct Comparison {
    /// Of each finding, whether it stands on a page that changed, or was not there before, or is about the
    /// configuration.
    pub new: Vec<bool>,
    /// What there is to say about the changes.
    pub note: String,
}

/// Holds the findings of a run against the docset as it was at a revision.
pub(super) fn compare(
    revision: &str,
    findings: &[Diagnostic],
    project: &Project,
    request: &Request,
    choice: &Choice,
) -> Result<Comparison> {
    let Changes { base, paths, removed, before } = project.changes_since(revision)?;
    let changed = project.docset.pages.iter().filter(|page| paths.contains(&page.source.path)).count();
    let gone = if removed > 0 { format!(", {removed} removed,") } else { String::new() };
    let (changed, base) = (plural(changed, "page"), base.get(..10).unwrap_or(&base));
    let note = format!("{changed} changed{gone} since {base} (`{revision}`)");
    if before.is_empty() {
        // Where no file changed, nothing else did.
        let new = findings.iter().map(|finding| project.fingerprint(finding).is_none()).collect();
        return Ok(Comparison { new, note });
    }
    let old = Project::open(&Request { overlay: before, ..request.clone() })?;
    let mut old = counts(&old, choice)?;
    let mut is_new = |fingerprint: Fingerprint| {
        let is_old = fingerprint::take(&mut old, &fingerprint);
        !is_old || paths.contains(&fingerprint.path)
    };
    let new = findings.iter().map(|finding| project.fingerprint(finding).is_none_or(&mut is_new)).collect();
    Ok(Comparison { new, note })
}

/// How often each finding is there in a docset.
fn counts(project: &Project, choice: &Choice) -> Result<Counts> {
    let model = model::link(&project.docset);
    let mut counts = Counts::new();
    for finding in rules::check(&model, &choice.levels(&project.config.levels)?, Scope::Check) {
        if let Some(fingerprint) = project.fingerprint(&finding) {
            *counts.entry(fingerprint).or_default() += 1;
        }
    }
    Ok(counts)
}
