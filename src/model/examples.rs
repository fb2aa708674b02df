//! Which example response answers which example request.

use super::route::{self, Route};
use super::topics::Topic;
use super::view::Part;
use crate::span::{Location, Span};
use crate::syntax::construct::Examples;
use crate::syntax::construct::examples::{ExampleMessage, Role};
use crate::syntax::http::Start;
use crate::syntax::{Annotation, Block, Fence, Page, Section};
use rustc_hash::FxHashMap;

/// A request and what answers it.
#[derive(Clone, Debug, Default)]
pub struct Exchange<'d> {
    /// The request; `None` where a response has none.
    pub request: Option<ExampleRef<'d>>,
    /// The responses, in text order.
    pub responses: Vec<ExampleRef<'d>>,
    /// Names in response annotations that no request on the page bears.
    pub unknown_names: Vec<Location>,
    /// What it is about.
    pub topic: Topic,
}

/// An example message and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct ExampleRef<'d> {
    /// The page.
    pub page: &'d Page,
    /// The section.
    pub section: &'d Section,
    /// The message.
    pub message: &'d ExampleMessage,
}

impl<'d> ExampleRef<'d> {
    /// The fence that holds it.
    pub fn fence(&self) -> &'d Fence {
        match &self.section.blocks[self.message.block] {
            Block::Fence(fence) => fence,
            other => unreachable!("examples are read from fences, not from {other:?}"),
        }
    }

    /// Its annotation.
    pub fn annotation(&self) -> Option<&'d Annotation> {
        self.fence().annotation.as_ref()
    }

    /// The first name in its annotation.
    pub fn name(&self) -> Option<&'d str> {
        let name = self.annotation()?.names(&self.page.source).next()?;
        Some(&self.page.source[name])
    }

    /// Whether it is a request whose URL is one of these routes: a page may show a part of what it is about, under a
    /// longer path.
    pub fn is_of(&self, routes: &[Route<'_>]) -> bool {
        let Start::Request(line) = &self.message.message.start else { return false };
        let (path, _) = route::path_and_query(&self.page.source[line.url]);
        routes.iter().any(|route| route.matches(path))
    }

    /// The status of a response that has one, and where it stands.
    pub fn status(&self) -> Option<(u16, Span)> {
        match &self.message.message.start {
            Start::Status(line) => line.code.map(|code| (code, line.code_span)),
            Start::Request(_) | Start::Other(_) => None,
        }
    }

    /// A place in its page.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.page.id, span)
    }
}

/// Pairs the messages of a page: by the names a response gives, else with the nearest request before it.
pub(super) fn pair<'d>(parts: &[Part<'d>]) -> Vec<Exchange<'d>> {
    let mut exchanges: Vec<Exchange<'d>> = Vec::new();
    // The last request of each name.
    let mut named: FxHashMap<&str, usize> = FxHashMap::default();
    for example in parts.iter().flat_map(messages) {
        match example.message.role {
            Role::Request => {
                named.extend(example.name().map(|name| (name, exchanges.len())));
                exchanges.push(Exchange { request: Some(example), ..Exchange::default() });
            }
            Role::Response => answer(&mut exchanges, &named, example),
        }
    }
    exchanges
}

fn messages<'d>(part: &Part<'d>) -> impl Iterator<Item = ExampleRef<'d>> + use<'d> {
    let (page, section) = (part.page, part.section);
    let examples = section.find::<Examples>();
    examples.flat_map(|examples| &examples.messages).map(move |message| ExampleRef { page, section, message })
}

fn answer<'d>(exchanges: &mut Vec<Exchange<'d>>, named: &FxHashMap<&str, usize>, response: ExampleRef<'d>) {
    let source = &response.page.source;
    let names = response.annotation().into_iter().flat_map(|annotation| annotation.names(source));
    let mut answered = None;
    let mut unknown = Vec::new();
    for name in names {
        match named.get(&source[name]).copied() {
            Some(at) => {
                exchanges[at].responses.push(response);
                answered = Some(at);
            }
            None => unknown.push(response.at(name)),
        }
    }
    if let Some(at) = answered {
        exchanges[at].unknown_names.extend(unknown);
        return;
    }
    match nearest(exchanges, response) {
        Some(exchange) => {
            exchange.responses.push(response);
            exchange.unknown_names.extend(unknown);
        }
        None => exchanges.push(Exchange { responses: vec![response], unknown_names: unknown, ..Exchange::default() }),
    }
}

/// The nearest request before a response. One that is ignored is shown in passing, as another way to ask: the
/// response answers the request above it, if nothing stands below that yet.
fn nearest<'e, 'd>(exchanges: &'e mut [Exchange<'d>], response: ExampleRef<'d>) -> Option<&'e mut Exchange<'d>> {
    let in_passing = |exchange: &Exchange<'d>| {
        exchange.responses.is_empty() && exchange.request.is_some_and(|request| request.message.ignored)
    };
    let last = exchanges.len().checked_sub(1)?;
    let asked = exchanges.iter().rposition(|exchange| !in_passing(exchange));
    let unanswered = asked.filter(|at| exchanges[*at].responses.is_empty() && response.message.annotated);
    exchanges.get_mut(unanswered.unwrap_or(last)).filter(|exchange| exchange.request.is_some())
}
