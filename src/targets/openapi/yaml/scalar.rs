//! Strings as scalars of YAML. Most are told at a glance to need no quotes, or to need them; the library decides
//! about the others.

use super::{library, library_key};
use memchr::{memchr2, memchr2_iter};

/// The longest key, in bytes, that certainly stands without a mark before it.
pub(super) const LONGEST_KEY: usize = 1024;

/// What no scalar without quotes begins with.
const MARKS: &[u8] = b",:[]{}#&*!|>'%@`";

/// What the library lets no key hold without quotes, as it could stand within braces.
const MARKS_IN_KEYS: &[u8] = b",:[]{}";

/// Words that one reader or another takes for something else than a string.
const WORDS: [&str; 11] = ["y", "n", "no", "on", "yes", "off", "nan", "inf", "null", "true", "false"];

/// How a string is written.
#[derive(Debug, PartialEq, Eq)]
enum Style {
    Plain,
    /// In double quotes, with nothing in it that is escaped.
    Quoted,
    /// As the library says.
    Doubtful,
}

/// Adds a string as a value.
pub(super) fn push_value(out: &mut String, text: &str) {
    match style(text, ends_value(text)) {
        Style::Plain => out.push_str(text),
        Style::Quoted => push_quoted(out, text),
        Style::Doubtful => out.push_str(&library(&text)),
    }
}

/// Adds a string as a key.
pub(super) fn push_key(out: &mut String, text: &str) {
    // As the members of OpenAPI are and most properties.
    if text.bytes().all(|byte| byte.is_ascii_alphabetic()) && !text.is_empty() && !is_word(text) {
        return out.push_str(text);
    }
    let is_broken = text.bytes().any(|byte| MARKS_IN_KEYS.contains(&byte)) || ends_value(text);
    match style(text, is_broken) {
        Style::Plain => out.push_str(text),
        Style::Quoted => push_quoted(out, text),
        Style::Doubtful => out.push_str(&library_key(text)),
    }
}

/// How a string is written, in which without quotes a reader would see an end, or not.
fn style(text: &str, is_broken: bool) -> Style {
    let bytes = text.as_bytes();
    let ([first, .., last], true) = (bytes, is_printable(bytes)) else { return Style::Doubtful };
    let starts_plain = first.is_ascii_alphabetic() || matches!(first, b'$' | b'/' | b'(');
    if starts_plain && *last != b' ' && !is_broken {
        return if is_word(text) { Style::Doubtful } else { Style::Plain };
    }
    if is_number_like_word(bytes) {
        return Style::Plain;
    }
    let is_quoted = is_broken || MARKS.contains(first) || bytes.iter().all(u8::is_ascii_digit);
    if is_quoted && memchr2(b'"', b'\\', bytes).is_none() { Style::Quoted } else { Style::Doubtful }
}

/// Whether all is ASCII that shows or a blank.
fn is_printable(bytes: &[u8]) -> bool {
    // Without a way out of the loop, many are looked at in one step.
    bytes.iter().fold(true, |is_printable, byte| is_printable & matches!(byte, b' '..=b'~'))
}

/// Whether these are letters and digits that begin as a number does, but certainly are none, as `4XX`.
fn is_number_like_word(bytes: &[u8]) -> bool {
    matches!(bytes[0], b'1'..=b'9')
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes.iter().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E'))
}

fn is_word(text: &str) -> bool {
    text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether something in a text would end it, were it not in quotes: a colon before a blank, or a comment.
fn ends_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b':', b'#', bytes).any(|at| match bytes[at] {
        b':' => bytes.get(at + 1).is_none_or(|next| *next == b' '),
        _ => at > 0 && bytes[at - 1] == b' ',
    })
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}
