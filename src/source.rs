//! The text of one file and where its lines begin.

use crate::span::Span;
use std::ops::Index;
use std::sync::OnceLock;

/// The text of one file. `source[span]` is the way to read it.
#[derive(Debug, Default)]
pub struct Source {
    /// Path relative to the docset root, with `/` between names on every platform.
    pub path: String,
    /// Why the text is not what stands on disk, if it is not.
    pub fault: Option<Fault>,
    text: String,
    /// The text of the file, where that differs.
    original: Option<String>,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters come before each block of the text, for columns of long lines.
    counts: OnceLock<Vec<Count>>,
}

/// Bytes of a block. Lines that are no longer are counted without blocks.
const BLOCK: usize = 4096;

/// A number of characters.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    characters: u32,
    /// Those that are two code units of UTF-16.
    wide: u32,
}

impl Count {
    /// Of the characters that start within some bytes of a text.
    fn of(bytes: &[u8]) -> Self {
        let count = |is_meant: fn(u8) -> bool| bytes.iter().filter(|byte| is_meant(**byte)).count() as u32;
        Count { characters: count(|byte| byte & 0xC0 != 0x80), wide: count(|byte| byte >= 0xF0) }
    }

    fn plus(self, other: Count) -> Self {
        Count { characters: self.characters + other.characters, wide: self.wide + other.wide }
    }

    fn minus(self, other: Count) -> Self {
        Count { characters: self.characters - other.characters, wide: self.wide - other.wide }
    }
}

/// What was wrong with a file when it was read. The run goes on with what could be had of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file could not be read; its text is empty.
    Unreadable(String),
    /// The bytes are not UTF-8 from this offset of the text on; what is not was replaced by U+FFFD.
    NotUtf8 {
        /// Offset in the text of the first replacement.
        offset: u32,
    },
    /// The file is UTF-16, and was converted.
    Utf16,
    /// The file is larger than the limit (in bytes) and was not read; its text is empty.
    TooLarge {
        /// Size of the file in bytes.
        size: u64,
    },
}

impl Fault {
    /// What is wrong, as a clause.
    pub fn describe(&self) -> String {
        match self {
            Fault::Unreadable(reason) => reason.clone(),
            Fault::NotUtf8 { .. } => "it is not UTF-8".to_owned(),
            Fault::Utf16 => "it is UTF-16, not UTF-8".to_owned(),
            Fault::TooLarge { size } => format!("it has {size} bytes, which is too large"),
        }
    }
}

/// A place as people count it: both numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number.
    pub line: u32,
    /// Column, in characters (Unicode scalar values).
    pub column: u32,
}

impl Source {
    /// A source from text that is already in memory.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        match with_line_feeds(&text) {
            Some(plain) => Source { path, text: plain, original: Some(text), ..Source::default() },
            None => Source { path, text, ..Source::default() },
        }
    }

    /// A source from the bytes of a file. Bytes that are not UTF-8 become a [`Fault`], never an error.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let path = path.into();
        if let Some(text) = decode_utf16(&bytes) {
            return Source { fault: Some(Fault::Utf16), ..Source::new(path, text) };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Source::new(path, text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to() as u32;
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Source { fault: Some(Fault::NotUtf8 { offset }), ..Source::new(path, text) }
            }
        }
    }

    /// A source for a file whose text could not be had.
    pub fn faulty(path: impl Into<String>, fault: Fault) -> Self {
        Source { path: path.into(), fault: Some(fault), ..Source::default() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether another source was read with the same result.
    pub fn holds_the_same(&self, other: &Source) -> bool {
        self.text == other.text && self.original == other.original && self.fault == other.fault
    }

    /// The text of the file, byte for byte, and at the offsets of [`Self::text`]; `None` where that is not known.
    pub fn original(&self) -> Option<&str> {
        self.fault.is_none().then(|| self.original.as_deref().unwrap_or(&self.text))
    }

    /// The span that covers the whole text.
    pub fn span(&self) -> Span {
        Span::new(0, self.text.len())
    }

    /// The first character of a span; nothing of an empty one.
    pub fn first_character(&self, span: Span) -> Span {
        let length = self[span].chars().next().map_or(0, char::len_utf8);
        Span::new(span.start as usize, span.start as usize + length)
    }

    /// The span of `part`, which must be a slice of this text; `None` when it is not.
    pub fn span_of(&self, part: &str) -> Option<Span> {
        let start = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (start + part.len() <= self.text.len()).then(|| Span::new(start, start + part.len()))
    }

    /// The lines of a span, without the line feeds between them.
    pub fn lines(&self, span: Span) -> impl Iterator<Item = Span> {
        let bytes = self[span].as_bytes();
        let mut next = span.start as usize;
        let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]).map(move |end| span.start as usize + end);
        ends.map(move |end| Span::new(std::mem::replace(&mut next, end + 1), end))
    }

    /// Line and column of a byte offset. Offsets after the end give the end.
    pub fn position(&self, offset: u32) -> Position {
        let (line, before) = self.counted(offset);
        Position { line, column: before.characters + 1 }
    }

    /// The same, with columns in code units of UTF-16.
    pub fn utf16_position(&self, offset: u32) -> Position {
        let (line, before) = self.counted(offset);
        Position { line, column: before.characters + before.wide + 1 }
    }

    /// The number of the line that holds an offset, and what comes before the offset in it.
    fn counted(&self, offset: u32) -> (u32, Count) {
        let offset = (offset as usize).min(self.text.len());
        let line = self.line_index(offset);
        let start = self.line_starts()[line] as usize;
        let end = floor_char_boundary(&self.text, offset);
        let before = match end - start {
            ..=BLOCK => Count::of(&self.text.as_bytes()[start..end]),
            _ => self.count_before(end).minus(self.count_before(start)),
        };
        (line as u32 + 1, before)
    }

    fn count_before(&self, offset: usize) -> Count {
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let sum = |sum: &mut Count, block| Some(std::mem::replace(sum, sum.plus(Count::of(block))));
            bytes.chunks(BLOCK).chain([&[][..]]).scan(Count::default(), sum).collect()
        });
        let block = offset / BLOCK;
        counts[block].plus(Count::of(&bytes[block * BLOCK..offset]))
    }

    /// The span of the line (without its line end) that holds a byte offset.
    pub fn line_span(&self, offset: u32) -> Span {
        let bytes = self.text.as_bytes();
        let offset = (offset as usize).min(bytes.len());
        // Between the two characters of a line end it is still the line before.
        let within_end = bytes.get(offset) == Some(&b'\n') && offset > 0 && bytes[offset - 1] == b'\r';
        let before = offset - usize::from(within_end);
        let start = memchr::memrchr2(b'\n', b'\r', &bytes[..before]).map_or(0, |at| at + 1);
        let end = memchr::memchr2(b'\n', b'\r', &bytes[before..]).map_or(bytes.len(), |at| before + at);
        Span::new(start, end)
    }

    /// Offsets at which lines start. `\n`, `\r\n` and a lone `\r` end a line.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
                .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
                .map(|at| at as u32 + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start as usize <= offset) - 1
    }
}

