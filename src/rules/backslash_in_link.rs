use super::Report;
use super::links::Lead;
use crate::model::Model;
use crate::model::paths::Target;

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
    Warning, Link(check), Safe fix
}

fn check(_: &Model<'_>, lead: &Lead<'_>, report: &mut Report<'_>) {
    if !lead.has_backslash || lead.target == Target::External {
        return;
    }
    let target = &lead.page.source[lead.link.target];
    // A backslash before punctuation escapes it.
    let parts = target
        .match_indices('\\')
        .any(|(at, _)| target[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '.'));
    if parts {
        report
            .at(lead.at(), format!("the link `{target}` has backslashes in its path"))
            .help("use `/`")
            .fix(lead.link.target, target.replace('\\', "/"));
    }
}
