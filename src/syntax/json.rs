//! A forgiving JSON reader that keeps spans.
//!
//! Pages show JSON with trailing commas, comments, odd spaces and ellipses. The reader understands all
//! of that and lists what strict JSON (RFC 8259) would refuse as [`Fault`]s, so that the value can be
//! used and the author told.

use crate::source::Source;
use crate::span::Span;
use std::borrow::Cow;

/// Objects and arrays may be nested this deep; what is deeper is skipped, with a fault. RFC 8259 lets a
/// reader set such a limit; 128 is the one most JSON libraries use.
pub const MAX_DEPTH: usize = 128;

/// A JSON text: its value, if there is one, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The value.
    pub root: Option<Value>,
    /// What strict JSON refuses, in text order.
    pub faults: Vec<Fault>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Value {
    /// The whole value, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of JSON value.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number,
    /// A string; the span is between the quotes.
    String(Span),
    /// An array.
    Array(Vec<Value>),
    /// An object; members in text order, duplicates kept.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name, between the quotes.
    pub name: Span,
    /// The value.
    pub value: Value,
}

/// Something that strict JSON refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is explained by its description below")]
pub enum FaultKind {
    TrailingComma,
    MissingComma,
    ExtraComma,
    MissingColon,
    MissingValue,
    UnquotedName,
    SingleQuotes,
    ControlCharacter,
    OddSpace,
    Comment,
    Ellipsis,
    BadEscape,
    BadNumber,
    BareWord,
    UnterminatedString,
    UnclosedBracket,
    StrayText,
    TooDeep,
}

impl FaultKind {
    /// What is wrong, as a clause.
    pub fn describe(self) -> &'static str {
        match self {
            FaultKind::TrailingComma => "a comma stands before the closing bracket",
            FaultKind::MissingComma => "a comma is missing before this",
            FaultKind::ExtraComma => "a comma stands where a value should",
            FaultKind::MissingColon => "a colon is missing after the name",
            FaultKind::MissingValue => "a value is missing",
            FaultKind::UnquotedName => "the name is not in double quotes",
            FaultKind::SingleQuotes => "strings take double quotes",
            FaultKind::ControlCharacter => "a line break or control character stands inside a string",
            FaultKind::OddSpace => "this space is not an ordinary one",
            FaultKind::Comment => "JSON has no comments",
            FaultKind::Ellipsis => "an ellipsis is not JSON",
            FaultKind::BadEscape => "this is not an escape sequence of JSON",
            FaultKind::BadNumber => "this is not a number of JSON",
            FaultKind::BareWord => "this is not a value of JSON",
            FaultKind::UnterminatedString => "the string is not closed",
            FaultKind::UnclosedBracket => "the bracket is not closed",
            FaultKind::StrayText => "text stands where none is expected",
            FaultKind::TooDeep => "objects and arrays are nested too deep",
        }
    }
}

impl Document {
    /// Whether strict JSON takes the text.
    pub fn is_strict(&self) -> bool {
        self.root.is_some() && self.faults.is_empty()
    }

    /// The value as `serde_json` has it, escapes decoded.
    pub fn to_json(&self, source: &Source) -> Option<serde_json::Value> {
        self.root.as_ref().map(|value| value.to_json(source))
    }
}

