use super::Report;
use super::annotations::member_after;
use super::collections::Collection;
use crate::model::{Item, Model};
use crate::span::Span;

rule! {
    /// A body with a `value` array whose annotation does not say that it is a collection.
    ///
    /// ## Why
    /// Tools that read annotations take the body for one object.
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
    Warning, Collection(check), Safe fix
}

fn check(model: &Model<'_>, found: &Collection<'_>, report: &mut Report<'_>) {
    let page = found.example.page;
    let Some(name) = found.type_name.filter(|_| !found.is_declared) else { return };
    let has_body = found.property == "value" && !found.root.members().is_empty();
    let Some(list) = found.items.filter(|_| has_body) else { return };
    let has_value = match model.lookup(model.page(page.id), &page.source[name]) {
        Some(Item::Resource(id)) => model.property(id, "value").is_some(),
        _ => false,
    };
    if has_value {
        return;
    }
    let at = found.flag.map_or(found.promise, |(at, _)| at);
    let (message, help) = match found.flag {
        Some(_) => ("the body is a collection, which the annotation denies", "write `\"isCollection\": true`"),
        None => (
            "the body is a collection, which the annotation does not say",
            "add `\"isCollection\": true` to the annotation",
        ),
    };
    let finding = report.at(found.example.at(at), message);
    finding.help(help);
    finding.label(found.example.at(page.source.first_character(list.span)), "the array");
    // A broken annotation is to be mended first.
    let annotation = found.example.annotation().filter(|annotation| annotation.json.is_strict());
    if let Some(annotation) = annotation.filter(|_| found.flag.is_none()) {
        let end = name.end + 1;
        finding.fix(Span::at(end as usize), member_after(&page.source, annotation, end, "isCollection", "true"));
    }
}
