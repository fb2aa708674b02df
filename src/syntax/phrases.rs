//! Phrases to look for in prose, whatever their letter case.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, MatchKind};
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

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| automaton(self.phrases))
    }
}

fn automaton(phrases: &[&str]) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    // Rare letters are not rare enough in prose to jump from one to the next.
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).prefilter(false);
    builder.kind(Some(AhoCorasickKind::DFA)).build(phrases).expect("a few phrases make a small automaton")
}

/// Phrases that tell so many different things, looked for together, in one pass over a text.
#[derive(Debug)]
pub struct Signs<const THINGS: usize> {
    phrases: &'static [(&'static str, usize)],
    automaton: OnceLock<DFA>,
}

impl<const THINGS: usize> Signs<THINGS> {
    /// A few phrases in ASCII, and which thing each tells.
    pub const fn new(phrases: &'static [(&'static str, usize)]) -> Self {
        Signs { phrases, automaton: OnceLock::new() }
    }

    /// Which things a text tells. A phrase counts inside of another, too.
    pub fn told_in(&self, text: &str) -> [bool; THINGS] {
        let automaton = self.automaton.get_or_init(|| self.automaton());
        let mut told = [false; THINGS];
        let Ok(mut state) = automaton.start_state(Anchored::No) else { return told };
        for byte in text.bytes() {
            state = automaton.next_state(Anchored::No, state, byte);
            if automaton.is_special(state) && automaton.is_match(state) {
                for index in 0..automaton.match_len(state) {
                    let (_, thing) = self.phrases[automaton.match_pattern(state, index).as_usize()];
                    told[thing] = true;
                }
            }
        }
        told
    }

    fn automaton(&self) -> DFA {
        let mut builder = DFA::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).prefilter(false);
        let phrases = self.phrases.iter().map(|(phrase, _)| phrase);
        builder.build(phrases).expect("a few phrases make a small automaton")
    }
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
    }

    #[test]
    fn signs_are_found_inside_of_others() {
        static SIGNS: Signs<3> = Signs::new(&[("an apple", 0), ("apple tree", 1), ("tree", 1), ("pear", 2)]);
        assert_eq!(SIGNS.told_in("An Apple Tree"), [true, true, false]);
        assert_eq!(SIGNS.told_in("a tree, a pear, a tree"), [false, true, true]);
        assert_eq!(SIGNS.told_in(""), [false; 3]);
    }
}
