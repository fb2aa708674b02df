use super::Report;
use super::names::{closest, did_you_mean, is_plain};
use crate::model::{Item, Model, ResourceId};
use crate::span::{Location, Span};
use crate::syntax::construct::ResourceBlock;
use crate::syntax::json::{Kind, Value};
use crate::syntax::{Block, Page};
use rustc_hash::FxHashSet;

rule! {
    /// A name in `optionalProperties` that is no property of the type.
    ///
    /// ## Why
    /// The property that is meant is still taken for one that every response has.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "optionalProperties": ["displayname"], "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "displayName": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "optionalProperties": ["displayName"], "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "displayName": "String"
    /// }
    /// ```
    /// ````
    Warning, Linked(check), Unsafe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    for (section, block) in page.find::<ResourceBlock>() {
        let Some(Block::Fence(fence)) = section.blocks.get(block.block) else { continue };
        let Some(annotation) = &fence.annotation else { continue };
        let listed = annotation.value("optionalProperties", &page.source).map_or(&[][..], |value| value.items());
        let Some(name) = annotation.type_name(&page.source).filter(|_| !listed.is_empty()) else { continue };
        let Some(Item::Resource(id)) = model.find(&page.source[name]) else { continue };
        let shown = block.object(&page.source);
        let listed: Vec<Span> = listed.iter().filter_map(string).collect();
        let names: FxHashSet<&str> = listed.iter().map(|at| &page.source[*at]).collect();
        for at in listed {
            if !is_known(model, page, id, shown, &page.source[at]) {
                unknown(model, page, report, id, at, &names);
            }
        }
    }
}

fn string(value: &Value) -> Option<Span> {
    match value.kind {
        Kind::String(span) => Some(span),
        _ => None,
    }
}

fn is_known(model: &Model<'_>, page: &Page, id: ResourceId, shown: Option<&Value>, name: &str) -> bool {
    // What an unknown base type has is not known either.
    let unknown_base =
        model.ancestry(id).any(|level| model.resource(level).base.as_ref().is_some_and(|base| base.resource.is_none()));
    let is_instance_annotation = name.contains('@');
    unknown_base
        || is_instance_annotation
        || name.trim().is_empty()
        || model.property(id, name).is_some()
        || shown.is_some_and(|shown| shown.get(name, &page.source).is_some())
}

fn unknown(
    model: &Model<'_>,
    page: &Page,
    report: &mut Report<'_>,
    id: ResourceId,
    at: Span,
    listed: &FxHashSet<&str>,
) {
    let name = &page.source[at];
    let properties = model.all_properties(id);
    // What is on the list already was not meant by another name.
    let is_free = |name: &&str| !listed.contains(name);
    let close = closest(name, properties.iter().map(|property| property.name).filter(is_free));
    let help = did_you_mean(close, || "name a property, or take it off the list".to_owned());
    let message = format!("the optional property `{name}` is no property of `{}`", model.resource(id).name.name);
    let finding = report.at(Location::new(page.id, at), message);
    finding.help(help);
    if let Some(close) = close.filter(|close| is_plain(close)) {
        finding.unsafe_fix(at, close);
    }
}
