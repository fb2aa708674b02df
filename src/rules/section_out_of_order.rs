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
    let mut last: Option<(u8, Heading)> = None;
    let sections = page.sections.iter().filter(|section| section.has_own_kind);
    let known = sections.filter_map(|section| Some((place(section.kind?)?, section.heading?)));
    let mut seen: Vec<u8> = Vec::new();
    for (place, heading) in known.filter(|(_, heading)| heading.level == 2) {
        // A page that describes several requests starts over.
        if seen.contains(&place) {
            return;
        }
        seen.push(place);
        match last {
            Some((before, other)) if before > place => {
                report
                    .at(
                        Location::new(page.id, heading.text),
                        format!("`{}` comes after `{}`", &page.source[heading.text], &page.source[other.text]),
                    )
                    .help("put it before")
                    .label(Location::new(page.id, other.text), "the section that should follow it");
            }
            _ => last = Some((place, heading)),
        }
    }
}

/// The place of a section in the order; `None` where it does not matter.
fn place(kind: SectionKind) -> Option<u8> {
    Some(match kind {
        SectionKind::Permissions => 0,
        SectionKind::HttpRequest => 1,
        SectionKind::RequestHeaders => 3,
        SectionKind::RequestBody => 4,
        SectionKind::Response => 5,
        SectionKind::Examples => 6,
        _ => return None,
    })
}
