use super::{Report, urls};
use crate::diagnostic::{Edit, Fix};
use crate::model::Model;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::HttpRequest;

rule! {
    /// A documented path that does not start with `/`, ends with one, names the host, or has blanks in it.
    ///
    /// ## Why
    /// Readers put the path after the base URL of the service: `…/v1.0` and `/customers`.
    ///
    /// ## Example
    /// ````md
    /// # List customers
    ///
    /// ## HTTP request
    /// ``` http
    /// GET customers/
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # List customers
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers
    /// ```
    /// ````
    Hint, Linked(check), Safe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for line in page.find::<HttpRequest>().flat_map(|(_, request)| &request.templates) {
        let url = &page.source[line.url];
        let scheme = urls::split_scheme(url).map_or("", |(scheme, _)| scheme);
        if !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphabetic()) {
            absolute(model, page, report, line.url);
        } else if !url.is_empty() {
            relative(page, report, line.url);
        }
    }
}

fn absolute(model: &Model<'_>, page: &Page, report: &mut Report<'_>, span: Span) {
    let url = &page.source[span];
    // A host that is not that of the service is part of what is documented.
    if !urls::has_service_host(model, url) {
        return;
    }
    let rooted = urls::split_scheme(url).and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = ["v1.0/", "beta/"].iter().find_map(|version| rooted.strip_prefix(version)).unwrap_or(rooted);
    let host = &url[..url.len() - path.len()];
    let Some(at) = page.source.span_of(host) else { return };
    report
        .at(Location::new(page.id, at), "the documented path names the base URL of the service")
        .help("start it with `/`, without the base URL")
        .fix(at, "/");
}

fn relative(page: &Page, report: &mut Report<'_>, span: Span) {
    let url = &page.source[span];
    let path = &url[..memchr::memchr(b'?', url.as_bytes()).unwrap_or(url.len())];
    let start = span.start as usize;
    // A path that starts with a parameter may be one of several hosts: `{site}/lists`.
    if url.starts_with(|c: char| c.is_alphanumeric()) {
        report
            .at(Location::new(page.id, span), format!("the documented path `{url}` does not start with `/`"))
            .help("put `/` before it")
            .fix(Span::at(start), "/");
    }
    if path.len() > 1 && path.ends_with('/') {
        let at = Span::new(start + path.len() - 1, start + path.len());
        report
            .at(Location::new(page.id, at), format!("the documented path `{url}` ends with `/`"))
            .help("delete it")
            .fix(at, "");
    }
    // Names of parameters and arguments of functions may have them.
    let mut blanks = urls::blanks(path, &['{', '(', '<'], &['}', ')', '>']);
    // Those around the names of one parameter are another fault: `{id} | name`.
    blanks.retain(|(from, to)| !path[..*from].ends_with('|') && !path[*to..].starts_with('|'));
    if let Some((from, to)) = blanks.first() {
        let at = Span::new(start + from, start + to);
        let finding = report.at(Location::new(page.id, at), format!("the documented path `{url}` has a blank in it"));
        finding.help("delete it, or put what follows on a line of its own");
        let edit = |(from, to): &(usize, usize)| Edit {
            at: Location::new(page.id, Span::new(start + from, start + to)),
            text: String::new(),
        };
        // A word after a blank may be a remark.
        if url[*to..].starts_with(['/', '{']) || url[..*from].ends_with('/') {
            finding.fix = Some(Fix { edits: blanks.iter().map(edit).collect(), safe: true });
        }
    }
}
