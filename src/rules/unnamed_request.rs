use super::Report;
use super::annotations::member_after;
use super::messages::{messages, promise};
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;

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
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut given: Vec<String> = Vec::new();
    for example in messages(page).filter(|example| example.message.annotated && example.message.role == Role::Request) {
        if example.name().is_some_and(|name| !name.trim().is_empty()) {
            continue;
        }
        let at = promise(example);
        let finding = report.at(example.at(at), "the request has no name");
        finding.help("add a `name` that no other request has");
        let Some(annotation) = example.annotation() else { continue };
        // An empty name is there to be filled in; a broken annotation is to be mended first.
        if annotation.json.is_strict() && annotation.value("name", &page.source).is_none() {
            let name = free_name(page, &given);
            finding.fix(Span::at(at.end as usize), member_after(&page.source, annotation, at, "name", &name));
            given.push(name);
        }
    }
}

/// A name after that of the file, which no other page has: `customer_get`, `customer_get_2`.
fn free_name(page: &Page, given: &[String]) -> String {
    let file = page.source.path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let is_free = |name: &String| {
        let mut names = page.annotations().flat_map(|annotation| annotation.names(&page.source));
        !given.contains(name) && names.all(|span| page.source[span] != **name)
    };
    let numbered = (2u32..).map(|number| format!("{stem}_{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(is_free).unwrap_or(stem)
}
