//! Words that few pages have, and without which a rule has nothing to find: all are looked for in one pass.

use aho_corasick::packed::Searcher;

/// Words to look for. None holds another, or begins as another ends: then one could hide the other.
pub(super) struct Marks {
    words: Vec<&'static [u8]>,
    /// `None` where the machine has no fast search: any page may have any of them then.
    searcher: Option<Searcher>,
}

impl Marks {
    pub(super) fn new(words: impl Iterator<Item = &'static [u8]>) -> Self {
        let mut words: Vec<&[u8]> = words.collect();
        words.sort_unstable();
        words.dedup();
        let searcher = Searcher::new(&words);
        Marks { words, searcher }
    }

    /// The words that stand in a text.
    pub(super) fn within(&self, text: &str) -> Vec<&'static [u8]> {
        let Some(searcher) = &self.searcher else { return self.words.clone() };
        let mut found: Vec<&[u8]> = Vec::new();
        for place in searcher.find_iter(text) {
            let word = self.words[place.pattern().as_usize()];
            if !found.contains(&word) {
                found.push(word);
            }
            if found.len() == self.words.len() {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Check, RULES};

    fn words() -> Vec<&'static [u8]> {
        let words = RULES.iter().flat_map(|rule| rule.checks).filter_map(|check| match check {
            Check::Marked(_, word) => Some(*word),
            _ => None,
        });
        Marks::new(words).words
    }

    #[test]
    fn no_word_hides_another() {
        let words = words();
        for one in &words {
            for other in &words {
                let begins_within =
                    (1..one.len()).any(|at| one[at..].starts_with(other) || other.starts_with(&one[at..]));
                assert!(!begins_within, "{} and {}", one.escape_ascii(), other.escape_ascii());
                assert!(one == other || !one.starts_with(other), "{} and {}", one.escape_ascii(), other.escape_ascii());
            }
        }
    }

    #[test]
    fn each_word_is_found_wherever_it_stands() {
        let words = words();
        let marks = Marks::new(words.iter().copied());
        for word in &words {
            let word = std::str::from_utf8(word).unwrap_or("\u{2019}");
            for text in [word.to_owned(), format!("{}{word}", "x".repeat(100)), format!("{word}{}", "x".repeat(100))] {
                assert_eq!(marks.within(&text).len(), 1, "{text}");
            }
        }
        let all: Vec<u8> = words.iter().rev().flat_map(|word| word.iter().copied().chain(*b"\x99")).collect();
        let all = String::from_utf8_lossy(&all).into_owned() + "\u{2019}";
        assert_eq!(marks.within(&all).len(), words.len(), "{all}");
        assert!(marks.within("A page without any of them.").is_empty());
    }
}
