use super::Report;
use crate::model::route::MAX_LENGTH;
use crate::model::{Model, Operation};

rule! {
    /// A documented path of more than 300 bytes.
    ///
    /// ## Why
    /// Hardly any server takes such a URL, and YAML readers take no such key: it is left out of the OpenAPI document.
    ///
    /// ## Example
    /// ````md
    /// # Get part
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customerId}/orders/{orderId}/level1/{level1Id}/level2/{level2Id}/level3/{level3Id}/level4/{level4Id}/level5/{level5Id}/level6/{level6Id}/level7/{level7Id}/level8/{level8Id}/level9/{level9Id}/level10/{level10Id}/level11/{level11Id}/level12/{level12Id}/level13/{level13Id}/level14/{level14Id}/level15/{level15Id}/level16/{level16Id}
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get part
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /parts/{partId}
    /// ```
    /// ````
    Warning, Operation(check); explains output
}

fn check(_: &Model<'_>, operation: &Operation<'_>, report: &mut Report<'_>) {
    for route in operation.routes.iter().filter(|route| route.written.len() > MAX_LENGTH) {
        let message = format!("the path has {} bytes, and one may have {MAX_LENGTH}", route.written.len());
        report.at(route.at, message).help("document a shorter path; this one is left out of the OpenAPI document");
    }
}
