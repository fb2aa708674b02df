//! What the page of a resource says of its properties twice: in tables and in a JSON representation.

use crate::model::{Item, Model, ResourceId};
use crate::syntax::construct::{NamedRow, Properties, ResourceBlock};
use crate::syntax::json::{FaultKind, Value};
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

/// The representations of the type that a page describes; those of other types on it are left out.
pub(super) fn of<'m>(model: &'m Model<'_>, page: &Page) -> impl Iterator<Item = Representation<'m>> {
    let own = model.type_of_page(page.id);
    let blocks =
        model.parts(page.id).iter().flat_map(|part| part.find::<ResourceBlock>().map(move |block| (part, block)));
    blocks.filter_map(move |(part, block)| {
        let Block::Fence(fence) = part.section.blocks.get(block.block)? else { return None };
        let name = fence.annotation.as_ref()?.type_name(&part.page.source)?;
        let item = model.lookup(part.page, &part.page.source[name])?;
        let Item::Resource(id) = item else { return None };
        let is_shortened = block.json.faults.iter().any(|fault| fault.kind == FaultKind::Ellipsis);
        let root = block.json.root.as_ref()?;
        (own == Some(item)).then_some(Representation { page: part.page, id, root, is_shortened })
    })
}

/// The rows of the property tables of a page, with its includes.
pub(super) fn rows<'m>(model: &'m Model<'_>, page: &Page) -> Vec<(&'m Page, TableRow<'m>)> {
    let parts = model.parts(page.id).iter();
    let tables = parts.flat_map(|part| part.find::<Properties>().map(move |table| (part.page, table)));
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
