use super::Report;
use super::links::{close_file, is_missing, links};
use crate::model::Model;
use crate::model::paths::{self, Target};
use crate::span::Location;
use crate::syntax::{LinkKind, Page};

rule! {
    /// A relative link or image whose target is not there.
    ///
    /// ## Why
    /// Readers get an error page. Where the link names a type, nothing is known of that type.
    /// Links to what is published elsewhere can be listed in `external-links`.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// Read a [customer](../resources/custmer.md) object.
    /// //- resources/customer.md
    /// # customer resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// Read a [customer](../resources/customer.md) object. See [throttling](/graph/throttling).
    /// //- resources/customer.md
    /// # customer resource type
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for (link, target) in links(model.docset, page) {
        let Target::File { path, .. } = paths::target(&page.source.path, &target) else { continue };
        if !is_missing(model, &path) {
            continue;
        }
        let what = if link.kind == LinkKind::Image { "image" } else { "link target" };
        let help = match close_file(model, &page.source.path, &path) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "correct the path, or write the page that it leads to".to_owned(),
        };
        report.at(Location::new(page.id, link.target), format!("the {what} `{path}` does not exist")).help(help);
    }
}
