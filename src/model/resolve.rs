//! Names to what they stand for.

use super::{Item, Model, Origin, Primitive, QualifiedName, Resource, ResourceId, Type, UnknownType, primitive};
use crate::span::{Location, Span};
use crate::syntax::{Docset, Page, TypeName, TypeRef};
use std::borrow::Cow;

/// The namespace of the types that a page describes.
pub(super) fn namespace<'d>(docset: &'d Docset, page: &'d Page) -> &'d str {
    let line = page.namespace.map(|span| page.source[span].trim_end_matches('.'));
    line.filter(|name| !name.is_empty()).unwrap_or(&docset.options.default_namespace)
}

/// The short and the namespace part of a qualified name; `#` before it is dropped.
pub(super) fn split_name<'d>(name: &'d str, namespace: &'d str) -> QualifiedName<'d> {
    let name = name.trim().trim_start_matches('#');
    match name.rsplit_once('.') {
        Some((namespace, name)) => QualifiedName { namespace: Cow::Borrowed(namespace), name },
        None => QualifiedName { namespace: Cow::Borrowed(namespace), name },
    }
}

/// How sure a name is to be meant as a type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    /// It stands where a type must: one that nothing defines is noted, and guessed.
    Certain,
    /// It may be any word: one that nothing defines is no type.
    Possible,
}

impl<'d> Model<'d> {
    /// The type that a cell names.
    pub(super) fn resolve(&mut self, page: &'d Page, name: &TypeName) -> Type {
        Type { of: self.resolve_ref(page, name.of, Mention::Certain).unwrap_or(Item::Any), collection: name.collection }
    }

    /// What a reference stands for; `None` when it names nothing.
    pub(super) fn resolve_ref(&mut self, page: &'d Page, name: TypeRef, mention: Mention) -> Option<Item> {
        match name {
            TypeRef::Link { text, target } => {
                // A link on the name of a primitive type leads to an explanation, not to the type.
                if let Some(primitive) = Primitive::canonical(&page.source[text]) {
                    return Some(Item::Primitive(primitive));
                }
                if let Some(item) = self.linked(page, &page.source[text], &page.source[target]) {
                    return Some(item);
                }
                self.named(page, text, mention, true)
            }
            TypeRef::Name(span) => self.named(page, span, mention, false),
            TypeRef::Other(_) => None,
        }
    }

    /// What the page that a link leads to describes; the text of the link chooses where it is several.
    fn linked(&self, page: &'d Page, text: &str, link: &str) -> Option<Item> {
        let (target, anchor) = self.paths.linked_page(page, link)?;
        let name = self.lookup(page, text);
        let on_target = |item: &Item| self.place(*item).is_some_and(|at| at.file == target.id);
        let by_anchor = || {
            let anchor = anchor?;
            let name = anchor.rsplit_once('-').map_or(anchor, |(name, _)| name);
            self.lookup(target, name).filter(on_target)
        };
        by_anchor().or_else(|| name.filter(on_target)).or_else(|| self.type_of_page(target.id)).or(name)
    }

    fn named(&mut self, page: &'d Page, span: Span, mention: Mention, is_link: bool) -> Option<Item> {
        let written = &page.source[span];
        if let Some(primitive) = Primitive::parse(written).filter(|_| !is_link) {
            return Some(Item::Primitive(primitive));
        }
        // Before words for "anything": some docsets describe a type called `Json`.
        if let Some(item) = self.lookup(page, written) {
            self.note_guessed(item, Location::new(page.id, span), mention, is_link);
            return Some(item);
        }
        if primitive::is_any(written) && !is_link {
            return Some(Item::Any);
        }
        if mention == Mention::Possible || !is_type_name(written) {
            return None;
        }
        Some(Item::Resource(self.guess(page, Location::new(page.id, span), is_link)))
    }

    /// The type of this name: as it is, in the page's namespace, in the default namespace.
    pub fn lookup(&self, page: &'d Page, name: &str) -> Option<Item> {
        let name = name.trim().trim_start_matches('#');
        if name.contains('.')
            && let Some(item) = self.find(name)
        {
            return Some(item);
        }
        let own = namespace(self.docset, page);
        let default = self.docset.options.default_namespace.as_str();
        self.find_in(own, name).or_else(|| if own == default { None } else { self.find_in(default, name) })
    }

    /// Where a type is named.
    fn place(&self, item: Item) -> Option<Location> {
        match item {
            Item::Resource(id) => Some(self.resource(id).at),
            Item::Enum(id) => Some(self.enumeration(id).at),
            Item::Primitive(_) | Item::Any => None,
        }
    }

    /// Notes a further mention of a type that nothing defines.
    fn note_guessed(&mut self, item: Item, at: Location, mention: Mention, is_link: bool) {
        let Item::Resource(resource) = item else { return };
        if mention == Mention::Certain && self.resource(resource).origin != Origin::Described {
            let name = self.text(at);
            self.unknown_types.push(UnknownType { name, at, is_link, resource });
        }
    }

    /// Notes a mention of a type that nothing defines, and makes an open object of it.
    fn guess(&mut self, page: &'d Page, at: Location, is_link: bool) -> ResourceId {
        let written = &page.source[at.span];
        let name = split_name(written, namespace(self.docset, page));
        let resource = self.guess_named(name, at);
        self.unknown_types.push(UnknownType { name: written, at, is_link, resource });
        resource
    }

    /// The guessed type of this name, made at its first mention.
    pub(super) fn guess_named(&mut self, name: QualifiedName<'d>, at: Location) -> ResourceId {
        let id = ResourceId(self.resources.len() as u32);
        self.names.insert(name.to_string().to_lowercase(), Item::Resource(id));
        self.resources.push(Resource {
            name,
            at,
            pages: Vec::new(),
            origin: Origin::Guessed(at),
            description: "",
            base: None,
            properties: Vec::new(),
            key: None,
            is_abstract: false,
            is_open: true,
            derived: Vec::new(),
        });
        id
    }
}

/// Whether a word can be the name of a type.
fn is_type_name(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
        && !word.ends_with('.')
}
