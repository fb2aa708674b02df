use super::Report;
use super::held::{self, Held};
use crate::model::conformance::MismatchKind;
use crate::model::{Model, Primitive};

rule! {
    /// A string that is no value of its date or time type: the day does not exist, the zone is missing, or it is written
    /// in another form.
    ///
    /// ## Why
    /// Clients that are generated from the type refuse the value.
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
    ///   "created": "2024-02-30T08:00:00Z"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |created|DateTimeOffset|When it was created.|
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
    ///   "created": "2024-02-29T08:00:00Z"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |created|DateTimeOffset|When it was created.|
    /// ````
    Error, Held(check)
}

fn check(_: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    held.report(report, |page, mismatch| {
        let MismatchKind::Format(primitive) = mismatch.kind else { return None };
        let form = match primitive {
            Primitive::Date => "`YYYY-MM-DD`",
            Primitive::TimeOfDay => "`hh:mm:ss`",
            Primitive::DateTimeOffset => "`YYYY-MM-DDThh:mm:ssZ`",
            Primitive::Duration => "an ISO 8601 duration such as `PT1H30M`",
            Primitive::Guid => "32 hexadecimal digits in groups of 8, 4, 4, 4 and 12",
            _ => return None,
        };
        let (subject, declared) = (held::subject(mismatch), primitive.name());
        let message = format!("{subject} is declared as `{declared}`, and {} is none", &page.source[mismatch.span]);
        let help = match primitive {
            Primitive::Date | Primitive::DateTimeOffset => format!("write {form}, for a day and time that exist"),
            _ => format!("write {form}"),
        };
        Some((message, help))
    });
}
