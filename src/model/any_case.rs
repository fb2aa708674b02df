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
        text.bytes().for_each(|byte| state.write_u8(byte.to_ascii_lowercase()));
        state.write_usize(text.len());
    }
}
