//! Types and their properties, from the pages that describe them.

use super::resolve::{Mention, Resolver, is_type_name, namespace, split_name};
use super::sections::ShownTypes;
use super::view::Part;
use super::{
    Base, Enum, EnumId, EnumMember, Item, Model, Origin, Property, QualifiedName, Resource, ResourceId, Shown, Type,
    values,
};
use super::{bases, derived, operations};
use crate::span::{FileId, Location, Span};
use crate::syntax::construct::{EnumValues, NamedRow, Properties, ResourceBlock};
use crate::syntax::json::Kind;
use crate::syntax::phrases::Phrases;
use crate::syntax::{Annotation, Block, Link, Page, PageKind, Section, SectionKind, TypeName, TypeRef};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Whether a page may describe types.
pub(super) fn is_of_types(page: &Page, parts: &[Part<'_>]) -> bool {
    let shows = |part: &Part<'_>| {
        part.section.find::<ResourceBlock>().next().is_some() || part.find::<EnumValues>().next().is_some()
    };
    matches!(page.kind(), PageKind::Resource | PageKind::Enum) || parts.iter().any(shows)
}

/// Declares the types that a page describes.
pub(super) fn page<'d>(model: &mut Model<'d>, page: &'d Page, parts: &[Part<'d>]) {
    let mut resource = None;
    for part in parts {
        for block in part.section.find::<ResourceBlock>() {
            let annotation = annotation(part.section, block).filter(|_| page.kind() != PageKind::Enum);
            if let Some(id) = annotation.and_then(|found| declare_annotated(model, page, part, found)) {
                resource.get_or_insert(id);
            }
        }
    }
    if resource.is_none() && page.kind() == PageKind::Resource {
        resource = title_name(page)
            .map(|at| declare_resource(model, page, type_name(model, page, at), Location::new(page.id, at)));
    }
    let mut enums = Vec::new();
    for part in parts {
        for found in part.find::<EnumValues>() {
            enums.extend(declare_enum(model, page, part, found));
        }
    }
    // A page that lists several is about none of them more than about the others.
    let only_enum = enums.first().filter(|first| enums.iter().all(|other| other == *first));
    let described = resource.map(Item::Resource).or(only_enum.copied().map(Item::Enum));
    let is_without = described.is_none() && enums.is_empty();
    model.page_types[page.id.index()] = if is_without { enum_without_members(model, page) } else { described };
}

/// An enumeration whose page lists no members may have any string for a value.
fn enum_without_members<'d>(model: &mut Model<'d>, page: &'d Page) -> Option<Item> {
    if page.kind() != PageKind::Enum {
        return None;
    }
    let name = type_name(model, page, title_name(page)?);
    let any = Item::Primitive(super::Primitive::String);
    Some(*model.names.entry(name.key()).or_insert(any))
}

/// Makes the types of a page known by the other names that their annotations give them, where nothing else has these.
pub(super) fn aliases<'d>(model: &mut Model<'d>, page: &'d Page, parts: &[Part<'d>]) {
    for part in parts {
        for block in part.section.find::<ResourceBlock>() {
            let source = &part.page.source;
            let Some(annotation) = annotation(part.section, block) else { continue };
            let Some(others) = annotation.string("@type.aka", source) else { continue };
            let Some(item) = annotation.type_name(source).and_then(|at| model.lookup(page, &source[at])) else {
                continue;
            };
            for other in others.split([' ', ',']).filter(|name| !name.is_empty()) {
                let key = split_name(other, namespace(model.docset, page)).key();
                model.names.entry(key).or_insert(item);
            }
        }
    }
}

/// The annotation of a JSON representation.
fn annotation<'d>(section: &'d Section, block: &ResourceBlock) -> Option<&'d Annotation> {
    match section.blocks.get(block.block)? {
        Block::Fence(fence) => fence.annotation.as_ref(),
        _ => None,
    }
}

fn declare_annotated<'d>(
    model: &mut Model<'d>,
    page: &'d Page,
    part: &Part<'d>,
    annotation: &'d Annotation,
) -> Option<ResourceId> {
    let source = &part.page.source;
    let at = annotation.type_name(source)?;
    let name = split_name(&source[at], namespace(model.docset, page));
    let id = declare_resource(model, page, name, Location::new(part.page.id, at));
    let resource = &mut model.resources[id.0 as usize];
    resource.is_open |= annotation.flag("openType", source) == Some(true);
    let is_abstract = annotation.flag("abstract", source).or(annotation.flag("isAbstract", source));
    resource.is_abstract |= is_abstract == Some(true);
    let string = |key| match annotation.value(key, source)?.kind {
        Kind::String(span) if !source[span].trim().is_empty() => Some(span),
        _ => None,
    };
    resource.key = resource.key.or(string("keyProperty").map(|key| &source[key]));
    if resource.base.is_none() {
        let base = |at: Span| Base { name: &source[at], at: Location::new(part.page.id, at), resource: None };
        resource.base = string("baseType").map(base);
    }
    Some(id)
}

