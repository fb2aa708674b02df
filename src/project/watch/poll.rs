//! Looking at all files again and again, where the system does not report what happens to them.

use super::folders::{Folders, MARKS};
use crate::project::Touched;
use crate::project::discover;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// The least time between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// A pause is so much longer than a look.
const PAUSES: u32 = 20;

/// When each file was written, as far as it can be told.
#[derive(Default)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Stamp>,
}

/// When a file was written, and its size; `None` of one that cannot be read.
type Stamp = Option<(SystemTime, u64)>;

impl Snapshot {
    /// Takes in files that were not followed before.
    pub(super) fn follow(&mut self, folders: &Folders) {
        for (path, stamp) in look(folders) {
            self.files.entry(path).or_insert(stamp);
        }
    }

    /// Waits until a file changes.
    pub(super) fn wait(&mut self, folders: &Folders) -> Touched {
        let mut pause = PAUSE;
        loop {
            thread::sleep(pause);
            // Whether there is a docset again is found out by opening it.
            if folders.root.is_none() {
                return Touched::All;
            }
            let start = Instant::now();
            let files = look(folders);
            pause = PAUSE.max(start.elapsed() * PAUSES);
            let before = std::mem::replace(&mut self.files, files);
            let touched = differing(&before, &self.files).chain(differing(&self.files, &before));
            let touched = Touched::Paths(touched.cloned().collect());
            if !touched.is_nothing() {
                return touched;
            }
        }
    }
}

/// The files of the one that are not the same in the other.
fn differing<'s>(
    one: &'s BTreeMap<PathBuf, Stamp>,
    other: &'s BTreeMap<PathBuf, Stamp>,
) -> impl Iterator<Item = &'s PathBuf> {
    one.iter().filter(|(path, stamp)| other.get(*path) != Some(stamp)).map(|(path, _)| path)
}

fn look(folders: &Folders) -> BTreeMap<PathBuf, Stamp> {
    let own = folders.root.iter().flat_map(|root| discover::file_paths(root));
    let marks = folders.outer.iter().flat_map(|folder| MARKS.map(|mark| folder.join(mark)));
    let others = marks.chain(folders.others.iter().cloned()).filter(|path| path.exists());
    own.chain(others).map(|path| (path.clone(), stamp(&path))).collect()
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}
