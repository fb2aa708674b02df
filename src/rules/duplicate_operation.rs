use super::Report;
use super::duplicate_request_name::version;
use crate::model::{Model, Operation, Route};
use crate::span::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

rule! {
    /// One method and path that several pages document.
    ///
    /// ## Why
    /// A server has one answer to a request. Readers find one of the pages, and do not know of the other. A
    /// generated server calls the operation that comes first, and never the other.
    ///
    /// ## Example
    /// ````md
    /// //- customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{id}
    /// ```
    /// //- customer-show.md
    /// # Show customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customer-id}
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{id}
    /// ```
    /// //- order-get.md
    /// # Get order
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /orders/{order-id}
    /// ```
    /// ````
    Hint, Docset(check); explains output
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    let mut first: FxHashMap<(&str, &str, String), (&Operation<'_>, &Route<'_>)> = FxHashMap::default();
    // Two pages that share one path mostly share them all.
    let mut said: FxHashSet<(FileId, FileId)> = FxHashSet::default();
    for operation in &model.operations {
        let version = version(model.page(operation.page));
        for route in operation.routes.iter().filter(|route| route.is_usable()) {
            let (other, known) = *first.entry((version, operation.method, key(route))).or_insert((operation, route));
            if other.page == operation.page || !said.insert((other.page, operation.page)) {
                continue;
            }
            let message = format!("`{} {}` is documented on two pages", operation.method, route.path());
            report
                .at(route.at, message)
                .help(format!("keep one page, or say on both how they differ; the other is \"{}\"", other.title.trim()))
                .label(known.at, "documented here first");
        }
    }
}

/// What a server tells routes apart by: the path, and a query that is part of the template.
fn key(route: &Route<'_>) -> String {
    route.query.map_or_else(|| route.key(), |query| format!("{}?{}", route.key(), query.to_lowercase()))
}