/// The word of the title that names the type: "customer resource type".
fn title_name(page: &Page) -> Option<Span> {
    let title = page.title?.text;
    let words = page.source[title].split([' ', '\t']);
    let mut names = words.map(|word| word.trim_matches(['*', '`', '\\'])).filter(|word| !word.is_empty());
    let name = names.next()?;
    page.source.span_of(name)
}

fn type_name<'d>(model: &Model<'d>, page: &'d Page, at: Span) -> QualifiedName<'d> {
    split_name(&page.source[at], namespace(model.docset, page))
}

/// The resource of this name; a page more of it, if another page described it before.
fn declare_resource<'d>(model: &mut Model<'d>, page: &'d Page, name: QualifiedName<'d>, at: Location) -> ResourceId {
    let key = name.key();
    if let Some(Item::Resource(id)) = model.names.get(&key).copied() {
        let resource = &mut model.resources[id.0 as usize];
        if !resource.pages.contains(&page.id) {
            resource.pages.push(page.id);
        }
        return id;
    }
    let id = ResourceId(model.resources.len() as u32);
    model.names.entry(key).or_insert(Item::Resource(id));
    model.resources.push(Resource {
        name,
        at,
        pages: vec![page.id],
        origin: Origin::Described,
        description: description(page),
        base: None,
        properties: Vec::new(),
        key: None,
        is_abstract: false,
        is_open: false,
        derived: Vec::new(),
    });
    id
}

/// What a page says of itself: its first paragraph, else its front matter.
pub(super) fn description(page: &Page) -> &str {
    let summary = page.summary.map(|span| page.source[span].trim());
    let front_matter = || page.front_matter.get("description", &page.source).map(|span| page.source[span].trim());
    summary.filter(|text| !text.is_empty()).or_else(front_matter).unwrap_or_default()
}

fn declare_enum<'d>(model: &mut Model<'d>, page: &'d Page, part: &Part<'d>, found: &EnumValues) -> Option<EnumId> {
    let source = &part.page.source;
    let (file, at) = match found.name {
        Some(name) => (part.page, name),
        None => (page, title_name(page)?),
    };
    let name = split_name(&file.source[at], namespace(model.docset, page));
    let members = found.members.iter().map(|member| EnumMember {
        name: &source[member.name],
        at: Location::new(part.page.id, member.name),
        description: member.description.map_or("", |span| &source[span]),
    });
    let description = if found.name.is_none() { description(page) } else { "" };
    Some(model.add_enum(Enum { name, at: Location::new(file.id, at), description, members: members.collect() }))
}

/// What a page says of its type.
pub(super) struct Told<'d> {
    /// The type.
    pub(super) of: ResourceId,
    /// What it says of that, and of others.
    pub(super) of_types: Vec<OfType<'d>>,
    /// The links to types that derive from it, each with the page that has it.
    pub(super) derived: Vec<(&'d Page, &'d Link)>,
    /// The pages of its operations.
    pub(super) operations: Vec<FileId>,
}

/// What a page says of the properties of a type.
pub(super) struct OfType<'d> {
    of: ResourceId,
    properties: Vec<Property<'d>>,
    is_open: bool,
    base: Option<Base<'d>>,
}

