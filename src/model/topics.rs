//! What the examples of a page are about: most often what the whole page is about. Some pages go on to other requests,
//! each below an "HTTP request" heading of its own, or to URLs that a service hands out.

use super::examples::{ExampleRef, Exchange};
use super::route::{self, Route};
use super::view::Part;
use crate::span::Location;
use crate::syntax::construct::HttpRequest;
use crate::syntax::http::Start;

/// What an example is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// What the whole page is about.
    #[default]
    Page,
    /// Another request of the page, which its own "HTTP request" section describes. Those that one response answers
    /// are about the same: it stands here.
    Request(Location),
    /// A URL that the service hands out, such as that of an upload session: no route leads there.
    HandedOut,
}

/// Finds what each example of a page is about.
pub(super) fn assign(routes: &[(&'static str, Route<'_>)], exchanges: &mut [Exchange<'_>]) {
    if exchanges.iter().any(|exchange| exchange.request.is_some() && !is_handed_out(exchange)) {
        for exchange in exchanges.iter_mut().filter(|exchange| is_handed_out(exchange)) {
            exchange.topic = Topic::HandedOut;
        }
    }
    let own = exchanges.iter().filter(|exchange| exchange.topic == Topic::Page);
    let Some(main) = own.filter_map(answer).next() else { return };
    for exchange in exchanges.iter_mut().filter(|exchange| exchange.topic == Topic::Page) {
        let (Some(request), Some(answer)) = (exchange.request, answer(exchange)) else { continue };
        if answer != main && is_described_alone(request, routes) {
            exchange.topic = Topic::Request(answer);
        }
    }
}

/// What a section tells of: what the examples in it are about, else the last example before it.
pub fn of_section(exchanges: &[Exchange<'_>], parts: &[Part<'_>], part: &Part<'_>) -> Topic {
    if exchanges.iter().all(|exchange| exchange.topic == Topic::Page) {
        return Topic::Page;
    }
    let answered = |exchange: &&Exchange<'_>| exchange.responses.iter().any(|answer| is_in(part, answer));
    let before = || {
        let place = parts.iter().position(|other| std::ptr::eq(other, part))?;
        let asked = |part: &Part<'_>| {
            exchanges.iter().rfind(|exchange| exchange.request.is_some_and(|request| is_in(part, &request)))
        };
        parts[..place].iter().rev().find_map(asked)
    };
    exchanges.iter().find(answered).or_else(before).map_or(Topic::Page, |exchange| exchange.topic)
}

/// What a route leads to.
pub(super) fn of_route(exchanges: &[Exchange<'_>], route: &Route<'_>) -> Topic {
    let own = |exchange: &&Exchange<'_>| {
        matches!(exchange.topic, Topic::Request(_))
            && exchange.request.is_some_and(|request| is_template(request, route))
    };
    exchanges.iter().find(own).map_or(Topic::Page, |exchange| exchange.topic)
}

fn is_in(part: &Part<'_>, example: &ExampleRef<'_>) -> bool {
    std::ptr::eq(part.section, example.section)
}

fn is_handed_out(exchange: &Exchange<'_>) -> bool {
    exchange.request.is_some_and(|request| {
        request.annotation().is_some_and(|found| found.flag("opaqueUrl", &request.page.source) == Some(true))
    })
}

/// Where the first answer to a request stands.
fn answer(exchange: &Exchange<'_>) -> Option<Location> {
    exchange.request?;
    exchange.responses.first().map(|answer| answer.at(answer.fence().span))
}

/// Whether a request is a template of the page, and none of the templates above it leads there.
fn is_described_alone(request: ExampleRef<'_>, routes: &[(&'static str, Route<'_>)]) -> bool {
    if request.section.find::<HttpRequest>().next().is_none() {
        return false;
    }
    let Start::Request(line) = &request.message.message.start else { return false };
    let method = &request.page.source[line.method];
    let (path, _) = route::path_and_query(&request.page.source[line.url]);
    let leads = |(other, route): &&(&'static str, Route<'_>)| {
        other.eq_ignore_ascii_case(method) && route.match_path(path).is_some()
    };
    routes.iter().find(leads).is_some_and(|(_, route)| is_template(request, route))
}

/// Whether the fence of a request holds a template.
fn is_template(request: ExampleRef<'_>, route: &Route<'_>) -> bool {
    request.page.id == route.at.file && request.fence().span.contains(route.at.span)
}
