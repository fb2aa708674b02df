use super::Report;
use super::demands::{is_of_api, usual};
use super::names::list;
use crate::model::Model;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A page about an operation, a resource or an enumeration without front matter.
    ///
    /// ## Why
    /// The site has no title, description or owner for the page.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// A company.
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
    ///
    /// A company.
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if is_of_api(page) && page.front_matter.span.is_none() {
        let text = page.source.text();
        let blank = text.len() - text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\n', '\r']).len();
        report
            .at(Location::new(page.id, page.source.line_span(blank as u32)), "the page has no front matter")
            .help(format!("begin it with {} between two lines `---`", list(usual(model.docset), "and")));
    }
}
