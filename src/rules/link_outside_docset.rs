use super::Report;
use super::links::Lead;
use crate::model::Model;
use crate::model::paths::Target;

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
    Error, Link(check)
}

fn check(_: &Model<'_>, lead: &Lead<'_>, report: &mut Report<'_>) {
    if lead.target == Target::Outside && !lead.is_include {
        report
            .at(lead.at(), format!("the link `{}` leaves the docset", lead.written))
            .help("link to the published page by its address, or list it in `external-links`");
    }
}
