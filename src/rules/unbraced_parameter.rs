use super::Report;
use super::names::list;
use crate::model::route::unbraced::Unbraced;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::HttpRequest;

rule! {
    /// A parameter of a documented path that does not stand in braces: the identifier of an example, a word in
    /// parentheses, or names that do not all stand in one pair of braces.
    ///
    /// ## Why
    /// Readers, and programs that read the OpenAPI document, take what is not in braces for a part of the path, and
    /// send it as it is.
    ///
    /// ## Example
    /// ````md
    /// # Get member
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /teams/(team-id)/members/{id} | name
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get member
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /teams/{team-id}/members/{id | name}
    /// ```
    /// ````
    Warning, Page(check), Unsafe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for line in page.find::<HttpRequest>().flat_map(|(_, request)| &request.templates) {
        let url = &page.source[line.url];
        if !Unbraced::may_be_in(url) {
            continue;
        }
        let mut identifiers = Vec::new();
        for segment in url.split('?').next().unwrap_or_default().split('/').map(str::trim) {
            let Some(unbraced) = Unbraced::read(segment) else { continue };
            let Some(span) = page.source.span_of(segment) else { continue };
            let (message, meant) = match unbraced {
                Unbraced::Identifier => {
                    identifiers.push(span);
                    continue;
                }
                Unbraced::InParentheses(word) => ("the parameter stands in parentheses", format!("{{{word}}}")),
                Unbraced::Alternatives(names) => {
                    ("not all names of the parameter stand in its braces", format!("{{{}}}", alternatives(names)))
                }
            };
            let finding = report.at(Location::new(page.id, span), message);
            finding.help(format!("write `{meant}`")).unsafe_fix(span, meant);
        }
        report_identifiers(page, &identifiers, report);
    }
}

fn alternatives(names: &str) -> String {
    let names: Vec<&str> = names.split('|').map(|name| name.trim().trim_matches(['{', '}', '<', '>'])).collect();
    names.join(" | ")
}

/// A path that was copied from an example is one fault, however many identifiers it has.
fn report_identifiers(page: &Page, identifiers: &[Span], report: &mut Report<'_>) {
    let Some(first) = identifiers.first() else { return };
    let (what, each) = if identifiers.len() == 1 { ("the identifier", "") } else { ("the identifiers", " for each") };
    let shown = list(identifiers.iter().map(|span| &page.source[*span]), "and");
    report
        .at(Location::new(page.id, *first), format!("the documented path has {what} {shown} of an example"))
        // What it is called is for the author to say.
        .help(format!("write a parameter{each}, such as `{{id}}`"));
}
