use super::Report;
use super::collections::collections;
use crate::syntax::Page;

rule! {
    /// A collection with members where the annotation says `isEmpty`.
    ///
    /// ## Why
    /// One of the two is wrong.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "isCollection": true, "isEmpty": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "value": [{ "size": 12 }]
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "isCollection": true, "isEmpty": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "value": []
    /// }
    /// ```
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for found in collections(page).filter(|found| found.says_empty == Some(true)) {
        let Some(first) = found.items.and_then(|list| list.items().first()) else { continue };
        report
            .at(found.example.at(found.empty_at), "the annotation says `isEmpty`, but the collection has members")
            .help("take `isEmpty` out of the annotation, or show an empty collection")
            .label(found.example.at(page.source.first_character(first.span)), "the first member");
    }
}
