//! Parameters of an operation: those of its path, its query string, its function call and its headers.

use super::plan::{PlannedOperation, PlannedPath};
use super::schemas::Context;
use super::text::{clean, cleaned, folded};
use crate::model::route::Piece;
use crate::model::{Item, Parameter as Documented, Primitive, Type};
use crate::syntax::construct::parameters::Place;
use indexmap::IndexMap;
use openapiv3::{HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type as Kind};
use serde_json::{Value, json};

/// Headers that the document says otherwise: as security and as media types.
const SAID_ELSEWHERE: [&str; 3] = ["authorization", "content-type", "accept"];

/// The parameters of an operation at a path.
pub(super) fn parameters<'a>(
    context: &'a Context<'a>,
    path: &PlannedPath<'_>,
    planned: &'a PlannedOperation<'a>,
) -> Vec<ReferenceOr<Parameter>> {
    let mut maker = Maker { context, planned, found: Vec::new() };
    maker.path(path);
    maker.query();
    maker.headers();
    maker.found.into_iter().map(ReferenceOr::Item).collect()
}

struct Maker<'a> {
    context: &'a Context<'a>,
    planned: &'a PlannedOperation<'a>,
    found: Vec<Parameter>,
}

impl<'a> Maker<'a> {
    /// The parameters of the template. They are named as in the first page of the path, and documented as on
    /// this operation's own.
    fn path(&mut self, path: &PlannedPath<'_>) {
        let route = self.planned.route;
        for ((name, (own, written, _)), argument) in
            path.parameters.iter().zip(route.parameters()).zip(route.arguments())
        {
            let is_argument =
                |row: &Documented<'_>| argument.is_some_and(|argument| folded(argument) == folded(row.name));
            let row = self.documented().find(|row| match row.place {
                Place::Path => is_row_of(row, own, written),
                Place::Function => is_argument(row) || is_row_of(row, own, written),
                Place::Query | Place::Header => false,
            });
            let of = row.map(|row| row.of).filter(|of| !of.collection);
            let description = row.and_then(|row| cleaned(row.description));
            let description =
                description.or_else(|| cleaned(&format!("The {} in the path.", written.replace(['-', '_'], " "))));
            let parameter_data = self.data(name, of, description, true, None);
            self.found.push(Parameter::Path { parameter_data, style: PathStyle::Simple });
        }
    }

