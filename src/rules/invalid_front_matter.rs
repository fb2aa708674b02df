use super::Report;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// Front matter that is not YAML.
    ///
    /// ## Why
    /// The site drops all of it, or refuses to build the page.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: Upload: create a session
    /// ---
    ///
    /// # Create a session
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ---
    /// title: "Upload: create a session"
    /// ---
    ///
    /// # Create a session
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    if let Some((span, fault)) = &page.front_matter.fault {
        report
            .at(Location::new(page.id, *span), format!("the front matter is not valid YAML: {fault}"))
            .help("put values that hold a colon or a quotation mark in quotes");
    }
}
