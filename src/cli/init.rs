//! `apipage init`

mod from_api_doctor;

use super::{Outcome, Terminal};
use crate::print::harmless;
use crate::targets::TARGETS;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A docset to begin with: an operation, the resource that it returns, and the configuration.
const DOCSET: [(&str, &str); 3] = [
    ("apipage.toml", include_str!("init/apipage.toml")),
    ("api/customer-get.md", include_str!("init/customer-get.md")),
    ("resources/customer.md", include_str!("init/customer.md")),
];

/// Starts a docset, or copies the built-in templates out
#[derive(Args)]
pub(super) struct Init {
    /// Where to [default: docs-input, or templates with --templates]
    dir: Option<PathBuf>,
    /// Copy the built-in templates, to change some of them
    #[arg(long)]
    templates: bool,
    /// Write an apipage.toml that says what the configuration of API Doctor in this folder says [default: .]
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = ".")]
    #[arg(conflicts_with_all = ["dir", "templates"])]
    from_api_doctor: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(self, directory: &Path, terminal: &mut Terminal<'_>) -> Result<Outcome> {
        if let Some(folder) = self.from_api_doctor {
            return from_api_doctor::run(&folder, directory, terminal);
        }
        let (default, files) = match self.templates {
            true => ("templates", built_in_templates()),
            false => ("docs-input", DOCSET.into()),
        };
        let dir = self.dir.unwrap_or_else(|| default.into());
        create(&files, &directory.join(&dir), &dir)?;
        for path in files.keys() {
            writeln!(terminal.out, "created {}", harmless(&dir.join(path).to_string_lossy()))?;
        }
        let shown = harmless(&dir.to_string_lossy());
        let next = match self.templates {
            true => format!("keep those you change, delete the others, and use `generate --templates {shown}`"),
            false => format!("next: `apipage check {shown}`, then `apipage generate --input {shown}`"),
        };
        writeln!(terminal.err, "{next}")?;
        Ok(Outcome::Clean)
    }
}

fn built_in_templates() -> BTreeMap<&'static str, &'static str> {
    TARGETS.iter().flat_map(|target| target.templates).map(|template| (template.path, template.text)).collect()
}

/// Makes sure that nothing would be overwritten.
fn ensure_absent<'p>(mut paths: impl Iterator<Item = &'p str>, dir: &Path, shown: &Path) -> Result<()> {
    if let Some(path) = paths.find(|path| dir.join(path).symlink_metadata().is_ok()) {
        let there = shown.join(path);
        bail!("`{}` is there already: move it away, or name another folder; nothing was written", there.display());
    }
    Ok(())
}

/// Writes all files, or none if one of them is there already.
fn create(files: &BTreeMap<&str, &str>, dir: &Path, shown: &Path) -> Result<()> {
    ensure_absent(files.keys().copied(), dir, shown)?;
    for (path, text) in files {
        let place = dir.join(path);
        let context = || format!("could not write `{}`", shown.join(path).display());
        fs::create_dir_all(place.parent().unwrap_or(dir)).with_context(context)?;
        // Not overwritten even if somebody else makes the file right now.
        fs::File::create_new(&place).and_then(|mut file| file.write_all(text.as_bytes())).with_context(context)?;
    }
    Ok(())
}
