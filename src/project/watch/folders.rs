//! What to watch for a docset.

use crate::project::discover::{self, CONFIG_NAME, GITIGNORE, Place};
use crate::project::{Request, Touched};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files that say where a docset begins, what it is like, and what is left out of it, also from above.
pub(super) const MARKS: [&str; 3] = [CONFIG_NAME, GITIGNORE, "docfx.json"];

/// Where changes matter.
#[derive(Default)]
pub(super) struct Folders {
    /// The folder of the docset, where all that is below matters; `None` if there is no docset.
    pub root: Option<PathBuf>,
    /// Folders in which some files matter: those above the docset, and those of other files.
    pub outer: BTreeSet<PathBuf>,
    /// Files that matter wherever they are, such as a baseline.
    pub others: BTreeSet<PathBuf>,
}

impl Folders {
    /// The folders of a request's docset. Where there is none, the folder nearest to where it should be is watched.
    pub(super) fn of(request: &Request, others: impl IntoIterator<Item = PathBuf>) -> Self {
        let others: BTreeSet<PathBuf> = others.into_iter().map(|path| direct(&path)).collect();
        let mut outer: BTreeSet<PathBuf> = others.iter().filter_map(|path| existing(path.parent()?)).collect();
        match Place::find(&request.directory, &request.input()) {
            Ok(place) => {
                outer.extend(above(&place.root));
                outer.extend(place.config.as_deref().and_then(Path::parent).map(Path::to_owned));
                outer.remove(&place.root);
                Folders { root: Some(place.root), outer, others }
            }
            Err(_) => {
                outer.extend(existing(&request.directory.join(request.input())));
                Folders { root: None, outer, others }
            }
        }
    }

    /// Whether it matters what happens to a file or folder.
    pub(super) fn concern(&self, path: &Path) -> bool {
        let Some(root) = &self.root else { return true };
        match path.strip_prefix(root) {
            Ok(inside) => !discover::is_skipped(&discover::slashes(inside)),
            Err(_) => is_mark(path) || root.starts_with(path) || self.others.contains(path),
        }
    }

    /// Whether the folders of the docset may be others after something happened. That those are gone which the system
    /// watches, it says itself.
    pub(super) fn may_be_others(&self, touched: &Touched) -> bool {
        let Some(root) = &self.root else { return true };
        match touched {
            Touched::All => true,
            Touched::Paths(paths) => paths.iter().any(|path| path.is_dir() || is_mark(path) || root.starts_with(path)),
        }
    }
}

fn is_mark(path: &Path) -> bool {
    MARKS.iter().any(|mark| path.file_name().is_some_and(|name| name == *mark))
}

/// The folders above a root that may say something about it: the next one, by way of which the root itself can go, and
/// those up to that of the repository.
fn above(root: &Path) -> impl Iterator<Item = PathBuf> {
    let repository = root.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or_default();
    root.ancestors().skip(1).take(repository.max(1)).map(Path::to_owned)
}

/// The path of a file by which no link leads, as far as it is there.
fn direct(path: &Path) -> PathBuf {
    let parts = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    parts().unwrap_or_else(|| discover::normal(path))
}

/// A folder, or the nearest one above that is there.
fn existing(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|folder| folder.canonicalize().ok().filter(|folder| folder.is_dir()))
}

impl Touched {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Touched::Paths(paths) if paths.is_empty())
    }

    /// Adds what matters of something else.
    pub(super) fn extend(&mut self, other: Touched, folders: &Folders) {
        match (&mut *self, other) {
            (Touched::Paths(paths), Touched::Paths(others)) => {
                paths.extend(others.into_iter().filter(|path| folders.concern(path)));
            }
            _ => *self = Touched::All,
        }
    }
}
