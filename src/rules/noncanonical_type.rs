use super::Report;
use crate::model::{Model, Primitive};
use crate::span::{Location, Span};
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::{NamedRow, Parameters, Properties, RequestBody};
use crate::syntax::{Page, TypeRef};

rule! {
    /// A primitive type in another spelling than that of OData: `string`, `Edm.Int32`, `int`, `datetime`.
    ///
    /// ## Why
    /// Two spellings look like two types. What `number` or `time` is, readers have to guess.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |displayName|string|The name.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |displayName|String|The name.|
    /// ````
    Hint, Linked(check), Safe fix
}

/// Words that may stand for several types: only the author knows which.
const VAGUE: [&str; 5] = ["number", "numeric", "integer", "time", "timestamp"];

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let properties = page.find::<Properties>().flat_map(|(_, table)| &table.rows);
    // The value of a header is no value of OData.
    let parameters = page.find::<Parameters>().filter(|(_, table)| table.place != Place::Header);
    let parameters = parameters.flat_map(|(_, table)| &table.rows);
    let body = page.find::<RequestBody>().flat_map(|(_, table)| &table.rows);
    for span in properties.chain(parameters).chain(body).filter_map(named) {
        let written = &page.source[span];
        // Most are spelt as usual.
        if Primitive::canonical(written).is_some() {
            continue;
        }
        let Some(primitive) = Primitive::parse(written) else { continue };
        // OData has no name for a URL; a type of the docset may be called like another spelling.
        if written == primitive.name() || primitive == Primitive::Url || is_type(model, page, written) {
            continue;
        }
        let usual = primitive.name();
        let at = Location::new(page.id, span);
        if VAGUE.contains(&written.to_ascii_lowercase().as_str()) {
            let message = format!("`{written}` is no type of OData; it is read as `{usual}`");
            report.at(at, message).help(format!("write `{usual}`, or what else is meant"));
        } else {
            let message = format!("the type is usually spelt `{usual}`, not `{written}`");
            report.at(at, message).help(format!("write `{usual}`")).fix(span, usual);
        }
    }
}

fn named(row: &NamedRow) -> Option<Span> {
    match row.type_name.as_ref()?.of {
        TypeRef::Name(span) => Some(span),
        TypeRef::Link { .. } | TypeRef::Other(_) => None,
    }
}

fn is_type(model: &Model<'_>, page: &Page, name: &str) -> bool {
    let default = model.docset.options.default_namespace.as_str();
    let own = page.namespace.map(|namespace| &page.source[namespace]).filter(|own| *own != default);
    std::iter::once(default).chain(own).any(|namespace| model.find(&format!("{namespace}.{name}")).is_some())
}
