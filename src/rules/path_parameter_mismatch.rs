use super::Report;
use super::names::{closest, did_you_mean};
use crate::model::{Model, Operation, Parameter, Route};
use crate::span::Location;
use crate::syntax::Block;
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
    // The table may be that of another method of the page.
    let routes: Vec<&Route<'_>> = model.operations_of(operation.page).iter().flat_map(|other| &other.routes).collect();
    let has_functions = operation.parameters.iter().any(|parameter| parameter.place == Place::Function);
    for place in [Place::Path, Place::Function] {
        let rows: Vec<_> = operation.parameters.iter().filter(|parameter| parameter.place == place).collect();
        let parameters = routes.iter().flat_map(|route| parameters(route, place, has_functions)).collect();
        Comparison { model, routes: &routes, rows, parameters, place }.check(report);
    }
}

/// The parameters of a route that a table is about. What a table of a function's parameters lists is not asked of the
/// other.
fn parameters<'d>(route: &Route<'d>, place: Place, has_functions: bool) -> Vec<(&'d str, Location)> {
    let named = route.parameters().zip(route.arguments());
    let meant = named.filter(|(_, argument)| match place {
        Place::Function => argument.is_some(),
        _ => argument.is_none() || !has_functions,
    });
    meant
        .map(|((_, written, at), argument)| (argument.filter(|_| place == Place::Function).unwrap_or(written), at))
        .collect()
}

/// A table held against the paths of its page.
struct Comparison<'c, 'd> {
    model: &'c Model<'d>,
    routes: &'c [&'c Route<'d>],
    rows: Vec<&'c Parameter<'d>>,
    parameters: Vec<(&'d str, Location)>,
    place: Place,
}

impl Comparison<'_, '_> {
    fn check(&self, report: &mut Report<'_>) {
        let Some(first) = self.routes.first().filter(|_| !self.rows.is_empty()) else { return };
        // A function may take its parameters in the query.
        if self.place == Place::Function && self.parameters.is_empty() {
            return;
        }
        for row in self.rows.iter().filter(|row| !self.is_in_path(row)) {
            let help = did_you_mean(closest(row.name, self.parameters.iter().map(|(name, _)| *name)), || {
                "correct the name, or delete the row".to_owned()
            });
            report
                .at(row.at, format!("no request path has a parameter `{}`", row.name))
                .help(help)
                .label(first.at, "the path is documented here");
        }
        // Where a page has several paths, the table often tells what they have in common.
        if self.routes.len() > 1 || self.rows.len() >= self.parameters.len() {
            return;
        }
        for (name, at) in &self.parameters {
            if !self.rows.iter().any(|row| self.is_same(name, row.name)) {
                report
                    .at(*at, format!("the {} parameters table lacks `{name}`", self.table()))
                    .help("add a row for it")
                    .label(self.table_at(), "the table stands here");
            }
        }
    }

    fn is_in_path(&self, row: &Parameter<'_>) -> bool {
        let is_written = |route: &&Route<'_>| match self.place {
            Place::Function => route.names(row.name),
            _ => folded(route.written).contains(&folded(row.name)),
        };
        self.parameters.iter().any(|(name, _)| self.is_same(name, row.name)) || self.routes.iter().any(is_written)
    }

    fn is_same(&self, parameter: &str, row: &str) -> bool {
        match self.place {
            Place::Function => folded(parameter) == folded(row),
            _ => same(parameter, row),
        }
    }

    /// The first line of the table.
    fn table_at(&self) -> Location {
        let row = self.rows[0].at;
        let page = self.model.page(row.file);
        let table = page.blocks().find_map(|block| match block {
            Block::Table(table) if table.span.contains(row.span) => Some(table.span),
            _ => None,
        });
        table.map_or(row, |table| Location::new(row.file, page.source.line_span(table.start)))
    }

    fn table(&self) -> &'static str {
        if self.place == Place::Function { "function" } else { "path" }
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
