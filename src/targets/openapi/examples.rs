//! Which examples hold: they are JSON, they have the shape of their schema, and no key that it lacks.

use super::shape::{Format, Kind, Object, Shape, Shapes, Text};
use crate::model::examples::ExampleRef;
use crate::syntax::json::FaultKind;
use openapiv3::Example;
use serde_json::Value;

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To the service: what is read-only cannot be in it.
    Sent,
    /// From the service.
    Returned,
}

/// What a message is held against.
#[derive(Clone, Copy)]
struct Test<'s> {
    shapes: &'s Shapes,
    way: Way,
}

/// The body of an example, if it can stand in a document.
pub(super) fn example(shapes: &Shapes, component: &str, found: &ExampleRef<'_>, way: Way) -> Option<Example> {
    if found.message.ignored {
        return None;
    }
    let json = found.message.message.body.as_ref()?.json.as_ref()?;
    let harmless = |kind| matches!(kind, FaultKind::TrailingComma | FaultKind::Comment | FaultKind::OddSpace);
    if !json.faults.iter().all(|fault| harmless(fault.kind)) {
        return None;
    }
    let mut value = json.to_json(&found.page.source)?;
    let test = Test { shapes, way };
    let shape = shapes.get(component)?;
    let description = match test.holds(shape, &value) {
        true => None,
        false => {
            test.retain_items(shape, &mut value)?;
            Some("Items that are of derived types, or do not hold, are left out.".to_owned())
        }
    };
    let summary = if way == Way::Sent { "Request" } else { "Response" };
    Some(Example { summary: Some(summary.to_owned()), description, value: Some(value), ..Example::default() })
}

impl<'s> Test<'s> {
    /// Of a page of items, keeps those that have the shape of theirs: a list of a base type shows items of
    /// derived types too. `None` when nothing is left, or the value is no such page.
    fn retain_items(self, shape: &'s Shape, value: &mut Value) -> Option<()> {
        let Kind::Object(object) = &shape.kind else { return None };
        let Kind::Array(of) = &object.properties.get("value")?.kind else { return None };
        let of = of.as_ref()?;
        let items = value.get_mut("value")?.as_array_mut()?;
        items.retain(|item| self.holds(of, item));
        (!items.is_empty() && self.holds(shape, value)).then_some(())
    }

    /// Whether a value has a shape, and no keys that it does not declare.
    fn holds(self, shape: &'s Shape, value: &Value) -> bool {
        let Some(shape) = self.resolve(shape) else { return false };
        if value.is_null() && shape.nullable {
            // To the letter, null is none of what an `allOf` refers to: linters refuse it.
            return !matches!(shape.kind, Kind::AllOf(_));
        }
        if shape.read_only && self.way == Way::Sent {
            return false;
        }
        match &shape.kind {
            Kind::String(text) => is_string(text, value),
            Kind::Boolean => value.is_boolean(),
            Kind::Number => value.is_number(),
            Kind::Integer(range) => value.as_i64().is_some_and(|number| range.contains(&number)),
            Kind::Array(of) => {
                let item = |value| of.as_ref().is_none_or(|of| self.holds(of, value));
                value.as_array().is_some_and(|values| values.iter().all(item))
            }
            Kind::Object(object) => self.is_object(&[object], value),
            Kind::AllOf(parts) => self.is_all(parts, value),
            Kind::Any => true,
            Kind::Reference(_) | Kind::Other => false,
        }
    }

