use super::Report;
use super::held::{self, Held};
use super::names::list;
use crate::model::{Item, Model, Primitive, Property, ResourceId};
use crate::source::Source;
use crate::span::Span;
use crate::syntax::BlockType;
use crate::syntax::json::Value;

rule! {
    /// A response that is not `truncated` and lacks a property of its type. Relationships, `optionalProperties`, and what is
    /// returned only when it is selected may be absent.
    ///
    /// ## Why
    /// Readers take the response for whole, and do not expect the property.
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer" } -->
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
    /// |name|String|The name.|
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
    /// |name|String|The name.|
    /// ````
    Error, Held(check)
}

/// So many names are told.
const MAX_NAMES: usize = 5;

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    let source = &held.page.source;
    let shortened = held.annotation.is_none_or(|found| found.flag("truncated", source) == Some(true));
    // An `example` may show what matters only.
    let is_response = held.annotation.is_some_and(|found| found.block_type == BlockType::Response);
    if !is_response || held.is_shortened || shortened {
        return;
    }
    let own = held.annotation.and_then(|found| found.value("optionalProperties", source));
    let own = own.map_or_else(Vec::new, |list| held::names_in(list, source));
    let mut missing: Vec<&str> = Vec::new();
    let mut first = None;
    for (object, id) in held.objects.iter().filter(|(object, _)| held.whole.contains(&object.span)) {
        for name in required(model, *id) {
            if object.get(name, source).is_none() && !own.contains(&name) && !missing.contains(&name) {
                missing.push(name);
                first.get_or_insert((object.span, *id));
            }
        }
    }
    let Some((object, id)) = first else { return };
    let what = match missing.len() {
        0..=MAX_NAMES => list(missing.iter().copied(), "and"),
        count => {
            format!("{} and {} more properties", list(missing[..MAX_NAMES].iter().copied(), "and"), count - MAX_NAMES)
        }
    };
    report
        .at(held.at(held.promise), format!("the body lacks {what} of `{}`", model.resource(id).name.name))
        .help("add what is missing, list it in the `optionalProperties` of the type, or say that the response is `truncated`")
        .label(held.at(Span::new(object.start as usize, object.start as usize + 1)), "the object");
}

/// The properties that every whole object of a type has.
fn required<'m>(model: &'m Model<'_>, id: ResourceId) -> Vec<&'m str> {
    let mut names: Vec<&str> = Vec::new();
    for level in model.ancestry(id) {
        let optional = held::listed_names(model, level, "optionalProperties").map_or_else(Vec::new, |(_, names)| names);
        let shown: Vec<_> = held::representations(model, level).collect();
        let is_shown = |name: &str| {
            let shows = |root: &Value, source: &Source| root.get(name, source).is_some();
            shown.is_empty()
                || shown
                    .iter()
                    .any(|(page, _, block)| block.json.root.as_ref().is_some_and(|root| shows(root, &page.source)))
        };
        let always = |property: &&Property<'_>| {
            let lower = property.description.to_ascii_lowercase();
            // What only the representation has is reported there.
            property.is_listed
                && !property.is_relationship
                && !property.facts.optional
                && property.of.of != Item::Primitive(Primitive::Stream)
                && !["$select", "$expand", "by default", "only returned", "returned only", "deprecated"]
                    .iter()
                    .any(|word| lower.contains(word))
                && !optional.contains(&property.name)
                && is_shown(property.name)
        };
        names.extend(model.resource(level).properties.iter().filter(always).map(|property| property.name));
    }
    // A type that another makes optional is optional.
    names.sort_unstable();
    names.dedup();
    names
}
