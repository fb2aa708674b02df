use super::Report;
use super::annotations::member_after;
use super::messages::promise;
use super::request_names::RequestNames;
use super::survey::Survey;
use crate::model::Model;
use crate::span::Span;
use crate::syntax::Page;

rule! {
    /// A `request` annotation without a name.
    ///
    /// ## Why
    /// Responses and generated snippets refer to a request by its name.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Warning, Surveyed(check), Safe fix
}

fn check(_: &Model<'_>, survey: &Survey<'_>, report: &mut Report<'_>) {
    let mut names: Option<RequestNames<'_>> = None;
    for example in survey.unnamed.iter().copied() {
        let (page, at) = (example.page, promise(example));
        let finding = report.at(example.at(at), "the request has no name");
        finding.help("add a `name` that no other request has");
        let Some(annotation) = example.annotation() else { continue };
        // An empty name is there to be filled in; a broken annotation is to be mended first.
        if annotation.json.is_strict() && annotation.value("name", &page.source).is_none() {
            let name = names.get_or_insert_with(|| RequestNames::of(survey)).next(page, &stem(page));
            finding.fix(
                Span::at(at.end as usize),
                member_after(&page.source, annotation, at.end, "name", &format!("\"{name}\"")),
            );
        }
    }
}

/// The name of a page's file, as a name of a request.
fn stem(page: &Page) -> String {
    let file = page.source.path.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default().replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}
