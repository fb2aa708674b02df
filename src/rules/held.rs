//! JSON in examples held against the types that the pages give it.
//!
//! What the linker guessed, and what stands for a value without being one, is held against nothing.

use super::certainty::is_certain;
use super::exchanges::{annotated_type, operation, selects, sent_type};
use super::messages::{is_json, messages};
use super::names::{closest, did_you_mean};
use super::{Report, messages, representations, response_type_mismatch};
use crate::model::conformance::{Checker, Declared, Mismatch, MismatchKind};
use crate::model::{ExampleRef, Item, Model, Origin, Primitive, Property, ResourceId, Type};
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax::construct::ResourceBlock;
use crate::syntax::construct::examples::Role;
use crate::syntax::json::{self, FaultKind, Kind, Member, Value};
use crate::syntax::{Annotation, Block, BlockType, Page};

/// A JSON value of a page that was held against a type.
pub struct Held<'h, 'd> {
    /// The page in whose text it stands.
    pub(super) page: &'d Page,
    /// The annotation above it.
    pub(super) annotation: Option<&'h Annotation>,
    /// Where the line of the annotation stands that says what it is.
    pub(super) promise: Span,
    /// Whether it is sent, not returned.
    pub(super) is_request: bool,
    /// Whether it may leave properties out.
    pub(super) is_shortened: bool,
    /// What contradicts the types.
    pub(super) mismatches: Vec<Mismatch<'d>>,
    /// The objects in it that have a described type, with that.
    pub(super) objects: Vec<(&'h Value, ResourceId)>,
    /// The objects that are what is returned, not parts of it.
    pub(super) whole: Vec<Span>,
}

impl<'d> Held<'_, 'd> {
    /// A place in its page.
    pub(super) fn at(&self, span: Span) -> Location {
        Location::new(self.page.id, span)
    }

    /// The members of its objects whose property is of a kind, with that.
    pub(super) fn members<'m>(
        &self,
        model: &'m Model<'d>,
        is_meant: fn(&Property<'_>) -> bool,
    ) -> impl Iterator<Item = (&Member, &'m Property<'d>)> {
        // Most types have none.
        let has_any = move |id| model.ancestry(id).any(|level| model.resource(level).properties.iter().any(is_meant));
        let objects = self.objects.iter().filter(move |(_, id)| has_any(*id));
        objects.flat_map(move |(object, id)| {
            let property = |member: &Member| model.property(*id, &self.page.source[member.name]);
            let property = move |member| Some((member, property(member).filter(|property| is_meant(property))?));
            object.members().iter().filter_map(property)
        })
    }

    /// Reports the mismatches for which `message` has one: what is wrong, and what to do.
    pub(super) fn report(
        &self,
        report: &mut Report<'_>,
        message: impl Fn(&Page, &Mismatch<'d>) -> Option<(String, String)>,
    ) {
        for mismatch in &self.mismatches {
            let Some((message, help)) = message(self.page, mismatch) else { continue };
            let finding = report.at(self.at(mismatch.span), message);
            finding.help(help);
            if let Some(property) = mismatch.property {
                finding.label(property.at, format!("`{}` is declared here", property.name));
            }
        }
    }
}

/// "`size`" or "the value", for messages.
pub(super) fn subject(mismatch: &Mismatch<'_>) -> String {
    mismatch.property.map_or_else(|| "the value".to_owned(), |property| format!("`{}`", property.name))
}

/// Calls `look` with each value of a page that has a type.
pub(super) fn each<'d>(model: &Model<'d>, page: &Page, mut look: impl FnMut(&Held<'_, 'd>)) {
    let page = model.page(page.id);
    for example in messages(page).filter(|example| is_json(*example)) {
        let Some(document) = example.message.message.body.as_ref().and_then(|body| body.json.as_ref()) else {
            continue;
        };
        let Some(root) = document.root.as_ref().filter(|_| is_readable(document)) else { continue };
        let mut checker = Checker::new(model, page);
        let mut whole = Vec::new();
        match example.message.role {
            Role::Request => request(model, example, root, &mut checker),
            Role::Response => response(model, example, root, &mut checker, &mut whole),
        }
        let promise = messages::promise(example);
        let annotation = example.annotation();
        finish(model, page, checker, document, root, |mut held| {
            held.annotation = annotation;
            held.promise = promise;
            held.is_request = example.message.role == Role::Request;
            held.is_shortened |= selects(model, example);
            held.whole = whole;
            if !is_wrongly_annotated(model, &held, example) {
                look(&held);
            }
        });
    }
    for fence in page.fences().filter(|fence| fence.block_type() == Some(BlockType::Example)) {
        let Some(annotation) = &fence.annotation else { continue };
        let Some(of) = annotated_type(model, page, annotation) else { continue };
        let document = json::parse(&page.source, fence.body);
        let Some(root) = document.root.as_ref().filter(|_| is_readable(&document)) else { continue };
        let mut checker = Checker::new(model, page);
        let mut whole = Vec::new();
        wrapped(model, page, root, of, "value", &mut checker, &mut whole);
        finish(model, page, checker, &document, root, |mut held| {
            held.annotation = Some(annotation);
            held.promise = annotation.block_type_span(&page.source);
            held.whole = whole;
            look(&held);
        });
    }
}

