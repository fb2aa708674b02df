use super::Report;
use super::names::{closest, did_you_mean, is_plain};
use crate::model::{Model, Resource};
use crate::span::Location;

rule! {
    /// A `keyProperty` that is no property of the type.
    ///
    /// ## Why
    /// It is not known how an object of this type is addressed.
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
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer", "keyProperty": "tenantID" } -->
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
    /// |tenantId|String|The tenant.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer", "keyProperty": "tenantId" } -->
    /// ``` json
    /// {
    ///   "tenantId": "String"
    /// }
    /// ```
    /// ````
    Warning, Resource(check), Unsafe fix
}

fn check(model: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    let (Some(key), Some(id)) = (resource.key, model.id_of(resource)) else { return };
    // What an unknown base type has is not known either.
    let unknown_base =
        model.ancestry(id).any(|level| model.resource(level).base.as_ref().is_some_and(|base| base.resource.is_none()));
    if unknown_base || model.property(id, key).is_some() {
        return;
    }
    let files = std::iter::once(resource.at.file).chain(resource.pages.iter().copied());
    let Some(at) = files.into_iter().find_map(|file| Some(Location::new(file, model.page(file).source.span_of(key)?)))
    else {
        return;
    };
    let properties = model.all_properties(id);
    let close = closest(key, properties.iter().map(|property| property.name));
    let help = did_you_mean(close, || "add it to the properties, or name one of them".to_owned());
    let finding = report.at(at, format!("the key property `{key}` is no property of `{}`", resource.name.name));
    finding.help(help);
    if let Some(close) = close.filter(|close| is_plain(close)) {
        finding.unsafe_fix(at.span, close);
    }
}
