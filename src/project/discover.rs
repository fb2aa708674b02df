//! Which files belong to a docset, and reading them.

mod ignored;
mod place;
mod walk;

pub(super) use place::{Place, normal, slashes};
pub(super) use walk::{file_paths, files, folders};

use super::overlay::Covered;
use super::refresh::{Contents, Kept};
use super::{Config, Overlay, is_output};
use crate::model::paths::{self, Target};
use crate::source::{Fault, Source};
use crate::span::FileId;
use crate::syntax::{Draft, Include, Page};
use anyhow::{Result, bail};
use ignored::Ignored;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::fs;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use walk::{Kind, Listed, list};

/// Larger files are not read. The largest page of Microsoft Graph has 0.5 MB; what is larger than this by far is
/// no page, and spans count in 32 bits.
pub(super) const MAX_PAGE_BYTES: u64 = 16 * 1024 * 1024;

/// The configuration's file name.
pub(super) const CONFIG_NAME: &str = "apipage.toml";

/// The file that says which files are no pages.
pub(super) const GITIGNORE: &str = ".gitignore";

/// The number of a page that is new, until all are numbered.
pub(super) const NEW: FileId = FileId(u32::MAX);

/// Folders that hold copies and caches, at whatever depth.
const SKIPPED_FOLDERS: [&str; 3] = [".git", "target", "node_modules"];

/// Finds and reads the files of a docset, but for the pages that can be kept.
pub(super) fn contents(place: &Place, config: &Config, overlay: &Overlay, kept: Kept) -> Result<Contents> {
    let listed = list(&place.root, &place.folder);
    let mut pages = pages(place, config, overlay, kept, &listed)?;
    let changed = number(&mut pages);
    let has_links = listed.has_links;
    Ok(Contents { pages, files: listed.into_files(overlay), has_links, changed, only_texts: false })
}

/// Reads the pages of a docset, and whatever they include within the root.
fn pages(place: &Place, config: &Config, overlay: &Overlay, mut kept: Kept, listed: &Listed) -> Result<Vec<Page>> {
    let mut paths = page_paths(place, config, listed)?;
    paths.extend(place.only.as_deref());
    paths.retain(|path| overlay.at(path) != Covered::Absent);
    paths.extend(overlay.present().filter(|path| is_new_page(path, place, config)));
    paths.sort_unstable();
    paths.dedup();
    let (mut pages, told) = read_pages(&paths, &place.root, config, overlay, &mut kept);
    let mut are_outputs = told.iter().map(|told| told.is_output);
    pages.retain(|_| are_outputs.next() == Some(false));
    let includes = told.into_iter().filter(|told| !told.is_output).flat_map(|told| told.includes).collect();
    let known = paths.into_iter().collect();
    pages.extend(included(includes, &known, place, config, overlay, &mut kept));
    Ok(pages)
}

/// Puts pages in place of those of the same paths, and reads whatever they include that was not there before.
pub(super) fn replace(pages: &mut Vec<Page>, new: Vec<Page>, place: &Place, config: &Config) {
    let known = pages.iter().map(|page| page.source.path.as_str()).collect();
    let includes = new.iter().flat_map(|page| include_targets(page, config)).collect();
    let included = included(includes, &known, place, config, &Overlay::default(), &mut Kept::default());
    let replaced: FxHashSet<&str> = new.iter().map(|page| page.source.path.as_str()).collect();
    pages.retain(|page| !replaced.contains(page.source.path.as_str()));
    pages.extend(new.into_iter().chain(included));
    number(pages);
}

/// The files within the root that some pages include, and those that these include, but for known ones.
fn included(
    includes: Vec<String>,
    known: &FxHashSet<&str>,
    place: &Place,
    config: &Config,
    overlay: &Overlay,
    kept: &mut Kept,
) -> Vec<Page> {
    let mut found: Vec<Page> = Vec::new();
    let mut new = includes;
    let mut looked_for: FxHashSet<String> = FxHashSet::default();
    while !new.is_empty() {
        new.retain(|path| !known.contains(path.as_str()) && !looked_for.contains(path));
        new.sort_unstable();
        new.dedup();
        looked_for.extend(new.iter().cloned());
        new.retain(|path| is_file(path, &place.root, overlay));
        let (pages, told) = read_pages(&new, &place.root, config, overlay, kept);
        new = told.into_iter().flat_map(|told| told.includes).collect();
        found.extend(pages);
    }
    found
}

