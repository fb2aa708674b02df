use super::Report;
use crate::model::route::unbraced::Unbraced;
use crate::span::Location;
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
        for segment in url.split('?').next().unwrap_or_default().split('/').map(str::trim) {
            if let Some(unbraced) = Unbraced::read(segment)
                && let Some(span) = page.source.span_of(segment)
            {
                say(unbraced, segment, Location::new(page.id, span), report);
            }
        }
    }
}

fn say(unbraced: Unbraced<'_>, segment: &str, at: Location, report: &mut Report<'_>) {
    let (message, meant) = match unbraced {
        Unbraced::Identifier => {
            let message = format!("the documented path has the identifier `{segment}` of an example");
            // What it is called is for the author to say.
            report.at(at, message).help("write a parameter, such as `{id}`");
            return;
        }
        Unbraced::InParentheses(word) => ("the parameter stands in parentheses", format!("{{{word}}}")),
        Unbraced::Alternatives(names) => {
            let names: Vec<&str> =
                names.split('|').map(|name| name.trim().trim_matches(['{', '}', '<', '>'])).collect();
            ("not all names of the parameter stand in its braces", format!("{{{}}}", names.join(" | ")))
        }
    };
    report.at(at, message).help(format!("write `{meant}`")).unsafe_fix(at.span, meant);
}
