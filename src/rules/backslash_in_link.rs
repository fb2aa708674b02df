use super::Report;
use super::links::is_on_purpose;
use crate::model::Model;
use crate::model::paths::{self, Target};
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A backslash between the names of a link's path.
    ///
    /// ## Why
    /// In a URL only `/` parts names. Browsers on most systems do not find the page.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// Read a [customer](..\resources\customer.md) object.
    /// //- resources/customer.md
    /// # customer resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// Read a [customer](../resources/customer.md) object.
    /// //- resources/customer.md
    /// # customer resource type
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for link in &page.links {
        let target = &page.source[link.target];
        // A backslash before punctuation escapes it.
        let parts = target
            .match_indices('\\')
            .any(|(at, _)| target[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '.'));
        let is_external = || {
            paths::target(&page.source.path, target) == Target::External || is_on_purpose(model.docset, page, target)
        };
        if parts && !is_external() {
            report
                .at(Location::new(page.id, link.target), format!("the link `{target}` has backslashes in its path"))
                .help("use `/`")
                .fix(link.target, target.replace('\\', "/"));
        }
    }
}
