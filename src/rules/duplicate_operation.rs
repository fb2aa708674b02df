use super::Report;
use super::duplicate_request_name::version;
use crate::model::{Model, Operation, Route};
use crate::span::FileId;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

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
    let operations = model.operations.par_iter();
    let places: Vec<Place<'_>> = operations.flat_map_iter(|operation| places(model, operation)).collect();
    let mut firsts: FxHashMap<&Key<'_>, &Place<'_>> = FxHashMap::with_capacity_and_hasher(places.len(), FxBuildHasher);
    let mut later: Vec<(&Place<'_>, &Place<'_>)> = Vec::new();
    let mut pages: FxHashMap<&Key<'_>, FxHashSet<FileId>> = FxHashMap::default();
    for place in &places {
        let first = *firsts.entry(&place.key).or_insert(place);
        if !std::ptr::eq(first, place) {
            later.push((first, place));
            pages.entry(&place.key).or_default().extend([first.operation.page, place.operation.page]);
        }
    }
    // Two pages that share one path mostly share them all.
    let mut said: FxHashSet<(FileId, FileId)> = FxHashSet::default();
    for (first, Place { key, operation, route }) in later {
        if first.operation.page == operation.page || !said.insert((first.operation.page, operation.page)) {
            continue;
        }
        let (count, all, other) = match pages[key].len() {
            2 => ("two".to_owned(), "both", "other"),
            count => (count.to_string(), "all", "first"),
        };
        let title = first.operation.title.trim();
        report
            .at(route.at, format!("`{} {}` is documented on {count} pages", operation.method, route.path()))
            .help(format!("keep one page, or say on {all} how they differ; the {other} is \"{title}\""))
            .label(first.route.at, "documented here first");
    }
}

/// Version, method and path.
type Key<'d> = (&'d str, &'d str, String);

/// A path that an operation documents.
struct Place<'m> {
    key: Key<'m>,
    operation: &'m Operation<'m>,
    route: &'m Route<'m>,
}

fn places<'m>(model: &'m Model<'m>, operation: &'m Operation<'m>) -> impl Iterator<Item = Place<'m>> {
    let version = version(model.page(operation.page));
    operation.routes.iter().map(move |route| Place { key: (version, operation.method, key(route)), operation, route })
}

/// What a server tells routes apart by: the path, and a query that is part of the template.
fn key(route: &Route<'_>) -> String {
    route.query.map_or_else(|| route.key(), |query| format!("{}?{}", route.key(), query.to_lowercase()))
}
