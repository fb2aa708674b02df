use super::Report;
use super::names::{closest, did_you_mean};
use crate::model::{Model, Operation, Route};
use crate::span::Location;
use crate::syntax::construct::parameters::Place;

rule! {
    /// A row of the "Path parameters" table that no request path has, or a parameter of the path without a row.
    ///
    /// ## Why
    /// Readers do not know what to put into the path, or look for a parameter that is not there.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customer-id}
    /// ```
    ///
    /// ## Path parameters
    /// |Parameter|Type|Description|
    /// |:---|:---|:---|
    /// |tenant-id|String|The tenant.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customer-id}
    /// ```
    ///
    /// ## Path parameters
    /// |Parameter|Type|Description|
    /// |:---|:---|:---|
    /// |customer-id|String|The customer.|
    /// ````
    Warning, Operation(check)
}

fn check(model: &Model<'_>, operation: &Operation<'_>, report: &mut Report<'_>) {
    let rows: Vec<_> = operation.parameters.iter().filter(|parameter| parameter.place == Place::Path).collect();
    // The table may be that of another method of the page.
    let routes: Vec<&Route<'_>> = model.operations_of(operation.page).iter().flat_map(|other| &other.routes).collect();
    let Some(first) = routes.first().filter(|_| !rows.is_empty()) else { return };
    let parameters: Vec<(&str, Location)> =
        routes.iter().flat_map(|route| route.parameters().map(|(_, written, at)| (written, at))).collect();
    for row in &rows {
        let written = |route: &&Route<'_>| folded(route.written).contains(&folded(row.name));
        if parameters.iter().any(|(name, _)| same(name, row.name)) || routes.iter().any(written) {
            continue;
        }
        let help = did_you_mean(closest(row.name, parameters.iter().map(|(name, _)| *name)), || {
            "correct the name, or delete the row".to_owned()
        });
        report
            .at(row.at, format!("no request path has a parameter `{}`", row.name))
            .help(help)
            .label(first.at, "the path is documented here");
    }
    // Where a page has several paths, the table often tells what they have in common.
    for (name, at) in parameters.iter().filter(|_| routes.len() == 1 && rows.len() < parameters.len()) {
        if rows.iter().any(|row| same(name, row.name)) {
            continue;
        }
        report
            .at(*at, format!("the path parameters table lacks `{name}`"))
            .help("add a row for it")
            .label(rows[0].at, "the table stands here");
    }
}

/// Whether a parameter of a path is the one that a row names: the same letters, or one of the alternatives
/// (`{id | userPrincipalName}`), or one is the end of the other (`{customer-id}`, `id`).
fn same(parameter: &str, row: &str) -> bool {
    let row = folded(row);
    parameter.split('|').map(folded).any(|name| name.ends_with(&row) || row.ends_with(&name))
        || folded(parameter) == row
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
