//! Planned paths as path items.

use super::bodies::{Bodies, Carried, answers_with, octet_stream, success};
use super::examples::{self, Way};
use super::names::Names;
use super::parameters::parameters;
use super::plan::{PlannedOperation, PlannedPath};
use super::redirects;
use super::schemas::{Context, reference};
use super::security;
use super::shape::Shapes;
use super::text::{clean, cleaned, lower_camel};
use crate::model::examples::ExampleRef;
use crate::model::route::Piece;
use crate::model::{Item, Primitive, Type};
use crate::syntax::http::reason_phrase;
use indexmap::IndexMap;
use openapiv3::{
    Example, MediaType, Operation, PathItem, ReferenceOr, RequestBody, Response, Responses, StatusCode, Tag,
};
use serde_json::json;

/// The parts from which operations are put together.
pub(super) struct Parts<'a, 'm> {
    /// The model and what was made of its types.
    pub context: &'a Context<'m>,
    /// What the messages carry.
    pub bodies: &'a Bodies<'m>,
    /// The shapes of all components.
    pub shapes: &'a Shapes,
}

impl Parts<'_, '_> {
    /// The operations at a path.
    pub(super) fn path_item(&self, path: &PlannedPath<'_>) -> PathItem {
        let mut item = PathItem::default();
        for planned in &path.operations {
            let place = match planned.operation.method {
                "GET" => &mut item.get,
                "PUT" => &mut item.put,
                "POST" => &mut item.post,
                "DELETE" => &mut item.delete,
                "OPTIONS" => &mut item.options,
                "HEAD" => &mut item.head,
                _ => &mut item.patch,
            };
            *place = Some(self.operation(path, planned));
        }
        item
    }

    fn operation(&self, path: &PlannedPath<'_>, planned: &PlannedOperation<'_>) -> Operation {
        let operation = planned.operation;
        let context = self.context;
        let summary = cleaned(operation.title).unwrap_or_else(|| format!("{} {}", operation.method, path.template));
        let description = cleaned(operation.description).unwrap_or_else(|| summary.clone());
        Operation {
            tags: vec![tag_name(context.names, planned)],
            external_docs: context.service.page_docs(context.model, operation.page, summary.clone()),
            summary: Some(summary),
            description: Some(description),
            operation_id: Some(planned.id.clone()),
            parameters: parameters(context, path, planned),
            request_body: self.request_body(planned).map(ReferenceOr::Item),
            responses: self.responses(planned),
            security: Some(security::requirements(context, operation)),
            extensions: self.extensions(planned),
            ..Operation::default()
        }
    }

    fn request_body(&self, planned: &PlannedOperation<'_>) -> Option<RequestBody> {
        let body = planned.operation.body.as_ref()?;
        let carried = self.bodies.request(planned.index)?;
        let requests = planned.operation.exchanges.iter().filter_map(|exchange| exchange.request);
        let named = requests.map(|request| (request.name(), request));
        Some(RequestBody {
            description: Some(cleaned(body.description).unwrap_or_else(|| "The body of the request.".to_owned())),
            content: self.content(carried, named, Way::Sent),
            required: true,
            extensions: IndexMap::new(),
        })
    }

    /// The success response by its code, before it what a redirection leads to, and one error response for the rest.
    fn responses(&self, planned: &PlannedOperation<'_>) -> Responses {
        let error = || ReferenceOr::ref_("#/components/responses/error");
        let mut responses = IndexMap::new();
        if let Some(response) = success(planned.operation) {
            let phrase = reason_phrase(response.status);
            let answers = planned.operation.exchanges.iter().flat_map(|exchange| {
                let name = exchange.request.and_then(|request| request.name());
                exchange.responses.iter().map(move |response| (name.or(response.name()), *response))
            });
            let answers = answers.filter(|(_, answer)| answers_with(answer, response.status));
            let content = if self.leads_to_content(planned) {
                Some(&Carried::Bytes(None))
            } else {
                self.bodies.response(planned.index)
            };
            let content = content.map(|carried| self.content(carried, answers, Way::Returned)).unwrap_or_default();
            let description = match cleaned(response.description) {
                Some(text) => format!("{phrase}. {text}"),
                None => format!("{phrase}."),
            };
            let response_item = Response { description, content, ..Response::default() };
            if let Some(followed) = redirects::followed(planned.operation, response) {
                responses.insert(StatusCode::Code(200), ReferenceOr::Item(followed));
            }
            responses.insert(StatusCode::Code(response.status), ReferenceOr::Item(response_item));
        }
        responses.insert(StatusCode::Range(4), error());
        responses.insert(StatusCode::Range(5), error());
        Responses { responses, ..Responses::default() }
    }

