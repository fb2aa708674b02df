//! `[[overrides]]`: levels that hold on some pages.

use super::patterns::Patterns;
use super::reader::{Reader, Table};
use super::{Config, LINTS, UNMATCHED_PATTERN, read_levels};
use crate::diagnostic::{Diagnostic, Level};
use crate::span::{FileId, Location};
use crate::syntax::Page;
use std::path::{Path, PathBuf};

/// Levels that hold on the pages that some patterns fit.
pub struct Override {
    paths: Patterns,
    levels: Vec<(&'static str, Level)>,
}

/// Reads one table.
pub(super) fn read(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    let paths = table.strings("paths", reader);
    let levels = table.table("rules", reader).map(|mut rules| read_levels(&mut rules, reader));
    table.finish(reader);
    if paths.as_ref().is_none_or(|paths| paths.is_empty()) || levels.is_none() {
        reader.invalid(table.span, "an override needs `paths` and `rules`".to_owned());
    }
    let (Some(paths), Some(levels)) = (paths, levels) else { return };
    let mut chosen = Vec::new();
    for (at, lint, level) in levels {
        if LINTS.contains(&lint) {
            let finding = reader.invalid(at, format!("`{}` is about apipage.toml, not about pages", lint.name));
            finding.help("set its level under `[rules]`");
        } else {
            chosen.push((lint.name, level));
        }
    }
    config.overrides.push(Override { paths: Patterns::new(paths, folder, reader), levels: chosen });
}

/// Lets the overrides hold for the pages of a docset, and reports patterns that fit none of them, if these are all
/// the pages there are.
pub(in crate::project) fn apply(config: &mut Config, root: &Path, pages: &[Page], are_all: bool) -> Vec<Diagnostic> {
    let paths: Vec<PathBuf> = match config.overrides.is_empty() {
        true => Vec::new(),
        false => pages.iter().map(|page| root.join(&page.source.path)).collect(),
    };
    let mut problems = Vec::new();
    for one in &config.overrides {
        let ids = pages.iter().zip(&paths).filter(|(_, path)| one.paths.fit(path)).map(|(page, _)| page.id);
        config.levels.set_on(ids.collect(), one.levels.iter().copied());
        problems.extend(one.paths.unmatched(&paths).map(|pattern| {
            let at = Location::new(FileId::default(), pattern.span);
            let mut problem = Diagnostic::new(&UNMATCHED_PATTERN, at, format!("no page fits `{}`", pattern.value));
            problem.help("correct it, or delete it; patterns are relative to the folder of apipage.toml");
            problem.level = config.levels.of(problem.lint);
            problem
        }));
    }
    problems.retain(|problem| are_all && problem.level != Level::Off);
    problems
}
