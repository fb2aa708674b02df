use super::Report;
use super::messages::messages;
use crate::model::Model;
use crate::span::Location;
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
    Error, Docset(check)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    let mut first: FxHashMap<(&str, &str), Location> = FxHashMap::default();
    for page in &model.docset.pages {
        for example in
            messages(page).filter(|example| example.message.annotated && example.message.role == Role::Request)
        {
            let Some(annotation) = example.annotation() else { continue };
            for span in annotation.names(&page.source) {
                let (name, at) = (page.source[span].trim(), example.at(span));
                if name.is_empty() {
                    continue;
                }
                let known = *first.entry((version(page), name)).or_insert(at);
                if known != at {
                    report
                        .at(at, format!("two requests are called `{name}`"))
                        .help("give each request a name of its own")
                        .label(known, "the name is used here first");
                }
            }
        }
    }
}

/// The version that a page documents: each has its own names.
pub(super) fn version(page: &Page) -> &str {
    page.source.path.split('/').find(|folder| matches!(*folder, "v1.0" | "beta")).unwrap_or_default()
}
