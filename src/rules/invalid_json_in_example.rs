use super::messages::{is_json, messages, role};
use super::{Report, faults};
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
    Error, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for example in messages(page).filter(|example| is_json(*example)) {
        let json = example.message.message.body.as_ref().and_then(|body| body.json.as_ref());
        if let Some(json) = json.filter(|json| !json.faults.is_empty()) {
            faults::report(report, page, &format!("the {} body", role(example)), json);
        }
    }
    for fence in page.fences().filter(|fence| fence.block_type() == Some(BlockType::Example)) {
        if page.source[fence.body].trim_start().starts_with(['{', '[']) {
            faults::report(report, page, "the example", &json::parse(&page.source, fence.body));
        }
    }
}
