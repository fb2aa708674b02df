use super::Report;
use super::names::InOrder;
use super::representations::{Description, Representation};
use crate::model::{Model, Primitive};
use crate::span::Location;
use crate::syntax::construct::NamedRow;
use crate::syntax::{Page, TypeRef};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

rule! {
    /// A property that the JSON representation lacks.
    ///
    /// ## Why
    /// Readers who look at the representation alone do not know of it. Relationships, inherited properties and
    /// streams need not be there.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |displayName|String|The name.|
    /// |tenantId|String|The tenant.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "tenantId": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |displayName|String|The name.|
    /// |tenantId|String|The tenant.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "displayName": "String",
    ///   "tenantId": "String"
    /// }
    /// ```
    /// ````
    Warning, Description(check)
}

fn check(model: &Model<'_>, described: &Description<'_>, report: &mut Report<'_>) {
    let Description { shown, rows, .. } = described;
    // An ellipsis says that not all is shown.
    let whole = |found: &Representation<'_>| !found.is_shortened && !found.root.members().is_empty();
    let Some(first) = shown.first().filter(|_| shown.iter().all(whole)) else { return };
    let members = || shown.iter().flat_map(|found| found.root.members().iter().map(|member| found.name(member)));
    let mut names = InOrder::new(members());
    let in_lower_case = LazyCell::new(|| members().map(str::to_ascii_lowercase).collect::<FxHashSet<String>>());
    for (file, row) in rows.iter().filter(|(_, row)| !row.relationships) {
        let name = &file.source[row.name];
        let is_name = || name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.is_empty();
        let inherited =
            || row.facts.inherited || model.ancestry(first.id).skip(1).any(|base| model.property(base, name).is_some());
        let is_shown = names.has(name) || in_lower_case.contains(&name.to_ascii_lowercase());
        if is_shown || !is_name() || inherited() || is_stream(file, row) {
            continue;
        }
        report
            .at(Location::new(file.id, row.name), format!("the JSON representation lacks the property `{name}`"))
            .help("add it to the representation, or delete the row")
            .label(
                Location::new(first.page.id, first.page.source.line_span(first.root.span.start)),
                "the JSON representation",
            );
    }
}

fn is_stream(page: &Page, row: &NamedRow) -> bool {
    let Some(TypeRef::Name(span)) = row.type_name.as_ref().map(|name| name.of) else { return false };
    Primitive::parse(&page.source[span]) == Some(Primitive::Stream)
}
