use super::Report;
use super::dialects::is_generated;
use crate::span::Location;
use crate::syntax::{Page, dialect};
use std::cell::LazyCell;

rule! {
    /// A known heading in another letter case.
    ///
    /// ## Why
    /// Pages look uneven, and other tools do not know the section. Pages of the generated dialect, which have
    /// "Prerequisites" for permissions, have their own spellings.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP Request
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ````
    Warning, Page(check), Safe fix
}

/// How generated pages spell a heading of theirs.
const OF_GENERATED: &str = "HTTP Request";

fn check(page: &Page, report: &mut Report<'_>) {
    let is_of_tool = LazyCell::new(|| is_generated(page));
    for heading in page.sections.iter().filter_map(|section| section.heading) {
        let written = page.source[heading.text].trim().trim_end_matches(':');
        if dialect::is_canonical(written) {
            continue;
        }
        let Some(usual) = dialect::canonical_heading(written) else { continue };
        let is_own = || written == OF_GENERATED && *is_of_tool;
        if usual != written && usual.eq_ignore_ascii_case(written) && !is_own() {
            let span = page.source.span_of(written).unwrap_or(heading.text);
            report
                .at(Location::new(page.id, span), format!("the heading is usually spelt `{usual}`, not `{written}`"))
                .help(format!("write `{usual}`"))
                .fix(span, usual);
        }
    }
}
