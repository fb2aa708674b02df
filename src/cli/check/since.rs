//! What changed since a revision, and what that broke on other pages.

use super::choice::Choice;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{self, Counts};
use crate::model;
use crate::print::plural;
use crate::project::{Changes, Project, Request};
use crate::rules::{self, Scope};
use anyhow::Result;

/// Keeps the findings on pages that changed since a revision, those on other pages that were not there before, and
/// those about the configuration. Returns what there is to say about the changes.
pub(super) fn keep_new(
    revision: &str,
    findings: &mut Vec<Diagnostic>,
    project: &Project,
    request: &Request,
    choice: &Choice,
) -> Result<String> {
    let Changes { base, paths, removed, before } = project.changes_since(revision)?;
    let changed = project.docset.pages.iter().filter(|page| paths.contains(&page.source.path)).count();
    let gone = if removed > 0 { format!(", {removed} removed,") } else { String::new() };
    let (changed, base) = (plural(changed, "page"), base.get(..10).unwrap_or(&base));
    let note = format!("{changed} changed{gone} since {base} (`{revision}`)");
    if before.is_empty() {
        // Where no file changed, nothing else did.
        findings.retain(|finding| project.fingerprint(finding).is_none());
        return Ok(note);
    }
    let old = Project::open(&Request { overlay: before, ..request.clone() })?;
    let mut old = counts(&old, choice)?;
    findings.retain(|finding| {
        project
            .fingerprint(finding)
            .is_none_or(|fingerprint| paths.contains(&fingerprint.path) || !fingerprint::take(&mut old, &fingerprint))
    });
    Ok(note)
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
