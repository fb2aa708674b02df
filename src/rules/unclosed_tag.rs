use super::Report;
use super::tags::{Tag, tags};
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A line `[TAGS=…]` without the line `[END]` that ends what it applies to.
    ///
    /// ## Why
    /// All that follows is dropped where the tag is not asked for.
    ///
    /// ## Example
    /// ````md
    /// # About customers
    ///
    /// [TAGS=preview]
    ///
    /// This is for the preview only.
    ///
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
    Error, Marked(check, b"TAGS=")
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut open = Vec::new();
    for tag in tags(page, "[TAGS=") {
        match tag {
            Tag::Start(span) => open.push(span),
            Tag::End(_) => {
                open.pop();
            }
        }
    }
    for span in open {
        report
            .at(Location::new(page.id, span), format!("`{}` is not closed", &page.source[span]))
            .help("write a line `[END]` where it ends");
    }
}
