//! Coming from API Doctor: its configuration, said in `apipage.toml`.
//!
//! API Doctor reads every JSON file of a docset and takes what it knows from each. So does this: `file` reads the
//! files, `settings` lists the keys and what becomes of each, `codes` which rule is which of its error codes, and
//! `draft` collects what `apipage.toml` will say, and what it cannot say.

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
use std::path::{Path, PathBuf};

/// What became of a configuration of API Doctor.
#[derive(Debug)]
pub struct Import {
    /// The text of `apipage.toml`.
    pub text: String,
    /// What has no equivalent, and why, one a line.
    pub left_out: Vec<String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Something that could not be read.
#[derive(Debug)]
pub struct Problem {
    /// The file, from the folder of `apipage.toml`, and where there is one a line and column.
    pub place: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Where the `apipage.toml` of a folder belongs: with the `docfx.json` of the docset that the folder is a part of, as
/// its pages may link to and include all that stands below it; else in the folder. With it, the folder as seen from
/// there. It is an error if the folder is none.
pub fn place(folder: &Path, shown: &Path) -> Result<(PathBuf, PathBuf)> {
    if !folder.is_dir() {
        bail!("`{}` is no folder: name the one that API Doctor is given as `--path`", shown.display());
    }
    let folder = folder.canonicalize()?;
    let marked = folder.ancestors().find(|folder| folder.join("docfx.json").is_file() || folder.join(".git").exists());
    let marked = marked.filter(|folder| folder.join("docfx.json").is_file());
    let root = marked.unwrap_or(&folder).to_owned();
    let inside = folder.strip_prefix(&root)?.to_owned();
    Ok((root, inside))
}

/// Reads the configuration in `inside`, a folder below `root`, in which `apipage.toml` is to stand. It is an error if
/// there is none.
pub fn import(root: &Path, inside: &Path) -> Result<Import> {
    let inside = discover::slashes(inside);
    let inside = if inside.is_empty() { inside } else { inside + "/" };
    let mut paths = discover::files(&root.join(&inside));
    paths.iter_mut().for_each(|path| path.insert_str(0, &inside));
    // Not what links outside lead to.
    paths.retain(|path| discover::is_within(root, &root.join(path)));
    let pages = paths.iter().filter(|path| path.ends_with(".md")).cloned().collect();
    let mut draft = Draft::new(pages, settings::escaped(&inside));
    let files: Vec<File> = paths.iter().filter_map(|path| File::read(root, path, &mut draft)).collect();
    settings::carry(&files, &mut draft);
    let has_suppressions = suppressions::carry(root, &mut draft);
    if files.is_empty() && !has_suppressions && draft.problems.is_empty() {
        bail!(
            "no configuration of API Doctor: no JSON file there has a key such as `schemaConfig` or \
             `tableDefinitions`, and no page has `suppressions`; nothing was written"
        );
    }
    Ok(draft.finish())
}

#[cfg(test)]
mod tests;
