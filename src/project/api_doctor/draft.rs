//! What `apipage.toml` will say, and its text.

use super::{Import, Problem};
use crate::diagnostic::Level;
use crate::syntax::dialect::Dialect;
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The first line of each file.
const HEAD: &str = "# Made by `apipage init --from-api-doctor`. Paths are relative to this file.\n";

/// The tables, in the order in which they are written.
const TABLES: [&str; 4] = ["[docset]", "[sections]", "[rules]", "[[front-matter]]"];

/// Columns of a line, beyond which a list is broken.
const WIDTH: usize = 100;

/// What `apipage.toml` will say. All paths are from the folder that it stands in.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The pages.
    pub(super) pages: Vec<String>,
    /// What patterns of these pages start with: the folder that the pages are in, if it is another.
    inside: String,
    /// The words of the pages so far.
    pub(super) dialect: Dialect,
    /// The settings of each of the tables.
    tables: BTreeMap<&'static str, Vec<Setting>>,
    overrides: Vec<Override>,
    /// What has no equivalent and why.
    left_out: IndexMap<(String, &'static str), LeftOut>,
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug)]
struct Setting {
    comment: String,
    key: String,
    values: Values,
}

/// What a setting is set to.
#[derive(Debug)]
pub(super) enum Values {
    One(String),
    Many(Vec<String>),
}

/// The parts of something that have no equivalent (all of it, where there are none), and the files it stands in.
#[derive(Debug, Default)]
struct LeftOut {
    parts: IndexSet<String>,
    files: IndexSet<String>,
}

/// Levels that hold on some pages.
#[derive(Debug)]
struct Override {
    comment: String,
    paths: Vec<String>,
    rules: Vec<(&'static str, Level)>,
}

impl Draft {
    pub(super) fn new(pages: Vec<String>, inside: String) -> Self {
        Draft { pages, inside, ..Draft::default() }
    }

    /// A pattern that fits at any depth, for these pages only.
    pub(super) fn pattern(&self, pattern: &str) -> String {
        let is_path = pattern.trim_end_matches('/').contains('/');
        match self.inside.is_empty() {
            true if is_path => format!("**/{pattern}"),
            true => pattern.to_owned(),
            false => format!("{}**/{pattern}", self.inside),
        }
    }

    /// Sets a key of a table; a list that is set already grows.
    pub(super) fn set(&mut self, table: &'static str, key: &str, values: Values, comment: &str) {
        let settings = self.tables.entry(table).or_default();
        let Some(known) = settings.iter_mut().find(|setting| setting.key == key) else {
            settings.push(Setting { comment: comment.to_owned(), key: key.to_owned(), values });
            return;
        };
        if let (Values::Many(known), Values::Many(new)) = (&mut known.values, values) {
            let new: Vec<String> = new.into_iter().filter(|value| !known.contains(value)).collect();
            known.extend(new);
        }
        if !known.comment.contains(comment) {
            known.comment = format!("{}; {comment}", known.comment);
        }
    }

    /// Whether a table has a setting.
    pub(super) fn sets(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// Sets levels on some pages.
    pub(super) fn set_on(&mut self, paths: Vec<String>, rules: Vec<(&'static str, Level)>, comment: &str) {
        self.overrides.push(Override { comment: comment.to_owned(), paths, rules });
    }

    /// Notes what cannot be said in `apipage.toml`: a part of it, or all.
    pub(super) fn leave_out(&mut self, what: &str, part: Option<&str>, why: &'static str, file: &str) {
        let left_out = self.left_out.entry((what.to_owned(), why)).or_default();
        left_out.parts.extend(part.map(str::to_owned));
        left_out.files.insert(file.to_owned());
    }

    /// Notes what could not be read.
    pub(super) fn problem(&mut self, place: String, what: &str) {
        self.problems.push(Problem { place: plain(&place), what: plain(what) });
    }

    /// The text of the file, and what is to be said of it.
    pub(super) fn finish(self) -> Import {
        let left_out: Vec<String> =
            self.left_out.iter().map(|((what, why), left_out)| plain(&left_out.line(what, why))).collect();
        let mut text = HEAD.to_owned();
        for (name, settings) in TABLES.iter().filter_map(|name| self.tables.get_key_value(name)) {
            let _ = write!(text, "\n{name}\n");
            for setting in settings {
                let key = if is_bare(&setting.key) { setting.key.clone() } else { quoted(&setting.key) };
                let _ = writeln!(text, "# {}\n{key} = {}", plain(&setting.comment), setting.values.text(key.len() + 3));
            }
        }
        for one in &self.overrides {
            let paths = list(&one.paths, "paths = ".len());
            let _ = write!(text, "\n# {}\n[[overrides]]\npaths = {paths}\n[overrides.rules]\n", plain(&one.comment));
            for (rule, level) in &one.rules {
                let _ = writeln!(text, "{rule} = \"{}\"", level.as_str());
            }
        }
        comments(&mut text, "Has no equivalent:", &left_out);
        let problems: Vec<String> = self.problems.iter().map(|one| format!("{}: {}", one.place, one.what)).collect();
        comments(&mut text, "Could not be read:", &problems);
        Import { text, left_out, problems: self.problems }
    }
}

impl LeftOut {
    fn line(&self, what: &str, why: &str) -> String {
        let parts: Vec<String> = self.parts.iter().map(|part| format!("`{part}`")).collect();
        let what = if parts.is_empty() { what.to_owned() } else { format!("{what}: {}", parts.join(", ")) };
        let file = self.files.first().map_or("", String::as_str);
        let files = match self.files.len() {
            0 | 1 => file.to_owned(),
            count => format!("{file} and {} more", count - 1),
        };
        format!("{what} ({files}): {why}")
    }
}

impl Values {
    fn text(&self, indent: usize) -> String {
        match self {
            Values::One(value) => quoted(value),
            Values::Many(values) => list(values, indent),
        }
    }
}

fn comments(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = write!(text, "\n# {title}\n");
        for line in lines {
            let _ = writeln!(text, "# - {line}");
        }
    }
}

/// A list, in one line if it fits behind `indent` columns.
fn list(values: &[String], indent: usize) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let line = format!("[{}]", values.join(", "));
    match line.chars().count() + indent <= WIDTH {
        true => line,
        false => format!("[\n{}]", values.iter().map(|value| format!("    {value},\n")).collect::<String>()),
    }
}

/// A basic string of TOML. It escapes as JSON does; what is not printed is escaped too.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.chars()
        .map(|char| if is_printed(char) { char.to_string() } else { format!("\\u{:04x}", char as u32) })
        .collect()
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Text for one line, of a comment or of a terminal: what is not printed is escaped.
fn plain(text: &str) -> String {
    text.chars()
        .map(|char| if is_printed(char) { char.to_string() } else { char.escape_unicode().to_string() })
        .collect()
}

/// Whether a character shows itself, and does not change the order in which others are shown.
fn is_printed(char: char) -> bool {
    !char.is_control() && !matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
