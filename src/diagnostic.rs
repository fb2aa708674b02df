//! What apipage has to say about the input: one finding, where it stands and what to do.

use crate::span::{Location, Span};
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// House style; never affects the exit status.
    Hint,
    /// Misleads a reader.
    Warning,
    /// The page contradicts itself or cannot be read: what is generated from it would be wrong.
    Error,
}

impl Level {
    /// The level's name, as it stands in configuration and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Hint => "hint",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A kind of finding: its name, its level where the configuration says nothing, and its documentation.
#[derive(Debug)]
pub struct Lint {
    /// Kebab-case name of the bad pattern, such as `broken-link`.
    pub name: &'static str,
    /// Level unless configured otherwise.
    pub level: Level,
    /// Documentation in Markdown: what it is, `## Why`, `## Example`, `## Use instead`.
    pub doc: &'static str,
    /// How safe the fixes are, at best, that its findings may offer; `None` where they offer none.
    pub fix: Option<Safety>,
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It keeps the meaning of the page.
    Safe,
    /// It is a guess at what is meant, or may have effects elsewhere.
    Unsafe,
}

impl Safety {
    /// The word for it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

impl PartialEq for Lint {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Lint {
    /// The lines of the documentation, without the blank that stands after `///`.
    pub fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.doc.trim().lines().map(|line| line.strip_prefix(' ').unwrap_or(line))
    }

    /// The first sentence of the documentation.
    pub fn summary(&self) -> &'static str {
        self.doc.trim().split("\n\n").next().unwrap_or_default().trim()
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub lint: &'static Lint,
    /// Its weight in this run, after configuration.
    pub level: Level,
    /// What is wrong. Stands alone: some outputs show nothing else.
    pub message: String,
    /// The narrowest place that is wrong.
    pub at: Location,
    /// Other places that matter ("declared here"), also in other files.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// A mechanical fix, if there is one.
    pub fix: Option<Fix>,
}

/// A second place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: Location,
    /// What stands there.
    pub message: String,
}

/// A change to a page that removes the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Replacements in the file of the finding, none overlapping another.
    pub edits: Vec<Edit>,
    /// Whether the fix keeps the meaning of the page, so that it may be applied without a look.
    pub safe: bool,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub at: Location,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// A finding at the lint's own level.
    pub fn new(lint: &'static Lint, at: Location, message: impl Into<String>) -> Self {
        Diagnostic { lint, level: lint.level, message: message.into(), at, labels: Vec::new(), help: None, fix: None }
    }

    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place that matters.
    pub fn label(&mut self, at: Location, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { at, message: message.into() });
        self
    }

    /// Offers a replacement that is a guess at what is meant.
    pub fn unsafe_fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix(span, text);
        self.fix.iter_mut().for_each(|fix| fix.safe = false);
        self
    }

    /// Offers a replacement of `at` that keeps the page's meaning.
    pub fn fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        let at = Location::new(self.at.file, span);
        self.fix = Some(Fix { edits: vec![Edit { at, text: text.into() }], safe: true });
        self
    }
}

/// A count and what is counted.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
