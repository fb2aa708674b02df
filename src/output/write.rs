//! Brings a folder to where it should be.

use super::compare::{compare, read};
use super::{Comparison, Error, Files, failed, is_ours};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempPath;

/// Writes what is missing or stale and removes leftovers, see [`compare`]; returns what was done. Files that are
/// as they should be keep their times, so that build tools see no change.
///
/// All texts are first written beside their places and then renamed, so that a full disk leaves the folder as
/// it was and no reader ever sees half a file.
pub fn write(files: &Files, is_wanted: &dyn Fn(&str) -> bool, dir: &Path) -> Result<Comparison, Error> {
    let comparison = compare(files, is_wanted, dir)?;
    for stale in &comparison.stale {
        check_ours(&stale.path, &files.0[&stale.path], dir)?;
    }
    fs::create_dir_all(dir).map_err(failed("create the folder", &dir.display().to_string()))?;
    let staged: Vec<(&str, TempPath)> = comparison
        .to_write()
        .map(|path| Ok((path, stage(path, &files.0[path], dir)?)))
        .collect::<Result<_, Error>>()?;
    for (path, file) in staged {
        file.persist(dir.join(path)).map_err(|error| failed("write", path)(error.error))?;
    }
    for path in &comparison.leftover {
        fs::remove_file(dir.join(path)).map_err(failed("remove", path))?;
        remove_empty_folders(path, dir);
    }
    Ok(comparison)
}

/// Writes one file that somebody asked for by name, whoever wrote what stands there; no reader sees half of it.
pub fn replace(path: &str, text: &str, dir: &Path) -> Result<(), Error> {
    stage(path, text, dir)?.persist(dir.join(path)).map_err(|error| failed("write", path)(error.error))
}

/// Refuses to overwrite what somebody else wrote. A text that bears no header itself (JSON has no comments)
/// says nothing about the file it replaces; an empty file holds nothing to lose.
fn check_ours(path: &str, text: &str, dir: &Path) -> Result<(), Error> {
    let found = read(path, dir)?.unwrap_or_default();
    let foreign = is_ours(text) && !is_ours(&found) && !found.trim().is_empty();
    if foreign { Err(Error::Foreign(path.to_owned())) } else { Ok(()) }
}

/// Writes a text to a temporary file in the folder of its place, as a rename works only within a file system.
pub(super) fn stage(path: &str, text: &str, dir: &Path) -> Result<TempPath, Error> {
    let place = dir.join(path);
    let folder = place.parent().unwrap_or(dir);
    fs::create_dir_all(folder).map_err(failed("create the folder of", path))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".apipage-");
    let permissions = permissions(&place);
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder).map_err(failed("write beside", path))?;
    file.write_all(text.as_bytes()).map_err(failed("write", path))?;
    // Closed at once: a large docset makes more files than a process may hold open.
    Ok(file.into_temp_path())
}

/// The permissions of the file that is replaced; of a new file what any program gives, as `tempfile` would let
/// only the owner read it.
fn permissions(place: &Path) -> Option<fs::Permissions> {
    let kept = fs::metadata(place).ok().map(|found| found.permissions());
    #[cfg(unix)]
    let kept = kept.or_else(|| Some(std::os::unix::fs::PermissionsExt::from_mode(0o666)));
    kept
}

fn remove_empty_folders(path: &str, dir: &Path) {
    for (end, _) in path.rmatch_indices('/') {
        // Refused where something is left, and that is the end of it.
        if fs::remove_dir(dir.join(&path[..end])).is_err() {
            break;
        }
    }
}
