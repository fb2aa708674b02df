//! Names that are close to one that is wrong.

use rustc_hash::FxHashMap;

/// So many letters may differ, in a long name too.
const MAX_DISTANCE: usize = 4;

/// Of more names than these, none is suggested: comparing takes its time.
pub(super) const MAX_NAMES: usize = 1000;

/// Names that are longer than this (in bytes) are not compared: the time grows with the square of their length.
const MAX_LENGTH: usize = 256;

/// The known name closest to a wrong one, if it is close enough to be what was meant: at most a third of
/// its letters differ, and no more than [`MAX_DISTANCE`]. Letter case does not count. What a line break parts is no
/// name: that is to be mended first.
pub(super) fn closest<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if wrong.len() > MAX_LENGTH || wrong.contains(['\n', '\r']) {
        return None;
    }
    let lower = wrong.to_lowercase();
    let limit = (lower.chars().count() / 3).clamp(1, MAX_DISTANCE);
    let letters = Letters::of(wrong);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        // Comparing letter by letter is slow, and there may be thousands of names.
        if name.len().abs_diff(wrong.len()) > limit || letters.surplus(Letters::of(name)) > limit || name == wrong {
            continue;
        }
        let distance = strsim::osa_distance(&lower, &name.to_lowercase());
        if distance <= limit
            && is_close_by_words(wrong, name)
            && best.is_none_or(|(least, other)| (distance, name) < (least, other))
        {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Whether, of two names of as many words, each word has more than half of its letters in the other's: in a long name
/// one word may be quite another (`deletedDateTime`, `createdDateTime`).
fn is_close_by_words(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let is_close = |(one, other): (&String, &String)| {
        let limit = (one.chars().count().saturating_sub(1) / 2).clamp(1, MAX_DISTANCE);
        strsim::osa_distance(one, other) <= limit
    };
    one.len() != other.len() || one.iter().zip(&other).all(is_close)
}

/// The words of a name in camel case, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for character in name.chars() {
        if words.is_empty() || was_lower && character.is_uppercase() {
            words.push(String::new());
        }
        was_lower = !character.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words
}

/// How often each letter stands in a name, letter case aside: names that differ much in this differ much.
#[derive(Clone, Copy)]
struct Letters([u8; 32]);

impl Letters {
    fn of(name: &str) -> Letters {
        let mut counts = [0u8; 32];
        for byte in name.bytes() {
            let count = &mut counts[usize::from(byte & 31)];
            *count = count.saturating_add(1);
        }
        Letters(counts)
    }

    /// How many letters of the one are not in the other: no edit mends two of them.
    fn surplus(self, other: Letters) -> usize {
        usize::from(self.0.iter().zip(other.0).map(|(one, other)| u16::from(one.saturating_sub(other))).sum::<u16>())
    }
}

/// Whether one of some names may be the same as one before it, letter case and white space around it aside. Most lists
/// have no name twice, and this tells so at less expense than to look each name up among those before.
pub(super) fn may_repeat(mut names: impl Iterator<Item = impl AsRef<str>>) -> bool {
    const BITS: u32 = 11;
    let mut seen = [false; 1 << BITS];
    names.any(|name| {
        let name = name.as_ref().trim();
        let letter = |at: usize| name.as_bytes().get(at).map_or(0, |byte| u32::from(byte.to_ascii_lowercase()));
        let letters = [letter(0), letter(name.len() / 3), letter(name.len() * 2 / 3), letter(name.len().max(1) - 1)];
        let mix = |digest: u32, letter: u32| (digest ^ letter).wrapping_mul(0x9E37_79B1);
        let digest = letters.into_iter().fold(name.len() as u32, mix);
        let was_seen = std::mem::replace(&mut seen[(digest >> (32 - BITS)) as usize], true);
        was_seen || !name.is_ascii()
    })
}

/// Names among which others are looked up, which mostly come in the order in which they stand there.
pub(super) struct InOrder<'n> {
    names: Vec<&'n str>,
    /// The one after that which was found last.
    next: usize,
    /// Where each stands. Those that come in order do not need it.
    places: Option<FxHashMap<&'n str, usize>>,
}

impl<'n> InOrder<'n> {
    pub(super) fn new(names: impl Iterator<Item = &'n str>) -> Self {
        InOrder { names: names.collect(), next: 0, places: None }
    }

    /// Whether a name is one of them.
    pub(super) fn has(&mut self, name: &str) -> bool {
        // Some are passed over.
        const AHEAD: usize = 4;
        let ahead = self.names[self.next..].iter().take(AHEAD).position(|other| *other == name);
        let found = ahead.map(|ahead| self.next + ahead).or_else(|| {
            let places = self.places.get_or_insert_with(|| self.names.iter().copied().zip(0..).collect());
            places.get(name).copied()
        });
        self.next = found.map_or(self.next, |found| found + 1);
        found.is_some()
    }
}

/// Whether a name can be written into a JSON string and a comment as it is.
pub(super) fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '#'))
}

/// "did you mean `x`?", or other advice where no name is close.
pub(super) fn did_you_mean(close: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    close.map_or_else(otherwise, |name| format!("did you mean `{name}`?"))
}

/// Names in backticks, with commas and a word before the last: "`a`, `b` or `c`".
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>, word: &str) -> String {
    let mut names = names.into_iter().peekable();
    let mut list = String::new();
    while let Some(name) = names.next() {
        match names.peek() {
            _ if list.is_empty() => {}
            Some(_) => list.push_str(", "),
            None => list.extend([" ", word, " "]),
        }
        list.extend(["`", name, "`"]);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_close_name_is_suggested() {
        let known = ["customer", "company", "id"];
        assert_eq!(closest("custmer", known), Some("customer"));
        assert_eq!(closest("Customer", known), Some("customer"));
        assert_eq!(closest("order", known), None);
        assert_eq!(closest("ib", known), Some("id"));
        assert_eq!(closest("deletedDateTime", ["createdDateTime"]), None);
        assert_eq!(closest("creationDateTime", ["createdDateTime"]), Some("createdDateTime"));
        assert_eq!(closest("cratedDateTime", ["createdDateTime"]), Some("createdDateTime"));
        assert_eq!(closest("Createddatetime", ["createdDateTime"]), Some("createdDateTime"));
    }

    #[test]
    fn a_name_may_repeat_where_one_does() {
        assert!(!may_repeat(["id", "name", "size"].into_iter()));
        assert!(may_repeat(["id", "name", "ID "].into_iter()));
        assert!(may_repeat(["größe"].into_iter()));
    }

    #[test]
    fn names_are_found_in_any_order() {
        let mut names = InOrder::new(["a", "b", "c", "d", "e", "f", "g"].into_iter());
        let found = ["a", "b", "d", "x", "g", "c", "d", "a"].map(|name| names.has(name));
        assert_eq!(found, [true, true, true, false, true, true, true, true]);
        assert!(!InOrder::new(std::iter::empty()).has(""));
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(list(["a"], "or"), "`a`");
        assert_eq!(list(["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
