use super::Report;
use super::collections::collections;
use crate::syntax::Page;

rule! {
    /// A collection without members whose annotation does not say `isEmpty`.
    ///
    /// ## Why
    /// Readers do not see what a member looks like, and take it for an oversight.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "isCollection": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "value": []
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "isCollection": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "value": [{ "size": 12 }]
    /// }
    /// ```
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for found in collections(page).filter(|found| found.is_declared && found.says_empty != Some(true)) {
        let Some(list) = found.items.filter(|list| list.items().is_empty() && !found.is_shortened) else { continue };
        report
            .at(found.example.at(list.span), "the collection is empty, which the annotation does not say")
            .help("show a member, or add `\"isEmpty\": true` to the annotation")
            .label(found.example.at(found.promise), "the annotation");
    }
}
