use super::Report;
use super::messages::messages;
use super::urls;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::HttpRequest;
use crate::syntax::http::{RequestLine, Start};

rule! {
    /// A request URL of another version than the page documents.
    ///
    /// ## Why
    /// What the page says may not hold for the other version: readers who try the example see something else.
    ///
    /// ## Example
    /// ````md
    /// //- beta/api/customer-get.md
    /// # Get customer
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- beta/api/customer-get.md
    /// # Get customer
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/beta/customer
    /// ```
    /// ````
    Warning, Page(check), Safe fix
}

const VERSIONS: [&str; 2] = ["v1.0", "beta"];

fn check(page: &Page, report: &mut Report<'_>) {
    let mut folders = page.source.path.split('/');
    let Some(version) = folders.find(|folder| VERSIONS.contains(folder)) else { return };
    let examples = messages(page).filter_map(|example| match &example.message.message.start {
        Start::Request(line) => Some(*line),
        Start::Status(_) | Start::Other(_) => None,
    });
    let templates = page.find::<HttpRequest>().flat_map(|(_, request)| request.templates.iter().copied());
    for line in templates.chain(examples) {
        let Some(span) = version_of(page, line).filter(|span| page.source[*span] != *version) else { continue };
        report
            .at(
                Location::new(page.id, span),
                format!("the URL is of `{}`, but the page documents `{version}`", &page.source[span]),
            )
            .help(format!("write `{version}`"))
            .fix(span, version);
    }
}

/// The version in an absolute URL.
fn version_of(page: &Page, line: RequestLine) -> Option<Span> {
    let url = &page.source[line.url];
    let (_, path) = urls::split_scheme(url)?.1.split_once('/')?;
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
    let name = VERSIONS.iter().find(|name| path.strip_prefix(**name).is_some_and(is_end))?;
    let at = line.url.end as usize - path.len();
    Some(Span::new(at, at + name.len()))
}
