//! Phrases to look for in prose, whatever their letter case.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::OnceLock;

/// Phrases that are looked for together, in one pass over a text.
#[derive(Debug)]
pub struct Phrases {
    phrases: &'static [&'static str],
    automaton: OnceLock<AhoCorasick>,
}

impl Phrases {
    /// A few phrases in ASCII. Of two that begin alike, the first counts.
    pub const fn new(phrases: &'static [&'static str]) -> Self {
        Phrases { phrases, automaton: OnceLock::new() }
    }

    /// Whether one of them stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.automaton().is_match(text)
    }

    /// Where the first one stands.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.automaton().find(text).map(|found| found.range())
    }

    /// Which of them stand in a text, one by one, by index.
    pub fn found_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.automaton().find_iter(text).map(|found| found.pattern().as_usize())
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| automaton(self.phrases, MatchKind::LeftmostFirst))
    }
}

/// Finds a few words whatever their letter case.
pub(super) fn automaton(words: &[&str], kind: MatchKind) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(kind).kind(Some(AhoCorasickKind::DFA));
    builder.build(words).expect("a few words make a small automaton")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whatever_their_case() {
        static FRUIT: Phrases = Phrases::new(&["an apple", "pear"]);
        let check = |text: &str, expected: Option<Range<usize>>| {
            assert_eq!((FRUIT.find(text), FRUIT.are_in(text)), (expected.clone(), expected.is_some()), "{text}");
        };
        check("Take An Apple or a pear", Some(5..13));
        check("PEAR", Some(0..4));
        check("an\napple", None);
        assert_eq!(FRUIT.found_in("a pear, an apple, a pear").collect::<Vec<_>>(), [1, 0, 1]);
    }
}
