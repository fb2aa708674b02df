use super::Report;
use super::survey::Survey;
use crate::model::Model;
use crate::span::{FileId, Location};
use crate::syntax::{Block, Column, Page, PageKind, SectionKind, Table, links_within};
use rustc_hash::FxHashSet;

rule! {
    /// A page of an operation that no "Methods" table links to.
    ///
    /// ## Why
    /// Readers of the resource do not find what they can do with it.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-delete.md
    /// # Delete customer
    ///
    /// ## HTTP request
    /// ``` http
    /// DELETE /customers/{id}
    /// ```
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{id}
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Methods
    /// |Method|Return type|Description|
    /// |:---|:---|:---|
    /// |[Get customer](../api/customer-get.md)|[customer](customer.md)|Gets a customer.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{id}
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Methods
    /// |Method|Return type|Description|
    /// |:---|:---|:---|
    /// |[Get customer](../api/customer-get.md)|[customer](customer.md)|Gets a customer.|
    /// ````
    Hint, Surveyed(check)
}

fn check(_: &Model<'_>, survey: &Survey<'_>, report: &mut Report<'_>) {
    let listed: FxHashSet<FileId> = survey.listed.iter().copied().collect();
    // A docset without such tables lists its operations elsewhere.
    if listed.is_empty() {
        return;
    }
    for title in survey.operations.iter().filter(|title| !listed.contains(&title.file)) {
        report
            .at(*title, "no \"Methods\" table links to this operation")
            .help("add a row to the table of the resource that the operation is about");
    }
}

/// The title of a page, if that describes an operation.
pub(super) fn title(page: &Page) -> Option<Location> {
    let title = page.title.filter(|_| page.kind() == PageKind::Operation)?;
    Some(Location::new(page.id, title.text))
}

/// The pages that the methods of a page link to: those in its "Methods" section, and in tables of functions
/// with their return types, whatever the heading.
pub(super) fn listed<'m>(model: &'m Model<'_>, page: &'m Page) -> impl Iterator<Item = FileId> + 'm {
    let methods = page.sections.iter().filter(|section| section.kind == Some(SectionKind::Methods));
    let of_methods = methods.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::List(span) => Some(*span),
        Block::Table(table) if !has_return_types(table) => Some(table.span),
        _ => None,
    });
    let returning = page.tables().filter(|table| has_return_types(table)).map(|table| table.span);
    of_methods.chain(returning).flat_map(|block| links_within(&page.links, block)).filter_map(move |link| {
        let (target, _) = model.paths.linked_page(model.page(page.id), &page.source[link.target])?;
        Some(target.id)
    })
}

fn has_return_types(table: &Table) -> bool {
    table.columns.index(Column::ReturnType).is_some()
}
