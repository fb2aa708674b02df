use super::messages::{is_json, promise};
use super::{Report, held};
use crate::model::ExampleRef;
use crate::span::Location;
use crate::syntax::BlockType;
use crate::syntax::construct::Response;

rule! {
    /// A JSON body whose annotation does not name its type.
    ///
    /// ## Why
    /// The example is not held against its type, by this tool or others.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response" } -->
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "size": 12
    /// }
    /// ```
    /// ````
    Warning, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if !is_json(example) || held::is_error(example) {
        return;
    }
    let page = example.page;
    let Some(annotation) = example.annotation().filter(|found| found.block_type == BlockType::Response) else {
        return;
    };
    let Some(root) = example.message.message.json() else { return };
    // A body that may not stand there needs no type.
    if matches!(example.status(), Some((204 | 304, _))) {
        return;
    }
    let expects_error = annotation.flag("expectError", &page.source) == Some(true);
    if annotation.value("@odata.type", &page.source).is_some()
        || annotation.value("@type", &page.source).is_some()
        || expects_error
    {
        return;
    }
    let finding = report.at(example.at(promise(example)), "the annotation does not name the type of the body");
    finding.help("add `\"@odata.type\": \"…\"` to the annotation");
    finding.label(example.at(page.source.first_character(root.span)), "the body");
    if let Some(told) = page.find::<Response>().find_map(|(_, section)| section.body) {
        finding.label(Location::new(page.id, told.span()), "the response section names it here");
    }
}
