use super::Report;
use super::collections::Collection;
use crate::model::Model;

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
    Warning, Collection(check)
}

fn check(_: &Model<'_>, found: &Collection<'_>, report: &mut Report<'_>) {
    if !found.is_declared || found.says_empty == Some(true) || found.is_shortened {
        return;
    }
    if let Some(list) = found.items.filter(|list| list.items().is_empty()) {
        report
            .at(found.example.at(list.span), "the collection is empty, which the annotation does not say")
            .help("show a member, or add `\"isEmpty\": true` to the annotation")
            .label(found.example.at(found.promise), "the annotation");
    }
}
