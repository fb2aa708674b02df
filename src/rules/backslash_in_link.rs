use super::Report;
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
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for link in &page.links {
        let target = &page.source[link.target];
        // A backslash before punctuation escapes it.
        let parts = target
            .match_indices('\\')
            .any(|(at, _)| target[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '.'));
        if parts && paths::target(&page.source.path, target) != Target::External {
            report
                .at(Location::new(page.id, link.target), format!("the link `{target}` has backslashes in its path"))
                .help("use `/`")
                .fix(link.target, target.replace('\\', "/"));
        }
    }
}
