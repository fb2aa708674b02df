use super::Report;
use super::links::{Lead, close_file};
use crate::model::Model;
use crate::model::paths::Target;
use crate::syntax::LinkKind;

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
    Error, Link(check)
}

fn check(model: &Model<'_>, lead: &Lead<'_>, report: &mut Report<'_>) {
    let Target::File { path, .. } = lead.target else { return };
    if lead.is_include || lead.is_inline_include || !lead.is_missing(model, path) {
        return;
    }
    let what = if lead.link.kind == LinkKind::Image { "image" } else { "link target" };
    let help = match close_file(model, &lead.page.source.path, path) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "correct the path, or write the page that it leads to".to_owned(),
    };
    report.at(lead.at(), format!("the {what} `{path}` does not exist")).help(help);
}
