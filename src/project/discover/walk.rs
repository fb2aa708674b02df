//! Walking the folders of a docset.

use super::{SKIPPED_FOLDERS, is_page, is_skipped};
use crate::project::Overlay;
use crate::project::overlay::Covered;
use rayon::prelude::*;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What is below a folder, in the order of the paths.
pub(super) struct Listed {
    pub entries: Vec<Entry>,
    /// Whether some files have other paths, too.
    pub has_links: bool,
}

/// A file or folder below another.
pub(super) struct Entry {
    /// Relative to that folder, with `/` between names.
    pub path: String,
    pub kind: Kind,
    /// Whether it is a link to what it is.
    pub is_link: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// One that is looked into.
    Folder,
    /// One that may not be read.
    ClosedFolder,
    /// One of a repository's own files, which is not looked into.
    Repository,
    /// A pipe, a device and the like.
    Other,
}

impl Kind {
    fn is_folder(self) -> bool {
        matches!(self, Kind::Folder | Kind::ClosedFolder | Kind::Repository)
    }
}

/// Lists what is below a root, copies and caches left out unless `within` is one of them. A link that leads out of
/// the root is listed where it leads to a file, and not followed where it leads to a folder.
pub(super) fn list(root: &Path, within: &Path) -> Listed {
    let walk = Walk { root, within };
    let top = Folder { path: root.to_owned(), inside: String::new(), real: root.to_owned(), above: None };
    let mut entries = walk.below(&top);
    entries.par_sort_unstable_by(|left, right| left.path.cmp(&right.path));
    // Links to other files than pages lead nowhere that matters.
    let matters = |entry: &Entry| entry.is_link && (entry.kind.is_folder() || is_page(&entry.path));
    let has_links = entries.iter().any(matters);
    Listed { entries, has_links }
}

impl Listed {
    /// The paths of the files, those of an overlay too, sorted.
    pub(super) fn into_files(self, overlay: &Overlay) -> Vec<String> {
        let own = self.entries.into_iter().filter(|entry| !entry.kind.is_folder());
        let mut files: Vec<String> = own.map(|entry| entry.path).collect();
        if !overlay.is_empty() {
            files.retain(|path| overlay.at(path) != Covered::Absent);
            files.extend(overlay.present().filter(|path| !is_skipped(path)).map(str::to_owned));
            files.sort_unstable();
            files.dedup();
        }
        files
    }
}

/// The paths of all files below a folder, relative to it, sorted. A link that leads out of the folder is listed
/// but not followed.
pub(in crate::project) fn files(root: &Path) -> Vec<String> {
    list(root, root).into_files(&Overlay::default())
}

/// The folders below a root, itself included.
pub(in crate::project) fn folders(root: &Path) -> impl Iterator<Item = PathBuf> {
    let below = list(root, root).entries.into_iter().filter(|entry| entry.kind == Kind::Folder);
    [root.to_owned()].into_iter().chain(below.map(|entry| root.join(entry.path)))
}

/// The files below a root.
pub(in crate::project) fn file_paths(root: &Path) -> impl Iterator<Item = PathBuf> {
    files(root).into_iter().map(|path| root.join(path))
}

struct Walk<'w> {
    root: &'w Path,
    within: &'w Path,
}

/// A folder that is looked into.
struct Folder<'a> {
    path: PathBuf,
    /// The path relative to the root.
    inside: String,
    /// The path without links.
    real: PathBuf,
    above: Option<&'a Folder<'a>>,
}

impl Walk<'_> {
    /// What is below a folder, in no order.
    fn below(&self, folder: &Folder<'_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut folders = Vec::new();
        match fs::read_dir(&folder.path) {
            Ok(listed) => listed.flatten().for_each(|entry| self.add(&entry, folder, &mut entries, &mut folders)),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                entries.push(Entry { path: folder.inside.clone(), kind: Kind::ClosedFolder, is_link: false });
            }
            Err(_) => {}
        }
        entries.par_extend(folders.into_par_iter().flat_map_iter(|folder| self.below(&folder)));
        entries
    }

    fn add<'a>(
        &self,
        entry: &DirEntry,
        folder: &'a Folder<'a>,
        entries: &mut Vec<Entry>,
        folders: &mut Vec<Folder<'a>>,
    ) {
        let Ok(kind) = entry.file_type() else { return };
        let name = entry.file_name();
        let is_link = kind.is_symlink();
        // A link that leads nowhere is as good as none.
        let target = is_link.then(|| fs::metadata(entry.path()));
        let kind = match target {
            Some(Ok(about)) => about.file_type(),
            Some(Err(_)) => return,
            None => kind,
        };
        let path = folder.inside(&name);
        let kind = match (kind.is_dir(), kind.is_file()) {
            (true, _) if name == ".git" => Kind::Repository,
            (true, _) => match self.open(folder, &name, &path, is_link) {
                Some(opened) => {
                    folders.push(opened);
                    Kind::Folder
                }
                None => return,
            },
            (_, true) => Kind::File,
            _ => Kind::Other,
        };
        entries.push(Entry { path, kind, is_link });
    }

    /// A folder in another, unless it is to be passed by: copies and caches, links out of the root and in circles.
    fn open<'a>(&self, above: &'a Folder<'a>, name: &OsStr, inside: &str, is_link: bool) -> Option<Folder<'a>> {
        let path = above.path.join(name);
        if SKIPPED_FOLDERS.iter().any(|skipped| name == *skipped) && !self.within.starts_with(&path) {
            return None;
        }
        let real = if is_link { path.canonicalize().ok()? } else { above.real.join(name) };
        let is_followed =
            !is_link || real.starts_with(self.root) && above.and_above().all(|folder| folder.real != real);
        is_followed.then(|| Folder { path, inside: inside.to_owned(), real, above: Some(above) })
    }
}

impl<'a> Folder<'a> {
    /// The path of what it holds, relative to the root.
    fn inside(&self, name: &OsStr) -> String {
        let name = name.to_string_lossy();
        let mut path = String::with_capacity(self.inside.len() + 1 + name.len());
        path.push_str(&self.inside);
        if !self.inside.is_empty() {
            path.push('/');
        }
        path.push_str(&name);
        path
    }

    fn and_above(&'a self) -> impl Iterator<Item = &'a Folder<'a>> {
        std::iter::successors(Some(self), |folder| folder.above)
    }
}
