//! What the page of a resource says of its properties twice: in tables and in a JSON representation.

use crate::model::conformance::Declared;
use crate::model::sections::ShownTypes;
use crate::model::view::Part;
use crate::model::{Item, Model, Origin, Primitive, ResourceId, Type, values};
use crate::syntax::construct::{NamedRow, Properties, ResourceBlock};
use crate::syntax::json::{FaultKind, Kind, Member, Value};
use crate::syntax::{Block, Page};

/// A JSON representation of the type that a page describes.
pub(super) struct Representation<'m> {
    /// The page in whose text it stands.
    pub(super) page: &'m Page,
    /// The type.
    pub(super) id: ResourceId,
    /// The object.
    pub(super) root: &'m Value,
    /// Whether it says that there is more than it shows.
    pub(super) is_shortened: bool,
}

impl<'m> Representation<'m> {
    /// The name of a member.
    pub(super) fn name(&self, member: &Member) -> &'m str {
        &self.page.source[member.name]
    }
}

/// A row of a property table.
pub(super) struct TableRow<'m> {
    pub(super) row: &'m NamedRow,
    /// Whether it is one of relationships.
    pub(super) relationships: bool,
}

impl std::ops::Deref for TableRow<'_> {
    type Target = NamedRow;

    fn deref(&self) -> &NamedRow {
        self.row
    }
}

/// What a page says of the properties of its type, where it shows a JSON representation.
pub struct Description<'m> {
    /// The page.
    pub(super) page: &'m Page,
    /// The representations.
    pub(super) shown: Vec<Representation<'m>>,
    /// The rows of the tables, each with the page in whose text it stands.
    pub(super) rows: Vec<(&'m Page, TableRow<'m>)>,
}

impl<'m> Description<'m> {
    /// What a page says, if it shows a representation.
    pub(super) fn of(model: &'m Model<'_>, page: &'m Page) -> Option<Self> {
        let shown: Vec<Representation<'m>> = of(model, page).collect();
        (!shown.is_empty()).then(|| Description { page, shown, rows: rows(model, page) })
    }
}

/// The representations of the type that a page describes; those of other types on it are left out.
fn of<'m>(model: &'m Model<'_>, page: &Page) -> impl Iterator<Item = Representation<'m>> {
    let own = model.type_of_page(page.id);
    let parts = own.map_or(&[][..], |_| model.parts(page.id));
    let blocks = parts.iter().flat_map(|part| part.find::<ResourceBlock>().map(move |block| (part, block)));
    blocks.filter_map(move |(part, block)| {
        let Block::Fence(fence) = part.section.blocks.get(block.block)? else { return None };
        let name = fence.annotation.as_ref()?.type_name(&part.page.source)?;
        let item = model.lookup(part.page, &part.page.source[name])?;
        let Item::Resource(id) = item else { return None };
        let is_shortened = block.json.faults.iter().any(|fault| fault.kind == FaultKind::Ellipsis);
        let root = block.object(&part.page.source)?;
        (own == Some(item)).then_some(Representation { page: part.page, id, root, is_shortened })
    })
}

/// The rows of the property tables of a page, with its includes; those of other types on it are left out.
fn rows<'m>(model: &'m Model<'_>, page: &Page) -> Vec<(&'m Page, TableRow<'m>)> {
    let (parts, own) = (model.parts(page.id), model.type_of_page(page.id));
    let shown = ShownTypes::of(model, model.page(page.id), parts);
    let is_own = |part: &&Part<'_>| shown.named(part).is_none_or(|of| own == Some(Item::Resource(of)));
    let tables =
        parts.iter().filter(is_own).flat_map(|part| part.find::<Properties>().map(move |table| (part.page, table)));
    let rows = |(page, table): (&'m Page, &'m Properties)| {
        table.rows.iter().map(move |row| (page, TableRow { row, relationships: table.relationships }))
    };
    tables.flat_map(rows).collect()
}

/// Whether another page that shows a slice of the type lists a property.
pub(super) fn is_listed_elsewhere(model: &Model<'_>, id: ResourceId, page: &Page, name: &str) -> bool {
    let others = model.resource(id).pages.iter().filter(|other| **other != page.id);
    others
        .flat_map(|other| rows(model, model.page(*other)))
        .any(|(page, row)| page.source[row.name].eq_ignore_ascii_case(name))
}

/// Whether the representation of a property contradicts its row: what examples then show is right by one of
/// the two.
pub(super) fn is_contradicted(model: &Model<'_>, declared: &Declared<'_>) -> bool {
    let page = model.page(declared.at.file);
    of(model, page).any(|found| {
        let own = model.resource(found.id).properties.iter().find(|own| own.type_at == declared.at);
        let shown = found.root.get(declared.name, &found.page.source);
        own.zip(shown).is_some_and(|(own, value)| {
            let told = values::infer(model, model.page(found.page.id), value);
            own.type_at.span != value.span && differ(model, found.page, own.of, told, value)
        })
    })
}

/// Whether what a representation shows cannot be of the declared type. Authors write `"String"` for much, and
/// an empty or null value tells nothing.
pub(super) fn differ(model: &Model<'_>, page: &Page, declared: Type, told: Type, value: &Value) -> bool {
    let empty = match &value.kind {
        Kind::Null => true,
        Kind::Array(items) => items.is_empty(),
        _ => false,
    };
    if empty || model.takes_any(declared.of) {
        return false;
    }
    if declared.collection != told.collection {
        return true;
    }
    let text = |primitive: Primitive| !primitive.is_number() && primitive != Primitive::Boolean;
    match (declared.of, told.of) {
        (Item::Primitive(one), Item::Primitive(other)) => {
            // Other strings are read as `String` for want of anything better.
            (other != Primitive::String || names_strings(page, value))
                && ((one == Primitive::Boolean) != (other == Primitive::Boolean)
                    || one.is_number() && text(other)
                    || text(one) && other.is_number())
        }
        (Item::Resource(one), Item::Resource(other)) => {
            let known = model.resource(other).origin == Origin::Described;
            known && !model.is_a(other, one) && !model.is_a(one, other)
        }
        (Item::Resource(one), Item::Primitive(_)) => {
            model.resource(one).origin == Origin::Described && !matches!(value.kind, Kind::String(_) | Kind::Array(_))
        }
        (Item::Primitive(_), Item::Resource(other)) => model.resource(other).origin == Origin::Described,
        (Item::Enum(_), Item::Primitive(primitive)) => !text(primitive),
        (Item::Enum(_), Item::Resource(_)) => false,
        _ => false,
    }
}

/// Whether a value, or the first of several, is a string that begins as the name of the type does.
fn names_strings(page: &Page, value: &Value) -> bool {
    const NAME: &str = "string";
    let word = page.source[value.items().first().unwrap_or(value).span].trim_matches('"');
    word.get(..NAME.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAME))
}
