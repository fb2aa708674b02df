//! Texts that are the same whatever their letter case.

use std::hash::{Hash, Hasher};

/// A text as a key: letters of ASCII are the same in upper and in lower case.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnyCase<T>(pub(super) T);

impl<T: AsRef<str>> PartialEq for AnyCase<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().eq_ignore_ascii_case(other.0.as_ref())
    }
}

impl<T: AsRef<str>> Eq for AnyCase<T> {}

impl<T: AsRef<str>> Hash for AnyCase<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let text = self.0.as_ref();
        // The bit that tells the cases of a letter apart is set in all bytes: the hash may be that of other texts, too.
        let mut write = |word: [u8; 8]| state.write_u64(u64::from_le_bytes(word) | 0x2020_2020_2020_2020);
        let (words, rest) = text.as_bytes().as_chunks();
        words.iter().copied().for_each(&mut write);
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        write(last);
        state.write_usize(text.len());
    }
}
