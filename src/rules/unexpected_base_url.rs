use super::Report;
use super::messages::messages;
use super::names::{closest, did_you_mean, list};
use super::survey::Survey;
use super::urls::split_scheme;
use crate::model::Model;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::http::Start;
use rustc_hash::FxHashMap;

rule! {
    /// An example URL outside the service roots of the configuration (`service-roots`); where none are configured, one at
    /// a host that is almost the one of the other examples.
    ///
    /// ## Why
    /// Readers send the request, with their token, to the wrong place.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "list_customers" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers
    /// ```
    /// <!-- { "blockType": "request", "name": "list_more" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$skip=1
    /// ```
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.con/v1.0/customers/a1
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "list_customers" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers
    /// ```
    /// <!-- { "blockType": "request", "name": "list_more" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$skip=1
    /// ```
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    Warning, Surveyed(check)
}

fn check(model: &Model<'_>, survey: &Survey<'_>, report: &mut Report<'_>) {
    let roots = &model.docset.options.service_roots;
    if roots.is_empty() {
        return slips(&survey.urls, report);
    }
    for (page, span, _) in survey.urls.iter().copied() {
        let url = &page.source[span];
        let fits = |root: &String| {
            let rest =
                url.get(..root.len()).filter(|start| start.eq_ignore_ascii_case(root)).map(|_| &url[root.len()..]);
            rest.is_some_and(|rest| rest.is_empty() || root.ends_with('/') || rest.starts_with(['/', '?']))
        };
        if !roots.iter().any(fits) {
            report
                .at(
                    Location::new(page.id, base(page, span)),
                    format!("`{}` is none of the service roots", &page.source[base(page, span)]),
                )
                .help(format!("use {}", list(roots.iter().map(String::as_str), "or")));
        }
    }
}

/// The absolute URLs of annotated requests, and their hosts. A placeholder stands for any host.
pub(super) fn urls(page: &Page) -> impl Iterator<Item = (&Page, Span, &str)> {
    messages(page).filter(|example| example.message.annotated).filter_map(move |example| {
        let Start::Request(line) = &example.message.message.start else { return None };
        let host = host(&page.source[line.url])?;
        (!host.contains(['{', '<'])).then_some((page, line.url, host))
    })
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = split_scheme(url)?;
    Some(&rest[..memchr::memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len())])
}

/// Scheme, host and version of a URL.
fn base(page: &Page, url: Span) -> Span {
    let text = &page.source[url];
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text[start..].match_indices('/').nth(1).map_or(text.len(), |(at, _)| start + at);
    Span::new(url.start as usize, url.start as usize + end)
}

/// Reports hosts that are almost the one that most requests have.
fn slips(urls: &[(&Page, Span, &str)], report: &mut Report<'_>) {
    let mut hosts: FxHashMap<&str, usize> = FxHashMap::default();
    for (.., host) in urls {
        *hosts.entry(host).or_default() += 1;
    }
    let Some(usual) = hosts.iter().max_by_key(|(host, count)| (**count, **host)).map(|(host, _)| *host) else { return };
    for (page, url, written) in urls.iter().copied() {
        let is_other = !written.eq_ignore_ascii_case(usual);
        if let Some(close) = Some(written).filter(|_| is_other).and_then(|written| closest(written, [usual])) {
            report
                .at(Location::new(page.id, base(page, url)), format!("no other example is at the host `{written}`"))
                .help(did_you_mean(Some(close), String::new));
        }
    }
}
