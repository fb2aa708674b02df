//! What the examples of a page are about: most often what the whole page is about. Some pages go on to other requests,
//! each below an "HTTP request" heading of its own, or to URLs that a service hands out.

use super::examples::{ExampleRef, Exchange};
use super::route::{self, Route};
use super::view::Part;
use crate::span::{FileId, Location, Span};
use crate::syntax::Section;
use crate::syntax::construct::HttpRequest;
use crate::syntax::http::Start;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A page with more examples than this is taken to be about one thing: each is held against each template. Real pages
/// have under 50.
pub const MAX_EXAMPLES: usize = 200;

/// What an example is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    if exchanges.len() > MAX_EXAMPLES {
        return;
    }
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

/// What each section tells of: what the examples in it are about, else the last example before it.
pub fn of_sections(exchanges: &[Exchange<'_>], parts: &[Part<'_>]) -> Vec<Topic> {
    if is_one(exchanges) {
        return vec![Topic::Page; parts.len()];
    }
    let mut answered: FxHashMap<*const Section, Topic> = FxHashMap::default();
    let mut asked: FxHashMap<*const Section, Topic> = FxHashMap::default();
    for exchange in exchanges {
        for answer in &exchange.responses {
            answered.entry(answer.section).or_insert(exchange.topic);
        }
        if let Some(request) = exchange.request {
            asked.insert(request.section, exchange.topic);
        }
    }
    let mut last = Topic::Page;
    let topic = |part: &Part<'_>| {
        let section: *const Section = part.section;
        let topic = answered.get(&section).copied().unwrap_or(last);
        last = asked.get(&section).copied().unwrap_or(last);
        topic
    };
    parts.iter().map(topic).collect()
}

/// What each route leads to.
pub(super) fn of_routes(exchanges: &[Exchange<'_>], routes: &[(&'static str, Route<'_>)]) -> Vec<Topic> {
    if is_one(exchanges) {
        return vec![Topic::Page; routes.len()];
    }
    let mut fences: BTreeMap<(FileId, u32), (Span, Topic)> = BTreeMap::new();
    for exchange in exchanges.iter().filter(|exchange| matches!(exchange.topic, Topic::Request(_))) {
        let Some(request) = exchange.request else { continue };
        let fence = request.fence().span;
        fences.insert((request.page.id, fence.start), (fence, exchange.topic));
    }
    let topic = |(_, route): &(&'static str, Route<'_>)| {
        let at = route.at;
        let before = fences.range(..=(at.file, at.span.start)).next_back();
        let own = before.filter(|((file, _), (fence, _))| *file == at.file && fence.contains(at.span));
        own.map_or(Topic::Page, |(_, (_, topic))| *topic)
    };
    routes.iter().map(topic).collect()
}

fn is_one(exchanges: &[Exchange<'_>]) -> bool {
    exchanges.iter().all(|exchange| exchange.topic == Topic::Page)
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
    let leads = |(other, route): &&(&'static str, Route<'_>)| other.eq_ignore_ascii_case(method) && route.matches(path);
    let is_own = |at: Location| request.page.id == at.file && request.fence().span.contains(at.span);
    routes.iter().find(leads).is_some_and(|(_, route)| is_own(route.at))
}
