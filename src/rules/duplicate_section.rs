use super::Report;
use super::names::may_repeat;
use crate::span::Location;
use crate::syntax::{Heading, Page, inline};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

rule! {
    /// The same known section twice on a page.
    ///
    /// ## Why
    /// The two may contradict each other, and readers stop at the first.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Response
    /// Returns a customer.
    ///
    /// ## Response
    /// Returns `200 OK`.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Response
    /// Returns `200 OK` and a customer.
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let known = page.sections.iter().filter(|section| section.has_own_kind).filter_map(|section| section.heading);
    let known = known.filter(|heading| heading.level == 2);
    let text = |heading: Heading| &page.source[heading.text];
    if !may_repeat(known.clone().map(|heading| inline::plain(text(heading)))) {
        return;
    }
    let mut seen: FxHashMap<String, Heading> = FxHashMap::default();
    for heading in known {
        match seen.entry(folded(text(heading))) {
            Entry::Occupied(first) => {
                report
                    .at(
                        Location::new(page.id, heading.text),
                        format!("the section `{}` stands here twice", text(heading)),
                    )
                    .help("merge the two, or tell them apart by their headings")
                    .label(Location::new(page.id, first.get().text), "the first");
            }
            Entry::Vacant(place) => drop(place.insert(heading)),
        }
    }
}

/// The text of a heading, which is the same of all that read the same.
fn folded(heading: &str) -> String {
    inline::plain(heading).trim().to_lowercase()
}