/// Brings pages into the order of their paths, and numbers them. The numbers of those that had none.
fn number(pages: &mut [Page]) -> Vec<FileId> {
    // Most are in order, which this way of sorting makes use of.
    pages.sort_by(|left, right| left.source.path.cmp(&right.source.path));
    let mut new = Vec::new();
    for (index, page) in pages.iter_mut().enumerate() {
        let id = FileId(index as u32);
        new.extend((page.id == NEW).then_some(id));
        page.id = id;
    }
    new
}

/// Reads a file. What cannot be read is a fault of the source, never an error.
pub(super) fn read(path: &Path) -> Source {
    read_named(path, slashes(path))
}

fn read_named(path: &Path, name: String) -> Source {
    match read_bytes(path) {
        Ok(Ok(bytes)) => Source::from_bytes(name, bytes),
        Ok(Err(fault)) => Source::faulty(name, fault),
        Err(error) => Source::faulty(name, Fault::Unreadable(error.to_string())),
    }
}

/// The bytes of a file, unless there are too many.
fn read_bytes(path: &Path) -> io::Result<Result<Vec<u8>, Fault>> {
    let mut file = fs::File::open(path)?;
    let about = file.metadata()?;
    let size = about.len();
    if size > MAX_PAGE_BYTES {
        return Ok(Err(Fault::TooLarge { size }));
    }
    // One more than there are: a file of which as many come as it has needs not be asked for more.
    let mut bytes = vec![0; size as usize + 1];
    let read = match file.read(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
        read => read?,
    };
    bytes.truncate(read);
    if about.is_file() && read as u64 == size {
        return Ok(Ok(bytes));
    }
    // It grows while it is read, or is none that knows its size.
    file.take(MAX_PAGE_BYTES + 1 - read as u64).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    Ok(if size > MAX_PAGE_BYTES { Err(Fault::TooLarge { size }) } else { Ok(bytes) })
}

/// What is asked of each page as soon as it is read, while it is at hand.
struct Told {
    /// Whether it was generated.
    is_output: bool,
    /// The files that it includes and that are to be read.
    includes: Vec<String>,
}

/// Reads and parses pages. They are numbered when all are there.
fn read_pages<'p>(
    paths: &'p [impl AsRef<str>],
    root: &Path,
    config: &Config,
    overlay: &Overlay,
    kept: &mut Kept,
) -> (Vec<Page>, Vec<Told>) {
    let paths = paths.iter().map(AsRef::as_ref);
    let pages: Vec<(&'p str, Option<Box<Page>>)> = paths.map(|path| (path, kept.take(path))).collect();
    let kept = &*kept;
    let text = |(path, before)| kept.page(path, before, || page_source(path, root, overlay));
    let group_size = (pages.len() / (4 * rayon::current_num_threads())).clamp(1, MAX_GROUP);
    let groups = pages.into_par_iter().map(text).chunks(group_size);
    groups.flat_map_iter(|texts| read_group(texts, config)).unzip()
}

/// So many pages are read step by step, and not one after the other.
const MAX_GROUP: usize = 32;

/// Reads the texts among pages, all up to one step before the next. It is a twentieth faster.
fn read_group(
    texts: Vec<ControlFlow<Box<Page>, (FileId, Source)>>,
    config: &Config,
) -> impl Iterator<Item = (Page, Told)> {
    let draft = |text: ControlFlow<_, (FileId, Source)>| text.map_continue(|(id, source)| Draft::new(id, source));
    let drafts: Vec<_> = texts.into_iter().map(draft).collect();
    drafts.into_iter().map(|draft| {
        let page = match draft {
            ControlFlow::Break(kept) => *kept,
            ControlFlow::Continue(draft) => draft.page(&config.docset.dialect),
        };
        let told = Told { is_output: is_output(&page), includes: include_targets(&page, config).collect() };
        (page, told)
    })
}

/// The text of a page, by its path relative to the root.
pub(super) fn page_source(path: &str, root: &Path, overlay: &Overlay) -> Source {
    match overlay.at(path) {
        Covered::Holds(text) => from_memory(text, path),
        Covered::No | Covered::Absent => read_named(&root.join(path), path.to_owned()),
    }
}

fn from_memory(text: &[u8], path: &str) -> Source {
    match text.len() as u64 {
        size if size > MAX_PAGE_BYTES => Source::faulty(path, Fault::TooLarge { size }),
        _ => Source::from_bytes(path, text.to_vec()),
    }
}

/// Whether a page that the disk does not hold is one of the input folder. That `.gitignore` names it is not asked:
/// what git keeps or an editor shows is there on purpose.
fn is_new_page(path: &str, place: &Place, config: &Config) -> bool {
    let full = place.root.join(path);
    let Ok(inside) = full.strip_prefix(&place.folder) else { return false };
    let is_hidden = slashes(inside).split('/').any(|name| name.starts_with('.'));
    is_page(path)
        && !is_hidden
        && !is_skipped(path)
        && !full.exists()
        && !config.excludes(&place.root, path)
        && !config.docset.is_generated_include(path)
}

/// Whether a file stands in a folder that is not looked into.
pub(super) fn is_skipped(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| SKIPPED_FOLDERS.contains(&folder))
}

