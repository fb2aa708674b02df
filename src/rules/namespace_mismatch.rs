use super::Report;
use super::todo_placeholder::is_placeholder;
use crate::model::Model;
use crate::span::{Location, Span};
use crate::syntax::{BlockType, Page};

rule! {
    /// A `Namespace:` line that differs from the namespace of the annotated type, or of the page annotation.
    ///
    /// ## Why
    /// The type has two qualified names; code and `@odata.type` can hold only one of them.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// Namespace: microsoft.graph.partners
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// Namespace: microsoft.graph
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    Error, Linked(check), Safe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let Some(line) = page.namespace else { return };
    let written = &page.source[line];
    if written.is_empty() || is_placeholder(written) {
        return;
    }
    let at = Location::new(page.id, line);
    if let Some((other, span)) = annotated(page).find(|(other, _)| *other != written) {
        report
            .at(at, format!("the namespace is `{written}` here, but `{other}` in the annotation"))
            .help("correct the one that is wrong")
            .label(Location::new(page.id, span), "the annotation");
        return;
    }
    let usual = usual(model, written).filter(|_| annotated(page).next().is_none());
    if let Some(usual) = usual {
        report
            .at(at, format!("no type has the namespace `{written}`"))
            .help(format!("did you mean `{usual}`?"))
            .fix(line, usual);
    }
}

/// The namespaces that annotations of the page name.
fn annotated(page: &Page) -> impl Iterator<Item = (&str, Span)> {
    page.annotations().filter_map(|annotation| match annotation.block_type {
        BlockType::Resource => {
            let span = annotation.type_name(&page.source)?;
            let (namespace, _) = page.source[span].trim_start_matches('#').rsplit_once('.')?;
            Some((namespace, span))
        }
        BlockType::Page => {
            let value = annotation.value("namespace", &page.source)?;
            Some((page.source[value.span].trim_matches('"'), value.span)).filter(|(namespace, _)| !namespace.is_empty())
        }
        _ => None,
    })
}

/// The namespace of a type that is meant by one that no type has: another letter case, a dot at the end, a
/// name twice.
fn usual<'m>(model: &'m Model<'_>, written: &str) -> Option<&'m str> {
    let namespaces = || model.resources.iter().map(|resource| resource.name.namespace.as_ref());
    if namespaces().any(|namespace| namespace == written) {
        return None;
    }
    let mut names: Vec<&str> = written.trim_end_matches('.').split('.').collect();
    names.dedup();
    let meant = names.join(".");
    namespaces().find(|namespace| namespace.eq_ignore_ascii_case(&meant))
}
