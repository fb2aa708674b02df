use super::messages::status;
use super::{Report, held};
use crate::model::{Item, Model, Origin};
use crate::span::Location;
use crate::syntax::construct::Response;
use crate::syntax::{Link, Page, PageKind, TypeRef, links_within};

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
    if page.kind() != PageKind::Operation {
        return;
    }
    let sections = model.parts(page.id).iter();
    let mut told = sections.flat_map(|part| part.find::<Response>().map(move |section| (part.page, section)));
    // Where several sections tell, each may be about another request.
    let (Some((file, section)), None) = (told.next(), told.next()) else { return };
    let Some(TypeRef::Link { text, target }) = section.body else { return };
    let linked = model.paths.linked_page(file, &file.source[target]);
    let Some(Item::Resource(named)) = linked.and_then(|(page, _)| model.type_of_page(page.id)) else { return };
    let success = section.success().map(|status| status.code);
    for example in model.exchanges(page.id).iter().flat_map(|exchange| &exchange.responses) {
        let Some(annotation) = example.annotation().filter(|_| !example.message.ignored && !held::is_error(*example)) else { continue };
        let Some(of) = held::annotated_type(model, example.page, annotation) else { continue };
        let (Item::Resource(id), Some(span)) = (of.of, annotation.type_name(&example.page.source)) else { continue };
        let same_status = status(*example).is_some_and(|(code, _)| success == Some(code));
        let related = model.is_a(id, named) || model.is_a(named, id);
        // One may be a part of the other, which the path then asks for.
        let has = |whole, part| model.all_properties(whole).iter().any(|property| property.of.of == Item::Resource(part));
        let wraps = || has(id, named) || has(named, id);
        // The section may tell of several.
        let told = || {
            let links = section.summary.map_or(&[][..], |summary| links_within(&file.links, summary));
            let target = |link: &Link| model.paths.linked_page(file, &file.source[link.target]);
            links.iter().filter_map(target).any(|(page, _)| model.type_of_page(page.id) == Some(of.of))
        };
        let request = held::request_of(model, *example);
        let elsewhere = || {
            let operation = held::operation(model, *example);
            !operation.zip(request).is_some_and(|(operation, request)| held::is_of_route(operation, request))
        };
        let guessed = model.resource(id).origin != Origin::Described;
        if !same_status || related || guessed || wraps() || told() || elsewhere() {
            continue;
        }
        report
            .at(
                example.at(span),
                format!(
                    "the example returns a `{}`, but the response section says `{}`",
                    model.resource(id).name.name,
                    model.resource(named).name.name
                ),
            )
            .help("correct the one that is wrong")
            .label(Location::new(file.id, text), "the response section names the type here");
    }
}
