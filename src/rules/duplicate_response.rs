use super::Report;
use super::exchanges::ResponseNames;
use super::messages::promise;
use crate::model::{ExampleRef, Model};
use crate::span::FileId;
use crate::syntax::http::{self, Start};
use crate::syntax::{Fence, Page, PageKind};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

rule! {
    /// Two example responses of one status that name the same request.
    ///
    /// ## Why
    /// A request has one answer. One of the two belongs to another request, or is left over from an edit.
    ///
    /// ## Example
    /// ````md
    /// # Delete customer
    ///
    /// ## HTTP request
    /// ``` http
    /// DELETE /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "delete_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Delete customer
    ///
    /// ## HTTP request
    /// ``` http
    /// DELETE /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "delete_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    let mut requests = Requests::default();
    for exchange in model.exchanges(page.id) {
        let Some(request) = exchange.request.filter(|request| request.message.annotated) else { continue };
        // Most have one response, which repeats none.
        if exchange.responses.len() > 1 {
            check_responses(request, &exchange.responses, &mut requests, report);
        }
    }
}

fn check_responses<'d>(
    request: ExampleRef<'d>,
    responses: &[ExampleRef<'d>],
    requests: &mut Requests<'d>,
    report: &mut Report<'_>,
) {
    let mut firsts: FxHashMap<Option<u16>, ExampleRef<'_>> = FxHashMap::default();
    for response in responses.iter().copied() {
        let Some(names_it) = answers(response, request.name(), requests) else { continue };
        let first = match firsts.entry(response.status().map(|(code, _)| code)) {
            Entry::Vacant(place) => {
                place.insert(response);
                continue;
            }
            Entry::Occupied(first) => *first.get(),
        };
        if requests.has_between(first, response) {
            continue;
        }
        let message = match request.name().filter(|_| names_it) {
            Some(name) => format!("a second response names the request `{name}`"),
            None => "a second response follows the request".to_owned(),
        };
        report
            .at(response.at(promise(response)), message)
            .help("name the request that it answers, or delete it")
            .label(first.at(promise(first)), "the first response to it");
    }
}

/// What is looked for once, however many responses there are.
#[derive(Default)]
struct Requests<'d> {
    /// Where the requests of a page start, in text order.
    starts: FxHashMap<FileId, Vec<u32>>,
    names: ResponseNames<'d>,
}

impl<'d> Requests<'d> {
    /// Whether a further request, annotated as something else, stands between two responses: the second answers that
    /// one.
    fn has_between(&mut self, first: ExampleRef<'d>, second: ExampleRef<'d>) -> bool {
        let (from, to) = (first.fence().span.end, second.fence().span.start);
        if first.page.id != second.page.id || from >= to || !self.names.of(second).is_empty() {
            return false;
        }
        let starts = self.starts.entry(second.page.id).or_insert_with(|| request_starts(second.page));
        let next = starts.partition_point(|start| *start < from);
        starts.get(next).is_some_and(|start| *start < to)
    }
}

fn request_starts(page: &Page) -> Vec<u32> {
    let is_request = |fence: &&Fence| {
        let message = http::parse(&page.source, fence.body);
        message.is_some_and(|message| matches!(message.start, Start::Request(_)))
    };
    page.fences().filter(is_request).map(|fence| fence.span.start).collect()
}

/// Whether a response says that it answers a request: by its name, with `true`, or by its place.
fn answers<'d>(response: ExampleRef<'d>, request: Option<&str>, requests: &mut Requests<'d>) -> Option<bool> {
    response.annotation().filter(|_| !response.message.ignored)?;
    let names = requests.names.of(response);
    let names_it = request.is_some_and(|name| names.contains(name));
    (names_it || names.is_empty()).then_some(names_it)
}
