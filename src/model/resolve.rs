//! Names to what they stand for.

use super::{
    Enum, EnumId, EnumMember, Item, Model, Origin, Primitive, Property, QualifiedName, Resource, ResourceId, Type,
    UnknownType, primitive, values,
};
use crate::span::{Location, Span};
use crate::syntax::json::{Member, Value};
use crate::syntax::{Docset, Page, TypeName, TypeRef};
use rayon::prelude::*;
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

/// Resolves the names on one page against the model as it is. It adds nothing to that, so that pages can be read side
/// by side.
pub(super) struct Resolver<'m, 'd> {
    pub(super) model: &'m Model<'d>,
    /// Mentions of types that nothing defines.
    unknown: Vec<UnknownType<'d>>,
    /// What must be added to the model before all names are known.
    missing: Vec<Missing<'d>>,
    /// Names that were found nowhere, with the pages that look for them. They may be found once the pages before have
    /// added theirs.
    missed: Vec<(&'d Page, Cow<'d, str>)>,
    /// Whether a value was read that may hold such names.
    is_unsure: bool,
}

/// A type that a page names, and nothing defines.
struct Missing<'d> {
    page: &'d Page,
    /// The name.
    at: Location,
    /// The values that make it an enumeration.
    members: Option<Vec<EnumMember<'d>>>,
}

impl<'m, 'd> Resolver<'m, 'd> {
    pub(super) fn new(model: &'m Model<'d>) -> Self {
        Resolver { model, unknown: Vec::new(), missing: Vec::new(), missed: Vec::new(), is_unsure: false }
    }

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
                    self.note_guessed(item, Location::new(page.id, text), mention, true);
                    return Some(item);
                }
                self.named(page, text, mention, true)
            }
            TypeRef::Name(span) => self.named(page, span, mention, false),
            TypeRef::Other(_) => None,
        }
    }

    /// The type of this name, as [`Model::lookup`] has it.
    pub(super) fn lookup(&mut self, page: &'d Page, name: impl Into<Cow<'d, str>>) -> Option<Item> {
        let name = name.into();
        let found = self.model.lookup(page, &name);
        if found.is_none() {
            self.missed.push((page, name));
        }
        found
    }

    /// The type of this name, or that of one of many: the name of a set of entities is the plural of their type's.
    pub(super) fn one_of(&mut self, page: &'d Page, name: &'d str) -> Option<Item> {
        self.lookup(page, name).or_else(|| self.lookup(page, singular(name)?))
    }

    /// The type that an object names, as [`values::annotated`] has it.
    pub(super) fn annotated(&mut self, page: &'d Page, object: &Value) -> Option<Item> {
        self.lookup(page, values::annotation(page, object)?)
    }

    /// A member of a JSON object, as [`values::property`] has it. Its type may be one that no name led to yet.
    pub(super) fn property(&mut self, page: &'d Page, member: &Member) -> Property<'d> {
        self.is_unsure |= page.source[member.value.span].contains(['.', '@']);
        values::property(self.model, page, member)
    }

    /// Demands an enumeration that nothing else defines, by its name and values.
    pub(super) fn demand_enum(&mut self, page: &'d Page, name: Span, members: Vec<EnumMember<'d>>) {
        self.missing.push(Missing { page, at: Location::new(page.id, name), members: Some(members) });
    }

    /// What the page that a link leads to describes; the text of the link chooses where it is several.
    fn linked(&mut self, page: &'d Page, text: &'d str, link: &'d str) -> Option<Item> {
        let model = self.model;
        let (target, anchor) = model.paths.linked_page(page, link)?;
        let name = self.lookup(page, text);
        let on_target = |item: &Item| model.place(*item).is_some_and(|at| at.file == target.id);
        let by_anchor = anchor.and_then(|anchor| {
            let name = anchor.rsplit_once('-').map_or(anchor, |(name, _)| name);
            self.lookup(target, name).filter(on_target)
        });
        // An anchor of the page itself leads to one of its sections, not to the type that the page describes.
        let of_page = || model.type_of_page(target.id).filter(|_| anchor.is_none() || target.id != page.id);
        by_anchor.or_else(|| name.filter(on_target)).or_else(of_page).or(name)
    }

    fn named(&mut self, page: &'d Page, span: Span, mention: Mention, is_link: bool) -> Option<Item> {
        let written = &page.source[span];
        if let Some(primitive) = Primitive::parse(written).filter(|_| !is_link) {
            return Some(Item::Primitive(primitive));
        }
        // Before words for "anything": some docsets describe a type called `Json`.
        let at = Location::new(page.id, span);
        if let Some(item) = self.lookup(page, written) {
            self.note_guessed(item, at, mention, is_link);
            return Some(item);
        }
        if primitive::is_any(written) && !is_link {
            return Some(Item::Any);
        }
        if mention == Mention::Certain && is_type_name(written) {
            self.missing.push(Missing { page, at, members: None });
        }
        None
    }

    /// Notes a mention of a type that nothing defines.
    fn note_guessed(&mut self, item: Item, at: Location, mention: Mention, is_link: bool) {
        let Item::Resource(resource) = item else { return };
        if mention == Mention::Certain && self.model.resource(resource).origin != Origin::Described {
            let name = self.model.text(at);
            self.unknown.push(UnknownType { name, at, is_link, resource });
        }
    }
}

