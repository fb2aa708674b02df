use super::Report;
use super::names::{closest, is_within};
use crate::span::Location;
use crate::syntax::{Page, dialect, inline};

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
    for section in page.sections.iter().filter(|section| !section.has_own_kind) {
        let Some(heading) = section.heading.filter(|heading| heading.level == 2) else { continue };
        let written = inline::plain(&page.source[heading.text]).trim().to_lowercase();
        // Two letters of a short word make another word.
        let near = |known: &&str| {
            let limit = if known.len() < 10 { 1 } else { 2 };
            known.len() > 6 && is_within(known, &written, limit)
        };
        let Some(usual) = closest(&written, dialect::headings().filter(near)) else { continue };
        let usual = dialect::canonical_heading(usual).unwrap_or(usual);
        report
            .at(Location::new(page.id, heading.text), format!("`{}` is no known heading", &page.source[heading.text]))
            .help(format!("did you mean `{usual}`?"))
            .fix(heading.text, usual);
    }
}
