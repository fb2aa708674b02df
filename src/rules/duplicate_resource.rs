use super::Report;
use crate::model::{Model, Primitive, Resource};
use crate::span::Location;
use crate::syntax::construct::{NamedRow, Properties};
use crate::syntax::{BlockType, Page, TypeRef};

rule! {
    /// Two pages that describe one type differently.
    ///
    /// ## Why
    /// Pages that each show a slice of a type are put together. Where they contradict each other, the first
    /// counts, and what the second says is lost.
    ///
    /// ## Example
    /// ````md
    /// //- a/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|String|The state.|
    /// //- b/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|Int32|The state.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- a/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|String|The state.|
    /// //- b/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|String|The state.|
    /// |tenantId|String|The tenant.|
    /// ````
    Warning, Resource(check)
}

fn check(model: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    let [first, others @ ..] = &resource.pages[..] else { return };
    let first = model.page(*first);
    for other in others.iter().map(|page| model.page(*page)) {
        let Some((row, known)) = contradiction(first, other) else { continue };
        let (name, types) = (&other.source[row.name], (type_text(other, row), type_text(first, known)));
        let message = format!(
            "another page describes `{}` differently: here `{name}` is `{}`, there `{}`",
            resource.name.name, types.0, types.1
        );
        let at = named(other).unwrap_or(Location::new(other.id, row.name));
        report
            .at(at, message)
            .help("make the pages agree, or name the types differently")
            .label(Location::new(other.id, row.name), "the property here")
            .label(Location::new(first.id, known.name), "the property there");
    }
}

/// Where a page names its type: in the annotation, else in the title.
fn named(page: &Page) -> Option<Location> {
    let annotation = page.annotations().find(|annotation| annotation.block_type == BlockType::Resource);
    let span = annotation.and_then(|annotation| annotation.type_name(&page.source));
    span.or(page.title.map(|title| title.text)).map(|span| Location::new(page.id, span))
}

/// The first property that both pages list with different types.
fn contradiction<'p>(first: &'p Page, other: &'p Page) -> Option<(&'p NamedRow, &'p NamedRow)> {
    let rows = |page: &'p Page| page.find::<Properties>().flat_map(|(_, table)| &table.rows);
    rows(other).find_map(|row| {
        let known = rows(first).find(|known| first.source[known.name] == other.source[row.name])?;
        differ((first, known), (other, row)).then_some((row, known))
    })
}

fn differ((first, known): (&Page, &NamedRow), (other, row): (&Page, &NamedRow)) -> bool {
    let (Some(one), Some(two)) = (&known.type_name, &row.type_name) else { return false };
    let (TypeRef::Link { .. } | TypeRef::Name(_), TypeRef::Link { .. } | TypeRef::Name(_)) = (one.of, two.of) else {
        return false;
    };
    let (a, b) = (&first.source[one.of.span()], &other.source[two.of.span()]);
    let short = |name: &str| name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let same = match (Primitive::parse(a), Primitive::parse(b)) {
        (Some(a), Some(b)) => a == b,
        _ => short(a) == short(b),
    };
    !same || one.collection != two.collection
}

fn type_text<'p>(page: &'p Page, row: &NamedRow) -> std::borrow::Cow<'p, str> {
    row.type_name.as_ref().map_or("".into(), |name| crate::syntax::inline::plain(&page.source[name.span]))
}
