//! JSON values held against types: what of an example contradicts what the pages say.

use super::{Item, Model, Primitive, Property, ResourceId, Type, values};
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::json::{Kind, Member, Value};
use std::borrow::Cow;

/// A place where a value is not what its type says.
#[derive(Clone, Debug)]
pub struct Mismatch<'d> {
    /// The value, or the name of a member that should not be there.
    pub span: Span,
    /// What is wrong.
    pub kind: MismatchKind<'d>,
    /// The property whose value it is, or is part of.
    pub property: Option<Declared<'d>>,
}

/// A property and where a page declares its type.
#[derive(Clone, Copy, Debug)]
pub struct Declared<'d> {
    /// Its name.
    pub name: &'d str,
    /// Where its type stands.
    pub at: Location,
}

/// What is wrong with a value.
#[derive(Clone, Debug)]
pub enum MismatchKind<'d> {
    /// It is of another type.
    Type(Type),
    /// It is an array, where the type is no collection.
    ArrayNotExpected(Type),
    /// It is no array, where the type is a collection.
    ArrayExpected(Type),
    /// It is a string that is no value of the primitive type.
    Format(Primitive),
    /// It is a string that the enumeration does not list.
    EnumValue(Item),
    /// It is null, where null cannot stand.
    Null,
    /// Its `@odata.type` names this type, which is not expected there.
    OtherType {
        /// The name.
        name: &'d str,
        /// The type that is.
        expected: ResourceId,
    },
    /// It is a member that the type does not have.
    UnknownProperty(Item),
    /// It lacks these properties.
    Missing(Vec<&'d str>),
}

/// Holds values of one page against types.
pub struct Checker<'c, 'd> {
    model: &'c Model<'d>,
    page: &'d Page,
    found: Vec<Mismatch<'d>>,
    objects: Vec<(&'c Value, ResourceId)>,
    /// The property whose value is looked at.
    property: Option<Declared<'d>>,
}

impl<'c, 'd> Checker<'c, 'd> {
    /// A checker for values that stand on `page`.
    pub fn new(model: &'c Model<'d>, page: &'d Page) -> Self {
        Checker { model, page, found: Vec::new(), objects: Vec::new(), property: None }
    }

    /// What was found, in text order.
    pub fn finish(mut self) -> Vec<Mismatch<'d>> {
        self.found.sort_by_key(|mismatch| mismatch.span);
        self.found
    }