/// Whether what contradicts a type is its name in the annotation, which the prose contradicts too.
fn is_wrongly_annotated(model: &Model<'_>, held: &Held<'_, '_>, example: ExampleRef<'_>) -> bool {
    let is_response = !held.is_request && !held.mismatches.is_empty();
    is_response
        && response_type_mismatch::differences(model, held.page)
            .iter()
            .any(|found| std::ptr::eq(found.example.message, example.message))
}

/// Whether the text can be meant in one way only. Where it cannot, the fault of the text is the finding.
fn is_readable(document: &json::Document) -> bool {
    use FaultKind::{
        Comment, ControlCharacter, CurlyQuotes, Ellipsis, ExtraComma, OddSpace, SingleQuotes, TrailingComma,
    };
    let harmless =
        [Comment, ControlCharacter, CurlyQuotes, Ellipsis, ExtraComma, OddSpace, SingleQuotes, TrailingComma];
    document.faults.iter().all(|fault| harmless.contains(&fault.kind))
}

fn finish<'h, 'd>(
    model: &Model<'d>,
    page: &'d Page,
    checker: Checker<'h, 'd>,
    document: &json::Document,
    root: &Value,
    look: impl FnOnce(Held<'h, 'd>),
) {
    let (mismatches, objects) = checker.finish_with_objects();
    if mismatches.is_empty() && objects.is_empty() {
        return;
    }
    let foreign: Vec<Span> =
        objects.iter().filter(|(object, _)| is_foreign(model, page, object)).map(|(object, _)| object.span).collect();
    // What an object of another type holds follows from that.
    let others: Vec<Span> = mismatches
        .iter()
        .filter(|found| is_other_type(found) && is_certain(model, page, found))
        .map(|found| found.span)
        .collect();
    let other_objects: Vec<Span> = objects
        .iter()
        .map(|(object, _)| *object)
        .filter(|object| {
            let is_other = |named: &Value| others.contains(&named.span);
            !others.is_empty() && object.get("@odata.type", &page.source).is_some_and(is_other)
        })
        .map(|object| object.span)
        .collect();
    let follows = |mismatch: &Mismatch<'d>| {
        !is_other_type(mismatch) && other_objects.iter().any(|object| object.contains(mismatch.span))
    };
    let counts = |mismatch: &Mismatch<'d>| {
        let contradicted = |declared: &Declared<'_>| representations::is_contradicted(model, declared);
        !foreign.iter().any(|object| object.contains(mismatch.span))
            && !follows(mismatch)
            && is_certain(model, page, mismatch)
            && !mismatch.property.as_ref().is_some_and(contradicted)
    };
    look(Held {
        page,
        annotation: None,
        promise: root.span,
        is_request: false,
        is_shortened: document.faults.iter().any(|fault| fault.kind == FaultKind::Ellipsis),
        mismatches: mismatches.into_iter().filter(counts).collect(),
        objects: objects.into_iter().filter(|(object, _)| !foreign.contains(&object.span)).collect(),
        whole: Vec::new(),
    });
}

fn is_other_type(mismatch: &Mismatch<'_>) -> bool {
    matches!(mismatch.kind, MismatchKind::OtherType { .. })
}

/// Whether an object says that it is of a type that no page describes.
fn is_foreign(model: &Model<'_>, page: &Page, object: &Value) -> bool {
    let page = model.page(page.id);
    let source = &page.source;
    let Some(named) = object.get("@odata.type", source).and_then(|named| named.as_str(source)) else { return false };
    match model.lookup(page, &named) {
        Some(Item::Resource(id)) => model.resource(id).origin != Origin::Described,
        found => found.is_none(),
    }
}

fn request<'h, 'd>(model: &'h Model<'d>, example: ExampleRef<'d>, root: &'h Value, checker: &mut Checker<'h, 'd>) {
    let also = sent_type(model, example).filter(|id| model.resource(*id).origin == Origin::Described);
    let body = operation(model, example).and_then(|operation| operation.body.as_ref());
    match (body.filter(|body| !body.properties.is_empty()), also) {
        (Some(body), also) => checker.properties(root, &body.properties, also),
        // Prose that links to the type of a list says in words that it is a list.
        (None, Some(id)) => {
            checker.value(root, Type { of: Item::Resource(id), collection: matches!(root.kind, Kind::Array(_)) })
        }
        (None, None) => {}
    }
}

