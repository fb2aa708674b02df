//! OData system query options, typed as far as the pages are: expressions stay text.

use std::fmt::{self, Write};

/// The query of a request.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct ODataQuery {
    /// `$select`: names of properties; empty when not given.
    pub select: Vec<String>,
    /// `$expand`: items, with their parentheses.
    pub expand: Vec<String>,
    /// `$filter`.
    pub filter: Option<String>,
    /// `$orderby`: property, and `true` when descending.
    pub orderby: Vec<(String, bool)>,
    /// `$search`.
    pub search: Option<String>,
    /// `$top`.
    pub top: Option<u32>,
    /// `$skip`.
    pub skip: Option<u32>,
    /// `$count`.
    pub count: Option<bool>,
    /// `$skiptoken`.
    pub skiptoken: Option<String>,
    /// `$deltatoken`.
    pub deltatoken: Option<String>,
    /// `$format`.
    pub format: Option<String>,
    /// Options without `$`, in order.
    pub custom: Vec<(String, String)>,
}

/// A query option that cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadQuery {
    /// The option.
    pub option: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BadQuery { option, reason } = self;
        write!(formatter, "Invalid query option {option}: {reason}")
    }
}

impl std::error::Error for BadQuery {}

const BAD_ENCODING: &str = "is not valid percent-encoding";
const BAD_LIST: &str = "is not a list of properties";

impl ODataQuery {
    /// Reads a query string. Unknown `$` options, repeated options and malformed values are
    /// errors.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let mut parsed = ODataQuery::default();
        let mut seen: Vec<String> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (option, value) = pair.split_once('=').unwrap_or((pair, ""));
            let bad = |option: &str, reason: &str| BadQuery {
                option: option.to_owned(),
                reason: reason.to_owned(),
            };
            let option = unescape(option, true).ok_or_else(|| bad(option, BAD_ENCODING))?;
            let value = unescape(value, true).ok_or_else(|| bad(&option, BAD_ENCODING))?;
            // OData 4.01 makes names case-insensitive and the `$` optional; Graph wants the `$`.
            let name = option.to_ascii_lowercase();
            if !name.starts_with('$') {
                parsed.custom.push((option, value));
                continue;
            }
            if seen.contains(&name) {
                return Err(bad(&option, "must be specified at most once"));
            }
            parsed
                .set(&name, value)
                .map_err(|reason| bad(&option, reason))?;
            seen.push(name);
        }
        Ok(parsed)
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), &'static str> {
        match name {
            "$select" => self.select = split_list(&value).ok_or(BAD_LIST)?,
            "$expand" => self.expand = split_list(&value).ok_or(BAD_LIST)?,
            "$orderby" => self.orderby = parse_order(&value)?,
            "$filter" => {
                // Balanced quotes and parentheses are all that is checked here.
                split_list(&value).ok_or("is not a filter expression")?;
                self.filter = Some(value);
            }
            "$search" => self.search = Some(value),
            "$top" => self.top = Some(parse_number(&value)?),
            "$skip" => self.skip = Some(parse_number(&value)?),
            "$count" => self.count = Some(parse_bool(&value)?),
            "$skiptoken" => self.skiptoken = Some(value),
            "$deltatoken" => self.deltatoken = Some(value),
            "$format" => self.format = Some(value),
            _ => return Err("is not a known system query option"),
        }
        Ok(())
    }

    /// The query string without `?`; empty when there are no options.
    pub fn encode(&self) -> String {
        let mut query = String::new();
        let mut add = |option: &str, value: &str| {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(option);
            query.push('=');
            query.push_str(&escape(value));
        };
        for (option, items) in [
            ("$select", &self.select),
            ("$expand", &self.expand),
            ("$orderby", &self.order_items()),
        ] {
            if !items.is_empty() {
                add(option, &items.join(","));
            }
        }
        for (option, value) in [
            ("$filter", &self.filter),
            ("$search", &self.search),
            ("$top", &self.top.map(|number| number.to_string())),
            ("$skip", &self.skip.map(|number| number.to_string())),
            ("$count", &self.count.map(|count| count.to_string())),
            ("$skiptoken", &self.skiptoken),
            ("$deltatoken", &self.deltatoken),
            ("$format", &self.format),
        ] {
            if let Some(value) = value {
                add(option, value);
            }
        }
        for (option, value) in &self.custom {
            add(&escape(option), value);
        }
        query
    }

    fn order_items(&self) -> Vec<String> {
        let item = |(property, descending): &(String, bool)| match descending {
            true => format!("{property} desc"),
            false => property.clone(),
        };
        self.orderby.iter().map(item).collect()
    }
}

fn parse_number(value: &str) -> Result<u32, &'static str> {
    value.parse().map_err(|_| "must be a non-negative integer")
}

fn parse_bool(value: &str) -> Result<bool, &'static str> {
    value.parse().map_err(|_| "must be true or false")
}

fn parse_order(value: &str) -> Result<Vec<(String, bool)>, &'static str> {
    let mut order = Vec::new();
    for item in split_list(value).ok_or(BAD_LIST)? {
        let (property, direction) = item.split_once(' ').unwrap_or((&item, "asc"));
        let descending = match direction.trim() {
            "asc" => false,
            "desc" => true,
            _ => return Err("direction must be asc or desc"),
        };
        order.push((property.to_owned(), descending));
    }
    Ok(order)
}

/// Splits at commas outside quotes and parentheses: `a,b($select=x,y)` gives `a` and
/// `b($select=x,y)`. `None` when those are not balanced or an item is empty.
fn split_list(text: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut depth = 0usize;
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.checked_sub(1)?,
            ',' if !quoted && depth == 0 => {
                items.push(std::mem::take(&mut item));
                continue;
            }
            _ => {}
        }
        item.push(character);
    }
    items.push(item);
    let items: Vec<String> = items.iter().map(|item| item.trim().to_owned()).collect();
    let complete = depth == 0 && !quoted && items.iter().all(|item| !item.is_empty());
    complete.then_some(items)
}

/// Percent-encodes everything but unreserved characters, for path segments and query values.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Decodes a path segment; `+` stays `+`. `None` when its percent-encoding is not valid.
pub fn unescape_path(text: &str) -> Option<String> {
    unescape(text, false)
}

fn unescape(text: &str, plus_is_space: bool) -> Option<String> {
    let bytes = text.as_bytes();
    let mut unescaped = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            b'%' => {
                let high = hex_digit(bytes.get(position + 1)?)?;
                let low = hex_digit(bytes.get(position + 2)?)?;
                unescaped.push(high << 4 | low);
                position += 3;
                continue;
            }
            b'+' if plus_is_space => unescaped.push(b' '),
            byte => unescaped.push(byte),
        }
        position += 1;
    }
    String::from_utf8(unescaped).ok()
}

fn hex_digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).map(|digit| digit as u8)
}