/// Reads something on each page, side by side, and adds it to the model in page order. A page that names what nothing
/// defines is read again when that was added.
pub(super) fn read_pages<'d, P: Sync, T: Send>(
    model: &mut Model<'d>,
    pages: &[P],
    read: impl Fn(&mut Resolver<'_, 'd>, &P) -> T + Sync,
    mut add: impl FnMut(&mut Model<'d>, &P, T),
) {
    let known = model.names.len();
    let drafts: Vec<Draft<'d, T>> = pages.par_iter().map(|page| Draft::new(model, page, &read)).collect();
    for (page, mut draft) in pages.iter().zip(drafts) {
        if model.names.len() > known && draft.may_differ(model) {
            draft = Draft::new(model, page, &read);
        }
        while model.define(std::mem::take(&mut draft.missing)) {
            draft = Draft::new(model, page, &read);
        }
        model.unknown_types.append(&mut draft.unknown);
        add(model, page, draft.value);
    }
}

/// What was read on a page, as far as the names on it were known.
struct Draft<'d, T> {
    value: T,
    unknown: Vec<UnknownType<'d>>,
    missing: Vec<Missing<'d>>,
    missed: Vec<(&'d Page, Cow<'d, str>)>,
    is_unsure: bool,
}

impl<'d, T> Draft<'d, T> {
    fn new<P>(model: &Model<'d>, page: &P, read: impl Fn(&mut Resolver<'_, 'd>, &P) -> T) -> Self {
        let mut resolver = Resolver::new(model);
        let value = read(&mut resolver, page);
        let Resolver { unknown, missing, missed, is_unsure, .. } = resolver;
        Draft { value, unknown, missing, missed, is_unsure }
    }

    /// Whether more would be found now than before some names were added.
    fn may_differ(&self, model: &Model<'d>) -> bool {
        self.is_unsure || self.missed.iter().any(|(page, name)| model.lookup(page, name).is_some())
    }
}

impl<'d> Model<'d> {
    /// The type of this name: as it is, in the page's namespace, in the default namespace.
    pub fn lookup(&self, page: &'d Page, name: &str) -> Option<Item> {
        let name = name.trim().trim_start_matches('#');
        if memchr::memchr(b'.', name.as_bytes()).is_some()
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

    /// Adds types that nothing defines. Whether names came up that were not known before.
    fn define(&mut self, missing: Vec<Missing<'d>>) -> bool {
        let known = self.names.len();
        for Missing { page, at, members } in missing {
            let written = &page.source[at.span];
            if self.lookup(page, written).is_some() {
                continue;
            }
            let name = split_name(written, namespace(self.docset, page));
            match members {
                Some(members) => {
                    self.add_enum(Enum { name, at, description: "", members });
                }
                None => {
                    self.guess_named(name, at);
                }
            }
        }
        self.names.len() > known
    }

    /// The enumeration of this name, with these members added to those it has.
    pub(super) fn add_enum(&mut self, told: Enum<'d>) -> EnumId {
        let key = told.name.key();
        let id = match self.names.get(&key).copied() {
            Some(Item::Enum(id)) => id,
            other => {
                let id = EnumId(self.enums.len() as u32);
                if other.is_none() {
                    self.names.insert(key, Item::Enum(id));
                }
                self.enums.push(Enum { members: Vec::new(), ..told });
                id
            }
        };
        let known = &mut self.enums[id.0 as usize].members;
        for member in told.members {
            if !known.iter().any(|other| other.name == member.name) {
                known.push(member);
            }
        }
        id
    }

    /// The guessed type of this name, made at its first mention.
    pub(super) fn guess_named(&mut self, name: QualifiedName<'d>, at: Location) -> ResourceId {
        let id = ResourceId(self.resources.len() as u32);
        self.names.insert(name.key(), Item::Resource(id));
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

/// A name without the ending of its plural; `None` when it has none.
fn singular(name: &str) -> Option<Cow<'_, str>> {
    let stem = name.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s'))?;
    Some(stem.strip_suffix("ie").map_or(Cow::Borrowed(stem), |stem| Cow::Owned(format!("{stem}y"))))
}

/// Whether a word can be the name of a type.
pub(super) fn is_type_name(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
        && !word.ends_with('.')
}
