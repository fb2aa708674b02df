use super::Report;
use super::collections::Collection;
use crate::model::Model;
use crate::span::Span;
use crate::syntax::json::Kind;

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
    Error, Collection(check)
}

fn check(_: &Model<'_>, found: &Collection<'_>, report: &mut Report<'_>) {
    let is_bare = matches!(found.root.kind, Kind::Array(_));
    // In an empty object nothing was forgotten but the example.
    if !found.is_declared || !is_bare && (found.items.is_some() || found.root.members().is_empty()) {
        return;
    }
    report
        .at(
            found.example.at(found.promise),
            format!("the annotation says that the body is a collection, but it has no array `{}`", found.property),
        )
        .help(format!("put the members into `{}`, or correct the annotation", found.property))
        .label(found.example.at(array_or_body(found)), "the body");
}

/// The name of the first array in the body, which may be meant; else where the body starts.
fn array_or_body(found: &Collection<'_>) -> Span {
    let mut arrays = found.root.members().iter().filter(|member| matches!(member.value.kind, Kind::Array(_)));
    let body = found.example.page.source.first_character(found.root.span);
    arrays.next().map_or(body, |member| member.name)
}
