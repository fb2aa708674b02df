use super::Report;
use crate::model::Model;
use crate::model::view::Part;
use crate::span::{Location, Span};
use crate::syntax::construct::{Examples, HttpRequest};
use crate::syntax::{Block, Page, PageKind, SectionKind, http};

rule! {
    /// An operation page that shows no request line, or has no "HTTP request" section.
    ///
    /// ## Why
    /// It is not known under which method and path the operation is reached, so nothing is generated for it.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// Send a request to the customer.
    ///
    /// ## Response
    /// This method returns a `200 OK` response code.
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
    /// ## Response
    /// This method returns a `200 OK` response code.
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    let parts = model.parts(page.id);
    let sections: Vec<&Part<'_>> = parts.iter().filter(|part| part.kind == Some(SectionKind::HttpRequest)).collect();
    let shown =
        |part: &Part<'_>| Some(Location::new(part.page.id, part.find::<HttpRequest>().next()?.templates[0].span));
    if sections.iter().any(|part| shown(part).is_some()) {
        return;
    }
    let heading = sections.iter().find_map(|part| Some(Location::new(part.page.id, part.section.heading?.text)));
    let title = page.title.map_or(Span::at(0), |title| title.text);
    let (at, message) = match heading {
        Some(at) => (at, "the HTTP request section shows no request line"),
        None => (Location::new(page.id, title), "the page has no HTTP request section"),
    };
    let finding = report.at(at, message);
    match parts.iter().find_map(shown).or_else(|| parts.iter().find_map(shown_in_passing)) {
        Some(elsewhere) => {
            finding.help("put a heading `## HTTP request` above the request lines").label(elsewhere, "they stand here")
        }
        None => finding.help("show the method and path in a fence: `GET /customers/{customer-id}`"),
    };
}

/// The first request line that stands below a heading of another kind, outside examples.
fn shown_in_passing(part: &Part<'_>) -> Option<Location> {
    if part.find::<Examples>().next().is_some() {
        return None;
    }
    part.section.blocks.iter().find_map(|block| match block {
        Block::Fence(fence) => {
            let line = http::request_lines(&part.page.source, fence.body).next()?;
            Some(Location::new(part.page.id, line.span))
        }
        _ => None,
    })
}
