use super::Report;
use super::dialects::is_generated;
use super::messages::{messages, role};
use super::urls;
use crate::model::{ExampleRef, Model};
use crate::span::Location;
use crate::syntax::http::Start;
use crate::syntax::{BlockType, Fence, Page};

rule! {
    /// An example request or response without an annotation, on a page that annotates other blocks.
    ///
    /// ## Why
    /// Without one it is a guess what the block shows, and which type its body has; no snippets are
    /// generated for it.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    ///
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    // The generated dialect annotates the templates of operations, and none of the examples.
    let is_example = |kind| matches!(kind, Some(BlockType::Request | BlockType::Response));
    let annotates = |fence: &Fence| is_example(fence.block_type()) || fence.annotation.is_some() && !is_generated(page);
    let mut bare = messages(page).filter(|example| example.annotation().is_none()).peekable();
    if bare.peek().is_none() || !page.fences().any(annotates) {
        return;
    }
    for example in bare {
        if is_callback(model, example) {
            continue;
        }
        let (role, line) = (role(example), page.source.line_span(example.fence().span.start));
        report
            .at(Location::new(page.id, line), format!("the example {role} has no annotation"))
            .help(format!("put `<!-- {{ \"blockType\": \"{role}\", … }} -->` above it"));
    }
}

/// Whether a request goes to a client of the service: it is no example of the operation.
fn is_callback(model: &Model<'_>, example: ExampleRef<'_>) -> bool {
    match &example.message.message.start {
        Start::Request(line) => !urls::has_service_host(model, &example.page.source[line.url]),
        Start::Status(_) | Start::Other(_) => false,
    }
}
