use super::Report;
use super::certainty;
use super::held::Held;
use crate::model::conformance::is_url;
use crate::model::{Item, Model, Primitive, Property, Shown};

rule! {
    /// A string that is no absolute URL, where the type or the JSON representation says `url`.
    ///
    /// ## Why
    /// Clients cannot follow it.
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
    ///   "site": "www.contoso.com/a b"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |site|String|Its site.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// { "site": "url" }
    /// ```
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
    ///   "site": "https://www.contoso.com/a"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |site|String|Its site.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// { "site": "url" }
    /// ```
    /// ````
    Error, Held(check)
}

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    let is_of_urls = |property: &Property<'_>| match property.of.of {
        Item::Primitive(Primitive::Url) => true,
        Item::Primitive(Primitive::String) => property.shown == Shown::Url,
        _ => false,
    };
    for (member, property) in held.members(model, is_of_urls) {
        let items =
            if member.value.items().is_empty() { std::slice::from_ref(&member.value) } else { member.value.items() };
        for item in items {
            let Some(text) = item.as_str(&held.page.source) else { continue };
            if text.is_empty() || is_url(&text) || certainty::is_stand_in(&text) {
                continue;
            }
            report
                .at(held.at(item.span), format!("`{}` is a URL, and `{text}` is none", property.name))
                .help("write an absolute URL, such as `https://www.contoso.com/`")
                .label(property.at, "declared here");
        }
    }
}
