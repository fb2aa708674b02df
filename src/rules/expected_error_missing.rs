use super::messages::promise;
use super::{Report, held};
use crate::model::ExampleRef;
use crate::syntax::construct::examples::Role;

rule! {
    /// A success where the annotation says `expectError`.
    ///
    /// ## Why
    /// Readers and tools take the response for an error.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "expectError": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "size": 12
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
    if example.message.role != Role::Response {
        return;
    }
    let page = example.page;
    let Some(annotation) = example.annotation() else { return };
    let (Some(true), Some((code, span))) = (annotation.flag("expectError", &page.source), example.status()) else {
        return;
    };
    if held::is_error(example) {
        return;
    }
    let at = annotation.value("expectError", &page.source).map_or_else(|| promise(example), |value| value.span);
    report
        .at(example.at(at), format!("the annotation says `expectError`, but the status is `{code}`"))
        .help("show the error, or take `expectError` out of the annotation")
        .label(example.at(span), "the status stands here");
}
