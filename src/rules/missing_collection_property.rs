use super::Report;
use super::collections::collections;
use crate::span::Span;
use crate::syntax::Page;

rule! {
    /// A collection whose members do not stand under `value`, or under the `collectionProperty` of the annotation.
    ///
    /// ## Why
    /// Clients look for the members there.
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
    ///   "items": [{ "size": 12 }]
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "isCollection": true, "collectionProperty": "items" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "items": [{ "size": 12 }]
    /// }
    /// ```
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for found in collections(page).filter(|found| found.is_declared && found.items.is_none()) {
        // Without an object there is no property to look for.
        if found.root.members().is_empty() {
            continue;
        }
        report
            .at(
                found.example.at(found.promise),
                format!("the annotation says that the body is a collection, but it has no array `{}`", found.property),
            )
            .help(format!("put the members into `{}`, or correct the annotation", found.property))
            .label(found.example.at(Span::new(found.root.span.start as usize, found.root.span.start as usize + 1)), "the body");
    }
}
