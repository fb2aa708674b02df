use super::Report;
use super::collections::Collection;
use crate::model::Model;

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
    Error, Collection(check)
}

fn check(_: &Model<'_>, found: &Collection<'_>, report: &mut Report<'_>) {
    let Some(first) = found.items.and_then(|list| list.items().first()) else { return };
    if found.says_empty == Some(true) {
        report
            .at(found.example.at(found.empty_at), "the annotation says `isEmpty`, but the collection has members")
            .help("take `isEmpty` out of the annotation, or show an empty collection")
            .label(found.example.at(found.example.page.source.first_character(first.span)), "the first member");
    }
}
