//! `[[overrides]]`: levels that hold on some pages.

use super::patterns::Patterns;
use super::reader::{Reader, Table};
use super::{Config, LINTS, read_levels};
use crate::diagnostic::Level;
use crate::syntax::Page;
use std::path::{Path, PathBuf};

/// Levels that hold on the pages that some patterns fit.
pub struct Override {
    paths: Patterns,
    levels: Vec<(&'static str, Level)>,
}

/// Reads one table.
pub(super) fn read(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    let before = reader.problems.len();
    let paths = table.names("paths", reader);
    let levels = table.table("rules", reader).map(|mut rules| read_levels(&mut rules, reader));
    // What is of the wrong type was reported as such.
    if (paths.is_none() || levels.is_none()) && reader.problems.len() == before {
        reader.invalid(table.span, "an override needs `paths` and `rules`".to_owned());
    }
    table.finish(reader);
    let (Some(paths), Some(levels)) = (paths, levels) else { return };
    let mut chosen = Vec::new();
    for (at, lint, level) in levels {
        if LINTS.contains(&lint) {
            let finding = reader.invalid(at, format!("`{}` is about the configuration, not about pages", lint.name));
            finding.help("set its level under `[rules]`");
        } else {
            chosen.push((lint.name, level));
        }
    }
    config.overrides.push(Override { paths: Patterns::new(paths, folder, reader), levels: chosen });
}

/// Lets the overrides hold for the pages of a docset, and says which patterns fit none of them.
pub(super) fn apply(config: &mut Config, root: &Path, pages: &[Page], reader: &mut Reader) {
    if config.overrides.is_empty() {
        return;
    }
    let paths: Vec<PathBuf> = pages.iter().map(|page| root.join(&page.source.path)).collect();
    for one in &config.overrides {
        let ids = pages.iter().zip(&paths).filter(|(_, path)| one.paths.fit(path)).map(|(page, _)| page.id);
        config.levels.set_on(ids.collect(), one.levels.iter().copied());
        for pattern in one.paths.unmatched(&paths) {
            let finding = reader.unmatched(pattern.span, format!("no page fits `{}`", pattern.value));
            finding.help("correct it, or delete it; patterns are relative to the folder of apipage.toml");
        }
    }
}
