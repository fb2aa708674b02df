//! What is new and what is gone between two checks.

use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Counts, Fingerprint};
use crate::print::Sources;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What earlier checks found.
#[derive(Default)]
pub(super) struct History {
    first: Option<Counts>,
    last: Counts,
}

/// What a check found, held against earlier ones.
pub(super) struct News {
    /// Of each finding, whether the last check did not find it.
    pub new: Vec<bool>,
    /// Of each finding, whether the first check did not find it.
    pub recent: Vec<bool>,
    /// What the last check found and this one does not, with the path to print.
    pub gone: Vec<Fingerprint>,
}

impl History {
    /// Whether there was no check yet.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Holds the findings of a check against those of earlier ones, and keeps them for the next. In the first check,
    /// all are new and none is recent.
    pub(super) fn learn(&mut self, findings: &[Diagnostic], sources: &Sources<'_>) -> News {
        let found: Vec<Option<Fingerprint>> =
            findings.par_iter().map(|finding| fingerprint(finding, sources)).collect();
        let mut counts: BTreeMap<&Fingerprint, usize> = BTreeMap::new();
        let (mut new, mut recent) = (Vec::new(), Vec::new());
        for fingerprint in &found {
            let Some(fingerprint) = fingerprint else {
                new.push(true);
                recent.push(true);
                continue;
            };
            let count = counts.entry(fingerprint).or_default();
            *count += 1;
            let is_beyond = |known: &Counts| *count > known.get(fingerprint).copied().unwrap_or_default();
            new.push(is_beyond(&self.last));
            recent.push(self.first.as_ref().is_some_and(is_beyond));
        }
        let lost = |(fingerprint, before): (&Fingerprint, &usize)| {
            let now = counts.get(fingerprint).copied().unwrap_or_default();
            std::iter::repeat_n(fingerprint.clone(), before.saturating_sub(now))
        };
        let gone = self.last.iter().flat_map(lost).collect();
        self.last = counts.into_iter().map(|(fingerprint, count)| (fingerprint.clone(), count)).collect();
        self.first.get_or_insert_with(|| self.last.clone());
        News { new, recent, gone }
    }
}

/// What makes a finding the same in another check, with the path to print: also one about the configuration.
fn fingerprint(finding: &Diagnostic, sources: &Sources<'_>) -> Option<Fingerprint> {
    let source = sources.get(finding.at.file)?;
    Some(Fingerprint::of(finding, &sources.path(finding.at.file), source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Level, Lint};
    use crate::print::Shown;
    use crate::source::Source;
    use crate::span::{FileId, Location, Span};
    use crate::syntax;

    static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: None };

    /// Checks of one page, each with a finding for every capital letter in its text. Of each check: the findings, new
    /// ones with `+`, those that were not there in the first with `*`, and those that are gone.
    fn check(texts: &[&str], expected: &[&str]) {
        let mut history = History::default();
        let mut seen = Vec::new();
        for text in texts {
            let pages = [syntax::parse(FileId(0), Source::new("page.md", *text))];
            let sources = Sources::new(&pages, Shown::default());
            let finding = |(at, _): (usize, char)| {
                Diagnostic::new(&LINT, Location::new(FileId(0), Span::new(at, at + 1)), "capital")
            };
            let capitals = || text.char_indices().filter(|(_, char)| char.is_ascii_uppercase());
            let findings: Vec<Diagnostic> = capitals().map(finding).collect();
            let News { new, recent, gone } = history.learn(&findings, &sources);
            let mark = |is_meant: bool, mark| if is_meant { mark } else { "" };
            let marked = capitals().zip(new.into_iter().zip(recent));
            let marked =
                marked.map(|((_, char), (new, recent))| format!("{char}{}{}", mark(new, "+"), mark(recent, "*")));
            let gone = gone.iter().map(|gone| format!("-{}", gone.text));
            seen.push(marked.chain(gone).collect::<Vec<_>>().join(" "));
        }
        assert_eq!(seen, expected, "{texts:?}");
    }

    #[test]
    fn findings_are_new_and_gone() {
        check(&["A b", "A b"], &["A+", "A"]);
        check(&["A B", "some lines\n\nB A", "A"], &["A+ B+", "B A", "A -B"]);
        check(&["A", "a", "A C", "A C"], &["A+", "-A", "A+ C+*", "A C*"]);
    }

    #[test]
    fn findings_that_are_the_same_are_counted() {
        check(&["A A", "A A A", "A"], &["A+ A+", "A A A+*", "A -A -A"]);
    }
}
