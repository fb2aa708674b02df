//! `Edm.Duration`.

use super::ParseError;
use super::date_time::{NANOS_PER_SECOND, digits, fraction};
use super::json::json_text;
use std::fmt;
use std::str::FromStr;

/// `Edm.Duration` (ISO 8601). Keeps its text: `PT60M` and `PT1H` are the same length, but not the
/// same text.
#[derive(Clone)]
pub struct Duration {
    text: Box<str>,
    nanos: i128,
}

impl Duration {
    /// Length in nanoseconds. A year counts 365 days and a month 30: OData has neither, but pages
    /// use them.
    pub const fn nanos(&self) -> i128 {
        self.nanos
    }

    /// As a standard duration, if not negative.
    pub fn to_std(&self) -> Option<std::time::Duration> {
        let seconds = u64::try_from(self.nanos / i128::from(NANOS_PER_SECOND)).ok()?;
        let nanos = u32::try_from(self.nanos % i128::from(NANOS_PER_SECOND)).ok()?;
        Some(std::time::Duration::new(seconds, nanos))
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Duration {}

impl FromStr for Duration {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let nanos = parse(text).ok_or(ParseError)?;
        Ok(Duration {
            text: text.into(),
            nanos,
        })
    }
}

fn parse(text: &str) -> Option<i128> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, text),
    };
    let body = unsigned.strip_prefix('P')?;
    let (days, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some((days, time)) => (days, time),
        None => (body, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    Some(sign * (parse_parts(days, day_unit)? + parse_parts(time, time_unit)?))
}

/// Seconds of a unit before `T`.
fn day_unit(unit: char) -> Option<u64> {
    match unit {
        'Y' => Some(365 * 86_400),
        'M' => Some(30 * 86_400),
        'W' => Some(7 * 86_400),
        'D' => Some(86_400),
        _ => None,
    }
}

/// Seconds of a unit after `T`.
fn time_unit(unit: char) -> Option<u64> {
    match unit {
        'H' => Some(3600),
        'M' => Some(60),
        'S' => Some(1),
        _ => None,
    }
}

/// Nanoseconds of parts such as `2H3M4.5S`.
fn parse_parts(text: &str, unit_seconds: fn(char) -> Option<u64>) -> Option<i128> {
    let mut total = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let unit = rest[end..].chars().next()?;
        let number = &rest[..end];
        let (whole, fraction_text) = match number.split_once('.') {
            // Only seconds have a fraction.
            Some((whole, fraction)) if unit == 'S' => (whole, Some(fraction)),
            Some(_) => return None,
            None => (number, None),
        };
        let seconds = u64::from(digits(whole.as_bytes())?) * unit_seconds(unit)?;
        total += i128::from(seconds) * i128::from(NANOS_PER_SECOND);
        if let Some(text) = fraction_text {
            total += i128::from(fraction(text.as_bytes())?.0);
        }
        rest = &rest[end + unit.len_utf8()..];
    }
    Some(total)
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

json_text!(Duration);
