use super::Report;
use super::names::{InOrder, MAX_NAMES, closest, did_you_mean};
use super::representations::{self, Description};
use crate::model::{Model, ResourceId};
use crate::span::Location;
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
    Error, Description(check)
}

fn check(model: &Model<'_>, described: &Description<'_>, report: &mut Report<'_>) {
    let Description { page, shown, rows } = described;
    if rows.is_empty() {
        return;
    }
    let listed = || rows.iter().map(|(page, row)| &page.source[row.name]);
    for found in shown.iter().filter(|found| !model.is_open(found.id) && !is_partly_unknown(model, found.id)) {
        let members = found.root.members();
        // A row that is shown too is not what was meant by another name.
        let unshown = LazyCell::new(|| {
            let names: FxHashSet<&str> = members.iter().map(|member| found.name(member)).collect();
            listed().filter(|name| !names.contains(name)).collect::<Vec<&str>>()
        });
        let mut listed = InOrder::new(listed());
        for member in members {
            let name = found.name(member);
            let inherited = || model.ancestry(found.id).skip(1).any(|base| model.property(base, name).is_some());
            let elsewhere = || representations::is_listed_elsewhere(model, found.id, page, name);
            if name.contains('@') || name.trim().is_empty() || listed.has(name) || inherited() || elsewhere() {
                continue;
            }
            let close = closest(name, unshown.iter().copied().filter(|_| unshown.len() <= MAX_NAMES));
            let help = did_you_mean(close, || "add a row for it to the properties table".to_owned());
            let at = Location::new(found.page.id, member.name);
            report
                .at(at, format!("no table of `{}` lists the property `{name}`", model.resource(found.id).name.name))
                .help(help);
        }
    }
}

/// Whether a base type is not described: anything may be inherited.
fn is_partly_unknown(model: &Model<'_>, id: ResourceId) -> bool {
    let is_unknown = |level| model.resource(level).base.as_ref().is_some_and(|base| base.resource.is_none());
    model.ancestry(id).any(is_unknown)
}
