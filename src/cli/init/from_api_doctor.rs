//! `apipage init --from-api-doctor`

use super::{create, ensure_absent};
use crate::cli::{Outcome, Terminal};
use crate::project::api_doctor;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;

/// The file that is written.
const NAME: &str = "apipage.toml";

/// Writes the configuration of API Doctor in a folder as `apipage.toml`, and says what it could not say there.
pub(super) fn run(folder: &Path, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
    let place = directory.join(folder);
    let shown = folder.strip_prefix(".").unwrap_or(folder);
    ensure_absent([NAME].into_iter(), &place, shown)?;
    let import = api_doctor::import(&place, shown)?;
    create(&BTreeMap::from([(NAME, import.text.as_str())]), &place, shown)?;
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
