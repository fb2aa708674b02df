use super::Report;
use super::names::may_repeat;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::Properties;
use rustc_hash::FxHashMap;

rule! {
    /// A property that a page lists twice.
    ///
    /// ## Why
    /// The two rows may contradict each other; the first counts.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    /// |tenantId|Guid|The tenant of the customer.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant of the customer.|
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for (_, table) in page.find::<Properties>() {
        if !may_repeat(table.rows.iter().map(|row| &page.source[row.name])) {
            continue;
        }
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for row in &table.rows {
            let name = &page.source[row.name];
            let first = *seen.entry(name).or_insert(row.name);
            if first != row.name && !name.is_empty() {
                report
                    .at(Location::new(page.id, row.name), format!("the property `{name}` is listed twice"))
                    .help("delete one of the rows")
                    .label(Location::new(page.id, first), "the first row");
            }
        }
    }
}
