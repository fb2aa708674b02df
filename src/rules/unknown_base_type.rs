use super::Report;
use super::links::{is_broken, link_at};
use super::names::{closest, did_you_mean};
use crate::model::{Item, Model, Origin, Resource};

rule! {
    /// A base type that no page describes.
    ///
    /// ## Why
    /// The properties that the resource inherits are not known, so what is generated lacks them.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## JSON representation
    /// <!-- {
    ///   "blockType": "resource",
    ///   "@odata.type": "microsoft.graph.customer",
    ///   "baseType": "microsoft.graph.entity"
    /// }
    /// -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- customer.md
    /// # customer resource type
    ///
    /// ## JSON representation
    /// <!-- {
    ///   "blockType": "resource",
    ///   "@odata.type": "microsoft.graph.customer",
    ///   "baseType": "microsoft.graph.entity"
    /// }
    /// -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// //- entity.md
    /// # entity resource type
    /// ````
    Error, Resource(check)
}

fn check(model: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    let Some(base) = resource.base.as_ref().filter(|base| base.resource.is_none()) else { return };
    let page = model.page(base.at.file);
    let known = model.lookup(page, base.name);
    let broken = link_at(page, base.at.span).is_some_and(|link| is_broken(model, page, link));
    // A base that is known was cut because it closes a circle.
    if broken || matches!(known, Some(Item::Resource(_))) {
        return;
    }
    if known.is_some() {
        let message = format!("the base type `{}` of `{}` is an enumeration", base.name, resource.name.name);
        report.at(base.at, message).help("name a resource");
        return;
    }
    let described = model.resources.iter().filter(|resource| resource.origin == Origin::Described);
    let short = base.name.rsplit_once('.').map_or(base.name, |(_, short)| short);
    let close = closest(short, described.map(|resource| resource.name.name).filter(|name| *name != resource.name.name));
    let help = did_you_mean(close, || "write a page that describes it, or correct the name".to_owned());
    report
        .at(base.at, format!("no page describes `{}`, the base type of `{}`", base.name, resource.name.name))
        .help(help);
}
