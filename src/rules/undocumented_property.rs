use super::Report;
use super::names::{MAX_NAMES, closest, did_you_mean};
use super::representations::{self, Representation};
use crate::model::Model;
use crate::syntax::Page;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

rule! {
    /// A member of the JSON representation that no table lists.
    ///
    /// ## Why
    /// Readers are not told what it is. Its type is guessed from the representation. Inherited properties may be
    /// listed by the base type, and open types may show more than they list.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "tenantId": "String",
    ///   "displayName": "String"
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
    ///   "tenantId": "String",
    ///   "displayName": "String"
    /// }
    /// ```
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for Representation { page: shown, id, root, .. } in representations::of(model, page) {
        let rows = representations::rows(model, page);
        if rows.is_empty() || model.is_open(id) {
            continue;
        }
        let bases: Vec<_> = model.ancestry(id).skip(1).collect();
        // Where a base type is not described, anything may be inherited.
        if model
            .ancestry(id)
            .any(|level| model.resource(level).base.as_ref().is_some_and(|base| base.resource.is_none()))
        {
            continue;
        }
        // A row that is shown too is not what was meant by another name.
        let unshown = LazyCell::new(|| {
            let names: FxHashSet<&str> = root.members().iter().map(|member| &shown.source[member.name]).collect();
            let listed = rows.iter().map(|(page, row)| &page.source[row.name]);
            listed.filter(|name| !names.contains(name)).collect::<Vec<&str>>()
        });
        let listed_names: FxHashSet<&str> = rows.iter().map(|(page, row)| &page.source[row.name]).collect();
        for member in root.members() {
            let name = &shown.source[member.name];
            let listed = listed_names.contains(name);
            let inherited = || bases.iter().any(|base| model.property(*base, name).is_some());
            let elsewhere = || representations::is_listed_elsewhere(model, id, page, name);
            if listed || inherited() || name.contains('@') || name.trim().is_empty() || elsewhere() {
                continue;
            }
            let close = closest(name, unshown.iter().copied().filter(|_| unshown.len() <= MAX_NAMES));
            let help = did_you_mean(close, || "add a row for it to the properties table".to_owned());
            let at = crate::span::Location::new(shown.id, member.name);
            report
                .at(at, format!("no table of `{}` lists the property `{name}`", model.resource(id).name.name))
                .help(help);
        }
    }
}