impl Index<Span> for Source {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

fn floor_char_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The text with `\n` for each lone `\r`, which Markdown takes for a line end too, but its parser not everywhere;
/// `None` where there is none. Offsets stay what they were.
fn with_line_feeds(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let first = memchr::memchr_iter(b'\r', bytes).find(is_alone)?;
    let mut out = text[..first].to_owned();
    for piece in text[first..].split_inclusive('\r') {
        let at = out.len() + piece.len() - 1;
        match piece.strip_suffix('\r').filter(|_| is_alone(&at)) {
            Some(line) => {
                out.push_str(line);
                out.push('\n');
            }
            None => out.push_str(piece),
        }
    }
    Some(out)
}

fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let from_pair: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        [0xFF, 0xFE] => u16::from_le_bytes,
        [0xFE, 0xFF] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| from_pair([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_position(text: &str, offset: u32, line: u32, column: u32) {
        assert_eq!(Source::new("p.md", text).position(offset), Position { line, column }, "{text:?} at {offset}");
    }

    #[test]
    fn positions_count_lines_and_characters() {
        check_position("", 0, 1, 1);
        check_position("ab\ncd", 4, 2, 2);
        check_position("ab\r\ncd", 4, 2, 1);
        check_position("ab\rcd", 3, 2, 1);
        check_position("äö\nü", 4, 1, 3);
        check_position("ab\n", 9, 2, 1);
        for length in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 7] {
            let line = "aü漢😀".repeat(length / 10) + &"b".repeat(length % 10);
            let text = format!("ä\n{line}c\nd");
            let at = text.len() as u32 - 3;
            check_position(&text, at, 2, line.chars().count() as u32 + 1);
            let column = Source::new("p.md", text).utf16_position(at).column;
            assert_eq!(column as usize, line.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn a_lone_carriage_return_is_a_line_feed() {
        let source = Source::new("p.md", "a\rb\r\rc\r\nd\r\n\re\r");
        assert_eq!(source.text(), "a\nb\n\nc\r\nd\r\n\ne\n");
        assert_eq!(source.original(), Some("a\rb\r\rc\r\nd\r\n\re\r"));
    }

    #[test]
    fn line_spans_leave_the_line_end_out() {
        let source = Source::new("p.md", "one\r\ntwo\n");
        assert_eq!(&source[source.line_span(1)], "one");
        assert_eq!(&source[source.line_span(5)], "two");
        assert_eq!(&source[source.line_span(9)], "");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_replaced_and_reported() {
        let source = Source::from_bytes("p.md", b"ab\xFFcd".to_vec());
        assert_eq!((source.text(), &source.fault), ("ab\u{FFFD}cd", &Some(Fault::NotUtf8 { offset: 2 })));
        let source = Source::from_bytes("p.md", vec![0xFF, 0xFE, b'h', 0, b'i', 0]);
        assert_eq!((source.text(), &source.fault), ("hi", &Some(Fault::Utf16)));
        assert_eq!(source.original(), None);
    }

    #[test]
    fn slices_know_their_span() {
        let source = Source::new("p.md", "hello world");
        assert_eq!(source.span_of(&source.text()[6..]), Some(Span::new(6, 11)));
        assert_eq!(source.span_of("elsewhere"), None);
    }
}
