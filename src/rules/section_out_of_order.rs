use super::Report;
use crate::span::Location;
use crate::syntax::{Heading, Page, PageKind, SectionKind};

rule! {
    /// The sections of an operation page in another order than the usual: permissions, HTTP request, parameters, request
    /// headers, request body, response, examples.
    ///
    /// ## Why
    /// Readers know the order, and look for a section where it stands on other pages.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Request body
    ///
    /// ## Request headers
    ///
    /// ## Response
    /// Returns `200 OK`.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Request headers
    ///
    /// ## Request body
    ///
    /// ## Response
    /// Returns `200 OK`.
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    // Most pages have them in order.
    if placed(page).is_sorted_by_key(|(kind, _)| place(kind)) {
        return;
    }
    let known = known(page);
    let kept = in_order(&known);
    let place_of = |at: &usize| place(known[*at].0);
    let text = |at: &usize| &page.source[known[*at].1.text];
    for index in (0..known.len()).filter(|index| !kept.contains(index)) {
        let later = kept.iter().rfind(|other| **other < index && place_of(other) > place_of(&index));
        let mut earlier = kept.iter().filter(|other| **other > index && place_of(other) < place_of(&index));
        let (does, other, help, role) = match (later, earlier.next()) {
            (Some(other), _) => ("after", other, "put it before".to_owned(), "the section that should follow it"),
            (None, Some(other)) => {
                let last = earlier.next_back().unwrap_or(other);
                ("before", other, format!("put it after `{}`", text(last)), "a section that it should follow")
            }
            (None, None) => continue,
        };
        let at = |at: &usize| Location::new(page.id, known[*at].1.text);
        report
            .at(at(&index), format!("`{}` comes {does} `{}`", text(&index), text(other)))
            .help(help)
            .label(at(other), role);
    }
}

/// The sections that have a place in the order, up to one of a kind that stood before: a page that describes several
/// requests starts over there, and what follows has none.
fn known(page: &Page) -> Vec<(SectionKind, Heading)> {
    let mut known: Vec<(SectionKind, Heading)> = Vec::new();
    for (kind, heading) in placed(page) {
        if known.iter().any(|(other, _)| *other == kind) {
            break;
        }
        known.push((kind, heading));
    }
    known
}

/// The sections of kinds that have a place in the order.
fn placed(page: &Page) -> impl Iterator<Item = (SectionKind, Heading)> {
    let own = page.sections.iter().filter(|section| section.has_own_kind);
    let known = own.filter_map(|section| section.kind.zip(section.heading));
    known.filter(|(kind, heading)| heading.level == 2 && place(*kind).is_some())
}

/// The most sections that follow each other in the order, so that one that was moved is found, not those that it
/// was moved past; of several such choices the one with the first sections.
fn in_order(known: &[(SectionKind, Heading)]) -> Vec<usize> {
    let follows = |one: usize, other: usize| place(known[one].0) <= place(known[other].0);
    let mut lengths = vec![1; known.len()];
    for one in (0..known.len()).rev() {
        let rest = (one + 1..known.len()).filter(|other| follows(one, *other)).map(|other| lengths[other]).max();
        lengths[one] += rest.unwrap_or(0);
    }
    let mut kept: Vec<usize> = Vec::new();
    let mut left = lengths.iter().copied().max().unwrap_or(0);
    for (index, length) in lengths.iter().enumerate() {
        if *length == left && kept.last().is_none_or(|last| follows(*last, index)) {
            kept.push(index);
            left -= 1;
        }
    }
    kept
}

/// The place of a section in the order; `None` where it does not matter.
fn place(kind: SectionKind) -> Option<u8> {
    Some(match kind {
        SectionKind::Permissions => 0,
        SectionKind::HttpRequest => 1,
        SectionKind::PathParameters | SectionKind::QueryParameters | SectionKind::FunctionParameters => 2,
        SectionKind::RequestHeaders => 3,
        SectionKind::RequestBody => 4,
        SectionKind::Response => 5,
        SectionKind::Examples => 6,
        _ => return None,
    })
}
