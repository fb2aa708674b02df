use super::Report;
use super::annotations::member_after;
use crate::model::{Item, Model};
use crate::span::{Location, Span};
use crate::syntax::construct::{Methods, ResourceBlock};
use crate::syntax::{Annotation, Block, Page};

rule! {
    /// A type with methods and a property `id` whose annotation names no `keyProperty`.
    ///
    /// Where a type has no methods, it is a part of others, and its `id` may be that of something else.
    ///
    /// ## Why
    /// It is not known whether the `id` tells its objects apart, so that they can be addressed by it.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Methods
    /// |Method|Return type|Description|
    /// |:---|:---|:---|
    /// |Get customer|[customer](#customer)|Gets a customer.|
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |id|String|The identifier.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Methods
    /// |Method|Return type|Description|
    /// |:---|:---|:---|
    /// |Get customer|[customer](#customer)|Gets a customer.|
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |id|String|The identifier.|
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "keyProperty": "id", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    Hint, Linked(check), Unsafe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let Some(Item::Resource(id)) = model.type_of_page(page.id) else { return };
    let resource = model.resource(id);
    let has_key = model.ancestry(id).any(|level| model.resource(level).key.is_some());
    let Some(property) = resource.properties.iter().find(|property| property.name == "id") else { return };
    // The key of a derived type is that of its base.
    if has_key || resource.base.is_some() || property.at.file != page.id {
        return;
    }
    let has_methods = model.parts(page.id).iter().any(|part| part.find::<Methods>().next().is_some());
    let Some(annotation) = annotation(model, page, id).filter(|_| has_methods) else { return };
    let at = annotation.block_type_span(&page.source);
    let finding = report
        .at(Location::new(page.id, at), format!("`{}` has a property `id`, but no key property", resource.name.name));
    finding.help("add `\"keyProperty\": \"id\"`, if the `id` tells objects apart").label(property.at, "the property");
    // A broken annotation is to be mended first; whether the `id` is a key is for the author to say.
    if annotation.json.is_strict() {
        let member = member_after(&page.source, annotation, at.end, "keyProperty", "\"id\"");
        finding.unsafe_fix(Span::at(at.end as usize), member);
    }
}

/// The annotation of the type's first JSON representation on the page.
fn annotation<'p>(model: &Model<'_>, page: &'p Page, id: crate::model::ResourceId) -> Option<&'p Annotation> {
    let mut blocks = page.find::<ResourceBlock>();
    blocks.find_map(|(section, block)| {
        let Block::Fence(fence) = section.blocks.get(block.block)? else { return None };
        let annotation = fence.annotation.as_ref()?;
        let name = &page.source[annotation.type_name(&page.source)?];
        (model.find(name) == Some(Item::Resource(id)) && annotation.json.is_strict()).then_some(annotation)
    })
}
