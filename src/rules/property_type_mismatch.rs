use super::Report;
use super::held::Held;
use super::representations::{self, Description};
use crate::model::conformance::{Mismatch, MismatchKind};
use crate::model::{Item, Model, Primitive, Property, Type, values};
use crate::span::{FileId, Location};
use crate::syntax::PageKind;
use crate::syntax::json::Value;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

rule! {
    /// A value that is not of the declared type, in an example or in a JSON representation.
    ///
    /// ## Why
    /// One of the two is wrong. Clients that are generated from the type do not read the value.
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
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "size": "large"
    /// }
    /// ```
    /// //- resources/customer.md
    /// # customer resource type
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
    /// ````
    Error, Held(check) and Description(representation)
}

fn check(model: &Model<'_>, held: &Held<'_, '_>, report: &mut Report<'_>) {
    held.report(report, |page, mismatch| {
        let text = &page.source[mismatch.span];
        let declared = match mismatch.kind {
            MismatchKind::Type(_) if are_numbers(model, mismatch, text) => return None,
            MismatchKind::Type(of) => model.type_name(of),
            MismatchKind::Format(primitive) if !has_own_rule(primitive) => primitive.name().to_owned(),
            _ => return None,
        };
        let shown = shortened(text);
        let message = match mismatch.property {
            Some(property) => format!("`{}` is declared as `{declared}`, but the value is {shown}", property.name),
            None => format!("the body should hold a value of type `{declared}`, but holds {shown}"),
        };
        let help = match mismatch.kind {
            MismatchKind::Format(Primitive::Binary) => {
                "write base64, four characters for every three bytes, or correct the type"
            }
            _ => "correct the value, or the type where it is declared",
        };
        Some((message, help.to_owned()))
    });
}

/// Whether a number is held against a number of a representation, which is one by way of example: a whole one there
/// does not say that all are.
fn are_numbers(model: &Model<'_>, mismatch: &Mismatch<'_>, shown: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let declared = |at: Location| is_number(&model.page(at.file).source[at.span]);
    is_number(shown) && mismatch.property.is_some_and(|property| declared(property.at))
}

/// Whether `invalid-date-time` reports what is no value of it.
fn has_own_rule(primitive: Primitive) -> bool {
    use Primitive::{Date, DateTimeOffset, Duration, Guid, TimeOfDay};
    matches!(primitive, Date | DateTimeOffset | Duration | Guid | TimeOfDay)
}

/// The first line of a value.
fn shortened(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        _ => text.lines().next().unwrap_or_default(),
    }
}

/// Holds the members of a JSON representation against the rows of the tables.
fn representation(model: &Model<'_>, described: &Description<'_>, report: &mut Report<'_>) {
    let page = described.page;
    if page.kind() != PageKind::Resource {
        return;
    }
    // The page, and what is included in it.
    let files = LazyCell::new(|| {
        let ids = model.parts(page.id).iter().map(|part| part.page.id);
        ids.collect::<FxHashSet<FileId>>()
    });
    for found in &described.shown {
        for member in found.root.members() {
            let name = found.name(member);
            let own = model.resource(found.id).properties.iter().find(|property| property.name == name);
            // A property that no table lists has its type from here. Another page that describes the type differently
            // is a fault of its own.
            let told_here =
                |own: &&Property<'_>| own.type_at.span != member.value.span && files.contains(&own.type_at.file);
            let Some(property) = own.filter(told_here) else { continue };
            let told = values::infer(model, model.page(found.page.id), &member.value);
            if !representations::differ(model, found.page, property.of, told, &member.value) {
                continue;
            }
            report
                .at(
                    property.type_at,
                    format!(
                        "`{name}` is declared as `{}`, but the JSON representation shows {}",
                        model.type_name(property.of),
                        describe(model, told, &member.value)
                    ),
                )
                .help("correct the one that is wrong")
                .label(Location::new(found.page.id, member.value.span), "the JSON representation shows it here");
        }
    }
}

fn describe(model: &Model<'_>, told: Type, value: &Value) -> String {
    match told.of {
        Item::Any => value.describe().to_owned(),
        Item::Primitive(Primitive::Int64 | Primitive::Double) if !told.collection => value.describe().to_owned(),
        _ => format!("`{}`", model.type_name(told)),
    }
}