    /// Whether a path leads to the raw content of what the operation returns on its other paths: to its `$value`, or to a
    /// stream that is one of its properties.
    fn leads_to_content(&self, planned: &PlannedOperation<'_>) -> bool {
        let last = planned.route.segments.last().and_then(|segment| segment.pieces.last());
        let of = success(planned.operation).and_then(|response| response.of);
        let (Some(Piece::Text(last)), Some(Type { of: Item::Resource(id), collection: false })) = (last, of) else {
            return false;
        };
        let property = || self.context.model.property(id, last);
        let is_stream = || property().is_some_and(|property| property.of.of == Item::Primitive(Primitive::Stream));
        planned.operation.method == "GET" && (*last == "$value" || is_stream())
    }

    fn content<'e>(
        &self,
        carried: &Carried<'_>,
        found: impl Iterator<Item = (Option<&'e str>, ExampleRef<'e>)>,
        way: Way,
    ) -> IndexMap<String, MediaType> {
        let component = match carried {
            Carried::Json(component) => component,
            Carried::Bytes(media_type) => return octet_stream(*media_type),
        };
        let mut examples: IndexMap<String, ReferenceOr<Example>> = IndexMap::new();
        for (name, example) in found {
            if let Some(value) = examples::example(self.shapes, component, &example, way) {
                let key = example_key(name, &examples);
                examples.insert(key, ReferenceOr::Item(value));
            }
        }
        let content = MediaType { schema: Some(reference(component)), examples, ..MediaType::default() };
        IndexMap::from([("application/json".to_owned(), content)])
    }

    fn extensions(&self, planned: &PlannedOperation<'_>) -> IndexMap<String, serde_json::Value> {
        let model = self.context.model;
        let mut pages = vec![&model.page(planned.operation.page).source.path];
        pages.extend(planned.also.iter().map(|page| &model.page(*page).source.path));
        pages.dedup();
        let mut extensions = IndexMap::from([
            ("x-ms-docs-operation-type".to_owned(), json!(operation_type(planned))),
            ("x-ms-docs-pages".to_owned(), json!(pages)),
        ]);
        let chosen = success(planned.operation).map(|response| response.status);
        let others = planned.operation.responses.iter().map(|response| response.status);
        let others: Vec<String> =
            others.filter(|status| Some(*status) != chosen).map(|status| status.to_string()).collect();
        if !others.is_empty() {
            extensions.insert("x-ms-docs-other-statuses".to_owned(), json!(others));
        }
        extensions
    }
}

/// A name for an example that none has yet: that of its request.
fn example_key(name: Option<&str>, taken: &IndexMap<String, ReferenceOr<Example>>) -> String {
    let letters = name.unwrap_or_default().chars();
    let key: String =
        letters.map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).take(100).collect();
    let key = if key.is_empty() { "example".to_owned() } else { key };
    let mut numbered = std::iter::once(key.clone()).chain((2u32..).map(|number| format!("{key}_{number}")));
    numbered.find(|key| !taken.contains_key(key)).unwrap_or(key)
}

/// What OData calls the operation.
fn operation_type(planned: &PlannedOperation<'_>) -> &'static str {
    let last = planned.route.segments.last().and_then(|segment| segment.pieces.first());
    let calls = matches!(last, Some(Piece::Text(text)) if text.contains('('));
    match planned.operation.method {
        "GET" if calls => "function",
        "POST" if planned.operation.title.contains(':') => "action",
        _ => "operation",
    }
}

/// The tag of an operation: the resource it belongs to, else the first word of its path.
pub(super) fn tag_name(names: &Names, planned: &PlannedOperation<'_>) -> String {
    if let Some(owner) = planned.operation.owner {
        return names.resource(owner).to_owned();
    }
    let words = planned.route.segments.iter().filter_map(|segment| match segment.pieces.first() {
        Some(Piece::Text(text)) => Some(lower_camel(text.split('(').next().unwrap_or(text))),
        _ => None,
    });
    words.into_iter().find(|word| !word.is_empty()).unwrap_or_else(|| "service".to_owned())
}

/// The tags that operations have, in the order in which paths use them first.
pub(super) fn tags(context: &Context<'_>, paths: &[PlannedPath<'_>]) -> Vec<Tag> {
    let mut found: IndexMap<String, Tag> = IndexMap::new();
    for planned in paths.iter().flat_map(|path| &path.operations) {
        let name = tag_name(context.names, planned);
        found.entry(name.clone()).or_insert_with(|| {
            let Some(owner) = planned.operation.owner else {
                let description = Some(format!("Operations below /{name}."));
                return Tag { name, description, ..Tag::default() };
            };
            let resource = context.model.resource(owner);
            let fallback = || {
                format!(
                    "Operations on the {} resource (namespace {}).",
                    clean(resource.name.name),
                    clean(&resource.name.namespace)
                )
            };
            let description = Some(cleaned(resource.description).unwrap_or_else(fallback));
            Tag { name, description, external_docs: context.external_docs(resource), ..Tag::default() }
        });
    }
    found.into_values().collect()
}
