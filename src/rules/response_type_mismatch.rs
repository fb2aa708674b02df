use super::{Report, exchanges, held};
use crate::model::{ExampleRef, Item, Model, Origin, ResourceId, route};
use crate::span::{Location, Span};
use crate::syntax::construct::Response;
use crate::syntax::http::Start;
use crate::syntax::{Page, TypeRef, links_within};
use std::cell::LazyCell;

rule! {
    /// A Response section and an example annotation that name different types.
    ///
    /// ## Why
    /// One of the two is wrong, and what is generated follows the annotation.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Response
    /// Returns `200 OK` and a [customer](../resources/customer.md) object.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.order", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "size": 12
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// //- resources/order.md
    /// # order resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Response
    /// Returns `200 OK` and a [customer](../resources/customer.md) object.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "size": 12
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// //- resources/order.md
    /// # order resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |size|Int32|The size.|
    /// ````
    Warning, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for found in differences(model, page) {
        let (annotated, told) = (model.resource(found.annotated).name.name, model.resource(found.told).name.name);
        report
            .at(
                found.example.at(found.span),
                format!("the example returns `{annotated}`, but the response section says `{told}`"),
            )
            .help("correct the one that is wrong")
            .label(found.told_at, "the response section names the type here");
    }
}

/// A response whose annotation names another type than the prose.
pub(super) struct Difference<'m> {
    pub(super) example: ExampleRef<'m>,
    /// Where the annotation names its type.
    span: Span,
    annotated: ResourceId,
    told: ResourceId,
    told_at: Location,
}

/// The responses of a page whose annotations name another type than its Response section.
pub(super) fn differences<'m>(model: &'m Model<'_>, page: &Page) -> Vec<Difference<'m>> {
    let sections = model.parts(page.id).iter();
    let mut told = sections.flat_map(|part| part.find::<Response>().map(move |section| (part, section)));
    // Where several sections tell, each may be about another request.
    let (Some((part, section)), None) = (told.next(), told.next()) else { return Vec::new() };
    let linked = |target: Span| {
        let (page, _) = model.paths.linked_page(part.page, &part.page.source[target])?;
        model.type_of_page(page.id)
    };
    let Some(TypeRef::Link { text, target }) = section.body else { return Vec::new() };
    let Some(Item::Resource(told)) = linked(target) else { return Vec::new() };
    // The section may tell of several.
    let links = part.section.prose().flat_map(|span| links_within(&part.page.links, span));
    let all = LazyCell::new(|| links.filter_map(|link| linked(link.target)).collect::<Vec<Item>>());
    let carrier = section.carrier().map(|status| status.code);
    let responses = model.exchanges(page.id).iter().flat_map(|exchange| &exchange.responses);
    let difference = |example: &ExampleRef<'m>| {
        let annotation = example.annotation().filter(|_| !example.message.ignored && !held::is_error(*example))?;
        let Item::Resource(annotated) = exchanges::annotated_type(model, example.page, annotation)?.of else {
            return None;
        };
        if annotated == told {
            return None;
        }
        let same_status = example.status().is_some_and(|(code, _)| carrier == Some(code));
        let told_too = || all.contains(&Item::Resource(annotated));
        let is_known = model.resource(annotated).origin == Origin::Described;
        let is_related = || are_related(model, annotated, told) || shows_part(model, *example, annotated, told);
        let differ = same_status && is_known && !told_too() && !is_related();
        if !differ || !is_of_page(model, *example, annotated, told) {
            return None;
        }
        let span = annotation.type_name(&example.page.source)?;
        Some(Difference { example: *example, span, annotated, told, told_at: Location::new(part.page.id, text) })
    };
    responses.filter_map(difference).collect()
}

/// Whether one type derives from the other.
fn are_related(model: &Model<'_>, returned: ResourceId, told: ResourceId) -> bool {
    model.is_a(returned, told) || model.is_a(told, returned)
}

/// Whether what is returned holds, and the body shows, what the section tells of.
fn shows_part(model: &Model<'_>, example: ExampleRef<'_>, returned: ResourceId, told: ResourceId) -> bool {
    let source = &example.page.source;
    let Some(root) = example.message.message.json() else { return false };
    let items = root.get("value", source).map_or(&[][..], |list| list.items());
    let shows = |name: &str| std::iter::once(root).chain(items).any(|object| object.get(name, source).is_some());
    let properties = model.all_properties(returned);
    properties.iter().any(|property| property.of.of == Item::Resource(told) && shows(property.name))
}

/// Whether an example shows what the page is about, not a part of it under a longer path.
fn is_of_page(model: &Model<'_>, example: ExampleRef<'_>, returned: ResourceId, told: ResourceId) -> bool {
    let operation = exchanges::operation(model, example);
    let Some((operation, request)) = operation.zip(exchanges::request_of(model, example)) else { return false };
    let Start::Request(line) = &request.message.message.start else { return false };
    let (path, _) = route::path_and_query(&request.page.source[line.url]);
    let last = path.rsplit('/').next().unwrap_or_default();
    let property = model.property(told, last);
    request.is_of(&operation.routes) && property.is_none_or(|part| part.of.of != Item::Resource(returned))
}
