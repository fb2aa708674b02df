//! Brings a folder to where it should be.

use super::compare::{compare, read};
use super::{Comparison, Error, Files, STAGED, failed, is_ours};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Writes what is missing or stale and removes leftovers, see [`compare`]; returns what was done. Files that are
/// as they should be keep their times, so that build tools see no change.
///
/// All texts are first written beside their places and then renamed, so that a full disk leaves the folder as
/// it was and no reader ever sees half a file. Of two runs at once, one waits for the other.
pub fn write(files: &Files, is_wanted: &dyn Fn(&str) -> bool, dir: &Path) -> Result<Comparison, Error> {
    if !dir.exists() {
        // What is refused leaves nothing behind.
        compare(files, is_wanted, dir)?;
        fs::create_dir_all(dir).map_err(failed("create the folder", &dir.display().to_string()))?;
    }
    let _lock = lock(dir).map_err(failed("lock the folder", &dir.display().to_string()))?;
    let comparison = compare(files, is_wanted, dir)?;
    for stale in &comparison.stale {
        check_ours(&stale.path, &files.0[&stale.path], dir)?;
    }
    let staged: Vec<(&str, TempPath)> = comparison
        .to_write()
        .map(|path| Ok((path, stage(path, &files.0[path], &dir.join(path))?)))
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

/// Keeps other runs from writing into the folder until the file is closed, also by the end of the process. Nothing
/// where the file system has no locks, or the platform none of folders.
fn lock(dir: &Path) -> io::Result<Option<fs::File>> {
    let Ok(folder) = fs::File::open(dir) else { return Ok(None) };
    match folder.lock() {
        Ok(()) => Ok(Some(folder)),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes one file that somebody asked for by name, whoever wrote what stands there; no reader sees half of it.
/// A link keeps leading where it leads, and what is no file (`/dev/stdout`, a pipe) is written to as it is.
pub fn replace(path: &str, text: &str, dir: &Path) -> Result<(), Error> {
    let place = dir.join(path);
    match fs::metadata(&place) {
        Ok(found) if !found.is_file() => {
            let file = fs::File::options().write(true).open(&place);
            file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed("write", path))
        }
        _ => {
            let place = place.canonicalize().unwrap_or_else(|_| link_target(place));
            stage(path, text, &place)?.persist(&place).map_err(|error| failed("write", path)(error.error))
        }
    }
}

/// Where a link leads at which nothing stands; the place itself, where there is no link.
fn link_target(place: PathBuf) -> PathBuf {
    match (fs::read_link(&place), place.parent()) {
        (Ok(target), Some(folder)) => folder.join(target),
        _ => place,
    }
}

/// Refuses to overwrite what somebody else wrote. A text that bears no header itself (JSON has no comments)
/// says nothing about the file it replaces; an empty file holds nothing to lose.
fn check_ours(path: &str, text: &str, dir: &Path) -> Result<(), Error> {
    let found = read(path, dir)?.unwrap_or_default();
    let foreign = is_ours(text) && !is_ours(&found) && !found.trim().is_empty();
    if foreign { Err(Error::Foreign(path.to_owned())) } else { Ok(()) }
}

/// Writes a text to a temporary file in the folder of its place, as a rename works only within a file system. `path`
/// is what the place is called.
pub(super) fn stage(path: &str, text: &str, place: &Path) -> Result<TempPath, Error> {
    let folder = place.parent().ok_or_else(|| Error::InTheWay(path.to_owned()))?;
    fs::create_dir_all(folder).map_err(failed("create the folder of", path))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGED.0).suffix(STAGED.1);
    let permissions = permissions(place);
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