    /// The query string of the template, then what the tables list.
    fn query(&mut self) {
        for pair in self.planned.route.query.unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let row = self.documented().find(|row| row.place != Place::Header && row.name == name);
            let value = value.trim();
            let is_number = !value.is_empty() && value.len() < 10 && value.bytes().all(|b| b.is_ascii_digit());
            let example = is_number.then(|| json!(value.parse::<u32>().unwrap_or_default()));
            let of = row.map_or_else(
                || Type::single(Item::Primitive(if is_number { Primitive::Int32 } else { Primitive::String })),
                |row| row.of,
            );
            let example = example
                .filter(|_| matches!(of.of, Item::Primitive(primitive) if primitive.is_number()) && !of.collection);
            let description = row.and_then(|row| cleaned(row.description));
            self.add_query(name.trim(), of, description, row.is_some_and(|row| row.required), example);
        }
        for row in self.documented() {
            match row.place {
                Place::Query => self.add_query(row.name, row.of, cleaned(row.description), row.required, None),
                // A parameter of a function stands in the path, unless the path does not name it.
                Place::Function if !self.path_names(row.name) => {
                    self.add_query(row.name, row.of, cleaned(row.description), row.required, None);
                }
                Place::Function | Place::Path | Place::Header => {}
            }
        }
    }

    fn headers(&mut self) {
        for row in self.documented().filter(|row| row.place == Place::Header) {
            let name = row.name.split([':', '=']).next().unwrap_or_default().trim();
            let is_token = !name.is_empty()
                && name.len() < 100
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            let known = self.found.iter().any(|other| {
                matches!(other, Parameter::Header { .. }) && other.parameter_data_ref().name.eq_ignore_ascii_case(name)
            });
            if !is_token || known || SAID_ELSEWHERE.contains(&&*name.to_ascii_lowercase()) {
                continue;
            }
            let string = Type::single(Item::Primitive(Primitive::String));
            let parameter_data = self.data(name, Some(string), cleaned(row.description), row.required, None);
            self.found.push(Parameter::Header { parameter_data, style: HeaderStyle::Simple });
        }
    }

    fn documented(&self) -> std::slice::Iter<'a, Documented<'a>> {
        self.planned.operation.parameters.iter()
    }

    /// Whether the text of the path has the name, as in `range(address='A1')`.
    fn path_names(&self, name: &str) -> bool {
        let wanted = folded(name);
        let mut pieces = self.planned.route.segments.iter().flat_map(|segment| &segment.pieces);
        pieces.any(|piece| match piece {
            Piece::Text(text) => text.split(['(', ')', ',', '=', '\'']).any(|word| folded(word) == wanted),
            Piece::Parameter { name, .. } => folded(name) == wanted,
        })
    }

    /// Adds a query parameter, unless generators would take it for one that is there.
    fn add_query(&mut self, name: &str, of: Type, description: Option<String>, required: bool, example: Option<Value>) {
        let is_name = name.len() < 100 && name.chars().all(|c| c.is_ascii_alphanumeric() || "$@_-.".contains(c));
        let key = folded(name);
        let known = self.found.iter().any(|other| folded(&other.parameter_data_ref().name) == key);
        if !is_name || key.is_empty() || known {
            return;
        }
        let description = description.or_else(|| odata_option(name));
        let parameter_data = self.data(name, Some(of), description, required, example);
        let style = QueryStyle::Form;
        self.found.push(Parameter::Query { parameter_data, allow_reserved: false, style, allow_empty_value: None });
    }

    fn data(
        &self,
        name: &str,
        of: Option<Type>,
        description: Option<String>,
        required: bool,
        example: Option<Value>,
    ) -> ParameterData {
        // An object cannot stand in a URL as it is; OData writes it as JSON text.
        let is_simple = |of: &Type| matches!(of.of, Item::Primitive(_) | Item::Enum(_));
        let of = of.filter(is_simple).unwrap_or(Type::single(Item::Primitive(Primitive::String)));
        ParameterData {
            name: name.to_owned(),
            description: description.or_else(|| Some(format!("The parameter {}.", clean(name)))),
            required,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(narrowed(name, self.context.value(of))),
            example,
            examples: IndexMap::new(),
            explode: of.collection.then_some(false),
            extensions: IndexMap::new(),
        }
    }
}

/// Whether a row of a table describes the parameter of a path: it bears its name, or one of the names in
/// `{id | userPrincipalName}`.
fn is_row_of(row: &Documented<'_>, name: &str, written: &str) -> bool {
    let wanted = folded(row.name);
    !wanted.is_empty()
        && (folded(name) == wanted
            || folded(written) == wanted
            || written.split('|').any(|part| folded(part) == wanted))
}

/// The schema of a query option of OData: lists and conditions are not empty, and counts not below zero (OData 4.01,
/// part 2, section 5.1).
fn narrowed(name: &str, mut schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let ReferenceOr::Item(Schema { schema_kind: SchemaKind::Type(kind), .. }) = &mut schema else { return schema };
    match (name, kind) {
        ("$expand" | "$filter" | "$orderby" | "$select", Kind::String(text)) => text.min_length = Some(1),
        ("$skip" | "$top", Kind::Integer(number)) => number.minimum = Some(0),
        _ => {}
    }
    schema
}

/// What a query option of OData does.
fn odata_option(name: &str) -> Option<String> {
    Some(
        match name {
            "$count" => "Whether the total count of items is in the response.",
            "$expand" => "Relationships whose items are in the response.",
            "$filter" => "A condition on the items.",
            "$orderby" => "The properties by which the items are ordered.",
            "$search" => "Words that the items hold.",
            "$select" => "The properties that are in the response.",
            "$skip" => "How many items to leave out at the start.",
            "$skipToken" | "$skiptoken" => "Where the next page of items starts.",
            "$top" => "How many items are on a page.",
            _ => return None,
        }
        .to_owned(),
    )
}