/// The paths of the pages below the input folder. A page that can be reached by two ways is taken once.
fn page_paths<'l>(place: &Place, config: &Config, listed: &'l Listed) -> Result<Vec<&'l str>> {
    let ignored = Ignored::find(place, listed);
    let mut paths = Vec::new();
    for entry in place.below(listed) {
        match entry.kind {
            // A folder that may not be read would make a docset that looks whole and is not.
            Kind::ClosedFolder if !ignored.leaves_out(entry) => {
                bail!("could not look for pages in `{}`: Permission denied", place.root.join(&entry.path).display())
            }
            // What is generated for pages is no page; that it is there is all that counts.
            Kind::File if is_page(&entry.path) && !config.docset.is_generated_include(&entry.path) => {
                let is_inside = !entry.is_link || is_within(&place.root, &place.root.join(&entry.path));
                if is_inside && !ignored.leaves_out(entry) && !config.excludes(&place.root, &entry.path) {
                    paths.push(entry.path.as_str());
                }
            }
            _ => {}
        }
    }
    // Only links make aliases, and asking for each page is slow.
    if listed.has_links {
        let known: FxHashSet<PathBuf> = paths.iter().map(|path| place.root.join(path)).collect();
        let is_alias = |path: &Path| path.canonicalize().is_ok_and(|real| real != path && known.contains(&real));
        paths.retain(|path| !is_alias(&place.root.join(path)));
    }
    Ok(paths)
}

/// Whether a path, with `/` between names, is that of a page by its ending.
pub(super) fn is_page(path: &str) -> bool {
    let Some((name, ending)) = path.rsplit_once('.') else { return false };
    ending.eq_ignore_ascii_case("md") && !name.is_empty() && !name.ends_with('/')
}

pub(super) fn is_within(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// Whether a path relative to the root is that of a file within it.
pub(super) fn is_file(path: &str, root: &Path, overlay: &Overlay) -> bool {
    let full = root.join(path);
    match overlay.at(path) {
        Covered::Holds(_) => true,
        Covered::Absent => false,
        Covered::No => full.is_file() && is_within(root, &full),
    }
}

/// The files that a page includes and that are to be read, relative to the root; those outside are left out.
pub(super) fn include_targets(page: &Page, config: &Config) -> impl Iterator<Item = String> {
    let (folder, mut room) = (paths::folder(&page.source.path), String::new());
    let target = move |include: &Include| match paths::target(folder, &page.source[include.path], &mut room) {
        Target::File { path, .. } if !config.docset.is_generated_include(path) => Some(path.to_owned()),
        _ => None,
    };
    page.includes().filter_map(target)
}

#[cfg(test)]
mod tests;
