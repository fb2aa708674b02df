use super::Report;
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// A code fence that never ends.
    ///
    /// ## Why
    /// Everything below it is shown as code, and read as part of the example.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    ///
    /// ## Response
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Response
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for fence in page.fences().filter(|fence| !fence.closed) {
        let open = page.source.line_span(fence.span.start);
        let marks: String = page.source[fence.span].chars().take_while(|c| matches!(c, '`' | '~')).collect();
        report
            .at(Location::new(page.id, open), "this fence never ends, so the rest of the page is shown as code")
            .help(format!("close it with a line `{marks}`"));
    }
}
