//! The example messages of a page.

use crate::model::ExampleRef;
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::construct::Examples;
use crate::syntax::construct::examples::Role;

/// The example messages on a page that something may be held against.
pub(super) fn messages(page: &Page) -> impl Iterator<Item = ExampleRef<'_>> {
    page.find::<Examples>().flat_map(move |(section, examples)| {
        let checked = examples.messages.iter().filter(|message| !message.ignored);
        checked.map(move |message| ExampleRef { page, section, message })
    })
}

/// "request" or "response".
pub(super) fn role(example: ExampleRef<'_>) -> &'static str {
    match example.message.role {
        Role::Request => "request",
        Role::Response => "response",
    }
}

/// Where a finding about what an example lacks points: the line of its annotation that says what it is, or the fence.
pub(super) fn promise(example: ExampleRef<'_>) -> Span {
    match example.annotation() {
        Some(annotation) => annotation.block_type_span(&example.page.source),
        None => example.page.source.line_span(example.fence().span.start),
    }
}

/// Whether the body of a message is meant as JSON.
pub(super) fn is_json(example: ExampleRef<'_>) -> bool {
    example.message.message.body.as_ref().is_some_and(|body| body.is_json)
}
