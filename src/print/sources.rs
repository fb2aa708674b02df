//! Which file an id means, and what its path is to the person who runs the program.

use crate::source::Source;
use crate::span::FileId;
use crate::syntax::Page;

/// The files of a run: pages first, then configuration and templates.
#[derive(Debug, Default)]
pub struct Sources<'a> {
    pages: &'a [Page],
    others: Vec<(&'a Source, String)>,
    shown: Shown,
    only: Option<FileId>,
}

/// How paths are printed: as the person would write them from where they stand, not relative to the docset root.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The input folder relative to the root; empty where it is the root.
    pub inside: String,
    /// The input folder as the person gave it; empty for the current directory.
    pub input: String,
    /// The root in the same manner.
    pub root: String,
}

impl<'a> Sources<'a> {
    /// The pages of a run.
    pub fn new(pages: &'a [Page], shown: Shown) -> Self {
        Sources { pages, others: Vec::new(), shown, only: None }
    }

    /// Says that only this page was asked for.
    pub fn only(mut self, page: Option<FileId>) -> Self {
        self.only = page;
        self
    }

    /// The pages that were asked for.
    pub fn checked(&self) -> impl Iterator<Item = FileId> {
        let all = (0..self.pages.len()).map(|index| FileId(index as u32));
        all.filter(|page| self.only.is_none_or(|only| only == *page))
    }

    /// Adds a file after the pages, with the path to print.
    pub fn push(&mut self, source: &'a Source, shown: String) {
        self.others.push((source, shown));
    }

    /// The file with this id. There is none for what was built in.
    pub fn get(&self, id: FileId) -> Option<&'a Source> {
        match id.index().checked_sub(self.pages.len()) {
            None => Some(&self.pages[id.index()].source),
            Some(index) => self.others.get(index).map(|(source, _)| *source),
        }
    }

    /// The path to print.
    pub fn path(&self, id: FileId) -> String {
        match id.index().checked_sub(self.pages.len()) {
            None => self.shown.path(&self.pages[id.index()].source.path),
            Some(index) => self.others.get(index).map_or("(built in)", |(_, shown)| shown).to_owned(),
        }
    }

    /// Whether the file is a page.
    pub fn is_page(&self, id: FileId) -> bool {
        id.index() < self.pages.len()
    }
}

impl Shown {
    /// The path to print for a path relative to the root.
    pub fn path(&self, path: &str) -> String {
        let below = match self.inside.as_str() {
            "" => Some(path),
            inside => path.strip_prefix(inside).and_then(|rest| rest.strip_prefix('/')),
        };
        match below {
            Some(rest) => join(&self.input, rest),
            None => join(&self.root, path),
        }
    }
}

fn join(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        _ => format!("{}/{path}", folder.trim_end_matches('/')),
    }
}
