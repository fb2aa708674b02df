use super::Report;
use super::links::links;
use crate::model::Model;
use crate::model::paths::{self, Target};
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A relative link that leads above the docset root.
    ///
    /// ## Why
    /// What lies outside the root is not published with the pages, so the link is broken for readers.
    /// Links that lead to what is published elsewhere can be listed in `external-links`.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// See the [release notes](../../notes/2024.md).
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// See the [release notes](/notes/2024).
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for (link, target) in links(model.docset, page) {
        if target.contains("..") && paths::target(&page.source.path, &target) == Target::Outside {
            report
                .at(Location::new(page.id, link.target), format!("the link `{target}` leaves the docset"))
                .help("link to the published page by its address, or list it in `external-links`");
        }
    }
}