    fn resolve(self, shape: &'s Shape) -> Option<&'s Shape> {
        match &shape.kind {
            Kind::Reference(name) => self.shapes.get(name),
            _ => Some(shape),
        }
    }

    /// Whether a value is all of these: one thing that is no object, or an object of all their properties.
    fn is_all(self, parts: &'s [Shape], value: &Value) -> bool {
        let mut objects = Vec::new();
        for part in parts {
            let Some(shape) = self.resolve(part) else { return false };
            if !self.add_objects(shape, &mut objects) {
                return parts.len() == 1 && self.holds(shape, value);
            }
        }
        self.is_object(&objects, value)
    }

    /// Adds the objects that a shape is put together from; false when it is no object. The linker cut
    /// cycles of base types.
    fn add_objects(self, shape: &'s Shape, objects: &mut Vec<&'s Object>) -> bool {
        match &shape.kind {
            Kind::Object(object) => objects.push(object),
            Kind::AllOf(parts) => {
                let mut parts = parts.iter().map(|part| self.resolve(part));
                return parts.all(|part| part.is_some_and(|part| self.add_objects(part, objects)));
            }
            _ => return false,
        }
        true
    }

    fn is_object(self, objects: &[&'s Object], value: &Value) -> bool {
        let Some(members) = value.as_object() else { return false };
        let is_open = objects.iter().any(|object| object.is_open);
        let declared =
            members.iter().all(|(name, value)| match objects.iter().find_map(|object| object.properties.get(name)) {
                Some(shape) => self.holds(shape, value),
                None => is_open,
            });
        declared && objects.iter().flat_map(|object| &object.required).all(|name| members.contains_key(name))
    }
}

fn is_string(expected: &Text, value: &Value) -> bool {
    let Some(text) = value.as_str() else {
        return value.is_null() && expected.members.contains(&None);
    };
    let listed = expected.members.is_empty() || expected.members.iter().flatten().any(|member| member == text);
    listed
        && match expected.format {
            Format::Any => true,
            Format::Date => is_date(text),
            Format::DateTime => is_date_time(text),
            Format::Time => is_time(text),
            Format::Duration => is_duration(text),
            Format::Base64 => is_base64(text),
            Format::Uuid => is_uuid(text),
        }
}

/// Two digits as a number below `limit`.
fn two(text: &str, limit: u32) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()) && text.parse().is_ok_and(|number: u32| number < limit)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !is_year || !two(month, 13) || !two(day, 32) {
        return false;
    }
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(year), number(month), number(day));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..=12).contains(&month) && (1..=days[month as usize - 1]).contains(&day)
}

/// RFC 3339: a date, `T`, a time, and a zone.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let zone_at = rest.find(['Z', 'z', '+', '-']);
    let Some((time, zone)) = zone_at.map(|at| rest.split_at(at)) else { return false };
    let is_zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => offset.split_once(':').is_some_and(|(hours, minutes)| two(hours, 24) && two(minutes, 60)),
        None => zone.len() == 1,
    };
    is_date(date) && is_time(time) && is_zone
}

/// Hours, minutes and seconds, with or without a fraction.
fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let parts: Vec<&str> = whole.split(':').collect();
    let is_fraction = fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    matches!(parts[..], [hours, minutes, seconds] if two(hours, 24) && two(minutes, 60) && two(seconds, 60))
        && is_fraction
}

/// ISO 8601, without fractions: `P1DT2H`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let in_order = |mut part: &str, units: &str| {
        let mut last = None;
        while !part.is_empty() {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let unit = part[digits..].chars().next().and_then(|c| units.find(c));
            if digits == 0 || unit.is_none() || unit <= last {
                return false;
            }
            last = unit;
            part = &part[digits + 1..];
        }
        true
    };
    let weeks = || {
        time.is_none() && date.strip_suffix('W').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    weeks()
        || !rest.is_empty()
            && in_order(date, "YMD")
            && time.is_none_or(|time| !time.is_empty() && in_order(time, "HMS"))
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    text.len().is_multiple_of(4)
        && padding <= 2
        && body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(is(text), "{text}"));
        no.iter().for_each(|text| assert!(!is(text), "{text}"));
    }

    #[test]
    fn formats_are_held_against_values() {
        check(
            is_date,
            &["2024-02-29", "1998-04-01"],
            &["2023-02-29", "2024-00-01", "2024-1-1", "String", "2024-01-01-"],
        );
        let times = ["2024-01-01T00:00:00Z", "2024-01-01T23:59:59.1234567+02:00"];
        check(
            is_date_time,
            &times,
            &["2024-01-01T00:00:00", "2024-01-01", "String (timestamp)", "T", "2024-01-01T24:00:00Z"],
        );
        check(is_time, &["08:30:00", "08:30:00.000"], &["8:30", "String", "08:30:00."]);
        check(is_duration, &["P30D", "PT5M", "P1Y2M3DT4H5M6S", "P4W"], &["P", "PT", "30", "P1.5D", "P1D2Y", "PT5M4H"]);
        check(is_base64, &["", "Q29u", "Q28="], &["Q28", "a b=", "===="]);
        check(
            is_uuid,
            &["00000000-0000-0000-0000-000000000000"],
            &["{id}", "String", "00000000-0000-0000-0000-00000000000g"],
        );
    }
}
