//! Text to values, forgiving and never failing.

use super::strings::Unescaped;
use super::{Document, Fault, FaultKind, Kind, MAX_DEPTH, Member, Value};
use crate::source::Source;
use crate::span::Span;

/// Reads the JSON text at `span`.
pub fn parse(source: &Source, span: Span) -> Document {
    let mut reader = Reader {
        text: &source.text()[..span.end as usize],
        at: span.start as usize,
        faults: Vec::new(),
        members: Vec::with_capacity(16),
        items: Vec::new(),
        unescaped: [None; 2],
    };
    let root = reader.document();
    Document { root, faults: reader.faults }
}

pub(super) struct Reader<'s> {
    pub(super) text: &'s str,
    pub(super) at: usize,
    faults: Vec<Fault>,
    /// The members of the objects that are open: each takes its own when it is closed, in one piece of the right size.
    members: Vec<Member>,
    /// The items of the arrays that are open.
    items: Vec<Value>,
    /// The next closing quotes, double and single ones, as far as they were looked for.
    pub(super) unescaped: [Option<Unescaped>; 2],
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
            _ if self.is_curly() => Kind::String(self.curly_string()),
            _ => self.word()?,
        };
        Some(Value { span: Span::new(start, self.at), kind })
    }

    fn object(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let first = self.members.len();
        loop {
            if self.separator(b'}', open, self.members.len() == first) {
                return Kind::Object(self.members.drain(first..).collect());
            }
            let before = self.at;
            if let Some(member) = self.member(depth) {
                self.members.push(member);
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
        } else if !matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
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
        if self.pass_over_dashes() && matches!(self.peek(), None | Some(b'}' | b']' | b',')) {
            return None;
        }
        if let Some(quote @ (b'"' | b'\'')) = self.peek() {
            return Some(self.string(quote));
        }
        if self.is_curly() {
            return Some(self.curly_string());
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

    /// Passes over dashes apart from a name, the marks of a list or of a change; whether there are any.
    fn pass_over_dashes(&mut self) -> bool {
        let mut found = false;
        loop {
            let rest = &self.text[self.at..];
            let dashes = rest.bytes().take_while(|byte| *byte == b'-').count();
            if dashes == 0 || !rest[dashes..].starts_with([' ', '\t', '\n', '\r', '"']) {
                return found;
            }
            self.fault(self.at, self.at + dashes, FaultKind::StrayText);
            self.at += dashes;
            self.skip_space();
            found = true;
        }
    }

    fn array(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let first = self.items.len();
        loop {
            if self.separator(b']', open, self.items.len() == first) {
                return Kind::Array(self.items.drain(first..).collect());
            }
            let before = self.at;
            match self.value(depth + 1) {
                Some(item) => self.items.push(item),
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
                let end = self.text.trim_end().len();
                let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
                self.unclosed(open, Span::new(end - last, end));
                true
            }
            Some(other @ (b'}' | b']')) if other != close => {
                self.unclosed(open, Span::new(self.at, self.at + 1));
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

    fn number(&mut self) -> Kind {
        let start = self.at;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let length = self.text[start..].find(|c| !is_part(c)).unwrap_or(self.text.len() - start);
        if self.text[start + length..].starts_with(|c| !is_after_number(c)) {
            return self.text_without_quotes();
        }
        self.at += length;
        let text = &self.text[start..self.at];
        if !is_number(text) {
            self.fault(start, self.at, FaultKind::BadNumber);
        }
        Kind::Number
    }

    /// Reads text that begins as a number does, such as a date, up to what ends a value.
    fn text_without_quotes(&mut self) -> Kind {
        let start = self.at;
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | '"');
        self.at += self.text[start..].find(is_end).unwrap_or(self.text.len() - start);
        self.fault(start, self.at, FaultKind::BareWord);
        Kind::String(Span::new(start, self.at))
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
            let bytes = self.text.as_bytes();
            let mut at = self.at;
            while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
                at += 1;
            }
            self.at = at;
            if bytes.get(at).is_some_and(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'.')) {
                return;
            }
            let rest = &self.text[self.at..];
            let start = self.at;
            let Some(first) = rest.chars().next() else { return };
            let kind = match first {
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

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The length of the character here; 0 at the end.
    pub(super) fn width(&self) -> usize {
        self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    pub(super) fn line_end(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    pub(super) fn fault(&mut self, start: usize, end: usize, kind: FaultKind) {
        self.faults.push(Fault { span: Span::new(start, end), kind, opened: None });
    }

    /// Notes that the bracket at `open` should have been closed by here.
    fn unclosed(&mut self, open: usize, here: Span) {
        let opened = Some(Span::new(open, open + 1));
        self.faults.push(Fault { span: here, kind: FaultKind::UnclosedBracket, opened });
    }
}

/// Whether a character may follow a number at once.
fn is_after_number(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ']' | '}' | '[' | '{' | '"' | '\'' | '/' | '…')
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
