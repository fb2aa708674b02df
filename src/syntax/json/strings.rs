//! Reading strings, with whatever quotes their authors took.

use super::FaultKind;
use super::escape::decode_escape;
use super::reader::Reader;
use crate::span::Span;

/// What word processors make of straight quotes.
const CURLY: [char; 4] = ['“', '”', '„', '‟'];

/// A quote that no backslash stands before, the first one from a place on.
#[derive(Clone, Copy)]
pub(super) struct Unescaped {
    from: usize,
    /// Its offset; the end of the text where there is none.
    at: usize,
    /// The last line break before it.
    line_break: Option<usize>,
    /// Whether what follows it can follow a string.
    fits: bool,
}

impl Unescaped {
    fn find(text: &str, from: usize, quote: u8) -> Self {
        let bytes = text.as_bytes();
        let (mut at, mut line_break) = (from, None);
        while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr3(quote, b'\\', b'\n', rest)) {
            at += next;
            match bytes[at] {
                b'\\' => at += 1,
                b'\n' => line_break = Some(at),
                _ => {
                    let after = text[at + 1..].trim_start().bytes().next();
                    return Unescaped { from, at, line_break, fits: matches!(after, None | Some(b',' | b'}' | b']')) };
                }
            }
            at += 1;
        }
        Unescaped { from, at: text.len(), line_break, fits: false }
    }
}

impl Reader<'_> {
    /// Reads a string and gives the span between its quotes. A string that is not closed ends with its line.
    pub(super) fn string(&mut self, quote: u8) -> Span {
        let open = self.at;
        if quote == b'\'' {
            self.fault(open, open + 1, FaultKind::SingleQuotes);
        }
        self.at += 1;
        let start = self.at;
        if let Some(end) = self.end_of_plain_string(quote).filter(|end| *end > start) {
            self.at = end + 1;
            return Span::new(start, end);
        }
        let (start, close) = match self.doubled_quote(quote) {
            Some(close) => {
                self.fault(start, start + 1, FaultKind::DoubledQuote);
                (start + 1, Some(close))
            }
            None => (start, self.closing_quote(quote)),
        };
        let end = close.unwrap_or_else(|| self.line_end());
        self.check_string(start, end);
        if close.is_none() {
            self.fault(open, end, FaultKind::UnterminatedString);
        }
        self.at = end + usize::from(close.is_some());
        Span::new(start, end)
    }

    /// The offset of the closing quote, where nothing before it needs a second look: most strings are short and plain.
    fn end_of_plain_string(&self, quote: u8) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        // The next string of such quotes starts there at the earliest: nothing is looked at twice.
        let length = memchr::memchr(quote, rest)?;
        (!is_odd(&rest[..length])).then_some(self.at + length)
    }

    /// The offset of the quote that closes a string whose opening quote stands there twice: text follows the second
    /// one at once, and ends in a quote on the same line.
    fn doubled_quote(&self, quote: u8) -> Option<usize> {
        let inner = self.text[self.at..].strip_prefix(quote as char)?;
        let close = memchr::memchr3(quote, b'\n', b'\r', inner.as_bytes())?;
        let is_text = inner.starts_with(char::is_alphanumeric) && inner.as_bytes()[close] == quote;
        let after = || inner[close + 1..].trim_start_matches([' ', '\t']).bytes().next();
        let is_end = is_text && matches!(after(), None | Some(b',' | b'}' | b']' | b':' | b'\n' | b'\r'));
        is_end.then_some(self.at + 1 + close)
    }

    pub(super) fn is_curly(&self) -> bool {
        self.text[self.at..].starts_with(CURLY)
    }

    /// Reads a string in curly quotes, which ends with its line at the latest.
    pub(super) fn curly_string(&mut self) -> Span {
        let open = self.at;
        self.at += self.width();
        self.fault(open, self.at, FaultKind::CurlyQuotes);
        let start = self.at;
        // Not the whole line is looked at: it may hold many strings.
        let is_end = |c: char| CURLY.contains(&c) || matches!(c, '"' | '\n' | '\r');
        let end = start + self.text[start..].find(is_end).unwrap_or(self.text.len() - start);
        self.at = end;
        if matches!(self.peek(), None | Some(b'\n' | b'\r')) {
            self.fault(open, end, FaultKind::UnterminatedString);
        } else {
            self.at += self.width();
        }
        Span::new(start, end)
    }

    /// The offset of the quote that closes a string which starts here. A quote on a later line counts
    /// only if what follows it can follow a string, so that one missing quote does not swallow the rest.
    fn closing_quote(&mut self, quote: u8) -> Option<usize> {
        let known = &mut self.unescaped[usize::from(quote == b'\'')];
        // A string that starts at an escaped quote, as the one before was not closed, goes as far as that did.
        let found = match *known {
            Some(found) if (found.from..=found.at).contains(&self.at) => found,
            _ => *known.insert(Unescaped::find(self.text, self.at, quote)),
        };
        let has_line_break = found.line_break.is_some_and(|line_break| line_break >= self.at);
        (found.at < self.text.len() && (!has_line_break || found.fits)).then_some(found.at)
    }

    fn check_string(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        if !is_odd(&bytes[start..end]) {
            return;
        }
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
}

/// Whether a string holds an escape sequence, or what should be one.
fn is_odd(text: &[u8]) -> bool {
    // Without a way out of the loop, many bytes are looked at in one step.
    text.iter().fold(false, |odd, byte| odd | (*byte < 0x20) | (*byte == b'\\'))
}
