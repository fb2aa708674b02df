//! How much the findings of each rule weigh in a run: everywhere, and on some pages.

use crate::diagnostic::{Level, Lint};
use crate::span::FileId;
use rustc_hash::FxHashMap;

/// Levels that the configuration or the command line sets. A rule of which nothing is said has its own.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    everywhere: ByRule,
    /// Of two that name a page and a rule, the later holds.
    overrides: Vec<Override>,
}

/// Levels by rule name.
type ByRule = FxHashMap<&'static str, Level>;

/// Levels that hold on some pages.
#[derive(Clone, Debug)]
struct Override {
    /// The pages, sorted.
    pages: Vec<FileId>,
    levels: ByRule,
}

impl Levels {
    /// The level of a rule where nothing is said of the page.
    pub fn of(&self, lint: &Lint) -> Level {
        self.everywhere.get(lint.name).copied().unwrap_or(lint.level)
    }

    /// The level of a rule on a page.
    pub fn on(&self, lint: &Lint, page: FileId) -> Level {
        let here = self.overrides.iter().rev().filter(|one| one.pages.binary_search(&page).is_ok());
        here.filter_map(|one| one.levels.get(lint.name)).next().copied().unwrap_or_else(|| self.of(lint))
    }

    /// Whether a rule can find something on any page.
    pub fn runs(&self, lint: &Lint) -> bool {
        self.of(lint) != Level::Off || self.on_some(lint).any(|level| level != Level::Off)
    }

    /// Sets the level of a rule, where nothing is said of the page.
    pub fn set(&mut self, lint: &Lint, level: Level) {
        self.everywhere.insert(lint.name, level);
    }

    /// Sets the level of a rule on every page, whatever was said before.
    pub fn set_everywhere(&mut self, lint: &Lint, level: Level) {
        for one in &mut self.overrides {
            one.levels.remove(lint.name);
        }
        self.set(lint, level);
    }

    /// Turns a rule on wherever it is off.
    pub fn enable(&mut self, lint: &Lint) {
        for levels in self.overrides.iter_mut().map(|one| &mut one.levels).chain([&mut self.everywhere]) {
            levels.retain(|name, level| *name != lint.name || *level != Level::Off);
        }
    }

    /// Sets levels that hold on some pages.
    pub fn set_on(&mut self, mut pages: Vec<FileId>, levels: impl IntoIterator<Item = (&'static str, Level)>) {
        pages.sort_unstable();
        self.overrides.push(Override { pages, levels: levels.into_iter().collect() });
    }

    /// Takes away what holds on some pages only.
    pub fn forget_pages(&mut self) {
        self.overrides.clear();
    }

    fn on_some<'l>(&'l self, lint: &'l Lint) -> impl Iterator<Item = Level> {
        self.overrides.iter().filter_map(|one| one.levels.get(lint.name)).copied()
    }
}

impl FromIterator<(&'static str, Level)> for Levels {
    fn from_iter<I: IntoIterator<Item = (&'static str, Level)>>(levels: I) -> Self {
        Levels { everywhere: levels.into_iter().collect(), overrides: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: None };

    #[test]
    fn later_levels_go_before_earlier_ones() {
        let mut levels = Levels::default();
        let on = |levels: &Levels| [0, 1, 2].map(|page| levels.on(&LINT, FileId(page)).as_str());
        assert_eq!(on(&levels), ["warning", "warning", "warning"]);
        levels.set(&LINT, Level::Off);
        levels.set_on(vec![FileId(1), FileId(0)], [(LINT.name, Level::Error)]);
        levels.set_on(vec![FileId(1)], [(LINT.name, Level::Hint), ("other", Level::Off)]);
        assert_eq!(on(&levels), ["error", "hint", "off"]);
        assert!(levels.runs(&LINT));
        levels.enable(&LINT);
        assert_eq!(on(&levels), ["error", "hint", "warning"]);
        levels.set_everywhere(&LINT, Level::Off);
        assert_eq!(on(&levels), ["off", "off", "off"]);
        assert!(!levels.runs(&LINT));
    }
}
