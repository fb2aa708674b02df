//! Markdown inside one line of text: cells, headings, sentences.

use std::borrow::Cow;

/// The text as a reader sees it: links give their text, marks of emphasis and code are gone, entities
/// and escapes are decoded, line break tags give line breaks.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // The text of a link comes before what follows the link. A stack of its own: links nest as deep as anybody likes.
    let mut open = vec![text];
    while let Some(rest) = open.pop() {
        let Some(first) = rest.chars().next() else { continue };
        let linked = match first {
            '[' => link(rest),
            '!' if rest.starts_with("![") => link(&rest[1..]).map(|(text, target, length)| (text, target, length + 1)),
            _ => None,
        };
        match linked {
            Some((text, _, length)) => open.extend([&rest[length..], text]),
            None => {
                let (shown, length) = next_piece(rest, first, out.chars().next_back());
                out.push_str(&shown);
                open.push(&rest[length..]);
            }
        }
    }
    Cow::Owned(out)
}

/// What the start of `rest` shows, if it is no link, and how long it is in the source.
fn next_piece(rest: &str, first: char, before: Option<char>) -> (Cow<'_, str>, usize) {
    let one = first.len_utf8();
    let run = |mark: char| rest.len() - rest.trim_start_matches(mark).len();
    match first {
        '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => (Cow::Borrowed(&rest[1..2]), 2),
        '`' => match code_span(rest) {
            // In a table, the backslash of a pipe is none of the code.
            Some((code, length)) if code.contains("\\|") => (Cow::Owned(code.replace("\\|", "|")), length),
            Some((code, length)) => (Cow::Borrowed(code), length),
            None => (Cow::Borrowed(&rest[..run('`')]), run('`')),
        },
        '*' => (Cow::Borrowed(""), 1),
        '_' => {
            // Marks stand at one end of a word: one inside a name, or alone, is text.
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let length = run('_');
            let mark = word(before) != word(rest[length..].chars().next());
            (Cow::Borrowed(if mark { "" } else { &rest[..length] }), length)
        }
        '&' => entity(rest).map_or((Cow::Borrowed("&"), 1), |(c, length)| (Cow::Owned(c.to_string()), length)),
        '<' => match tag(rest) {
            Some((shown, length)) => (Cow::Borrowed(shown), length),
            None => (Cow::Borrowed("<"), 1),
        },
        _ => {
            let text = rest[one..].bytes().position(is_mark).map_or(rest, |length| &rest[..one + length]);
            (Cow::Borrowed(text), text.len())
        }
    }
}

/// Whether something that is not shown may begin here.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'[' | b'*' | b'_' | b'`' | b'\\' | b'&' | b'<' | b'!')
}

/// The content of a code span at the start of `text`, and the length of the span.
pub fn code_span(text: &str) -> Option<(&str, usize)> {
    let ticks = text.bytes().take_while(|b| *b == b'`').count();
    let fence = &text[..ticks];
    let mut at = ticks;
    loop {
        let close = at + text[at..].find(fence)?;
        let run = text[close..].bytes().take_while(|b| *b == b'`').count();
        if run == ticks {
            return Some((text[ticks..close].trim(), close + ticks));
        }
        at = close + run;
    }
}

/// Text, target and length of the link at the start of `text`: `[text](target)`, `[text][reference]`
/// or `[text]`.
pub fn link(text: &str) -> Option<(&str, &str, usize)> {
    let close = matching(text, '[', ']')?;
    let inner = &text[1..close];
    let rest = &text[close + 1..];
    if rest.starts_with('(') {
        let end = matching(rest, '(', ')')?;
        let target = rest[1..end].trim();
        let target = target.split_once([' ', '\t']).map_or(target, |(target, _title)| target);
        return Some((inner, target.trim_start_matches('<').trim_end_matches('>'), close + 1 + end + 1));
    }
    if rest.starts_with('[') {
        let end = rest.find(']')?;
        return Some((inner, "", close + 1 + end + 1));
    }
    None
}

/// Brackets nested deeper than this are text. Without a limit, many that nothing closes would be read to the end of
/// the text again and again.
const MAX_BRACKETS: usize = 64;

/// The offset of the bracket that closes the one at the start of `text`; `None` where no bracket stands there.
fn matching(text: &str, open: char, close: char) -> Option<usize> {
    if !text.starts_with(open) {
        return None;
    }
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == open {
            depth += 1;
            if depth > MAX_BRACKETS {
                return None;
            }
        } else if character == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\u{FEFF}')?
        }
    };
    Some((character, end + 1))
}

/// What an HTML tag or comment at the start of `text` shows. Words in angle brackets that are no tag
/// (`<country>`) are text.
fn tag(text: &str) -> Option<(&'static str, usize)> {
    if text.starts_with("<!--") {
        return Some(("", text.find("-->").map_or(text.len(), |end| end + 3)));
    }
    let end = 1 + text[1..].find(['<', '>']).filter(|end| text[1 + end..].starts_with('>'))?;
    let name = text[1..end].trim_matches('/').split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "br" | "li" | "p" | "ul" | "ol" => Some(("\n", end + 1)),
        "b" | "i" | "em" | "strong" | "code" | "sup" | "sub" | "a" | "span" | "img" | "table" | "tr" | "td" | "th"
        | "tbody" | "thead" | "div" => Some(("", end + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "{text}");
    }

    #[test]
    fn marks_vanish_and_text_stays() {
        check("plain", "plain");
        check("an [updated](x.md) **customer**", "an updated customer");
        check("`$filter` and _this_ in snake_case", "$filter and this in snake_case");
        check("__bold__ and a__b and _ alone", "bold and a__b and _ alone");
        check("[a][b] and [c](d \"t\") and [e]", "a and c and [e]");
        check("Bearer &lt;token&gt;&nbsp;x &bogus; &#124;", "Bearer <token> x &bogus; |");
        check("one<br/>two<country> <!-- hid -->", "one\ntwo<country> ");
        check("\\{token\\} a\\*b", "{token} a*b");
        check("a\\|b `c\\|d`", "a|b c|d");
        check("[[x](y)](z) ![alt](i.png)", "x alt");
        check("`` a`b `` `open", "a`b `open");
        check("[unclosed", "[unclosed");
    }

    #[test]
    fn a_link_begins_with_its_bracket() {
        assert_eq!(link("[a](b) c"), Some(("a", "b", 6)));
        assert_eq!(link("a[b](c)"), None);
        assert_eq!(link("é[b]"), None);
    }
}
