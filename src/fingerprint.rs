//! What makes two findings the same in different runs, when the lines around them have moved.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use std::collections::BTreeMap;

/// Of longer texts, the beginning tells them apart.
const MAX_TEXT: usize = 80;

/// A finding without its place: page, rule, message, and the text that it points at. Findings of one page may
/// have the same; then their number counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// The page, relative to the docset root.
    pub path: String,
    /// The name of the rule.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// The text that it points at, or its line where it points between two characters; with one blank for whatever
    /// stands between words.
    pub text: String,
}

/// How often each fingerprint is there.
pub type Counts = BTreeMap<Fingerprint, usize>;

impl Fingerprint {
    /// The fingerprint of a finding in a file.
    pub fn of(finding: &Diagnostic, path: &str, source: &Source) -> Self {
        let span = finding.at.span;
        let span = if span.is_empty() { source.line_span(span.start) } else { span };
        let message = words(&finding.message).collect();
        let text = words(&source[span]).take(MAX_TEXT).collect();
        Fingerprint { path: path.to_owned(), rule: finding.lint.name.to_owned(), message, text }
    }

    /// The same in 16 digits, the same on every machine.
    pub fn hash(&self) -> String {
        let parts = [&self.path, &self.rule, &self.message, &self.text];
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        format!("{:016x}", bytes.fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)))
    }
}

/// Takes one of a fingerprint away, if there is one.
pub fn take(counts: &mut Counts, fingerprint: &Fingerprint) -> bool {
    let Some(count) = counts.get_mut(fingerprint) else { return false };
    *count -= 1;
    if *count == 0 {
        counts.remove(fingerprint);
    }
    true
}

/// FNV-1a, of 64 bits: the hashes of the standard library promise nothing about other versions.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// A text with one blank for whatever stands between words.
fn words(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    words.flat_map(|(index, word)| (index > 0).then_some(' ').into_iter().chain(word.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Level, Lint};
    use crate::span::{FileId, Location, Span};

    static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: None };

    /// The text in the fingerprint of a finding at `[…]`.
    fn check(text: &str, expected: &str) {
        let (start, end) = (text.find('[').unwrap(), text.find(']').unwrap());
        let source = Source::new("p.md", text.replace(['[', ']'], ""));
        let at = Location::new(FileId(0), Span::new(start, end - 1));
        let fingerprint = Fingerprint::of(&Diagnostic::new(&LINT, at, "is\nwrong"), "p.md", &source);
        assert_eq!((fingerprint.message.as_str(), fingerprint.text.as_str()), ("is wrong", expected));
    }

    #[test]
    fn the_text_has_one_blank_between_words() {
        check("one [two\r\n  three] four", "two three");
        check("one\n  two [] three\nfour", "two three");
        check("[]", "");
        check(&format!("[{}]", "ab ".repeat(50)), &"ab ".repeat(50)[..80]);
    }

    #[test]
    fn hashes_stay_what_they_are() {
        let part = |text: &str| text.to_owned();
        let fingerprint = Fingerprint { path: part("p.md"), rule: part("r"), message: part("m"), text: part("t") };
        assert_eq!(fingerprint.hash(), "05f3e89e437722f5");
        assert_ne!(
            fingerprint.hash(),
            Fingerprint { rule: part("rm"), message: part(""), ..fingerprint.clone() }.hash()
        );
    }

    #[test]
    fn as_many_are_taken_as_there_are() {
        let source = Source::new("p.md", "text");
        let finding = Diagnostic::new(&LINT, Location::new(FileId(0), Span::new(0, 4)), "wrong");
        let fingerprint = Fingerprint::of(&finding, "p.md", &source);
        let mut counts = Counts::from([(fingerprint.clone(), 2)]);
        assert_eq!([(); 3].map(|()| take(&mut counts, &fingerprint)), [true, true, false]);
        assert!(counts.is_empty());
    }
}
