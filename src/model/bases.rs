//! Base types: what pages say of them, what derives from them, and what is inherited.

use super::resolve::{Mention, Resolver};
use super::{Base, Item, Model, Property, ResourceId};
use crate::span::{Location, Span};
use crate::syntax::phrases::Phrases;
use crate::syntax::{Page, TypeRef, links_within};
use rustc_hash::FxHashSet;

impl<'d> Model<'d> {
    /// The resource and the types it derives from, nearest first. Cycles were cut by the linker.
    pub fn ancestry(&self, id: ResourceId) -> impl Iterator<Item = ResourceId> {
        std::iter::successors(Some(id), |id| self.resource(*id).base.as_ref()?.resource)
    }

    /// Whether `derived` is `base` or derives from it.
    pub fn is_a(&self, derived: ResourceId, base: ResourceId) -> bool {
        self.ancestry(derived).any(|id| id == base)
    }

    /// All properties of a resource, those of its bases first; a property that several levels list
    /// counts where it is listed first.
    pub fn all_properties(&self, id: ResourceId) -> Vec<&Property<'d>> {
        let mut levels: Vec<ResourceId> = self.ancestry(id).collect();
        levels.reverse();
        let mut all: Vec<&Property<'d>> = Vec::new();
        let mut seen: FxHashSet<&str> = Default::default();
        for property in levels.into_iter().flat_map(|level| &self.resource(level).properties) {
            if seen.insert(property.name) {
                all.push(property);
            }
        }
        all
    }

    /// The property of this name, of the resource or of a base.
    pub fn property(&self, id: ResourceId, name: &str) -> Option<&Property<'d>> {
        self.ancestry(id)
            .find_map(|level| self.resource(level).properties.iter().find(|property| property.name == name))
    }

    /// Whether the resource, or a base, may have properties that no page describes.
    pub fn is_open(&self, id: ResourceId) -> bool {
        self.ancestry(id).any(|level| self.resource(level).is_open)
    }

    /// The types that derive from a resource, at any depth, in the order of their identities.
    pub fn descendants(&self, id: ResourceId) -> Vec<ResourceId> {
        let mut found = self.resource(id).derived.clone();
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            found.extend(&self.resource(id).derived);
            next += 1;
        }
        found.sort_unstable();
        found
    }
}

/// Words that a link to the base type follows, the most telling first.
const BASE_LEADS: &[&str] =
    &["inherits from", "derived from", "derives from", "inherits the", "subclass of", "subclass from", "subtype of"];

/// The same, to be looked for together: few paragraphs have any.
static INHERITS: Phrases = Phrases::new(BASE_LEADS);

/// "Inherits from [x](x.md)" in the text below the title.
pub(super) fn told(page: &Page) -> Option<Base<'_>> {
    let section = page.sections.first()?;
    section.prose().find_map(|paragraph| {
        let text = &page.source[paragraph];
        if links_within(&page.links, paragraph).is_empty() || !INHERITS.are_in(text) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let lead = BASE_LEADS.iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
        let rest = Span { start: paragraph.start + lead as u32, end: paragraph.end };
        let link = links_within(&page.links, rest).first()?;
        let between = &page.source[Span { start: rest.start, end: link.span.start }];
        if between.split_whitespace().count() > 3 {
            return None;
        }
        Some(Base { name: &page.source[link.text], at: Location::new(page.id, link.text), resource: None })
    })
}

/// Resolves the base types, cuts what would go round in circles, and notes who derives from whom.
pub(super) fn resolve(model: &mut Model<'_>) {
    for index in 0..model.resources.len() {
        let Some(base) = model.resources[index].base.clone() else { continue };
        let page = model.docset.page(base.at.file);
        let link = links_within(
            &page.links,
            base.at.span.to(Span { start: base.at.span.start.saturating_sub(1), ..base.at.span }),
        );
        let reference = match link.iter().find(|link| link.text == base.at.span) {
            Some(link) => TypeRef::Link { text: link.text, target: link.target },
            None => TypeRef::Name(base.at.span),
        };
        let found = match Resolver::new(model).resolve_ref(page, reference, Mention::Possible) {
            Some(Item::Resource(id)) if !model.is_a(id, ResourceId(index as u32)) => Some(id),
            _ => None,
        };
        if let Some(base) = &mut model.resources[index].base {
            base.resource = found;
        }
        if let Some(base) = found {
            model.resources[base.0 as usize].derived.push(ResourceId(index as u32));
        }
    }
    for index in 0..model.resources.len() {
        let Some(base) = model.resources[index].base.as_ref().and_then(|base| base.resource) else { continue };
        for property in 0..model.resources[index].properties.len() {
            let own = &model.resources[index].properties[property];
            let is_inherited = model.property(base, own.name).is_some();
            // A representation shows what is inherited by way of example: the table of a base says what it is.
            let shown = is_inherited && !own.is_listed;
            let listed = shown.then(|| listed_by(model, base, own.name)).flatten();
            let listed = listed.map(|listed| (listed.of, listed.type_at));
            let own = &mut model.resources[index].properties[property];
            own.is_inherited = is_inherited;
            if let Some(listed) = listed {
                (own.of, own.type_at) = listed;
            }
        }
    }
}

/// The property of this name that a table of the resource, or of a base, lists.
fn listed_by<'m, 'd>(model: &'m Model<'d>, id: ResourceId, name: &str) -> Option<&'m Property<'d>> {
    let mut properties = model.ancestry(id).flat_map(|level| &model.resource(level).properties);
    properties.find(|property| property.is_listed && property.name == name)
}

/// Types written as "[a] or [b]" become what all of them derive from, where there is such a type.
pub(super) fn unions(model: &mut Model<'_>) {
    for index in 0..model.resources.len() {
        for position in 0..model.resources[index].properties.len() {
            let property = &model.resources[index].properties[position];
            if property.of.of == Item::Any
                && let Some(common) = common_base(model, property.type_at)
            {
                model.resources[index].properties[position].of.of = Item::Resource(common);
            }
        }
    }
}

/// The nearest type that every type linked to in a cell is, or derives from.
fn common_base(model: &Model<'_>, cell: Location) -> Option<ResourceId> {
    let page = model.docset.page(cell.file);
    let resource = |link: &crate::syntax::Link| {
        let (target, _) = model.paths.linked_page(page, &page.source[link.target])?;
        match model.type_of_page(target.id)? {
            Item::Resource(id) => Some(id),
            _ => None,
        }
    };
    let named: Option<Vec<ResourceId>> = links_within(&page.links, cell.span).iter().map(resource).collect();
    let named = named.filter(|named| named.len() > 1)?;
    model.ancestry(named[0]).find(|base| named.iter().all(|id| model.is_a(*id, *base)))
}
