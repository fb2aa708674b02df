use super::Report;
use super::held::{self, Held};
use crate::model::{Model, ResourceId};
use crate::syntax::json::Kind;

rule! {
    /// A null where the annotation of the type lists the `nullableProperties`, and this is none of them.
    ///
    /// ## Why
    /// Clients that are generated from the type do not expect null.
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
    ///   "size": null
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// |name|String|The name.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer", "nullableProperties": ["name"] } -->
    /// ``` json
    /// { "size": 1024, "name": "String" }
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
    ///   "size": null
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// |name|String|The name.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer", "nullableProperties": ["size"] } -->
    /// ``` json
    /// { "size": 1024, "name": "String" }
    /// ```
    /// ````
    Warning, Held(check)
}

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    let source = &held.page.source;
    let own = held.annotation.and_then(|annotation| annotation.value("nullableProperties", source));
    let own = own.map(|list| (held.at(list.span), held::names_in(list, source)));
    for (object, id) in &held.objects {
        for member in object.members().iter().filter(|member| matches!(member.value.kind, Kind::Null)) {
            let name = &source[member.name];
            let Some(level) = declaring(model, *id, name) else { continue };
            let lists = [own.clone(), held::listed_names(model, level, "nullableProperties")];
            let mut lists = lists.into_iter().flatten();
            let Some((at, names)) = lists.next() else { continue };
            if names.contains(&name) || lists.any(|(_, names)| names.contains(&name)) {
                continue;
            }
            report
                .at(held.at(member.value.span), format!("`{name}` is null, and is none of the `nullableProperties`"))
                .help("show a value, or add it to the list")
                .label(at, "the list");
        }
    }
}

/// The type, of an object's own and those it derives from, that lists a property.
fn declaring(model: &Model<'_>, id: ResourceId, name: &str) -> Option<ResourceId> {
    let has = |level: &ResourceId| model.resource(*level).properties.iter().any(|property| property.name == name);
    model.ancestry(id).find(has)
}
