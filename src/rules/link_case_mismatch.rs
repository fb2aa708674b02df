use super::Report;
use super::links::Lead;
use crate::model::Model;
use crate::model::paths::{Found, Target};
use crate::span::Span;
use crate::syntax::Page;

rule! {
    /// A link or include whose target exists in another letter case only.
    ///
    /// ## Why
    /// It works on Windows and fails on Linux, where most sites are built and served.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// Read a [customer](../resources/Customer.md) object.
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
    let Target::File { path, .. } = lead.target else { return };
    let Some(Found::OtherCase(file)) = lead.found else { return };
    let finding = report.at(lead.at(), format!("the link leads to `{path}`, but the file is called `{file}`"));
    finding.help("write the name as the file has it");
    if let Some((span, text)) = corrected(lead.page, lead.link.target, file) {
        finding.fix(span, text);
    }
}

/// The part of a link after `../`, spelt as the end of the file's path; `None` when they are not the same letters.
fn corrected<'f>(page: &Page, target: Span, file: &'f str) -> Option<(Span, &'f str)> {
    let path = page.source[target].split(['#', '?']).next().unwrap_or_default();
    let named = path.trim_start_matches(['.', '/', '\\']);
    let spelt = file.get(file.len().checked_sub(named.len())?..)?;
    let end = target.start as usize + path.len();
    spelt.eq_ignore_ascii_case(&named.replace('\\', "/")).then(|| (Span::new(end - named.len(), end), spelt))
}
