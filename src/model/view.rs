//! Pages with their includes in place.

use super::paths::{self, PathIndex, Target};
use crate::span::{FileId, Location};
use crate::syntax::construct::{self, Construct};
use crate::syntax::{Docset, Page, Section, SectionKind};
use rayon::prelude::*;
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// Includes may be nested this deep. Real pages nest two deep; a limit keeps hostile ones from
/// multiplying.
pub const MAX_INCLUDE_DEPTH: usize = 16;

/// A page has at most this many sections from includes. Real ones have under 200; without a limit a few
/// fragments that include each other several times would be as good as endless.
pub const MAX_PARTS: usize = 10_000;

/// A section of a page, or of a fragment that the page includes.
#[derive(Debug)]
pub struct Part<'d> {
    /// The page or fragment in whose text it stands.
    pub page: &'d Page,
    /// The section.
    pub section: &'d Section,
    /// What it is about: a fragment without headings is about what the including section is.
    pub kind: Option<SectionKind>,
    /// The constructs of a fragment, read as the including section's kind.
    read_again: Option<Vec<Construct>>,
}

impl<'d> Part<'d> {
    /// The constructs of one type.
    pub fn find<'p, C: construct::Part + 'p>(&'p self) -> impl Iterator<Item = &'p C> {
        let constructs = self.read_again.as_deref().unwrap_or(&self.section.constructs);
        constructs.iter().filter_map(C::of)
    }
}

/// An include and what became of it.
#[derive(Clone, Debug)]
pub struct IncludeUse {
    /// Where it stands.
    pub at: Location,
    /// Where its path stands.
    pub path_at: Location,
    /// The fragment, or why there is none.
    pub target: Result<FileId, IncludeFault>,
}

/// Why an include was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IncludeFault {
    /// Nothing stands at the path (relative to the root).
    Missing(String),
    /// Nothing stands at the path, and nothing need.
    NotNeeded,
    /// The path leaves the docset root.
    Outside,
    /// The fragment includes itself, by way of these fragments.
    Cycle(Vec<FileId>),
    /// Includes are nested deeper than [`MAX_INCLUDE_DEPTH`].
    TooDeep,
}

/// What a page does not have of its includes, as a limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The include that stands here, as it is nested deeper than [`MAX_INCLUDE_DEPTH`].
    TooDeep(Location),
    /// All sections of includes after the first [`MAX_PARTS`] of this page.
    TooMany(FileId),
}

/// Where each include of each page leads, and which close a cycle.
pub(super) fn includes<'d>(docset: &'d Docset, paths: &PathIndex<'d>) -> Vec<IncludeUse> {
    let of_page = |page: &'d Page| {
        let (folder, mut room) = (paths::folder(&page.source.path), String::new());
        page.includes().map(move |include| IncludeUse {
            at: Location::new(page.id, include.span),
            path_at: Location::new(page.id, include.path),
            target: target(docset, paths, folder, &page.source[include.path], &mut room),
        })
    };
    let mut uses: Vec<IncludeUse> = docset.pages.par_iter().flat_map_iter(of_page).collect();
    cut_cycles(docset, &mut uses);
    uses
}

fn target(
    docset: &Docset,
    paths: &PathIndex<'_>,
    folder: &str,
    written: &str,
    room: &mut String,
) -> Result<FileId, IncludeFault> {
    let missing = |path: &str| match docset.options.is_optional_include(path) {
        true => IncludeFault::NotNeeded,
        false => IncludeFault::Missing(path.to_owned()),
    };
    // Some dialects write `~/` for the docset root.
    let resolved = match written.strip_prefix("~/") {
        Some(rooted) => {
            paths::join("", rooted, room).map_or(Target::Outside, |path| Target::File { path, anchor: None })
        }
        None => paths::target(folder, written, room),
    };
    match resolved {
        Target::File { path, .. } => paths.page(path).map(|fragment| fragment.id).ok_or_else(|| missing(path)),
        Target::Outside => Err(IncludeFault::Outside),
        Target::Anchor(_) | Target::External => Err(missing(written)),
    }
}

