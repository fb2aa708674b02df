//! Texts that take the place of files: those of an earlier revision, or those that an editor has not written yet.

use std::collections::BTreeMap;

/// What stands in files instead of what the disk holds, by path relative to the docset root, with `/` between names
/// on every platform. Pages and all other files of the docset are found and read through it; the configuration and
/// templates are not.
#[derive(Clone, Debug, Default)]
pub struct Overlay(BTreeMap<String, Option<Vec<u8>>>);

/// What an overlay says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covered<'o> {
    /// Nothing: what the disk holds counts.
    No,
    /// The file is not there.
    Absent,
    /// The file holds this.
    Holds(&'o [u8]),
}

impl Overlay {
    /// Lets a file hold a text, whether it is there or not.
    pub fn replace(&mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), Some(text.into()));
    }

    /// Lets a file not be there.
    pub fn remove(&mut self, path: impl Into<String>) {
        self.0.insert(path.into(), None);
    }

    /// Whether the docset is that of the disk.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn at(&self, path: &str) -> Covered<'_> {
        match self.0.get(path) {
            None => Covered::No,
            Some(None) => Covered::Absent,
            Some(Some(text)) => Covered::Holds(text),
        }
    }

    /// The paths of the files that hold something.
    pub(super) fn present(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, text)| text.is_some()).map(|(path, _)| path.as_str())
    }
}
