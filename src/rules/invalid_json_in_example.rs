use super::faults::Place;
use super::messages::role;
use super::{Report, faults};
use crate::model::ExampleRef;
use crate::syntax::{BlockType, Page, json};

rule! {
    /// A JSON body in an example that is not JSON.
    ///
    /// ## Why
    /// Readers copy examples. A server refuses the request, and a parser the response.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    ///
    /// {
    ///   "tenantId": "a1"
    ///   "displayName": "Contoso"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    ///
    /// {
    ///   "tenantId": "a1",
    ///   "displayName": "Contoso"
    /// }
    /// ```
    /// ````
    Error, Page(check) and Message(check_message), Safe fix
}

fn check_message(example: ExampleRef<'_>, report: &mut Report<'_>) {
    check_words(example, report);
    let json = example.message.message.body.as_ref().filter(|body| body.is_json).and_then(|body| body.json.as_ref());
    if let Some(json) = json.filter(|json| !json.faults.is_empty()) {
        faults::report(report, example.page, &format!("the {} body", role(example)), json, Place::Fence);
    }
}

fn check(page: &Page, report: &mut Report<'_>) {
    for fence in page.fences().filter(|fence| fence.block_type() == Some(BlockType::Example)) {
        if page.source[fence.body].trim_start().starts_with(['{', '[']) {
            faults::report(report, page, "the example", &json::parse(&page.source, fence.body), Place::Fence);
        }
    }
}

/// A body that does not look like JSON at all, though its header says that it is. Markup and dots stand for a body that
/// is not shown.
fn check_words(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let (page, message) = (example.page, &example.message.message);
    let Some(body) = message.body.as_ref().filter(|body| body.json.is_none()) else { return };
    let Some(kind) = message.header("Content-Type", &page.source) else { return };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = &page.source[body.span];
    let is_stand_in = text.starts_with(['<', '.', '…', '*']);
    if !(kind.ends_with("/json") || kind.ends_with("+json"))
        || is_stand_in
        || json::parse(&page.source, body.span).is_strict()
    {
        return;
    }
    let line = page.source.line_span(body.span.start);
    report
        .at(example.at(line), format!("the {} body is no JSON, though its `Content-Type` says so", role(example)))
        .help("write it as JSON, or correct the header");
}
