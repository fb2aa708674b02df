use super::Report;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A heading that is more than one level below the one before.
    ///
    /// ## Why
    /// The outline of the page has a hole; screen readers announce a section that is not there.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Example
    ///
    /// ##### Request
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Example
    ///
    /// ### Request
    /// ````
    Hint, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut above = page.title.map(|title| title.level);
    // Bold paragraphs that stand for headings have no level.
    for heading in page.sections.iter().filter_map(|section| section.heading).filter(|heading| heading.level > 0) {
        if let Some(above) = above.filter(|above| heading.level > above + 1) {
            report
                .at(
                    Location::new(page.id, heading.span),
                    format!("a heading of level {} follows one of level {above}", heading.level),
                )
                .help(format!("use {}", "#".repeat(above as usize + 1)));
        }
        above = Some(heading.level);
    }
}
