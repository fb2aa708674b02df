use super::Report;
use super::certainty::{self, unquoted};
use super::held::Held;
use super::names::{closest, did_you_mean, list};
use crate::model::conformance::MismatchKind;
use crate::model::{Item, Model, Primitive, Property, Shown};
use crate::syntax::json::Kind;

rule! {
    /// A string that the enumeration of its property does not have.
    ///
    /// ## Why
    /// Clients that are generated from the type do not know the value.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Response
    /// Returns `200 OK` and a [customer](../resources/customer.md) object.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "status": "open"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|customerStatus|The status.|
    ///
    /// ### customerStatus values
    /// |Member|Description|
    /// |:---|:---|
    /// |active|In use.|
    /// |closed|Given up.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Response
    /// Returns `200 OK` and a [customer](../resources/customer.md) object.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "status": "active"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|customerStatus|The status.|
    ///
    /// ### customerStatus values
    /// |Member|Description|
    /// |:---|:---|
    /// |active|In use.|
    /// |closed|Given up.|
    /// ````
    Error, Held(check)
}

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    held.report(report, |page, mismatch| {
        let MismatchKind::EnumValue(Item::Enum(id)) = mismatch.kind else { return None };
        let found = model.enumeration(id);
        let members = found.members.iter().map(|member| member.name);
        let text = unquoted(&page.source[mismatch.span]);
        Some((format!("`{text}` is no `{}`", found.name.name), advice(text, members)))
    });
    let is_listed = |property: &Property<'_>| {
        matches!(property.shown, Shown::OneOf(_)) && property.of.of == Item::Primitive(Primitive::String)
    };
    for (member, property) in held.members(model, is_listed) {
        let Shown::OneOf(values) = &property.shown else { continue };
        let items =
            if member.value.items().is_empty() { std::slice::from_ref(&member.value) } else { member.value.items() };
        for item in items {
            let Kind::String(span) = item.kind else { continue };
            let text = &held.page.source[span];
            if certainty::is_stand_in(text) || certainty::is_one_of(text, values) {
                continue;
            }
            report
                .at(held.at(item.span), format!("`{text}` is none of the values of `{}`", property.name))
                .help(advice(text, values.iter().copied()))
                .label(property.at, "declared here; the JSON representation lists the values");
        }
    }
}

/// The close value, else all, unless they are many.
fn advice<'n>(text: &str, values: impl Iterator<Item = &'n str> + Clone) -> String {
    const MAX_SHOWN: usize = 8;
    did_you_mean(closest(text, values.clone()), || match values.clone().count() {
        ..=MAX_SHOWN => format!("use {}, or add it to the values", list(values, "or")),
        _ => "use one of its values, or add it to them".to_owned(),
    })
}
