use super::Report;
use super::annotations::member_after;
use super::collections::collections;
use crate::model::{Item, Model};
use crate::span::Span;
use crate::syntax::Page;

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
    Warning, Linked(check), Safe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for found in collections(page).filter(|found| !found.is_declared) {
        let Some(name) = found.type_name else { continue };
        let Some(list) = found.items.filter(|_| found.property == "value" && !found.root.members().is_empty()) else { continue };
        let has_value = match model.lookup(model.page(page.id), &page.source[name]) {
            Some(Item::Resource(id)) => model.property(id, "value").is_some(),
            _ => false,
        };
        if has_value {
            continue;
        }
        let finding = report.at(found.example.at(found.promise), "the body is a collection, which the annotation does not say");
        finding.help("add `\"isCollection\": true` to the annotation");
        finding.label(found.example.at(page.source.first_character(list.span)), "the array");
        // A broken annotation is to be mended first.
        let annotation = found.example.annotation().filter(|annotation| annotation.json.is_strict());
        if let Some(annotation) = annotation.filter(|_| found.flag.is_none()) {
            let end = name.end + 1;
            finding.fix(Span::at(end as usize), member_after(&page.source, annotation, end, "isCollection", "true"));
        }
    }
}