/// Reads a page that describes a resource; `None` for one that does not.
pub(super) fn told<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, parts: &[Part<'d>]) -> Option<Told<'d>> {
    let Some(Item::Resource(of)) = names.model.type_of_page(page.id) else { return None };
    let derived = derived::links(parts, names.model.resource(of).name.name);
    let operations =
        if page.kind() == PageKind::Resource { operations::listed(names.model, parts) } else { Vec::new() };
    Some(Told { of, of_types: properties(names, page, of, parts), derived, operations })
}

/// Reads the property tables and the JSON representations of a resource page. What its sections tell of another type
/// than the page's is told of that.
fn properties<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, id: ResourceId, parts: &[Part<'d>]) -> Vec<OfType<'d>> {
    let shown = ShownTypes::of(names.model, page, parts);
    // An annotation that names the base comes first.
    let base = if names.model.resource(id).base.is_none() { bases::told(page) } else { None };
    let mut all = vec![OfType { of: id, properties: Vec::new(), is_open: says_open(page), base }];
    // Where in it the types other than the own one are.
    let mut places = FxHashMap::default();
    for part in parts {
        for table in part.find::<Properties>() {
            let of = shown.named(part).unwrap_or(id);
            let at = if of == id { 0 } else { *places.entry(of).or_insert(all.len()) };
            if at == all.len() {
                all.push(OfType { of, properties: Vec::new(), is_open: false, base: None });
            }
            let rows = table.rows.iter();
            let rows = rows.filter_map(|row| property(names, part.page, row, table.relationships));
            all[at].properties.extend(rows);
        }
    }
    for part in parts {
        for block in part.section.find::<ResourceBlock>() {
            let own = annotation(part.section, block).and_then(|annotation| annotation.type_name(&part.page.source));
            let own = own.and_then(|name| names.lookup(page, &part.page.source[name]));
            let Item::Resource(of) = own.unwrap_or(Item::Resource(id)) else { continue };
            let at = if of == id { Some(0) } else { places.get(&of).copied() };
            if let Some(at) = at {
                values::untabled_members(names, part.page, block, &mut all[at].properties);
            }
        }
    }
    all
}

/// Adds what a page says of the properties of its type.
pub(super) fn add_properties<'d>(model: &mut Model<'d>, page: &'d Page, told: OfType<'d>) {
    let resource = &mut model.resources[told.of.0 as usize];
    // Of the pages that each show a slice of a type, the one named as the type knows best.
    let file = page.source.path.rsplit('/').next().unwrap_or_default();
    let is_main = file.strip_suffix(".md").is_some_and(|stem| stem.eq_ignore_ascii_case(resource.name.name));
    let several = resource.pages.len() > 1;
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    places.reserve(resource.properties.len() + told.properties.len());
    places.extend(resource.properties.iter().zip(0..).map(|(property, at)| (property.name, at)));
    resource.properties.reserve_exact(told.properties.len());
    for property in told.properties {
        match places.entry(property.name) {
            Entry::Occupied(at) => {
                let known = &mut resource.properties[*at.get()];
                if several && is_main && known.at.file != page.id {
                    *known = property;
                }
            }
            Entry::Vacant(place) => {
                place.insert(resource.properties.len());
                resource.properties.push(property);
            }
        }
    }
    resource.is_open |= told.is_open;
    resource.base = resource.base.take().or(told.base);
}

/// A row as a property; `None` when its name is none.
pub(super) fn property<'d>(
    names: &mut Resolver<'_, 'd>,
    page: &'d Page,
    row: &NamedRow,
    is_relationship: bool,
) -> Option<Property<'d>> {
    let name = &page.source[row.name];
    if name.is_empty() || name.contains(char::is_whitespace) || name.starts_with('@') {
        return None;
    }
    let description = &page.source[row.description];
    let facts = row.facts.in_text(&page.source);
    let of = match &row.type_name {
        Some(name) => {
            enum_by_values(names, page, name.of, &facts.values);
            plural(names, page, name).filter(|_| is_relationship).unwrap_or_else(|| names.resolve(page, name))
        }
        None => match row.value {
            Some(value) => names
                .resolve_ref(page, TypeRef::Name(value), Mention::Possible)
                .map_or(Type::single(Item::Any), Type::single),
            None => Type::single(Item::Any),
        },
    };
    let type_at = row.type_name.as_ref().map_or(row.name, |name| name.span);
    Some(Property {
        name,
        at: Location::new(page.id, row.name),
        of,
        type_at: Location::new(page.id, type_at),
        description,
        is_inherited: facts.inherited,
        is_listed: true,
        facts,
        is_relationship,
        shown: Shown::Nothing,
    })
}

/// The collection that a bare name means which is no type's, but the plural of one.
fn plural<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, name: &TypeName) -> Option<Type> {
    let TypeRef::Name(span) = name.of else { return None };
    let written = &page.source[span];
    if super::Primitive::parse(written).is_some() || names.lookup(page, written).is_some() {
        return None;
    }
    names.one_of(page, written).map(|of| Type { of, collection: true })
}

/// A name that nothing defines, beside a list of values, defines an enumeration; so does a link that leads to no type.
pub(super) fn enum_by_values<'d>(names: &mut Resolver<'_, 'd>, page: &'d Page, name: TypeRef, values: &[&'d str]) {
    if values.is_empty() {
        return;
    }
    let span = match name {
        TypeRef::Name(span) => span,
        TypeRef::Link { text, .. } if is_type_name(&page.source[text]) => text,
        TypeRef::Link { .. } | TypeRef::Other(_) => return,
    };
    let written = &page.source[span];
    let is_known = super::Primitive::parse(written).is_some() || super::primitive::is_any(written);
    if is_known || names.resolve_ref(page, name, Mention::Possible).is_some() {
        return;
    }
    let member = |value: &&'d str| {
        let at = page.source.span_of(value).unwrap_or(span);
        EnumMember { name: value, at: Location::new(page.id, at), description: "" }
    };
    names.demand_enum(page, span, values.iter().map(member).collect());
}

static OPEN: Phrases = Phrases::new(&["is an open type", "is an [open type"]);

/// Whether a page says that its type "is an open type", linked or not, before its tables.
fn says_open(page: &Page) -> bool {
    let about =
        page.sections.iter().filter(|section| section.kind.is_none() || section.kind == Some(SectionKind::Properties));
    about.flat_map(|section| section.prose()).any(|paragraph| OPEN.are_in(&page.source[paragraph]))
}
