//! The fixes that findings offer, applied to the pages of a docset, and these written.

use super::{Project, config, discover};
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::fix;
use crate::output;
use crate::source::Source;
use crate::span::FileId;
use crate::syntax;
use std::collections::{BTreeMap, BTreeSet};

/// Fixes may make room for others, but not without end: a page with fixes after so many rounds is left alone.
const ROUNDS: usize = 16;

/// What fixes make of pages. Paths are relative to the docset root.
#[derive(Debug, Default)]
pub struct Fixes {
    /// The pages that change.
    pub changes: BTreeMap<String, Change>,
    /// Pages that are left alone as their texts are not what stands on disk, and how many findings could be fixed.
    pub unmapped: BTreeMap<String, usize>,
    /// Pages that are left alone as there is no end to their fixes, and the rules that these are from.
    pub endless: BTreeMap<String, Vec<&'static str>>,
}

/// A page before and after.
#[derive(Debug)]
pub struct Change {
    /// The text on disk.
    pub before: String,
    /// The text with all fixes.
    pub after: String,
    /// How many findings were fixed.
    pub findings: usize,
}

impl Project {
    /// Applies fixes in memory, round by round, until `check` finds nothing more to fix. Only `wanted` fixes are
    /// applied, and only those of findings that `check` gives.
    pub fn fix(&mut self, wanted: Safety, mut check: impl FnMut(&Project) -> Vec<Diagnostic>) -> Fixes {
        let mut fixes = Fixes::default();
        for _ in 0..ROUNDS {
            let findings = check(self);
            let texts = fixes.round(self, &findings, wanted);
            if texts.is_empty() {
                fixes.changes.retain(|_, change| change.before != change.after);
                return fixes;
            }
            self.replace(texts);
        }
        let findings = check(self);
        let texts = fixes.give_up(self, &findings, wanted);
        self.replace(texts);
        fixes
    }

    /// Gives pages other texts, in memory.
    fn replace(&mut self, texts: BTreeMap<String, String>) {
        let only = self.only.map(|only| self.docset.page(only).source.path.clone());
        let dialect = &self.config.docset.dialect;
        let parse = |(path, text)| syntax::parse_dialect(FileId::default(), Source::new(path, text), dialect);
        let pages = &mut self.docset.pages;
        let count = pages.len();
        discover::replace(pages, texts.into_iter().map(parse).collect(), &self.place, &self.config);
        if pages.len() != count {
            config::renumber(&mut self.config, &self.place.root, pages);
        }
        self.only = only.and_then(|only| pages.iter().find(|page| page.source.path == only)).map(|page| page.id);
        for problem in &mut self.problems {
            problem.at.file = FileId(pages.len() as u32);
        }
    }

    /// Writes the pages that changed; says of each that could not be written why. What is written is what was read
    /// with fixes: a page that somebody else wrote in the meantime stays as it is.
    pub fn write(&mut self, fixes: &Fixes) -> Vec<(String, output::Error)> {
        let mut failures = Vec::new();
        for (path, Change { before, after, .. }) in &fixes.changes {
            if let Err(error) = output::rewrite(path, before, after, &self.place.root) {
                failures.push((path.clone(), error));
            }
        }
        let unwritten =
            failures.iter().filter_map(|(path, _)| Some((path.clone(), fixes.changes.get(path)?.before.clone())));
        self.replace(unwritten.collect());
        failures
    }

    /// The docset root as a person in the starting directory would write it.
    pub fn shown_root(&self) -> &str {
        if self.shown.root.is_empty() { "." } else { &self.shown.root }
    }

    /// A path relative to the docset root as a person in the starting directory would write it.
    pub fn shown_page(&self, path: &str) -> String {
        self.shown.path(path)
    }
}

impl Fixes {
    /// Applies what findings offer, once; gives the texts of the pages that this changes.
    fn round(&mut self, project: &Project, findings: &[Diagnostic], wanted: Safety) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (source, offered) in offered(project, findings, wanted) {
            let Some(original) = source.original() else {
                self.unmapped.insert(source.path.clone(), offered.len());
                continue;
            };
            let fixed = fix::apply(original, offered.into_iter().map(|(_, fix)| fix));
            if fixed.applied == 0 {
                continue;
            }
            let change = self.changes.entry(source.path.clone()).or_insert_with(|| Change {
                before: original.to_owned(),
                after: String::new(),
                findings: 0,
            });
            change.after.clone_from(&fixed.text);
            change.findings += fixed.applied;
            texts.insert(source.path.clone(), fixed.text);
        }
        texts
    }

    /// Leaves the pages alone that there is no end to; gives the texts that they had.
    fn give_up(&mut self, project: &Project, findings: &[Diagnostic], wanted: Safety) -> BTreeMap<String, String> {
        let unfinished = self.round(project, findings, wanted);
        let mut texts = BTreeMap::new();
        let offered = offered(project, findings, wanted);
        for (source, offered) in offered.filter(|(source, _)| unfinished.contains_key(&source.path)) {
            let Some(change) = self.changes.remove(&source.path) else { continue };
            let rules: BTreeSet<&str> = offered.iter().map(|(finding, _)| finding.lint.name).collect();
            self.endless.insert(source.path.clone(), rules.into_iter().collect());
            texts.insert(source.path.clone(), change.before);
        }
        texts
    }
}

/// The pages that findings offer fixes to, with these.
fn offered<'p>(
    project: &'p Project,
    findings: &'p [Diagnostic],
    wanted: Safety,
) -> impl Iterator<Item = (&'p Source, Vec<(&'p Diagnostic, &'p Fix)>)> {
    let pages = fix::offered(findings, wanted).into_iter();
    pages.filter_map(|(file, offered)| Some((&project.docset.pages.get(file.index())?.source, offered)))
}
