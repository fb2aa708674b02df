//! What an example belongs to: its operation, the request that it answers, the type that its annotation names.

use crate::model::{ExampleRef, Exchange, Item, Model, Operation, Primitive, ResourceId, Type};
use crate::span::Location;
use crate::syntax::http::Start;
use crate::syntax::{Annotation, Page};
use rustc_hash::{FxHashMap, FxHashSet};

/// The type that an annotation names: `microsoft.graph.x`, `Collection(microsoft.graph.x)`, `Edm.String`.
pub(super) fn annotated_type(model: &Model<'_>, page: &Page, annotation: &Annotation) -> Option<Type> {
    let page = model.page(page.id);
    let text = page.source[annotation.type_name(&page.source)?].trim();
    let inner = item_name(text);
    let name = inner.unwrap_or(text);
    let collection = inner.is_some() || annotation.flag("isCollection", &page.source) == Some(true);
    let of = Primitive::parse(name).map(Item::Primitive).or_else(|| model.lookup(page, name))?;
    Some(Type { of, collection })
}

/// The name in `Collection(…)`, whatever its letter case.
pub(super) fn item_name(text: &str) -> Option<&str> {
    const START: &str = "collection(";
    let text = text.trim();
    let start = text.get(..START.len())?;
    start.eq_ignore_ascii_case(START).then(|| text[START.len()..].trim_end_matches(')'))
}

/// The operation that an example shows.
pub(super) fn operation<'m, 'd>(model: &'m Model<'d>, example: ExampleRef<'_>) -> Option<&'m Operation<'d>> {
    let operations = model.operations_of(example.page.id);
    let own = |exchange: &Exchange<'d>| {
        exchange.request.iter().chain(&exchange.responses).any(|other| std::ptr::eq(other.message, example.message))
    };
    operations.iter().find(|operation| operation.exchanges.iter().any(own))
}

/// The request that a message answers.
pub(super) fn request_of<'d>(model: &Model<'d>, example: ExampleRef<'_>) -> Option<ExampleRef<'d>> {
    let answers = |response: &ExampleRef<'_>| std::ptr::eq(response.message, example.message);
    model
        .exchanges(example.page.id)
        .iter()
        .find(|exchange| exchange.responses.iter().any(answers))
        .and_then(|exchange| exchange.request)
}

/// Whether the request asks for some of the properties only.
pub(super) fn selects(model: &Model<'_>, example: ExampleRef<'_>) -> bool {
    let Some(request) = request_of(model, example) else { return false };
    let Start::Request(line) = &request.message.message.start else { return false };
    let url = request.page.source[line.url].to_ascii_lowercase();
    url.contains("select=") || url.contains("/delta") || url.contains("$apply")
}

/// The type whose properties a request body may have besides those of its table.
pub(super) fn sent_type(model: &Model<'_>, example: ExampleRef<'_>) -> Option<ResourceId> {
    let resource = |of: Type| match of.of {
        Item::Resource(id) if !of.collection => Some(id),
        _ => None,
    };
    let annotated = example.annotation().and_then(|annotation| annotated_type(model, example.page, annotation));
    if let Some(of) = annotated {
        return resource(of);
    }
    let operation = operation(model, example)?;
    let returned = || {
        let success = operation.success().filter(|success| operation.method == "PATCH" || success.status == 201)?;
        // Several examples on a page may be about different types: what answers this one tells most.
        answered_type(model, example, success.status).or(success.of).and_then(resource)
    };
    operation.body.as_ref().and_then(|body| body.of).and_then(resource).or_else(returned)
}

/// The type that the annotation of the response to a request names, where it has the status.
fn answered_type(model: &Model<'_>, request: ExampleRef<'_>, code: u16) -> Option<Type> {
    let is_own = |other: &ExampleRef<'_>| std::ptr::eq(other.message, request.message);
    let exchanges = model.exchanges(request.page.id);
    let own = exchanges.iter().find(|exchange| exchange.request.as_ref().is_some_and(is_own))?;
    let response = own.responses.iter().find(|response| response.status().is_some_and(|(found, _)| found == code))?;
    annotated_type(model, response.page, response.annotation()?)
}

/// The names that responses give, each read once: one response may answer many requests, and name them all.
#[derive(Default)]
pub(super) struct ResponseNames<'d>(FxHashMap<Location, FxHashSet<&'d str>>);

impl<'d> ResponseNames<'d> {
    pub(super) fn of(&mut self, response: ExampleRef<'d>) -> &FxHashSet<&'d str> {
        let source = &response.page.source;
        self.0.entry(response.at(response.fence().span)).or_insert_with(|| {
            let names = response.annotation().into_iter().flat_map(|annotation| annotation.names(source));
            names.map(|name| &source[name]).collect()
        })
    }
}
