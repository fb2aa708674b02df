//! Escape sequences of strings.

use std::borrow::Cow;

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
pub(super) fn decode_escape(text: &str) -> (char, usize) {
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
