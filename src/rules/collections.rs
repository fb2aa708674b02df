//! Responses that are collections, by their annotation or by their body.

use super::messages::{is_json, messages, promise};
use super::{exchanges, held};
use crate::model::ExampleRef;
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;
use crate::syntax::json::{FaultKind, Kind, Value};

/// What an annotated response says of being a collection.
pub struct Collection<'d> {
    pub(super) example: ExampleRef<'d>,
    /// The line of the annotation that says what it is.
    pub(super) promise: Span,
    /// The body.
    pub(super) root: &'d Value,
    /// The array of members, if there is one.
    pub(super) items: Option<&'d Value>,
    /// Where the members stand: `value`, unless the annotation says otherwise.
    pub(super) property: &'d str,
    /// Whether the annotation says that it is a collection.
    pub(super) is_declared: bool,
    /// Where it says `isCollection`, and what it says.
    pub(super) flag: Option<(Span, bool)>,
    /// Where it says `isEmpty`.
    pub(super) empty_at: Span,
    /// The `isEmpty` of the annotation.
    pub(super) says_empty: Option<bool>,
    /// The type that the annotation names.
    pub(super) type_name: Option<Span>,
    /// Whether an ellipsis stands for members.
    pub(super) is_shortened: bool,
}

/// Calls `look` with each annotated response of a page that has a JSON body and is no error.
pub(super) fn each<'p>(page: &'p Page, mut look: impl FnMut(&Collection<'p>)) {
    collections(page).for_each(|collection| look(&collection));
}

fn collections(page: &Page) -> impl Iterator<Item = Collection<'_>> {
    let responses = messages(page).filter(|example| example.message.role == Role::Response);
    responses.filter(|example| is_json(*example) && !held::is_error(*example)).filter_map(|example| {
        let source = &example.page.source;
        let annotation = example.annotation()?;
        let json = example.message.message.body.as_ref()?.json.as_ref()?;
        let root = json.root.as_ref()?;
        let named = annotation.value("collectionProperty", source);
        let property = match named.map(|value| &value.kind) {
            Some(Kind::String(span)) => &source[*span],
            _ => "value",
        };
        let type_name = annotation.type_name(source);
        let by_type = type_name.is_some_and(|span| exchanges::item_name(&source[span]).is_some());
        let flag = annotation.value("isCollection", source).map(|value| value.span);
        let flag = flag.zip(annotation.flag("isCollection", source));
        let items = match root.kind {
            Kind::Array(_) => Some(root),
            _ => root.get(property, source).filter(|value| matches!(value.kind, Kind::Array(_))),
        };
        Some(Collection {
            example,
            promise: promise(example),
            root,
            items,
            property,
            is_declared: by_type || named.is_some() || flag.is_some_and(|(_, says)| says),
            flag,
            empty_at: annotation.value("isEmpty", source).map_or_else(|| promise(example), |value| value.span),
            says_empty: annotation.flag("isEmpty", source),
            type_name,
            is_shortened: json.faults.iter().any(|fault| fault.kind == FaultKind::Ellipsis),
        })
    })
}
