//! Walking the folders of a docset.

use super::{SKIPPED_FOLDERS, is_page, is_skipped, is_within, relative};
use crate::project::Overlay;
use crate::project::overlay::Covered;
use ignore::{DirEntry, WalkBuilder};
use std::path::{Path, PathBuf};

/// The files below a folder.
pub(super) struct Listed {
    /// Their paths, relative to it, sorted.
    pub files: Vec<String>,
    /// Whether some have other paths, too.
    pub has_links: bool,
}

/// The paths of all files below a folder, relative to it, sorted. A link that leads out of the folder is listed
/// but not followed.
pub(in crate::project) fn files(root: &Path, overlay: &Overlay) -> Vec<String> {
    list(root, overlay).files
}

pub(super) fn list(root: &Path, overlay: &Overlay) -> Listed {
    let mut listed = Listed { files: Vec::new(), has_links: false };
    for entry in everything(root) {
        // Links to other files than pages lead nowhere that matters.
        listed.has_links |= entry.path_is_symlink() && (is_folder(&entry) || is_page(entry.path()));
        if !is_folder(&entry) {
            listed.files.push(relative(entry.path(), root));
        }
    }
    let files = &mut listed.files;
    files.retain(|path| overlay.at(path) != Covered::Absent);
    files.extend(overlay.present().filter(|path| !is_skipped(path)).map(str::to_owned));
    files.sort_unstable();
    files.dedup();
    listed
}

/// The folders below a root, itself included.
pub(in crate::project) fn folders(root: &Path) -> impl Iterator<Item = PathBuf> {
    everything(root).filter(is_folder).map(DirEntry::into_path)
}

/// The files below a root.
pub(in crate::project) fn file_paths(root: &Path) -> impl Iterator<Item = PathBuf> {
    everything(root).filter(|entry| !is_folder(entry)).map(DirEntry::into_path)
}

/// All files and folders below a root, but for copies and caches.
fn everything(root: &Path) -> impl Iterator<Item = DirEntry> {
    let mut walk = walk(root, root);
    walk.standard_filters(false);
    walk.build().flatten()
}

pub(super) fn walk(folder: &Path, root: &Path) -> WalkBuilder {
    let root = root.to_owned();
    let mut walk = WalkBuilder::new(folder);
    walk.follow_links(true).filter_entry(move |entry| {
        let skipped =
            entry.depth() > 0 && is_folder(entry) && SKIPPED_FOLDERS.iter().any(|name| entry.file_name() == *name);
        !skipped && (!entry.path_is_symlink() || !is_folder(entry) || is_within(&root, entry.path()))
    });
    walk
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}
