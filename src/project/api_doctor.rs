//! Coming from API Doctor: its configuration, said in `apipage.toml`.
//!
//! API Doctor reads every JSON file of a docset and takes what it knows from each. So does this: [`file`] reads the
//! files, [`settings`] lists the keys and what becomes of each, [`codes`] which rule is which of its error codes, and
//! [`draft`] collects what `apipage.toml` will say, and what it cannot say.

mod codes;
mod draft;
mod file;
mod headings;
mod settings;
mod suppressions;

use super::discover;
use anyhow::{Result, bail};
use draft::Draft;
use file::File;
use std::path::Path;

/// What became of a configuration of API Doctor.
#[derive(Debug)]
pub struct Import {
    /// The text of an `apipage.toml` for the same folder.
    pub text: String,
    /// What has no equivalent, and why, one a line.
    pub left_out: Vec<String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Something that could not be read.
#[derive(Debug)]
pub struct Problem {
    /// The file, from the folder of the docset, and where there is one a line and column.
    pub place: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Reads the configuration in a folder, whose path is shown as `shown`. It is an error if there is none.
pub fn import(folder: &Path, shown: &Path) -> Result<Import> {
    if !folder.is_dir() {
        bail!("`{}` is no folder: name the one that API Doctor is given as `--path`", shown.display());
    }
    let paths = discover::files(folder);
    let mut draft = Draft::new(paths.iter().filter(|path| path.ends_with(".md")).cloned().collect());
    let files: Vec<File> = paths.iter().filter_map(|path| File::read(folder, path, &mut draft)).collect();
    settings::carry(&files, &mut draft);
    let has_suppressions = suppressions::carry(folder, &mut draft);
    if files.is_empty() && !has_suppressions && draft.problems.is_empty() {
        bail!(
            "no configuration of API Doctor in `{}`: no JSON file there has a key such as `schemaConfig` or \
             `tableDefinitions`, and no page has `suppressions`",
            shown.display()
        );
    }
    Ok(draft.finish())
}

#[cfg(test)]
mod tests;
