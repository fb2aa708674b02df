//! `apipage init --from-api-doctor`

use super::{create, ensure_absent};
use crate::cli::{Outcome, Terminal};
use crate::project::api_doctor;
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file that is written.
const NAME: &str = "apipage.toml";

/// Writes the configuration of API Doctor in a folder as `apipage.toml`, and says what it could not say there.
pub(super) fn run(folder: &Path, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
    let (root, inside) = api_doctor::place(&directory.join(folder), folder)?;
    let shown = above(folder, &inside);
    // One in the folder itself would be read instead of what is written.
    for folder in inside.ancestors() {
        ensure_absent([NAME].into_iter(), &root.join(folder), &shown.join(folder))?;
    }
    let import = api_doctor::import(&root, &inside).with_context(|| format!("could not use `{}`", folder.display()))?;
    create(&BTreeMap::from([(NAME, import.text.as_str())]), &root, &shown)?;
    writeln!(terminal.out, "created {}", shown.join(NAME).display())?;
    if !import.left_out.is_empty() {
        writeln!(terminal.out, "has no equivalent (the file lists it too):")?;
    }
    for line in &import.left_out {
        writeln!(terminal.out, "  {line}")?;
    }
    for problem in &import.problems {
        writeln!(terminal.err, "warning: {}: {}", shown.join(&problem.place).display(), problem.what)?;
    }
    writeln!(terminal.err, "next: `apipage check {}`", folder.display())?;
    Ok(if import.problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// The folder that holds another at this place, as the person would write it.
fn above(folder: &Path, inside: &Path) -> PathBuf {
    let shown = folder.strip_prefix(".").unwrap_or(folder);
    match shown.ends_with(inside) {
        true => shown.ancestors().nth(inside.components().count()).unwrap_or(shown).to_owned(),
        false => inside.components().fold(shown.to_owned(), |above, _| above.join("..")),
    }
}
