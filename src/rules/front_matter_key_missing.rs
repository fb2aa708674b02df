use super::Report;
use super::demands::required;
use super::names::closest;
use crate::model::Model;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// Front matter without `title`, `description`, `author` or `doc_type`, or without the keys that `[[front-matter]]`
    /// in the configuration names.
    ///
    /// ## Why
    /// The site shows the page without a title in search results, or does not know whom to ask about it.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: "customer resource type"
    /// description: "A company."
    /// author: docs
    /// ---
    ///
    /// # customer resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ---
    /// title: "customer resource type"
    /// description: "A company."
    /// author: docs
    /// doc_type: resourcePageType
    /// ---
    ///
    /// # customer resource type
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let front_matter = &page.front_matter;
    let Some(span) = front_matter.span.filter(|_| front_matter.fault.is_none()) else { return };
    let required = required(model.docset, page);
    for key in required.iter().filter(|key| front_matter.get(key, &page.source).is_none()) {
        let first = page.source.line_span(span.start.saturating_sub(1));
        let keys = front_matter.entries.iter().map(|entry| &page.source[entry.key]);
        let help = match closest(key, keys.filter(|key| !required.contains(key))) {
            Some(close) => format!("is `{close}` meant to be `{key}`?"),
            None => format!("add a line `{key}: …`"),
        };
        report.at(Location::new(page.id, first), format!("the front matter has no `{key}`")).help(help);
    }
}
