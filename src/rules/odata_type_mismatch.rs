use super::Report;
use super::held::Held;
use crate::model::Model;
use crate::model::conformance::MismatchKind;

rule! {
    /// An `@odata.type` in a body that is neither the type expected there nor derived from it.
    ///
    /// ## Why
    /// Clients read the value as the type that it names, and then do not accept it where it stands.
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
    ///   "@odata.type": "#microsoft.graph.order",
    ///   "size": 12
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// //- resources/order.md
    /// # order resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
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
    ///   "@odata.type": "#microsoft.graph.customer",
    ///   "size": 12
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// //- resources/order.md
    /// # order resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// ````
    Error, Held(check)
}

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    held.report(report, |_, mismatch| {
        let MismatchKind::OtherType { name, expected } = mismatch.kind else { return None };
        let what = match mismatch.property {
            Some(property) => format!("`{}`", property.name),
            None => "the body".to_owned(),
        };
        let expected = model.resource(expected).name.name;
        let name = name.trim_start_matches('#');
        let message = format!("{what} is of type `{expected}`, and `{name}` does not derive from it");
        Some((
            message,
            "name the declared type or one derived from it, or say in its page that it derives from it".to_owned(),
        ))
    });
}
