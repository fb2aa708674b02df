use super::Report;
use crate::span::Location;
use crate::syntax::{Page, PageKind};

rule! {
    /// A heading within two letters of one that the format knows.
    ///
    /// ## Why
    /// The section is not recognized, so what it says is missing from what is generated.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Permisions
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    ///
    /// ## Pensions
    /// ````
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for section in &page.sections {
        let (Some(heading), Some(usual)) = (section.heading, section.meant) else { continue };
        let written = &page.source[heading.text];
        // On a page about something else, one and several are words like others.
        if page.kind() == PageKind::Concept && singular(written).eq_ignore_ascii_case(singular(usual)) {
            continue;
        }
        report
            .at(Location::new(page.id, heading.text), format!("`{written}` is no known heading"))
            .help(format!("did you mean `{usual}`?"))
            .fix(heading.text, usual);
    }
}

fn singular(heading: &str) -> &str {
    heading.trim().strip_suffix('s').unwrap_or(heading.trim())
}
