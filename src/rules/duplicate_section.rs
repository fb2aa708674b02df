use super::Report;
use crate::span::Location;
use crate::syntax::{Heading, Page, inline};
use std::borrow::Cow;

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
    let mut seen: Vec<(Cow<'_, str>, Heading)> = Vec::new();
    for section in &page.sections {
        let known = section.has_own_kind;
        let Some(heading) = section.heading.filter(|heading| known && heading.level == 2) else { continue };
        let text = folded(&page.source[heading.text]);
        match seen.iter().find(|(other, _)| other.eq_ignore_ascii_case(&text)) {
            Some((_, first)) => {
                report
                    .at(
                        Location::new(page.id, heading.text),
                        format!("the section `{}` stands here twice", &page.source[heading.text]),
                    )
                    .help("merge the two, or tell them apart by their headings")
                    .label(Location::new(page.id, first.text), "the first");
            }
            None => seen.push((text, heading)),
        }
    }
}

/// The text of a heading, which ASCII letter case alone still tells from one that reads the same.
fn folded(heading: &str) -> Cow<'_, str> {
    match inline::plain(heading) {
        Cow::Borrowed(plain) if plain.is_ascii() => Cow::Borrowed(plain.trim()),
        plain => Cow::Owned(plain.trim().to_lowercase()),
    }
}