/// Walks the includes from each page, depth first, and cuts the one that closes each cycle.
fn cut_cycles(docset: &Docset, uses: &mut [IncludeUse]) {
    let mut state = vec![Visit::New; docset.pages.len()];
    let mut ranges = vec![0..0; docset.pages.len()];
    let mut start = 0;
    for of_page in uses.chunk_by(|one, other| one.at.file == other.at.file) {
        let end = start + of_page.len();
        ranges[of_page[0].at.file.index()] = start..end;
        start = end;
    }
    let mut chain = Vec::new();
    for first in 0..docset.pages.len() {
        if state[first] != Visit::New {
            continue;
        }
        state[first] = Visit::Open;
        chain.push((first, ranges[first].start));
        while let Some((page, next)) = chain.last_mut() {
            if *next == ranges[*page].end {
                state[*page] = Visit::Done;
                chain.pop();
                continue;
            }
            let index = *next;
            *next += 1;
            let Ok(target) = uses[index].target else { continue };
            match state[target.index()] {
                Visit::Done => {}
                Visit::Open => {
                    let from = chain.iter().position(|(page, _)| *page == target.index()).unwrap_or(0);
                    let cycle = chain[from..].iter().map(|(page, _)| FileId(*page as u32)).collect();
                    uses[index].target = Err(IncludeFault::Cycle(cycle));
                }
                Visit::New if chain.len() > MAX_INCLUDE_DEPTH => uses[index].target = Err(IncludeFault::TooDeep),
                Visit::New => {
                    state[target.index()] = Visit::Open;
                    chain.push((target.index(), ranges[target.index()].start));
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

/// The sections of a page in text order, those of its includes after the section in which they stand; and what is not
/// among them.
pub(super) fn parts<'d>(
    docset: &'d Docset,
    includes: &[IncludeUse],
    page: &'d Page,
) -> (Vec<Part<'d>>, BTreeSet<LeftOut>) {
    let mut parts = Vec::with_capacity(page.sections.len());
    let mut left_out = BTreeSet::new();
    let nesting = Nesting { page: page.id, kind: None, depth: 0, limit: page.sections.len() + MAX_PARTS };
    add_parts(docset, includes, page, nesting, &mut parts, &mut left_out);
    (parts, left_out)
}

/// Where a page or fragment is included.
#[derive(Clone, Copy)]
struct Nesting {
    /// The page that has it in the end.
    page: FileId,
    /// The kind of the section that includes it.
    kind: Option<SectionKind>,
    /// How many fragments it stands in.
    depth: usize,
    /// How many parts there may be.
    limit: usize,
}

fn add_parts<'d>(
    docset: &'d Docset,
    includes: &[IncludeUse],
    page: &'d Page,
    nesting: Nesting,
    parts: &mut Vec<Part<'d>>,
    left_out: &mut BTreeSet<LeftOut>,
) {
    let Nesting { depth, limit, .. } = nesting;
    let own = LazyCell::new(|| of_page(includes, page.id));
    // Most includes lead to files that a tool writes elsewhere.
    let leads_on = LazyCell::new(|| own.iter().any(|found| found.target.is_ok()));
    for section in &page.sections {
        if depth > 0 && parts.len() >= limit {
            left_out.insert(LeftOut::TooMany(nesting.page));
            return;
        }
        let kind = section.kind.or(nesting.kind);
        let inherits = kind.is_some() && section.kind.is_none();
        let read_again = inherits.then(|| {
            let mut constructs = Vec::new();
            construct::read(kind, section, &page.source, &page.links, &mut constructs);
            constructs
        });
        parts.push(Part { page, section, kind, read_again });
        if !*leads_on {
            continue;
        }
        for include in section.includes() {
            let at = Location::new(page.id, include.span);
            let found = own.binary_search_by_key(&at, |found| found.at).ok();
            let Some(Ok(fragment)) = found.map(|index| &own[index].target) else { continue };
            if depth == MAX_INCLUDE_DEPTH {
                left_out.insert(LeftOut::TooDeep(at));
                continue;
            }
            let nesting = Nesting { kind, depth: depth + 1, ..nesting };
            add_parts(docset, includes, docset.page(*fragment), nesting, parts, left_out);
        }
    }
}

/// The includes that stand on a page.
fn of_page(includes: &[IncludeUse], page: FileId) -> &[IncludeUse] {
    let start = includes.partition_point(|found| found.at.file < page);
    let count = includes[start..].partition_point(|found| found.at.file == page);
    &includes[start..start + count]
}
