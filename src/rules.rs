//! stand-in
use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::model::Model;
use crate::span::{Location, Span};
use rustc_hash::FxHashMap;

/// stand-in
pub struct Rule {
    /// stand-in
    pub lint: Lint,
}

/// stand-in
pub static RULES: &[Rule] = &[
    Rule {
        lint: Lint {
            name: "todo-placeholder",
            level: Level::Warning,
            doc: "A `TODO` left by the page template.\n\n## Why\nA reader finds no text there.\n\n## Example\n````md\n# Get customer\n\n**TODO: describe**\n````\n\n## Use instead\n````md\n# Get customer\n\nGet a customer.\n````\n",
        },
    },
    Rule {
        lint: Lint {
            name: "front-matter-missing",
            level: Level::Error,
            doc: "A page that describes the API has no front matter.\n\n## Why\nNobody knows whose it is.\n",
        },
    },
];

/// stand-in
#[derive(Clone, Debug, Default)]
pub struct Levels(pub FxHashMap<&'static str, Level>);

/// stand-in
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.lint.name == name)
}

/// stand-in
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// stand-in
    Check,
    /// stand-in
    Generate,
}

/// stand-in
pub fn check(model: &Model<'_>, levels: &Levels, scope: Scope) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for page in model.docset.pages.iter().filter(|_| scope == Scope::Check) {
        for (at, _) in page.source.text().match_indices("TODO") {
            let at = Location::new(page.id, Span::new(at, at + 4));
            let mut diagnostic = Diagnostic::new(&RULES[0].lint, at, "the template's `TODO` is still here");
            diagnostic.help("replace it by what the page should say");
            found.push(diagnostic);
        }
    }
    for diagnostic in &mut found {
        diagnostic.level = levels.0.get(diagnostic.lint.name).copied().unwrap_or(diagnostic.lint.level);
    }
    found.retain(|diagnostic| diagnostic.level != Level::Off);
    found
}
