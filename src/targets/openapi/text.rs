//! Texts of pages made fit for descriptions: one line, no marks, nothing that a renderer or a comment in
//! generated code could trip over.

use crate::syntax::inline;
use std::borrow::Cow;

/// A text in Markdown as one clean line. Placeholders (`**TODO: …**`), includes and comments are left out.
pub(super) fn clean(markdown: &str) -> String {
    let text = without_placeholders(markdown);
    let plain = inline::plain(&text);
    let plain = plain.trim();
    if is_clean(plain) { plain.to_owned() } else { harmless(&one_line(plain)) }
}

/// Whether a text is certainly one line that harms nobody, as most are.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'\\' | b'*');
    // Without a way out of the loops, many bytes are looked at in one step.
    let all_plain = bytes.iter().fold(true, |all, byte| all & is_plain(*byte));
    let blanks = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, pair| any | (pair == (&b' ', &b' ')));
    all_plain && !blanks && !(bytes.contains(&b'(') && text.contains("eval("))
}

/// The text without placeholders, includes and comments.
fn without_placeholders(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'<', b'*', b'[', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = without(text, "<!--", "-->");
    let text = and_without(text, "**TODO", "**");
    and_without(text, "[!", "]")
}

fn and_without<'t>(text: Cow<'t, str>, open: &str, close: &str) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => without(text, open, close),
        Cow::Owned(text) => Cow::Owned(without(&text, open, close).into_owned()),
    }
}

/// As [`clean`]; `None` when nothing is left.
pub(super) fn cleaned(markdown: &str) -> Option<String> {
    Some(clean(markdown)).filter(|text| !text.is_empty())
}

/// The text without what stands from `open` to the next `close`. An include's brackets hold a link.
fn without<'t>(text: &'t str, open: &str, close: &str) -> Cow<'t, str> {
    if !text.contains(open) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        let inner = &rest[at + open.len()..];
        let nested = inner.find("](").filter(|_| open == "[!").and_then(|link| {
            let before_close = inner.find(close).is_none_or(|end| link <= end);
            before_close.then(|| inner[link..].find(")]").map(|end| link + end + 2)).flatten()
        });
        let end = nested.or_else(|| inner.find(close).map(|end| end + close.len()));
        rest = end.map_or("", |end| &inner[end..]);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || is_unprintable(c)).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Controls, marks that turn the writing direction, and what is no character.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// The text with what would end a comment, start a tag or an escape sequence broken up.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            '*' if rest.starts_with('/') => out.push_str("* "),
            '\\' if rest.starts_with(['u', 'x']) => out.push_str("\\ "),
            '<' if rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) => {
                out.push_str("&lt;")
            }
            '(' if out.ends_with("eval") => out.push_str(" ("),
            _ => out.push(c),
        }
    }
    out
}

/// What stands between letters and digits as camel case: `user: send mail` gives `userSendMail`. Letters
/// within words keep their case.
pub(super) fn lower_camel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first =
            letters.next().map(|c| if out.is_empty() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() });
        out.extend(first);
        out.push_str(letters.as_str());
    }
    out
}

/// A name without what generators drop: equal for names that some of them cannot tell apart.
pub(super) fn folded(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return name.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(name.len());
    folded.extend(name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_clean_lines() {
        for (text, expected) in [
            ("**TODO: Add Description** Required.", "Required."),
            ("**TODO: open", ""),
            ("A [b](c.md) `d`\n  e<br/>f", "A b d e f"),
            ("a <!-- b\nc --> d [!INCLUDE [x](../y.md)] e", "a d e"),
            ("[!NOTE] a", "a"),
            ("a <script>eval(x)</script> <country>", "a &lt;script>eval (x)&lt;/script> &lt;country>"),
            ("`*/` a \\\\u0041", "* / a \\ u0041"),
            ("1 < 2\u{202e}\u{0}", "1 < 2"),
        ] {
            assert_eq!(clean(text), expected, "{text}");
        }
    }

    #[test]
    fn names_in_camel_case() {
        assert_eq!(lower_camel("Update customer"), "updateCustomer");
        assert_eq!(lower_camel("user: sendMail"), "userSendMail");
        assert_eq!(lower_camel("**"), "");
    }
}
