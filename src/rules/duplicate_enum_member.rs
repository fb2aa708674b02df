use super::Report;
use super::names::may_repeat;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::EnumValues;
use rustc_hash::FxHashMap;

rule! {
    /// A member that an enumeration lists twice.
    ///
    /// ## Why
    /// One of the two rows is most likely meant for another member, which is then missing.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ### customerStatus values
    /// |Member|Description|
    /// |:---|:---|
    /// |active|Buys.|
    /// |active|May not buy.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ### customerStatus values
    /// |Member|Description|
    /// |:---|:---|
    /// |active|Buys.|
    /// |blocked|May not buy.|
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for (_, values) in page.find::<EnumValues>() {
        if !may_repeat(values.members.iter().map(|member| &page.source[member.name])) {
            continue;
        }
        let mut first: FxHashMap<&str, Span> = FxHashMap::default();
        for member in &values.members {
            let name = page.source[member.name].trim();
            let known = *first.entry(name).or_insert(member.name);
            if !name.is_empty() && known != member.name {
                report
                    .at(Location::new(page.id, member.name), format!("the member `{name}` is listed twice"))
                    .help("correct the name, or delete the row")
                    .label(Location::new(page.id, known), "listed here first");
            }
        }
    }
}
