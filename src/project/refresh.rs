//! A docset that was read before, and what of it need not be read again.

use super::discover::{self, NEW, Place};
use super::{Config, Overlay, Project, Request, is_output};
use crate::source::Source;
use crate::span::FileId;
use crate::syntax::{self, Page};
use anyhow::Result;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What may have changed on the disk since a docset was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything.
    All,
    /// These files and folders, with all that is below them. The paths are absolute and lead through no link.
    Paths(BTreeSet<PathBuf>),
}

/// A docset that was read again.
pub struct Refreshed {
    /// The docset as it is now.
    pub project: Project,
    /// The pages whose text is not what it was, and those that are new.
    pub changed: Vec<FileId>,
    /// Whether nothing else is different: all files are there that were, and the configuration is the same.
    pub only_texts: bool,
}

impl Project {
    /// Reads a docset that was opened by the same request again, as far as it changed. The result is that of opening
    /// it anew.
    pub fn refresh(self, request: &Request, touched: &Touched) -> Result<Refreshed> {
        Project::build(request, Some(Earlier::new(self, touched)))
    }
}

/// What an earlier run knows.
pub(super) struct Earlier {
    place: Place,
    config: Option<Source>,
    files: Vec<String>,
    pages: Vec<Page>,
    touched: Touched,
}

/// The pages and files of a docset, and how they differ from what an earlier run knows.
pub(super) struct Contents {
    pub pages: Vec<Page>,
    pub files: Vec<String>,
    pub has_links: bool,
    pub changed: Vec<FileId>,
    pub only_texts: bool,
}

impl Earlier {
    fn new(project: Project, touched: &Touched) -> Self {
        // What is reached by links has several paths, and only one of them is touched.
        let touched = if project.has_links { Touched::All } else { touched.clone() };
        let (place, config) = (project.place, project.config_source);
        Earlier { place, config, files: project.docset.files, pages: project.docset.pages, touched }
    }

    /// Finds and reads what is at a place now.
    pub(super) fn contents(
        mut self,
        place: &Place,
        config_source: Option<&Source>,
        config: &Config,
        overlay: &Overlay,
    ) -> Result<Contents> {
        if self.place.root != place.root {
            return discover::contents(place, config, overlay, Kept::default());
        }
        let is_same_config =
            self.place == *place && self.config.as_ref().map(Source::text) == config_source.map(Source::text);
        let touched = Below::of(&self.touched, &place.root).filter(|_| is_same_config);
        if let Some(touched) = &touched
            && let Some(changed) = self.read_in_place(touched, config, overlay)
        {
            return Ok(Contents { pages: self.pages, files: self.files, has_links: false, changed, only_texts: true });
        }
        let paths: Vec<String> = self.pages.iter().map(|page| page.source.path.clone()).collect();
        let pages = paths.iter().cloned().zip(self.pages.into_iter().map(Box::new)).collect();
        let kept = Kept { pages, touched, is_same_config };
        let mut contents = discover::contents(place, config, overlay, kept)?;
        let is_same_set = contents.files == self.files
            && contents.pages.iter().map(|page| page.source.path.as_str()).eq(paths.iter().map(String::as_str));
        contents.only_texts = is_same_config && is_same_set;
        Ok(contents)
    }

    /// Reads the touched pages where no more is to be done: no file came or went, and what the pages include is what
    /// they included. The pages that changed; `None` where that is not so.
    fn read_in_place(&mut self, touched: &Below, config: &Config, overlay: &Overlay) -> Option<Vec<FileId>> {
        let mut read = Vec::new();
        for path in &touched.paths {
            match self.pages.binary_search_by(|page| page.source.path.as_str().cmp(path)) {
                Ok(index) if discover::is_file(path, &self.place.root, overlay) => {
                    read.push((index, discover::page_source(path, &self.place.root, overlay)));
                }
                Ok(_) => return None,
                Err(_) if self.is_indifferent(path) => {}
                Err(_) => return None,
            }
        }
        let mut changed = Vec::new();
        for (index, source) in read {
            let before = &self.pages[index];
            if before.source.holds_the_same(&source) {
                continue;
            }
            let page = syntax::parse_dialect(before.id, source, &config.docset.dialect);
            let includes = |page| discover::include_targets(page, config);
            if is_output(&page) || !includes(&page).eq(includes(before)) {
                return None;
            }
            changed.push(page);
        }
        let ids = changed.iter().map(|page| page.id).collect();
        for page in changed {
            let index = page.id.index();
            self.pages[index] = page;
        }
        Some(ids)
    }

    /// Whether nothing depends on what happened to a path: it is there as it was, and only its content changed, or it
    /// is not there as it was not.
    fn is_indifferent(&self, path: &str) -> bool {
        let full = self.place.root.join(path);
        if self.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok() {
            return full.is_file() && !discover::is_page(path) && !is_named(&full, discover::GITIGNORE);
        }
        let inside = format!("{path}/");
        let was_folder = self.files.get(self.files.partition_point(|file| *file < inside));
        discover::is_skipped(path)
            || !was_folder.is_some_and(|file| file.starts_with(&inside)) && full.symlink_metadata().is_err()
    }
}

fn is_named(path: &Path, name: &str) -> bool {
    path.file_name().is_some_and(|own| own == name)
}

/// The touched paths below the root, relative to it, with `/` between names.
struct Below {
    paths: BTreeSet<String>,
}

impl Below {
    /// `None` where anything may have changed.
    fn of(touched: &Touched, root: &Path) -> Option<Self> {
        let Touched::Paths(paths) = touched else { return None };
        let mut below = BTreeSet::new();
        for path in paths {
            match path.strip_prefix(root) {
                Ok(inside) => {
                    below.insert(discover::slashes(inside));
                }
                // What holds for the folders above holds here.
                Err(_) if is_named(path, discover::GITIGNORE) => {
                    below.insert(discover::GITIGNORE.to_owned());
                }
                Err(_) => {}
            }
        }
        Some(Below { paths: below })
    }

    /// Whether a file, or a folder that it is in, was touched.
    fn covers(&self, path: &str) -> bool {
        let ends = memchr::memchr_iter(b'/', path.as_bytes()).chain([path.len()]);
        ends.into_iter().any(|end| self.paths.contains(&path[..end])) || self.paths.contains("")
    }
}

/// The pages that an earlier run read, by path.
#[derive(Default)]
pub(super) struct Kept {
    pages: FxHashMap<String, Box<Page>>,
    /// `None` where all may have been.
    touched: Option<Below>,
    /// Whether the same text makes the same page.
    is_same_config: bool,
}

impl Kept {
    /// Takes out the page at a path, if there is one.
    pub(super) fn take(&mut self, path: &str) -> Option<Box<Page>> {
        self.pages.remove(path)
    }

    /// The page at a path now, where an earlier run had `before`, or its number and the text to read. One that changed
    /// has no number yet.
    pub(super) fn page(
        &self,
        path: &str,
        before: Option<Box<Page>>,
        read: impl FnOnce() -> Source,
    ) -> ControlFlow<Box<Page>, (FileId, Source)> {
        let is_untouched = self.touched.as_ref().is_some_and(|touched| !touched.covers(path));
        let before = match before {
            Some(page) if is_untouched => return ControlFlow::Break(page),
            before => before,
        };
        let source = read();
        match before.filter(|page| page.source.holds_the_same(&source)) {
            Some(page) if self.is_same_config => ControlFlow::Break(page),
            same => ControlFlow::Continue((same.map_or(NEW, |page| page.id), source)),
        }
    }
}

#[cfg(test)]
mod tests;
