use super::Report;
use super::messages::messages;
use super::request_names::RequestNames;
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
    Error, Docset(check), Unsafe fix
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    let mut first: FxHashMap<(&str, &str), Location> = FxHashMap::default();
    let mut new_names: Option<RequestNames<'_>> = None;
    for page in &model.docset.pages {
        let examples: Vec<ExampleRef<'_>> = messages(page).filter(|example| example.message.annotated).collect();
        for (index, example) in examples.iter().enumerate().filter(|(_, example)| is_request(example)) {
            let Some(annotation) = example.annotation() else { continue };
            let is_only_name = annotation.names(&page.source).nth(1).is_none();
            for span in annotation.names(&page.source) {
                let (name, at) = (page.source[span].trim(), example.at(span));
                if name.is_empty() {
                    continue;
                }
                let known = *first.entry((version(page), name)).or_insert(at);
                if known == at {
                    continue;
                }
                let finding = report.at(at, format!("two requests are called `{name}`"));
                finding.help("give each request a name of its own").label(known, "the name is used here first");
                if is_only_name && annotation.json.is_strict() {
                    let new = new_names.get_or_insert_with(|| RequestNames::of(model.docset)).next(page, name);
                    let places = std::iter::once(span).chain(answers(page, &examples[index + 1..], name));
                    let edit = |span| Edit { at: Location::new(page.id, span), text: new.clone() };
                    // Generated snippets are found by the name.
                    finding.fix = Some(Fix { edits: places.map(edit).collect(), safe: false });
                }
            }
        }
    }
}

fn is_request(example: &ExampleRef<'_>) -> bool {
    example.message.role == Role::Request
}

/// Where the responses to a request name it: those up to the next request.
fn answers<'p>(page: &'p Page, next: &'p [ExampleRef<'p>], name: &'p str) -> impl Iterator<Item = Span> + 'p {
    let responses = next.iter().take_while(|example| !is_request(example)).filter_map(|example| example.annotation());
    let names = responses.flat_map(|annotation| annotation.names(&page.source));
    names.filter(move |span| page.source[*span].trim() == name)
}

/// The version that a page documents: each has its own names.
pub(super) fn version(page: &Page) -> &str {
    page.source.path.split('/').find(|folder| matches!(*folder, "v1.0" | "beta")).unwrap_or_default()
}