/// Whether a response is that of an error, by its status or its body.
pub(super) fn is_error(example: ExampleRef<'_>) -> bool {
    let failed = example.status().is_some_and(|(code, _)| code >= 400);
    failed || example.message.message.json().is_some_and(|root| is_error_object(root, &example.page.source))
}

/// `{ "error": { "code": …, "message": … } }`
pub(super) fn is_error_object(root: &Value, source: &Source) -> bool {
    let [_] = root.members() else { return false };
    root.get("error", source)
        .is_some_and(|error| error.get("code", source).is_some() && error.get("message", source).is_some())
}

fn response<'h, 'd>(
    model: &'h Model<'d>,
    example: ExampleRef<'d>,
    root: &'h Value,
    checker: &mut Checker<'h, 'd>,
    whole: &mut Vec<Span>,
) {
    if is_error(example) {
        return;
    }
    let annotated = example.annotation().and_then(|annotation| annotated_type(model, example.page, annotation));
    let told = || {
        let (code, _) = example.status()?;
        operation(model, example)?.responses.iter().find(|response| response.status == code)?.of
    };
    let Some(of) = annotated.or_else(told) else { return };
    let named = example.annotation().and_then(|found| found.string("collectionProperty", &example.page.source));
    wrapped(model, example.page, root, of, named.as_deref().unwrap_or("value"), checker, whole);
}

/// Holds a body against its type; collections and primitive values stand in a member of an object.
fn wrapped<'h, 'd>(
    model: &'h Model<'d>,
    page: &'d Page,
    root: &'h Value,
    of: Type,
    member: &str,
    checker: &mut Checker<'h, 'd>,
    whole: &mut Vec<Span>,
) {
    let inner = root.get(member, &page.source);
    let has_member = match of.of {
        Item::Resource(id) => model.property(id, member).is_some() || model.is_open(id),
        _ => false,
    };
    let (value, collection) = match (&root.kind, inner) {
        (Kind::Array(_), _) => (root, of.collection),
        (_, Some(inner)) if of.collection || !has_member => (inner, matches!(inner.kind, Kind::Array(_))),
        (Kind::Object(_), None) if of.collection || !matches!(of.of, Item::Resource(_)) => return,
        _ => (root, false),
    };
    if of.of == Item::Primitive(Primitive::Stream) {
        return;
    }
    let objects = if collection { value.items() } else { std::slice::from_ref(value) };
    whole.extend(objects.iter().map(|object| object.span));
    checker.value(value, Type { of: of.of, collection });
}

/// The members of the annotation of a type's representations at a key that takes a list of names, and where
/// the list stands; `None` when there is no such list.
pub(super) fn listed_names<'m>(model: &'m Model<'_>, id: ResourceId, key: &str) -> Option<(Location, Vec<&'m str>)> {
    let mut found: Option<(Location, Vec<&str>)> = None;
    for (page, annotation, _) in representations(model, id) {
        let Some(list) = annotation.value(key, &page.source) else { continue };
        let names = names_in(list, &page.source);
        found.get_or_insert((Location::new(page.id, list.span), Vec::new())).1.extend(names);
    }
    found
}

/// The strings of a list.
pub(super) fn names_in<'s>(list: &Value, source: &'s Source) -> Vec<&'s str> {
    let string = |value: &Value| match value.kind {
        Kind::String(span) => Some(&source[span]),
        _ => None,
    };
    list.items().iter().filter_map(string).collect()
}

/// The annotated representations of a type.
pub(super) fn representations<'m>(
    model: &'m Model<'_>,
    id: ResourceId,
) -> impl Iterator<Item = (&'m Page, &'m Annotation, &'m ResourceBlock)> {
    let parts = model.resource(id).pages.iter().flat_map(|page| model.parts(*page));
    parts.flat_map(|part| part.find::<ResourceBlock>().map(move |block| (part, block))).filter_map(
        move |(part, block)| {
            let Block::Fence(fence) = part.section.blocks.get(block.block)? else { return None };
            let annotation = fence.annotation.as_ref()?;
            let name = annotation.type_name(&part.page.source)?;
            let own = model.lookup(part.page, &part.page.source[name]) == Some(Item::Resource(id));
            own.then_some((part.page, annotation, block))
        },
    )
}

/// Advice on a name that is none of a type's properties.
pub(super) fn close_property(model: &Model<'_>, id: ResourceId, name: &str) -> String {
    let known = model.all_properties(id);
    let close = closest(name, known.iter().map(|property| property.name));
    did_you_mean(close, || format!("add it to the properties of `{}`, or delete it here", model.resource(id).name.name))
}
