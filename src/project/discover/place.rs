//! Where a docset is, and the paths around it.

use super::CONFIG_NAME;
use super::walk::{Entry, Listed};
use crate::print::Shown;
use anyhow::{Context as _, Result};
use std::path::{Component, Path, PathBuf};

/// Where a docset is. All paths are absolute, without links.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::project) struct Place {
    /// The folder that includes and links may not leave.
    pub root: PathBuf,
    /// The folder of pages, within the root.
    pub folder: PathBuf,
    /// The configuration.
    pub config: Option<PathBuf>,
    /// The page that was asked for, relative to the root.
    pub only: Option<String>,
    /// Whether the root was found by what marks a docset, not a repository.
    is_marked: bool,
}

impl Place {
    /// Finds the docset that an input folder or page belongs to.
    pub(in crate::project) fn find(directory: &Path, input: &str) -> Result<Place> {
        let path = directory.join(input);
        let path = path.canonicalize().with_context(|| format!("could not open `{input}`"))?;
        let page = path.is_file().then(|| path.clone());
        let folder = if page.is_some() { page_folder(&path) } else { path };
        let root = nearest(&folder, &[CONFIG_NAME, "docfx.json", ".git"]).unwrap_or(folder.clone());
        let is_marked = root.join(CONFIG_NAME).is_file() || root.join("docfx.json").is_file();
        // A configuration may stand above `docfx.json`, but not outside the repository.
        let config = nearest(&folder, &[CONFIG_NAME, ".git"]).map(|folder| folder.join(CONFIG_NAME));
        let config = config.filter(|path| path.is_file());
        let only = page.map(|page| slashes(page.strip_prefix(&root).unwrap_or(&page)));
        Ok(Place { root, folder, config, only, is_marked })
    }

    /// What is listed below the folder of pages, the folder itself included.
    pub(super) fn below<'l>(&self, listed: &'l Listed) -> impl Iterator<Item = &'l Entry> {
        let folder = self.folder.strip_prefix(&self.root).map(slashes).unwrap_or_default();
        let is_below = move |path: &str| {
            let rest = path.strip_prefix(folder.as_str());
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        listed.entries.iter().filter(move |entry| is_below(&entry.path))
    }

    /// The folder that paths in the configuration are relative to.
    pub(in crate::project) fn config_folder(&self) -> PathBuf {
        self.config.as_deref().and_then(Path::parent).unwrap_or(&self.root).to_owned()
    }

    /// What the docset is called in the headers of generated files, in front of the paths of pages. Empty where
    /// the root is that of a repository: everybody calls their checkout as they like, and page paths begin with
    /// the name of the docset anyway.
    pub(in crate::project) fn docset_name(&self) -> String {
        if !self.is_marked && self.root != self.folder {
            return String::new();
        }
        self.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// How its files are shown to somebody who gave this input.
    pub(in crate::project) fn shown(&self, input: &str) -> Shown {
        let mut shown = normal(Path::new(input));
        let input_is_page = self.only.is_some();
        let asked = match &self.only {
            Some(page) => self.root.join(page),
            None => self.folder.clone(),
        };
        let mut at = asked;
        if input_is_page {
            climb(&mut shown);
            at.pop();
        }
        let inside = slashes(at.strip_prefix(&self.root).unwrap_or(Path::new("")));
        let input = slashes(&shown);
        while at != self.root && at.pop() {
            climb(&mut shown);
        }
        Shown { inside, input, root: slashes(&shown) }
    }
}

/// The folder of the pages that a page is checked with: the whole docset where something marks it, else its own
/// folder, or the one above where operations and resources have a folder each.
fn page_folder(page: &Path) -> PathBuf {
    let own = page.parent().unwrap_or(page);
    if let Some(marked) = nearest(own, &[CONFIG_NAME, "docfx.json"]) {
        return marked;
    }
    let is_part = own.file_name().is_some_and(|name| ["api", "resources", "enums"].iter().any(|part| name == *part));
    own.parent().filter(|_| is_part).unwrap_or(own).to_owned()
}

fn nearest(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    folder.ancestors().find(|folder| names.iter().any(|name| folder.join(name).exists())).map(Path::to_owned)
}

/// One folder up, for a path that may be relative.
fn climb(path: &mut PathBuf) {
    match path.components().next_back() {
        Some(Component::Normal(_)) => {
            path.pop();
        }
        Some(Component::RootDir | Component::Prefix(_)) => {}
        _ => path.push(".."),
    }
}

/// A path without `.` and without `..` where they can be taken out.
pub(in crate::project) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => climb(&mut normal),
            other => normal.push(other),
        }
    }
    normal
}

/// A path with `/` between names on every platform.
pub(in crate::project) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}
