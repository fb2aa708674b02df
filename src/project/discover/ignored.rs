//! What git leaves out of a docset, and what is hidden.

use super::walk::{Entry, Kind, Listed};
use super::{GITIGNORE, Place};
use ignore::Match;
use ignore::gitignore::Gitignore;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// The `.gitignore` files that bear on a docset. Personal settings of git are not asked: they would change the result
/// from machine to machine.
pub(super) struct Ignored<'l> {
    root: &'l Path,
    /// By the folder they are in.
    files: FxHashMap<PathBuf, Gitignore>,
    /// The folders of repositories. Files in folders above them do not count.
    repositories: FxHashSet<PathBuf>,
    /// The folders of pages that are left out, relative to the root.
    folders: FxHashSet<&'l str>,
}

impl<'l> Ignored<'l> {
    /// Finds those of a place whose files are listed.
    pub(super) fn find(place: &'l Place, listed: &'l Listed) -> Self {
        let mut ignored = Ignored {
            root: &place.root,
            files: Default::default(),
            repositories: Default::default(),
            folders: Default::default(),
        };
        for folder in place.folder.ancestors() {
            ignored.read(folder);
            if folder.join(GIT).exists() {
                ignored.repositories.insert(folder.to_owned());
                break;
            }
        }
        for entry in &listed.entries {
            let (folder, name) = split(&entry.path);
            match name {
                GITIGNORE => ignored.read(&place.root.join(folder)),
                GIT => {
                    ignored.repositories.insert(place.root.join(folder));
                }
                _ => {}
            }
        }
        // A folder comes before what is in it.
        let folders = place.below(listed).filter(|entry| entry.kind == Kind::Folder);
        for folder in folders.filter(|folder| place.root.join(&folder.path) != place.folder) {
            if ignored.leaves_out(folder) {
                ignored.folders.insert(&folder.path);
            }
        }
        ignored
    }

    fn read(&mut self, folder: &Path) {
        let file = folder.join(GITIGNORE);
        if !self.files.contains_key(folder) && file.exists() {
            // What is wrong in it git passes over, too.
            self.files.insert(folder.to_owned(), Gitignore::new(file).0);
        }
    }

    /// Whether something below the folder of pages is hidden, or git leaves it out, or a folder that it is in.
    pub(super) fn leaves_out(&self, entry: &Entry) -> bool {
        let (folder, name) = split(&entry.path);
        let is_out =
            || !self.files.is_empty() && self.is_ignored(&self.root.join(&entry.path), entry.kind != Kind::File);
        name.starts_with('.') || self.folders.contains(folder) || is_out()
    }

    /// The nearest file that says something of a path is right, as far as the repository goes.
    fn is_ignored(&self, path: &Path, is_folder: bool) -> bool {
        let mut verdict = None;
        for folder in path.ancestors().skip(1) {
            verdict = verdict.or_else(|| match self.files.get(folder)?.matched(path, is_folder) {
                Match::None => None,
                Match::Ignore(_) => Some(true),
                Match::Whitelist(_) => Some(false),
            });
            if self.repositories.contains(folder) {
                return verdict.unwrap_or(false);
            }
        }
        false
    }
}

/// What marks a repository: a folder, or a file that says where it is.
const GIT: &str = ".git";

/// The folder that holds what stands at a path, and the name there.
fn split(path: &str) -> (&str, &str) {
    memchr::memrchr(b'/', path.as_bytes()).map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}
