//! Changes a file that somebody else wrote.

use super::write::stage;
use super::{Error, failed};
use std::fs;
use std::path::Path;

/// Writes `after` into the file at `path` within `root`, where it still says `before`; no reader sees half of it.
/// Where the path leads through symbolic links, the file at their end is written, if that is within the root.
pub fn rewrite(path: &str, before: &str, after: &str, root: &Path) -> Result<(), Error> {
    let root = root.canonicalize().map_err(failed("find the folder of", path))?;
    let file = root.join(path).canonicalize().map_err(failed("find", path))?;
    if !file.starts_with(&root) {
        return Err(Error::Outside(path.to_owned()));
    }
    // Two pages may be links to one file.
    if says(&file, after, path)? {
        return Ok(());
    }
    if fs::metadata(&file).map_err(failed("look at", path))?.permissions().readonly() {
        return Err(Error::ReadOnly(path.to_owned()));
    }
    let staged = stage(path, after, &file)?;
    if !says(&file, before, path)? {
        return Err(Error::Changed(path.to_owned()));
    }
    staged.persist(&file).map_err(|error| failed("write", path)(error.error))
}

/// Whether a file has this text, byte for byte.
fn says(file: &Path, text: &str, path: &str) -> Result<bool, Error> {
    let found = fs::metadata(file).map_err(failed("look at", path))?;
    if !found.is_file() || found.len() != text.len() as u64 {
        return Ok(false);
    }
    Ok(fs::read(file).map_err(failed("read", path))? == text.as_bytes())
}
