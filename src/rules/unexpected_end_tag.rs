use super::Report;
use super::tags::{Tag, tags};
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A line `[END]` without a line `[TAGS=…]` before it.
    ///
    /// ## Why
    /// Readers see it as text, and what should be left out without the tag is not.
    ///
    /// ## Example
    /// ````md
    /// # About customers
    ///
    /// This is for the preview only.
    ///
    /// [END]
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # About customers
    ///
    /// [TAGS=preview]
    ///
    /// This is for the preview only.
    ///
    /// [END]
    /// ````
    Error, Marked(check, b"END")
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut open = 0;
    for tag in tags(page, "[END]") {
        match tag {
            Tag::Start(_) => open += 1,
            Tag::End(_) if open > 0 => open -= 1,
            Tag::End(span) => {
                report
                    .at(Location::new(page.id, span), "no `[TAGS=…]` comes before this")
                    .help("delete the line, or write the tag that it ends");
            }
        }
    }
}
