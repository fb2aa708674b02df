//! What examples show beyond what tables say: nulls, values outside a list, annotations (`@odata.etag`).

use crate::model::{Item, Model, Operation, Property, ResourceId, Type, examples::ExampleRef, values};
use crate::syntax::Page;
use crate::syntax::json::{Kind, Member, Value};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

/// What the examples of a docset show.
#[derive(Debug, Default)]
pub(super) struct Shown<'m> {
    /// Of properties of resources, by the type that lists them.
    properties: FxHashMap<(ResourceId, &'m str), Values>,
    /// Of properties in the body tables of operations.
    body: FxHashMap<(usize, &'m str), Values>,
    /// Annotations in objects of a type.
    objects: FxHashMap<ResourceId, IndexMap<&'m str, Type>>,
    /// Annotations beside the items of a collection.
    collections: FxHashMap<Item, IndexMap<&'m str, Type>>,
}

/// What examples show of one property.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Values {
    /// Whether one is null.
    pub null: bool,
    /// Whether one is none of the values that the description lists.
    pub unlisted: bool,
}

impl Values {
    fn note(&mut self, page: &Page, value: &Value, property: &Property<'_>) {
        self.null |= matches!(value.kind, Kind::Null);
        let items = value.items().iter().chain(std::iter::once(value));
        // A value in another letter case is a slip of the example, which is then left out.
        // So is a list of values where one is called for.
        let is_listed = |text: &str| property.facts.values.iter().any(|value| value.eq_ignore_ascii_case(text.trim()));
        let listed = |text: &str| text.split(',').all(is_listed);
        self.unlisted |= items.filter_map(|item| item.as_str(&page.source)).any(|text| !listed(&text));
    }
}

impl<'m> Shown<'m> {
    /// Looks at all examples of a model.
    pub(super) fn of(model: &'m Model<'m>) -> Shown<'m> {
        let mut shown = Shown::default();
        for (index, operation) in model.operations.iter().enumerate() {
            shown.operation(model, index, operation);
        }
        shown
    }

    /// Of a property of a resource.
    pub(super) fn property(&self, id: ResourceId, name: &str) -> Values {
        self.properties.get(&(id, name)).copied().unwrap_or_default()
    }

    /// Of a property in the body table of an operation.
    pub(super) fn body(&self, operation: usize, name: &str) -> Values {
        self.body.get(&(operation, name)).copied().unwrap_or_default()
    }

    /// The annotations in objects of a type.
    pub(super) fn annotations(&self, id: ResourceId) -> impl Iterator<Item = (&'m str, Type)> {
        self.objects.get(&id).into_iter().flatten().map(|(name, of)| (*name, *of))
    }

    /// The annotations beside the items of a collection.
    pub(super) fn collection_annotations(&self, of: Item) -> impl Iterator<Item = (&'m str, Type)> {
        self.collections.get(&of).into_iter().flatten().map(|(name, of)| (*name, *of))
    }

    fn operation(&mut self, model: &'m Model<'m>, index: usize, operation: &'m Operation<'m>) {
        let returned = operation.success().and_then(|response| response.of);
        let sent = operation.body.as_ref().and_then(|body| body.of);
        for exchange in operation.exchanges.iter() {
            if let Some(request) = exchange.request {
                self.request_body(index, operation, request);
                self.message(model, request, sent.or(returned));
            }
            for response in &exchange.responses {
                self.message(model, *response, returned);
            }
        }
    }

    fn request_body(&mut self, index: usize, operation: &'m Operation<'m>, request: ExampleRef<'m>) {
        let (Some(body), Some(value)) = (&operation.body, request.message.message.json()) else { return };
        for member in value.members() {
            let name = &request.page.source[member.name];
            if let Some(property) = body.properties.iter().find(|property| property.name == name) {
                self.body.entry((index, property.name)).or_default().note(request.page, &member.value, property);
            }
        }
    }

    fn message(&mut self, model: &'m Model<'m>, example: ExampleRef<'m>, expected: Option<Type>) {
        let (Some(value), Some(expected)) = (example.message.message.json(), expected) else { return };
        let list = value.get("value", &example.page.source).filter(|_| expected.collection);
        if list.is_some() {
            let notes = self.collections.entry(expected.of).or_default();
            annotations(model, example.page, value.members(), notes);
        }
        self.value(model, example.page, list.unwrap_or(value), expected.of);
    }

    fn value(&mut self, model: &'m Model<'m>, page: &'m Page, value: &'m Value, expected: Item) {
        for item in value.items() {
            self.value(model, page, item, expected);
        }
        let Item::Resource(id) = values::annotated(model, page, value).unwrap_or(expected) else { return };
        let members = value.members();
        if members.iter().any(|member| is_annotation(&page.source[member.name])) {
            annotations(model, page, members, self.objects.entry(id).or_default());
        }
        for member in members {
            let name = &page.source[member.name];
            let level = model.ancestry(id).find_map(|level| {
                let property = model.resource(level).properties.iter().find(|property| property.name == name)?;
                Some((level, property))
            });
            if let Some((level, property)) = level {
                self.properties.entry((level, property.name)).or_default().note(page, &member.value, property);
                self.value(model, page, &member.value, property.of.of);
            }
        }
    }
}

fn annotations<'m>(model: &'m Model<'m>, page: &'m Page, members: &'m [Member], notes: &mut IndexMap<&'m str, Type>) {
    for member in members {
        let name = &page.source[member.name];
        if is_annotation(name) {
            notes.entry(name).or_insert_with(|| values::infer(model, page, &member.value));
        }
    }
}

/// Whether a member's name is an annotation of its object, other than the type's name.
fn is_annotation(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name != "@odata.type"
        && name.len() < 100
        && name.strip_prefix('@').is_some_and(|rest| rest.len() > 1 && rest.chars().all(word))
}
