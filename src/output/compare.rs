//! What is in the folder against what should be.

use super::{Comparison, Error, Files, STAGED, Stale, failed, is_ours};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path};

/// Enough of a file to see its header.
const HEAD_BYTES: u64 = 2048;

/// Compares a folder with the files that belong there. `is_wanted` says of a file of ours that this run did not make
/// whether another run does; then it is no leftover.
pub fn compare(files: &Files, is_wanted: &dyn Fn(&str) -> bool, dir: &Path) -> Result<Comparison, Error> {
    let mut comparison = Comparison::default();
    let mut folders = BTreeSet::new();
    for (path, text) in &files.0 {
        check_way(path, dir, &mut folders)?;
        match read(path, dir)? {
            None => comparison.missing.push(path.clone()),
            Some(found) => match first_difference(&found, text) {
                None => comparison.unchanged += 1,
                Some((line, on_disk, produced)) => {
                    comparison.stale.push(Stale { path: path.clone(), line, on_disk, produced });
                }
            },
        }
    }
    let is_made = |path: &str| files.0.contains_key(path);
    find_leftovers(dir, "", &is_made, &mut comparison.leftover)?;
    comparison.leftover.retain(|path| !is_wanted(path));
    comparison.leftover.sort();
    Ok(comparison)
}

/// The text of a file, `None` when there is none.
pub(super) fn read(path: &str, dir: &Path) -> Result<Option<String>, Error> {
    let file = dir.join(path);
    match fs::symlink_metadata(&file) {
        Ok(found) if found.is_symlink() => Err(Error::Link(path.to_owned())),
        Ok(found) if !found.is_file() => Err(Error::InTheWay(path.to_owned())),
        Ok(_) => {
            let bytes = fs::read(&file).map_err(failed("read", path))?;
            Ok(Some(String::from_utf8(bytes).unwrap_or_else(|error| {
                // Our text is UTF-8, so that this differs from it in any case.
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            })))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Sees to it that a path leads to a place inside the folder, through folders that are no links.
fn check_way(path: &str, dir: &Path, checked: &mut BTreeSet<String>) -> Result<(), Error> {
    let is_plain = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    // Windows reads `\` and `C:` as more than part of a name.
    if path.is_empty() || path.contains(['\\', ':', '\0']) || !is_plain(path) {
        return Err(Error::Escapes(path.to_owned()));
    }
    for (end, _) in path.match_indices('/') {
        let folder = &path[..end];
        if !checked.insert(folder.to_owned()) {
            continue;
        }
        match fs::symlink_metadata(dir.join(folder)) {
            Ok(found) if found.is_symlink() => return Err(Error::Link(folder.to_owned())),
            Ok(found) if !found.is_dir() => return Err(Error::InTheWay(folder.to_owned())),
            _ => {}
        }
    }
    Ok(())
}

/// Number and text of the first line that differs. Line ends do not count: a checkout on Windows has others.
fn first_difference(on_disk: &str, produced: &str) -> Option<(usize, Option<String>, Option<String>)> {
    if on_disk == produced || on_disk.replace("\r\n", "\n") == produced {
        return None;
    }
    let (mut left, mut right) = (on_disk.lines(), produced.lines());
    let mut line = 1;
    loop {
        let pair = (left.next(), right.next());
        // Where all lines are equal, the end of the last one is not.
        if pair.0 != pair.1 || pair.0.is_none() {
            return Some((line, pair.0.map(str::to_owned), pair.1.map(str::to_owned)));
        }
        line += 1;
    }
}

fn find_leftovers(
    dir: &Path,
    folder: &str,
    is_made: &dyn Fn(&str) -> bool,
    leftovers: &mut Vec<String>,
) -> Result<(), Error> {
    let entries = match fs::read_dir(dir.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("list", folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed("list", folder))?;
        let name = entry.file_name();
        // We never make a name that is not Unicode.
        let Some(name) = name.to_str() else { continue };
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let kind = entry.file_type().map_err(failed("look at", &path))?;
        if kind.is_dir() && !is_foreign_folder(&entry.path(), name) {
            find_leftovers(dir, &path, is_made, leftovers)?;
        } else if kind.is_file() && !is_made(&path) && (is_staged(name) || bears_header(&entry.path())) {
            leftovers.push(path);
        }
    }
    Ok(())
}

/// Folders that others keep below ours: version control, and caches such as cargo's `target`.
fn is_foreign_folder(folder: &Path, name: &str) -> bool {
    name == ".git" || name == "node_modules" || folder.join("CACHEDIR.TAG").exists()
}

/// Whether a run that was killed left a file behind: nobody else writes while the folder is locked.
fn is_staged(name: &str) -> bool {
    name.starts_with(STAGED.0) && name.ends_with(STAGED.1)
}

fn bears_header(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    // What cannot be read is left alone.
    read.is_ok() && is_ours(&String::from_utf8_lossy(&head))
}
