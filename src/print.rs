//! What apipage has to say, for people and for programs. Each format is a file; all get a [`Report`].

pub mod abridge;
pub mod diff;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;
mod sources;
mod window;

pub use sources::{Shown, Sources};

use crate::diagnostic::{Diagnostic, Fix, Level, plural};
use crate::span::FileId;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Columns of output that does not go to a terminal.
pub const DEFAULT_WIDTH: usize = 120;

/// The findings of a run, sorted, and the files they point into.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was found.
    pub diagnostics: &'a [Diagnostic],
    /// The files.
    pub sources: &'a Sources<'a>,
    /// How many pages were looked at.
    pub pages: usize,
    /// How many findings were left out as known; `None` where no baseline was asked.
    pub known: Option<usize>,
}

impl Report<'_> {
    /// Whether something weighs this much or more.
    pub fn has(&self, level: Level) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level >= level)
    }

    /// One line: `3 errors, 2 warnings, 1 hint in 5 of 12 pages; 3 fixable with `--fix``.
    pub fn summary(&self) -> String {
        let counts: Vec<String> = [Level::Error, Level::Warning, Level::Hint]
            .into_iter()
            .map(|level| (level, self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| plural(count, level.as_str()))
            .collect();
        let known = self.known.filter(|known| *known > 0).map(|known| format!("{known} known"));
        if counts.is_empty() {
            let pages = plural(self.pages, "page");
            return match known {
                Some(known) => format!("no new findings in {pages}, {known}"),
                None => format!("no findings in {pages}"),
            };
        }
        let files: BTreeSet<FileId> = self.diagnostics.iter().map(|diagnostic| diagnostic.at.file).collect();
        let pages = files.iter().filter(|file| self.sources.is_page(**file)).count();
        let place = match pages {
            0 => "the configuration".to_owned(),
            _ => format!("{pages} of {}", plural(self.pages, "page")),
        };
        let known = known.map_or(String::new(), |known| format!(", {known}"));
        format!("{} in {place}{known}{}", counts.join(", "), self.fixable())
    }

    /// How many of the findings `apipage check` can fix: `; 12 fixable with `--fix``.
    fn fixable(&self) -> String {
        let can_be_written = |file: FileId| self.sources.get(file).is_some_and(|source| source.original().is_some());
        let fixes = self.diagnostics.iter().filter(|diagnostic| can_be_written(diagnostic.at.file));
        let fixes: Vec<&Fix> = fixes.filter_map(|diagnostic| diagnostic.fix.as_ref()).collect();
        let safe = fixes.iter().filter(|fix| fix.safe).count();
        match (safe, fixes.len() - safe) {
            (0, 0) => String::new(),
            (safe, 0) => format!("; {safe} fixable with `--fix`"),
            (0, others) => format!("; {others} fixable with `--fix --unsafe-fixes`"),
            (safe, others) => format!("; {safe} fixable with `--fix`, {others} more with `--unsafe-fixes`"),
        }
    }
}

/// What is wrong and what to do about it, for formats that have one text a finding.
fn advice(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// A text of one line that no terminal takes for a command, such as the path of a file.
pub fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The same for a text of several lines.
pub fn harmless_lines(text: &str) -> String {
    text.chars().map(|char| if char == '\n' { char } else { visible(char) }).collect()
}

/// Prints a value as JSON of many lines. What a terminal would take for a command is written as JSON escapes it, so
/// that programs read what was there.
pub fn json_lines(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    let is_command = |char: &char| *char != '\n' && visible(*char) != *char;
    let mut rest = text.as_str();
    // Outside strings there are no such characters.
    while let Some((at, char)) = rest.char_indices().find(|(_, char)| is_command(char)) {
        write!(out, "{}\\u{:04x}", &rest[..at], char as u32)?;
        rest = &rest[at + char.len_utf8()..];
    }
    writeln!(out, "{rest}")
}

/// A character that no terminal takes for a command and no log for another order of text; tabs stay.
fn visible(char: char) -> char {
    match char {
        '\t' => char,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + char as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => char,
    }
}

#[cfg(test)]
mod tests;