    /// What was found, in text order, and the objects that were held against types, with these.
    pub fn finish_with_objects(mut self) -> (Vec<Mismatch<'d>>, Vec<(&'c Value, ResourceId)>) {
        let objects = std::mem::take(&mut self.objects);
        (self.finish(), objects)
    }

    /// Holds a value against a type.
    pub fn value(&mut self, value: &'c Value, expected: Type) {
        if self.model.takes_any(expected.of) {
            return;
        }
        match (&value.kind, expected.collection) {
            (Kind::Null, _) => {}
            (Kind::Array(items), true) => items.iter().for_each(|item| self.value(item, Type::single(expected.of))),
            (_, true) => self.push(value.span, MismatchKind::ArrayExpected(expected)),
            (Kind::Array(_), false) => self.push(value.span, MismatchKind::ArrayNotExpected(expected)),
            _ => self.single(value, expected.of),
        }
    }

    /// Holds an object against a list of properties, such as those of a request body; members that
    /// are not on it are looked for in `also`.
    pub fn properties(&mut self, value: &'c Value, properties: &[Property<'d>], also: Option<ResourceId>) {
        let Kind::Object(members) = &value.kind else {
            let expected = also.map_or(Item::Any, Item::Resource);
            self.push(value.span, MismatchKind::Type(Type::single(expected)));
            return;
        };
        for member in members {
            let name = self.text(member.name);
            // A row in another letter case is about the member all the same.
            let exact = properties.iter().find(|property| property.name == name);
            let row = exact.or_else(|| properties.iter().find(|property| property.name.eq_ignore_ascii_case(name)));
            match row {
                Some(own) if own.facts.required && matches!(member.value.kind, Kind::Null) => {
                    self.push(member.value.span, MismatchKind::Null);
                }
                Some(own) => self.declared(&member.value, own),
                None => self.member(member, also),
            }
        }
        let required = properties.iter().filter(|property| property.facts.required).map(|property| property.name);
        let missing: Vec<&str> = required
            .filter(|name| !members.iter().any(|member| self.text(member.name).eq_ignore_ascii_case(name)))
            .collect();
        if !missing.is_empty() {
            self.push(value.span, MismatchKind::Missing(missing));
        }
    }

    fn single(&mut self, value: &'c Value, of: Item) {
        match of {
            Item::Any => {}
            Item::Primitive(primitive) => self.primitive(value, primitive),
            Item::Enum(id) => match &value.kind {
                Kind::String(span) => {
                    let text = self.text(*span);
                    // Flags are written as a list of members.
                    let known =
                        |part: &str| self.model.enumeration(id).members.iter().any(|member| member.name == part.trim());
                    if !text.split(',').all(known) {
                        self.push(value.span, MismatchKind::EnumValue(of));
                    }
                }
                _ => self.push(value.span, MismatchKind::Type(Type::single(of))),
            },
            Item::Resource(id) => self.resource(value, id),
        }
    }

    fn resource(&mut self, value: &'c Value, expected: ResourceId) {
        let Kind::Object(members) = &value.kind else {
            self.push(value.span, MismatchKind::Type(Type::single(Item::Resource(expected))));
            return;
        };
        let id = self.narrowed(value, expected);
        self.objects.push((value, id));
        for member in members {
            self.member(member, Some(id));
        }
    }

    /// The type that an object's `@odata.type` names, if it is the one expected or derived from it.
    fn narrowed(&mut self, value: &Value, expected: ResourceId) -> ResourceId {
        let source = &self.page.source;
        let Some(named) = value.get("@odata.type", source) else { return expected };
        let Kind::String(span) = named.kind else {
            self.push(named.span, MismatchKind::Type(Type::single(Item::Primitive(Primitive::String))));
            return expected;
        };
        match values::annotated(self.model, self.page, value) {
            Some(Item::Resource(id)) if self.model.is_a(id, expected) => id,
            _ => {
                self.push(named.span, MismatchKind::OtherType { name: self.text(span), expected });
                expected
            }
        }
    }

    fn member(&mut self, member: &'c Member, of: Option<ResourceId>) {
        let name = self.text(member.name);
        if name.contains('@') {
            return;
        }
        let model = self.model;
        match of.and_then(|id| model.property(id, name)) {
            Some(property) => self.declared(&member.value, property),
            None if of.is_some_and(|id| self.model.is_open(id)) => {}
            None => self.push(member.name, MismatchKind::UnknownProperty(of.map_or(Item::Any, Item::Resource))),
        }
    }

    /// Holds a value against the type of its property.
    fn declared(&mut self, value: &'c Value, property: &Property<'d>) {
        let declared = Declared { name: property.name, at: property.type_at };
        let outer = self.property.replace(declared);
        self.value(value, property.of);
        self.property = outer;
    }

    fn primitive(&mut self, value: &Value, primitive: Primitive) {
        let fits = match &value.kind {
            Kind::Bool(_) => primitive == Primitive::Boolean,
            Kind::Number => fits_number(&self.page.source[value.span], primitive),
            Kind::String(_) => {
                let text = value.as_str(&self.page.source).unwrap_or(Cow::Borrowed(""));
                match fits_string(&text, primitive) {
                    Some(true) => true,
                    Some(false) => return self.push(value.span, MismatchKind::Format(primitive)),
                    None => false,
                }
            }
            _ => false,
        };
        if !fits {
            self.push(value.span, MismatchKind::Type(Type::single(Item::Primitive(primitive))));
        }
    }

    fn text(&self, span: Span) -> &'d str {
        &self.page.source[span]
    }

    fn push(&mut self, span: Span, kind: MismatchKind<'d>) {
        self.found.push(Mismatch { span, kind, property: self.property });
    }
}

fn fits_number(text: &str, primitive: Primitive) -> bool {
    let whole = |low: i64, high: i64| text.parse::<i64>().is_ok_and(|number| (low..=high).contains(&number));
    match primitive {
        Primitive::Byte => whole(0, 255),
        Primitive::SByte => whole(-128, 127),
        Primitive::Int16 => whole(i16::MIN.into(), i16::MAX.into()),
        Primitive::Int32 => whole(i32::MIN.into(), i32::MAX.into()),
        Primitive::Int64 => whole(i64::MIN, i64::MAX),
        other => other.is_number(),
    }
}

/// Whether a string is a value of the type; `None` when the type is none that strings have.
fn fits_string(text: &str, primitive: Primitive) -> Option<bool> {
    Some(match primitive {
        Primitive::String | Primitive::Url | Primitive::Stream => true,
        Primitive::Date => is_date(text),
        Primitive::TimeOfDay => is_time(text),
        Primitive::DateTimeOffset => is_date_time(text),
        Primitive::Duration => is_duration(text),
        Primitive::Guid => is_guid(text),
        Primitive::Binary => is_base64(text),
        // OData writes what JSON has no number for as a string.
        Primitive::Single | Primitive::Double => matches!(text, "INF" | "-INF" | "NaN"),
        _ => return None,
    })
}

