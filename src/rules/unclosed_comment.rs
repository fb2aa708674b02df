use super::Report;
use crate::span::{Location, Span};
use crate::syntax::Page;

rule! {
    /// A comment that never ends.
    ///
    /// ## Why
    /// Everything below it is hidden from readers.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// <!-- to be done
    ///
    /// ## Permissions
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// <!-- to be done -->
    ///
    /// ## Permissions
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for comment in page.comments.iter().filter(|comment| !comment.closed) {
        let start = comment.span.start as usize;
        report
            .at(
                Location::new(page.id, Span::new(start, start + 4)),
                "this comment does not end, so what follows is hidden",
            )
            .help("close it with `-->`");
    }
}
