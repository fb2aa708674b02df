use super::Report;
use super::demands::allowed;
use super::names::{closest, list};
use super::todo_placeholder::is_placeholder;
use crate::model::Model;
use crate::span::Location;
use crate::syntax::{Page, PageKind};

rule! {
    /// A `doc_type` that is unknown, misspelt, or contradicts what the page is.
    ///
    /// ## Why
    /// The site chooses layout and navigation by it.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: "customer resource type"
    /// doc_type: apiPageType
    /// ---
    ///
    /// # customer resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ---
    /// title: "customer resource type"
    /// doc_type: resourcePageType
    /// ---
    ///
    /// # customer resource type
    /// ````
    Warning, Linked(check), Safe fix
}

/// The types of pages where the configuration names none.
const KNOWN: [&str; 4] = ["apiPageType", "resourcePageType", "enumPageType", "conceptualPageType"];

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let Some(span) = page.front_matter.get("doc_type", &page.source) else { return };
    let written = page.source[span].trim();
    // Blank values and placeholders are reported as such.
    if written.is_empty() || is_placeholder(written) {
        return;
    }
    let (expected, what) = match page.kind() {
        PageKind::Operation => (Some("apiPageType"), "an operation"),
        PageKind::Resource => (Some("resourcePageType"), "a resource"),
        PageKind::Enum => (Some("enumPageType"), "an enumeration"),
        PageKind::Fragment | PageKind::Concept => (None, ""),
    };
    let at = Location::new(page.id, span);
    let configured = allowed(model.docset, page, "doc_type").flatten().map(String::as_str).collect::<Vec<_>>();
    let known = if configured.is_empty() { KNOWN.as_slice() } else { &configured };
    if !known.contains(&written) {
        let finding = report.at(at, format!("there is no `doc_type` called `{written}`"));
        match expected.filter(|expected| known.contains(expected)).or_else(|| closest(written, known.iter().copied())) {
            Some(meant) => finding.help(format!("write `{meant}`")).fix(span, meant),
            None => finding.help(format!("use {}", list(known.iter().copied(), "or"))),
        };
        return;
    }
    // Types of page that only the configuration knows mean what it likes.
    if let Some(expected) = expected.filter(|expected| written != *expected && KNOWN.contains(&written)) {
        let finding = report.at(at, format!("the `doc_type` is `{written}`, but the page describes {what}"));
        finding.help(format!("write `{expected}`")).fix(span, expected);
    }
}
