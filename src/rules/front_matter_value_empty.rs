use super::Report;
use super::demands::filled;
use crate::model::Model;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A required key of the front matter with a blank value.
    ///
    /// ## Why
    /// The site shows the page without a title or description, or does not know where it belongs.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: "customer resource type"
    /// description: ""
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
    /// ---
    ///
    /// # customer resource type
    /// ````
    Warning, Linked(check)
}

/// Keys that need not be there, but take a value if they are.
const OPTIONAL: [&str; 2] = ["ms.prod", "ms.subservice"];

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let entries = page.front_matter.entries.iter();
    for entry in entries.filter(|entry| page.source[entry.value].chars().all(char::is_whitespace)) {
        let key = &page.source[entry.key];
        if filled(model.docset, page).contains(&key) || OPTIONAL.contains(&key) {
            report
                .at(Location::new(page.id, page.source.line_span(entry.key.start)), format!("`{key}` has no value"))
                .help("write one, or delete the line if the page needs none");
        }
    }
}
