use super::messages::promise;
use super::{Report, held};
use crate::model::ExampleRef;
use crate::syntax::construct::examples::Role;

rule! {
    /// An error status or an error body where the annotation does not say `expectError`.
    ///
    /// ## Why
    /// Readers and tools take the response for the one that the page promises.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` http
    /// HTTP/1.1 404 Not Found
    /// Content-Type: application/json
    ///
    /// {
    ///   "error": { "code": "itemNotFound", "message": "Not found." }
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "expectError": true } -->
    /// ``` http
    /// HTTP/1.1 404 Not Found
    /// Content-Type: application/json
    ///
    /// {
    ///   "error": { "code": "itemNotFound", "message": "Not found." }
    /// }
    /// ```
    /// ````
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if example.message.role != Role::Response || !held::is_error(example) {
        return;
    }
    let page = example.page;
    let Some(annotation) = example.annotation() else { return };
    // Where no success is promised, nothing is contradicted.
    let promised = annotation.type_name(&page.source);
    let is_error = |span| page.source[span].to_ascii_lowercase().contains("error");
    if annotation.flag("expectError", &page.source) == Some(true) || promised.is_some_and(is_error) {
        return;
    }
    let finding =
        report.at(example.at(promise(example)), "the response is an error, which the annotation does not say");
    finding.help("add `\"expectError\": true` to the annotation, or show the success that it promises");
    if let Some((code, span)) = example.status() {
        finding.label(example.at(span), format!("the status is `{code}`"));
    }
}
