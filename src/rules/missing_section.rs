use super::Report;
use crate::model::{Model, Part};
use crate::span::{Location, Span};
use crate::syntax::construct::HttpRequest;
use crate::syntax::{Page, PageKind, SectionKind};

rule! {
    /// A page without a section that pages of its kind have.
    ///
    /// ## Why
    /// Readers look for it, and what it says is missing from what is generated. A section whose heading has a word more
    /// ("Response body") is not known to be the one.
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
    /// ## Response
    /// This method returns a `200 OK` response code.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Permissions
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Request headers
    ///
    /// ## Response
    /// This method returns a `200 OK` response code.
    ///
    /// ## Examples
    /// ````
    Warning, Linked(check)
}

/// The sections that pages of a kind have.
pub(crate) fn demanded(kind: PageKind) -> &'static [(SectionKind, &'static str)] {
    use SectionKind::*;
    match kind {
        PageKind::Operation => &[
            (Permissions, "Permissions"),
            (RequestHeaders, "Request headers"),
            (RequestBody, "Request body"),
            (Response, "Response"),
            (Examples, "Examples"),
        ],
        PageKind::Resource => &[(Properties, "Properties"), (JsonRepresentation, "JSON representation")],
        PageKind::Enum => &[(EnumValues, "Members")],
        PageKind::Fragment | PageKind::Concept => &[],
    }
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    use SectionKind::{JsonRepresentation, RequestBody};
    let parts = model.parts(page.id);
    let has = |kind: SectionKind| parts.iter().any(|part| part.kind == Some(kind));
    let at = Location::new(page.id, page.title.map_or(Span::at(0), |title| title.text));
    for (kind, name) in demanded(page.kind()) {
        let stands_otherwise = match kind {
            RequestBody => !takes_body(parts),
            // A representation may stand in a section of another name.
            JsonRepresentation => model.type_of_page(page.id).is_none() || shows_resource(parts),
            _ => false,
        };
        if has(*kind) || stands_otherwise {
            continue;
        }
        match called_otherwise(parts, name) {
            Some((at, heading)) => report
                .at(at, format!("the section `{heading}` is usually called `{name}`"))
                .help(format!("call it `{name}`, or add a heading `## {name}`")),
            None => {
                report.at(at, format!("the page has no `{name}` section")).help(format!("add a heading `## {name}`"))
            }
        };
    }
}

/// A section of no known kind whose heading has one word more than that of the missing one: "Response body", "Customer
/// properties".
fn called_otherwise<'m>(parts: &'m [Part<'_>], name: &str) -> Option<(Location, &'m str)> {
    let name = name.to_ascii_lowercase();
    parts.iter().find_map(|part| {
        let heading = part.section.heading.filter(|heading| heading.level == 2 && part.kind.is_none())?;
        let text = &part.page.source[heading.text];
        let lower = text.to_ascii_lowercase();
        let is_longer =
            |rest: &str| rest.split_whitespace().count() == 1 && rest.starts_with(' ') != rest.ends_with(' ');
        let rest = lower.strip_prefix(&name).or_else(|| lower.strip_suffix(&name))?;
        is_longer(rest).then_some((Location::new(part.page.id, heading.text), text))
    })
}

/// Whether a request line is of a method that can take a body.
fn takes_body(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| {
        part.find::<HttpRequest>().flat_map(|request| &request.templates).any(|line| {
            let method = &part.page.source[line.method];
            ["POST", "PATCH", "PUT"].iter().any(|takes| takes.eq_ignore_ascii_case(method))
        })
    })
}

fn shows_resource(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.find::<crate::syntax::construct::ResourceBlock>().next().is_some())
}
