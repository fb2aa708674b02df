//! Characters that cannot be seen, or not be told from an ordinary blank.

use std::borrow::Cow;

/// The invisible characters of a text. Joiners are left out, since words of many languages need them.
pub fn characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    // The UTF-8 form of each starts with one of three bytes.
    let candidates = memchr::memchr3_iter(0xC2, 0xE2, 0xEF, text.as_bytes());
    candidates.filter_map(|at| Some((at, text.get(at..)?.chars().next()?))).filter(|(at, character)| match character {
        // At the start of a page it tells how the page is encoded.
        '\u{FEFF}' => *at > 0,
        '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2007}' | '\u{202F}' | '\u{2060}' => true,
        '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    })
}

/// Whether a reader sees a blank.
pub fn is_blank(character: char) -> bool {
    matches!(character, '\u{A0}' | '\u{2007}' | '\u{2028}' | '\u{2029}' | '\u{202F}')
}

/// Whether a character of a text is one of them.
pub fn is_invisible(character: char) -> bool {
    characters(character.encode_utf8(&mut [0; 4])).next().is_some() || character == '\u{FEFF}'
}

/// A text as readers see it.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|character| !is_invisible(*character) || is_blank(*character));
    Cow::Owned(shown.map(|character| if is_blank(character) { ' ' } else { character }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_as_they_are_seen() {
        for (text, seen) in [("HTTP\u{A0}request", "HTTP request"), ("a\u{200B}\u{FEFF}b", "ab"), ("é", "é")] {
            assert_eq!(visible(text), seen, "{text:?}");
        }
    }
}