/// The number that a text of ASCII digits is.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Three fields of these lengths, with a separator between them.
fn fields(text: &str, separator: u8, [one, two, three]: [usize; 3]) -> Option<[&str; 3]> {
    let bytes = text.as_bytes();
    let (first, second) = (one, one + 1 + two);
    let is_parted = text.len() == second + 1 + three && bytes[first] == separator && bytes[second] == separator;
    is_parted.then_some(())?;
    Some([text.get(..first)?, text.get(first + 1..second)?, text.get(second + 1..)?])
}

/// `YYYY-MM-DD`, and a day that exists.
pub fn is_date(text: &str) -> bool {
    let Some([year, month, day]) = fields(text, b'-', [4, 2, 2]) else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `hh:mm:ss` with up to twelve decimals.
pub fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, fraction)| (clock, Some(fraction)));
    let Some([hour, minute, second]) = fields(clock, b':', [2, 2, 2]) else { return false };
    let within = |part: &str, limit: u32| number(part).is_some_and(|value| value < limit);
    let digits = |text: &str| (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    within(hour, 24) && within(minute, 60) && within(second, 60) && fraction.is_none_or(digits)
}

/// `YYYY-MM-DDThh:mm:ss[.f](Z|±hh:mm)`.
pub fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let clock = match rest.strip_suffix(['Z', 'z']) {
        Some(clock) => clock,
        None => {
            let Some(at) = rest.rfind(['+', '-']) else { return false };
            let offset = &rest[at + 1..];
            let valid = offset.len() == 5 && offset.as_bytes()[2] == b':' && is_time(&format!("{offset}:00"));
            if !valid {
                return false;
            }
            &rest[..at]
        }
    };
    is_date(date) && is_time(clock)
}

/// An ISO 8601 duration such as `-P1DT2H30.5S`.
pub fn is_duration(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (mut in_time, mut parts, mut next) = (false, 0, None);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            if in_time || after.is_empty() {
                return false;
            }
            (in_time, rest, next) = (true, after, None);
            continue;
        }
        let Some(end) = rest.find(|c: char| !c.is_ascii_digit() && c != '.') else { return false };
        let unit = rest.as_bytes()[end];
        let units: &[u8] = if in_time { b"HMS" } else { b"YMWD" };
        let place = units.iter().position(|known| *known == unit);
        // The units stand from the longest to the shortest.
        if place < next {
            return false;
        }
        next = place.map(|place| place + 1);
        let (whole, fraction) = rest[..end].split_once('.').map_or((&rest[..end], None), |(w, f)| (w, Some(f)));
        let valid =
            number(whole).is_some() && fraction.is_none_or(|f| unit == b'S' && !f.is_empty() && !f.contains('.'));
        if !valid || !units.contains(&unit) {
            return false;
        }
        parts += 1;
        rest = &rest[end + 1..];
    }
    parts > 0
}

/// An absolute URL of a scheme that names a host or a mailbox, without blanks.
pub fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let has_host = match rest.strip_prefix("//") {
        Some(authority) => !authority.is_empty() && (scheme == "file" || !authority.starts_with(['/', '?', '#'])),
        None => !rest.is_empty() && !rest.starts_with('/') && !matches!(scheme, "http" | "https" | "ftp"),
    };
    is_scheme && has_host && !text.contains(char::is_whitespace)
}

/// Five groups of hexadecimal digits: 8-4-4-4-12.
pub fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// Base64 of either alphabet, padded or not.
pub fn is_base64(text: &str) -> bool {
    let bare = text.trim_end_matches('=');
    let letters = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_".contains(&b));
    letters && text.len() - bare.len() <= 2 && bare.len() % 4 != 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_primitive_types() {
        for (check, good, bad) in [
            (
                is_date as fn(&str) -> bool,
                &["2024-02-29", "0001-01-01"][..],
                &["2023-02-29", "2024-2-9", "2024-13-01", ""][..],
            ),
            (is_time, &["00:00:00", "23:59:59.1234567"], &["24:00:00", "1:00:00", "10:00", "10:00:00."]),
            (
                is_date_time,
                &["2014-01-01T00:00:00Z", "2014-01-01T00:00:00.12+05:30"],
                &["2014-01-01", "2014-01-01T00:00:00", "2014-01-01T00:00:00+99:00", "String"],
            ),
            (is_duration, &["PT1H", "-P1DT2H3M4.5S", "P90D"], &["P", "PT", "1H", "PT1.5H", "P1H", "PT1"]),
            (is_guid, &["a0b1c2d3-0000-1111-2222-333344445555"], &["a0b1c2d3", "x0b1c2d3-0000-1111-2222-333344445555"]),
            (is_base64, &["", "Zm8=", "-_8"], &["Z", "a b="]),
        ] {
            good.iter().for_each(|text| assert!(check(text), "{text}"));
            bad.iter().for_each(|text| assert!(!check(text), "{text}"));
        }
    }
}
