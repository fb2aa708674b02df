use super::Report;
use super::demands::allowed;
use super::names::{closest, did_you_mean, list};
use crate::model::Model;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A value in front matter that is none of those that `[[front-matter]]` in the configuration allows for its key.
    ///
    /// ## Why
    /// The site, or who looks for the pages of a team, does not know the value.
    ///
    /// ## Example
    /// ````md
    /// //- apipage.toml
    /// [[front-matter]]
    /// values = { author = ["billing", "identity"] }
    /// //- resources/customer.md
    /// ---
    /// title: "customer resource type"
    /// author: biling
    /// ---
    ///
    /// # customer resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- apipage.toml
    /// [[front-matter]]
    /// values = { author = ["billing", "identity"] }
    /// //- resources/customer.md
    /// ---
    /// title: "customer resource type"
    /// author: billing
    /// ---
    ///
    /// # customer resource type
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    // Most configurations say nothing of it.
    if model.docset.options.front_matter.is_empty() {
        return;
    }
    for entry in &page.front_matter.entries {
        let key = &page.source[entry.key];
        let mut lists = allowed(model.docset, page, key).peekable();
        if lists.peek().is_none() {
            continue;
        }
        let value = page.source[entry.value].trim();
        // Blank values are reported as such, and types of pages by the rule about them.
        if value.is_empty() || key == "doc_type" {
            continue;
        }
        let refusing = lists.find(|values| !values.iter().any(|known| known == value));
        if let Some(values) = refusing {
            let values = || values.iter().map(String::as_str);
            report
                .at(Location::new(page.id, entry.value), format!("`{key}` cannot be `{value}` here"))
                .help(did_you_mean(closest(value, values()), || format!("use {}", list(values(), "or"))));
        }
    }
}
