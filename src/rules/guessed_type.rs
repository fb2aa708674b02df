use super::Report;
use super::names::list;
use crate::model::{Model, Origin, Resource};

rule! {
    /// A type that no page describes and that is therefore guessed.
    ///
    /// ## Why
    /// The output has an open object for it, with the properties that request body tables and examples show.
    /// Some may be missing, and their types may be wrong. Where its values are shown as strings, it is a string.
    /// `check` reports the cause: a broken link, or an unknown type.
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
    /// |tenantId|String|The tenant.|
    ///
    /// ## Response
    /// This method returns `200 OK` and a [customer](../resources/customer.md) object.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// ## HTTP request
    /// ``` http
    /// PATCH /customer
    /// ```
    ///
    /// ## Response
    /// This method returns `200 OK` and a [customer](../resources/customer.md) object.
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    /// ````
    Warning, Resource(check); only explains output
}

fn check(model: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    let Origin::Guessed(at) = resource.origin else { return };
    let name = resource.name.name;
    if model.is_shown_as_string(resource) {
        report
            .at(at, format!("no page describes `{name}`: it is guessed to be a string, as its values are shown"))
            .help(format!("write a page `{name} enum type`, or correct the name"));
        return;
    }
    let mut pages: Vec<&str> = Vec::new();
    for property in &resource.properties {
        let path = model.page(property.at.file).source.path.as_str();
        if !pages.contains(&path) {
            pages.push(path);
        }
    }
    let count = resource.properties.len();
    let shown = match count {
        0 => "nothing shows its properties".to_owned(),
        1 => format!("its only known property is taken from {}", list(pages, "and")),
        _ => format!("its {count} known properties are taken from {}", list(pages, "and")),
    };
    let finding = report.at(at, format!("no page describes `{name}`: it is guessed to be an open object, and {shown}"));
    finding.help(format!("write a page `{name} resource type`, or correct the name"));
    if let Some(first) = resource.properties.first() {
        finding.label(first.at, "the first of its properties is taken from here");
    }
}
