use super::Report;
use super::messages::messages;
use super::request_names::RequestNames;
use super::survey::{RequestName, Survey};
use crate::diagnostic::{Edit, Fix};
use crate::model::{ExampleRef, Model};
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;
use rustc_hash::FxHashMap;

rule! {
    /// A request name that is used twice in the docset.
    ///
    /// ## Why
    /// Names tell requests apart. Of two with one name, a response may be held against the wrong one, and
    /// generated snippets overwrite each other.
    ///
    /// ## Example
    /// ````md
    /// //- customer-delete.md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// //- customer-get.md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- customer-delete.md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "delete_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// //- customer-get.md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Error, Surveyed(check), Unsafe fix
}

fn check(_: &Model<'_>, survey: &Survey<'_>, report: &mut Report<'_>) {
    let mut first: FxHashMap<(&str, &str), Location> = FxHashMap::default();
    let mut new_names: Option<RequestNames<'_>> = None;
    for RequestName { example, at, version, name } in &survey.request_names {
        let (page, at) = (example.page, *at);
        if name.is_empty() {
            continue;
        }
        let known = *first.entry((version, name)).or_insert(at);
        if known == at {
            continue;
        }
        let finding = report.at(at, format!("two requests are called `{name}`"));
        finding.help("give each request a name of its own").label(known, "the name is used here first");
        if example.annotation().is_some_and(|found| found.json.is_strict() && found.names(&page.source).count() == 1) {
            let new = new_names.get_or_insert_with(|| RequestNames::of(survey)).next(page, name);
            let places = std::iter::once(at.span).chain(answers(*example, name));
            let edit = |span| Edit { at: Location::new(page.id, span), text: new.clone() };
            // Generated snippets are found by the name.
            finding.fix = Some(Fix { edits: places.map(edit).collect(), safe: false });
        }
    }
}

/// Where the responses to a request name it: those up to the next request.
fn answers<'p>(request: ExampleRef<'p>, name: &'p str) -> impl Iterator<Item = Span> + 'p {
    let page = request.page;
    let annotated = messages(page).filter(|example| example.message.annotated);
    let next = annotated.skip_while(move |example| !std::ptr::eq(example.message, request.message)).skip(1);
    let responses = next.take_while(|example| example.message.role == Role::Response);
    let names = responses.filter_map(|example| example.annotation()).flat_map(|found| found.names(&page.source));
    names.filter(move |span| page.source[*span].trim() == name)
}

/// The version that a page documents: each has its own names.
pub(super) fn version(page: &Page) -> &str {
    page.source.path.split('/').find(|folder| matches!(*folder, "v1.0" | "beta")).unwrap_or_default()
}