impl Value {
    /// The members, if it is an object.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    pub fn items(&self) -> &[Value] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The member of this name, if it is an object that has one; the last, if there are several.
    pub fn get<'v>(&'v self, name: &str, source: &Source) -> Option<&'v Value> {
        let member = self.members().iter().rev().find(|member| &source[member.name] == name);
        member.map(|member| &member.value)
    }

    /// The text of a string, escapes decoded.
    pub fn as_str<'s>(&self, source: &'s Source) -> Option<Cow<'s, str>> {
        match self.kind {
            Kind::String(span) => Some(unescape(&source[span])),
            _ => None,
        }
    }

    /// What the value is, in words.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a Boolean",
            Kind::Number => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }

    /// The value as `serde_json` has it, escapes decoded. Of members of one name the last wins.
    pub fn to_json(&self, source: &Source) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => (*value).into(),
            Kind::Number => source[self.span].parse::<serde_json::Number>().map_or(serde_json::Value::Null, Into::into),
            Kind::String(span) => unescape(&source[*span]).into_owned().into(),
            Kind::Array(items) => items.iter().map(|item| item.to_json(source)).collect(),
            Kind::Object(members) => members
                .iter()
                .map(|member| (unescape(&source[member.name]).into_owned(), member.value.to_json(source)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

/// Reads the JSON text at `span`.
pub fn parse(source: &Source, span: Span) -> Document {
    let mut reader = Reader { text: &source.text()[..span.end as usize], at: span.start as usize, faults: Vec::new() };
    let root = reader.document();
    Document { root, faults: reader.faults }
}

/// Decodes the escape sequences of a string's text; what is no valid escape stays as it is.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (decoded, length) = decode_escape(&rest[at..]);
        out.push(decoded);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character an escape sequence at the start of `text` stands for, and the sequence's length.
fn decode_escape(text: &str) -> (char, usize) {
    let simple = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(quoted @ (b'"' | b'\\' | b'/' | b'\'')) => char::from(*quoted),
        Some(b'u') => return decode_unicode_escape(text).unwrap_or(('\\', 1)),
        _ => return ('\\', 1),
    };
    (simple, 2)
}

fn decode_unicode_escape(text: &str) -> Option<(char, usize)> {
    // `from_str_radix` takes a sign.
    let digits = |at: usize| text.get(at..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let unit = |at: usize| u32::from_str_radix(digits(at)?, 16).ok();
    let first = unit(2)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    let second = text.get(6..8).filter(|prefix| *prefix == "\\u").and_then(|_| unit(8));
    let pair = second.filter(|low| (0xDC00..0xE000).contains(low) && (0xD800..0xDC00).contains(&first));
    match pair {
        Some(low) => char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)).map(|c| (c, 12)),
        None => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<Value> {
        self.skip_space();
        let start = self.at;
        let value = self.value(0);
        if value.is_none() {
            let end = self.text.trim_end().len().max(start);
            self.fault(start, end, FaultKind::MissingValue);
            return None;
        }
        self.skip_space();
        if self.at < self.text.len() {
            let end = self.line_end();
            self.fault(self.at, end, FaultKind::StrayText);
        }
        value
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        let kind = match self.peek()? {
            b'{' if depth < MAX_DEPTH => self.object(depth),
            b'[' if depth < MAX_DEPTH => self.array(depth),
            b'{' | b'[' => {
                self.fault(start, start + 1, FaultKind::TooDeep);
                self.at = self.text.len();
                Kind::Null
            }
            quote @ (b'"' | b'\'') => Kind::String(self.string(quote)),
            b'-' | b'0'..=b'9' | b'+' | b'.' if !self.text[self.at..].starts_with("..") => self.number(),
            b',' | b']' | b'}' | b':' => return None,
            _ => self.word()?,
        };
        Some(Value { span: Span::new(start, self.at), kind })
    }

    fn object(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let mut members = Vec::new();
        loop {
            if self.separator(b'}', open, members.is_empty()) {
                return Kind::Object(members);
            }
            let before = self.at;
            if let Some(member) = self.member(depth) {
                members.push(member);
            }
            self.must_advance(before);
        }
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        let name = self.name()?;
        self.skip_space();
        if self.peek() == Some(b':') {
            self.at += 1;
            self.skip_space();
        } else {
            self.fault(self.at, self.at, FaultKind::MissingColon);
        }
        let start = self.at;
        match self.value(depth + 1) {
            Some(value) => Some(Member { name, value }),
            None => {
                self.fault(start, start, FaultKind::MissingValue);
                Some(Member { name, value: Value { span: Span::at(start), kind: Kind::Null } })
            }
        }
    }

    fn name(&mut self) -> Option<Span> {
        if let Some(quote @ (b'"' | b'\'')) = self.peek() {
            return Some(self.string(quote));
        }
        let start = self.at;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | '-');
        let length = self.text[start..].find(|c| !is_name(c)).unwrap_or(self.text.len() - start);
        if length == 0 || self.text[start..].starts_with("..") {
            self.stray();
            return None;
        }
        self.at += length;
        self.fault(start, self.at, FaultKind::UnquotedName);
        Some(Span::new(start, self.at))
    }

    fn array(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            if self.separator(b']', open, items.is_empty()) {
                return Kind::Array(items);
            }
            let before = self.at;
            match self.value(depth + 1) {
                Some(item) => items.push(item),
                None => self.stray(),
            }
            self.must_advance(before);
        }
    }

    /// Reads what stands between two items: a comma, or the closing bracket (then `true`). The end of
    /// the text closes everything.
    fn separator(&mut self, close: u8, open: usize, first: bool) -> bool {
        self.skip_space();
        let mut comma = None;
        while self.peek() == Some(b',') {
            if comma.is_some() || first {
                self.fault(self.at, self.at + 1, FaultKind::ExtraComma);
            }
            comma = Some(self.at);
            self.at += 1;
            self.skip_space();
        }
        match self.peek() {
            Some(byte) if byte == close => {
                if let Some(comma) = comma.filter(|_| !first) {
                    self.fault(comma, comma + 1, FaultKind::TrailingComma);
                }
                self.at += 1;
                true
            }
            None => {
                self.fault(open, open + 1, FaultKind::UnclosedBracket);
                true
            }
            Some(other @ (b'}' | b']')) if other != close => {
                self.fault(open, open + 1, FaultKind::UnclosedBracket);
                true
            }
            Some(_) => {
                if comma.is_none() && !first {
                    self.fault(self.at, self.at + self.width(), FaultKind::MissingComma);
                }
                false
            }
        }
    }

    /// Reads a string and gives the span between its quotes. A string that is not closed ends with its line.
    fn string(&mut self, quote: u8) -> Span {
        let open = self.at;
        if quote == b'\'' {
            self.fault(open, open + 1, FaultKind::SingleQuotes);
        }
        self.at += 1;
        let start = self.at;
        let close = self.closing_quote(quote);
        let end = close.unwrap_or_else(|| self.line_end());
        self.check_string(start, end);
        if close.is_none() {
            self.fault(open, end, FaultKind::UnterminatedString);
        }
        self.at = end + usize::from(close.is_some());
        Span::new(start, end)
    }

    /// The offset of the quote that closes a string which starts here. A quote on a later line counts
    /// only if what follows it can follow a string, so that one missing quote does not swallow the rest.
    fn closing_quote(&self, quote: u8) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut line_breaks = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => line_breaks = true,
                _ if byte == quote => {
                    let next = self.text[at + 1..].trim_start().bytes().next();
                    let fits = matches!(next, None | Some(b',' | b':' | b'}' | b']'));
                    return (!line_breaks || fits && !matches!(next, Some(b':'))).then_some(at);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn check_string(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            match bytes[at] {
                b'\\' => {
                    let (decoded, length) = decode_escape(&self.text[at..end]);
                    let simple = bytes.get(at + 1) == Some(&b'\'');
                    if length == 1 || simple {
                        let escaped = self.text[at + 1..end].chars().next().map_or(0, char::len_utf8);
                        self.fault(at, at + 1 + escaped, FaultKind::BadEscape);
                    } else if decoded == char::REPLACEMENT_CHARACTER && !self.text[at..].starts_with("\\uFFFD") {
                        // Half of a pair stands for nothing; programs refuse it.
                        self.fault(at, at + length, FaultKind::BadEscape);
                    }
                    at += length.max(1);
                    continue;
                }
                0..0x20 => self.fault(at, at + 1, FaultKind::ControlCharacter),
                _ => {}
            }
            at += 1;
        }
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let length = self.text[start..].find(|c| !is_part(c)).unwrap_or(self.text.len() - start);
        self.at += length;
        let text = &self.text[start..self.at];
        if !is_number(text) {
            self.fault(start, self.at, FaultKind::BadNumber);
        }
        Kind::Number
    }

    /// Reads `true`, `false`, `null` or a word that is none of them, which counts as a string.
    fn word(&mut self) -> Option<Kind> {
        let start = self.at;
        let is_part = |c: char| !c.is_whitespace() && !matches!(c, ',' | ']' | '}' | '{' | '[' | '"' | ':');
        let length = self.text[start..].find(|c| !is_part(c)).unwrap_or(self.text.len() - start);
        self.at += length;
        let kind = match &self.text[start..self.at] {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            _ => {
                self.fault(start, self.at, FaultKind::BareWord);
                Kind::String(Span::new(start, self.at))
            }
        };
        (length > 0).then_some(kind)
    }

    /// Passes over white space, and over what pages write among values as though it were white space.
    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let start = self.at;
            let Some(first) = rest.chars().next() else { return };
            let kind = match first {
                ' ' | '\t' | '\n' | '\r' => {
                    self.at += 1;
                    continue;
                }
                '/' if rest.starts_with("//") => {
                    self.at = self.line_end();
                    FaultKind::Comment
                }
                '/' if rest.starts_with("/*") => {
                    self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
                    FaultKind::Comment
                }
                '…' | '.' if first == '…' || rest.starts_with("..") => {
                    self.at += rest.find(|c| c != '…' && c != '.').unwrap_or(rest.len());
                    FaultKind::Ellipsis
                }
                odd if odd.is_whitespace() || matches!(odd, '\u{200B}'..='\u{200F}' | '\u{FEFF}') => {
                    self.at += odd.len_utf8();
                    FaultKind::OddSpace
                }
                _ => return,
            };
            self.fault(start, self.at, kind);
        }
    }

    fn stray(&mut self) {
        let start = self.at;
        self.at += self.width();
        self.fault(start, self.at, FaultKind::StrayText);
    }

    /// Keeps every loop moving, whatever the text.
    fn must_advance(&mut self, before: usize) {
        if self.at == before {
            self.stray();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The length of the character here; 0 at the end.
    fn width(&self) -> usize {
        self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    fn line_end(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    fn fault(&mut self, start: usize, end: usize, kind: FaultKind) {
        self.faults.push(Fault { span: Span::new(start, end), kind });
    }
}

/// Whether `text` is a number of RFC 8259.
fn is_number(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` and shows the value as compact JSON, then each fault with the text it is about.
    fn read(text: &str) -> String {
        let source = Source::new("test.json", text);
        let document = parse(&source, source.span());
        let mut shown = document.to_json(&source).map_or("nothing".into(), |value| value.to_string());
        for fault in &document.faults {
            shown += &format!(" | {:?} {:?}", fault.kind, &source[fault.span]);
        }
        shown
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn strict_json_has_no_faults() {
        check(
            r#"{"a": [1, -2.5e3, true, null, "x\n\u00e4\ud83d\ude00"], "b": {}}"#,
            r#"{"a":[1,-2500.0,true,null,"x\nä😀"],"b":{}}"#,
        );
        check(" [ ] ", "[]");
        check("\"\"", "\"\"");
    }

    #[test]
    fn what_pages_get_wrong_is_read_and_named() {
        check(r#"{"a": 1,}"#, r#"{"a":1} | TrailingComma ",""#);
        check("{\"a\": 1\n \"b\": 2}", r#"{"a":1,"b":2} | MissingComma "\"""#);
        check(r#"{a: 'x'}"#, r#"{"a":"x"} | UnquotedName "a" | SingleQuotes "'""#);
        check("{\"a\": 1, // why\n \"b\": 2}", r#"{"a":1,"b":2} | Comment "// why""#);
        check("[1, ...]", r#"[1] | Ellipsis "..." | TrailingComma ",""#);
        check("{\u{a0}\"a\": 1}", "{\"a\":1} | OddSpace \"\\u{a0}\"");
        check("{\"a\": \"x\ny\"}", "{\"a\":\"x\\ny\"} | ControlCharacter \"\\n\"");
        check(r#"{"a": 007}"#, r#"{"a":null} | BadNumber "007""#);
        check(r#"{"a": String}"#, r#"{"a":"String"} | BareWord "String""#);
        check(r#"{"a": }"#, r#"{"a":null} | MissingValue """#);
        check(r#"{"a" 1}"#, r#"{"a":1} | MissingColon """#);
        check(r#"{"a": "\q"}"#, r#"{"a":"\\q"} | BadEscape "\\q""#);
        check(r#"{"a": "\é"}"#, r#"{"a":"\\é"} | BadEscape "\\é""#);
        check(r#"{"a": "\u+123"}"#, r#"{"a":"\\u+123"} | BadEscape "\\u""#);
        check(
            r#"{"a": "\udc00"}"#,
            r#"{"a":"\u{FFFD}"} | BadEscape "\\udc00""#.replace("\\u{FFFD}", "\u{FFFD}").as_str(),
        );
    }

    #[test]
    fn a_missing_quote_ends_with_its_line() {
        check(
            "{\n \"a\": \"open,\n \"b\": 2\n}",
            "{\"a\":\"open,\",\"b\":2} | UnterminatedString \"\\\"open,\" | MissingComma \"\\\"\"",
        );
    }

    #[test]
    fn brackets_that_do_not_match_still_give_a_value() {
        check(r#"{"a": [1, 2}"#, r#"{"a":[1,2]} | UnclosedBracket "[""#);
        check("[1", r#"[1] | UnclosedBracket "[""#);
        check("{} x", r#"{} | StrayText "x""#);
        check("", r#"nothing | MissingValue """#);
        check("]", r#"nothing | MissingValue "]""#);
    }

    #[test]
    fn nesting_has_a_limit_and_no_text_hangs_the_reader() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(50_000), "[,".repeat(1000), "{:".repeat(1000)] {
            let source = Source::new("test.json", text);
            assert!(!parse(&source, source.span()).faults.is_empty());
        }
    }
}
