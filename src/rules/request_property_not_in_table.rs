use super::messages::{is_json, messages};
use super::names::{closest, did_you_mean};
use super::{Report, exchanges};
use crate::model::{Model, Property};
use crate::syntax::construct::examples::Role;
use crate::syntax::json::{Member, Value};
use crate::syntax::{Block, Page, SectionKind};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

rule! {
    /// A member of an example request that the table under "Request body" does not list.
    ///
    /// ## Why
    /// Readers of the table do not learn that it can be sent; or it cannot.
    ///
    /// ## Example
    /// ````md
    /// # Update customer
    ///
    /// ## HTTP request
    /// ``` http
    /// PATCH /customer
    /// ```
    ///
    /// ## Request body
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |name|String|The name.|
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    ///
    /// {
    ///   "name": "a",
    ///   "size": 12
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Update customer
    ///
    /// ## HTTP request
    /// ``` http
    /// PATCH /customer
    /// ```
    ///
    /// ## Request body
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |name|String|The name.|
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    ///
    /// {
    ///   "name": "a"
    /// }
    /// ```
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let page = model.page(page.id);
    let is_excerpt = LazyCell::new(|| is_excerpt(model, page));
    for example in messages(page).filter(|example| example.message.role == Role::Request && is_json(*example)) {
        let Some(operation) = exchanges::operation(model, example) else { continue };
        let Some(body) = operation.body.as_ref().filter(|body| !body.properties.is_empty()) else { continue };
        if !example.is_of(&operation.routes) {
            continue;
        }
        let Some(root) = example.message.message.json() else { continue };
        let sent = exchanges::sent_type(model, example);
        // The table of an open type, or of what is created, lists what is special.
        if sent.is_some_and(|id| model.is_open(id)) || *is_excerpt {
            continue;
        }
        if is_wrapper(page, root, &body.properties) {
            continue;
        }
        // A row that is sent too is not what was meant by another name.
        let unsent = LazyCell::new(|| {
            let names: FxHashSet<&str> = root.members().iter().map(|member| &page.source[member.name]).collect();
            let listed = body.properties.iter().map(|property| property.name);
            listed.filter(|name| !names.contains(name)).collect::<Vec<&str>>()
        });
        for member in root.members() {
            let name = &page.source[member.name];
            let row = body.properties.iter().filter(|property| property.name.eq_ignore_ascii_case(name));
            // One row in the same letter case will do.
            if let Some(row) = row.max_by_key(|row| row.name == name) {
                if row.name != name {
                    report
                        .at(
                            example.at(member.name),
                            format!("the request body table lists `{}`, not `{name}`", row.name),
                        )
                        .help("write the name alike in both places")
                        .label(row.at, "it is listed here");
                }
                continue;
            }
            let known = sent.is_none_or(|id| model.property(id, name).is_some());
            // What the type does not have is reported as such.
            if !known || name.contains('@') || name.trim().is_empty() {
                continue;
            }
            let close = closest(name, unsent.iter().copied());
            report
                .at(example.at(member.name), format!("the request body table does not list `{name}`"))
                .help(did_you_mean(close, || "add a row for it, or delete it here".to_owned()))
                .label(body.at, "the request body is described here");
        }
    }
}

/// Whether the table is about the object, or the objects, that the body holds in its one member.
fn is_wrapper(page: &Page, root: &Value, properties: &[Property<'_>]) -> bool {
    let [only] = root.members() else { return false };
    let inner = only.value.items().first().unwrap_or(&only.value);
    let is_listed = |member: &Member| properties.iter().any(|property| property.name == &page.source[member.name]);
    inner.members().iter().any(is_listed)
}

/// Whether what leads to the table says that it lists some of the properties only: "the properties that are required
/// when you create …". Those of an action are all its parameters.
fn is_excerpt(model: &Model<'_>, page: &Page) -> bool {
    let parts = model.parts(page.id).iter().filter(|part| part.kind == Some(SectionKind::RequestBody));
    parts
        .flat_map(|part| {
            let leading = part.section.blocks.iter().take_while(|block| !matches!(block, Block::Table(_)));
            leading.filter_map(|block| match block {
                Block::Paragraph(span) => Some(part.page.source[*span].to_ascii_lowercase()),
                _ => None,
            })
        })
        .any(|text| (text.contains("required") || text.contains("at least")) && !text.contains("parameter"))
}
