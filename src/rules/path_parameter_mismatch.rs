use super::Report;
use super::names::{MAX_NAMES, closest, did_you_mean};
use crate::model::{Model, Operation, Parameter, Route};
use crate::span::Location;
use crate::syntax::Block;
use crate::syntax::construct::parameters::Place;
use std::cell::LazyCell;

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

/// In a product of rows and letters of paths above this, rows are not looked for in the texts of paths.
const MOST_LETTERS: usize = 1 << 24;

fn check(model: &Model<'_>, operation: &Operation<'_>, report: &mut Report<'_>) {
    let of = |place| operation.parameters.iter().filter(move |parameter| parameter.place == place);
    let has_functions = of(Place::Function).next().is_some();
    for place in [Place::Path, Place::Function].into_iter().filter(|place| of(*place).next().is_some()) {
        // The table may be that of another method of the page.
        let routes: Vec<&Route<'_>> =
            model.operations_of(operation.page).iter().flat_map(|other| other.routes.iter()).collect();
        let parameters = routes.iter().flat_map(|route| parameters(route, place, has_functions)).collect();
        Comparison { model, routes: &routes, rows: of(place).collect(), parameters, place }.check(report);
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
        let Some(first) = self.routes.first() else { return };
        // A function may take its parameters in the query.
        if self.place == Place::Function && self.parameters.is_empty() {
            return;
        }
        let parameters = Names::new(self.parameters.iter().flat_map(|(name, _)| self.names_of(name)));
        let written = self.written();
        for row in self.rows.iter().filter(|row| !self.is_in_path(row, &parameters, written.as_deref())) {
            let known = self.parameters.iter().map(|(name, _)| *name).filter(|_| self.parameters.len() <= MAX_NAMES);
            let help = did_you_mean(closest(row.name, known), || "correct the name, or delete the row".to_owned());
            report
                .at(row.at, format!("no request path has a parameter `{}`", row.name))
                .help(help)
                .label(first.at, "the path is documented here");
        }
        // Where a page has several paths, the table often tells what they have in common.
        if self.routes.len() == 1 && self.rows.len() < self.parameters.len() {
            self.check_parameters(report);
        }
    }

    /// Reports the parameters that have no row.
    fn check_parameters(&self, report: &mut Report<'_>) {
        let rows = Names::new(self.rows.iter().map(|row| folded(row.name)));
        let has_row = |parameter: &str| self.names_of(parameter).iter().any(|name| self.is_among(name, &rows));
        let table_at = LazyCell::new(|| self.table_at());
        for (name, at) in self.parameters.iter().filter(|(name, _)| !has_row(name)) {
            report
                .at(*at, format!("the {} parameters table lacks `{name}`", self.table()))
                .help("add a row for it")
                .label(*table_at, "the table stands here");
        }
    }

    /// The letters of the paths, one after the other; `None` where looking for each row in them would take too long.
    fn written(&self) -> Option<Vec<String>> {
        let letters: usize = self.routes.iter().map(|route| route.written.len()).sum();
        let is_path = self.place == Place::Path;
        let fits = letters.saturating_mul(self.rows.len()) <= MOST_LETTERS;
        fits.then(|| self.routes.iter().filter(|_| is_path).map(|route| folded(route.written)).collect())
    }

    /// Whether a path has what a row names. Where there is too much to look through, it is taken to have it.
    fn is_in_path(&self, row: &Parameter<'_>, parameters: &Names, written: Option<&[String]>) -> bool {
        let name = folded(row.name);
        let is_written = |written: &[String]| match self.place {
            Place::Function => self.routes.iter().any(|route| route.names(row.name)),
            _ => written.iter().any(|path| path.contains(&name)),
        };
        self.is_among(&name, parameters) || written.is_none_or(is_written)
    }

    fn is_among(&self, name: &str, names: &Names) -> bool {
        if self.place == Place::Function { names.has(name) } else { names.has_ending(name) }
    }

    /// What a parameter of a path is called: `{id | userPrincipalName}` is called one of two names, or both together.
    fn names_of(&self, parameter: &str) -> Vec<String> {
        let is_one = self.place == Place::Function || !parameter.contains('|');
        let alternatives = parameter.split('|').filter(|_| !is_one).map(folded);
        alternatives.chain(std::iter::once(folded(parameter))).collect()
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

/// Many names, among which others are looked up.
struct Names {
    /// Each from its end to its start, sorted.
    reversed: Vec<String>,
    /// Those that end in no other.
    shortest: Vec<String>,
}

impl Names {
    fn new(names: impl Iterator<Item = String>) -> Self {
        let mut reversed: Vec<String> = names.map(|name| name.chars().rev().collect()).collect();
        reversed.sort_unstable();
        reversed.dedup();
        let mut shortest: Vec<String> = Vec::new();
        for name in &reversed {
            if shortest.last().is_none_or(|last| !name.starts_with(last.as_str())) {
                shortest.push(name.clone());
            }
        }
        Names { reversed, shortest }
    }

    fn has(&self, name: &str) -> bool {
        let name: String = name.chars().rev().collect();
        self.reversed.binary_search(&name).is_ok()
    }

    /// Whether one ends in a name, or the name in one (`{customer-id}`, `id`).
    fn has_ending(&self, name: &str) -> bool {
        let name: String = name.chars().rev().collect();
        let at_or_after = self.reversed.partition_point(|other| *other < name);
        let at_or_before = self.shortest.partition_point(|other| *other <= name).checked_sub(1);
        self.reversed.get(at_or_after).is_some_and(|other| other.starts_with(&name))
            || at_or_before.is_some_and(|at| name.starts_with(&self.shortest[at]))
    }
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
