//! What prose says of a body that is no JSON.

use crate::syntax::phrases::Phrases;

/// What is called so is sent as bytes.
pub(super) static BYTES: Phrases =
    Phrases::new(&["binary data", "binary content", "binary stream", "binary file", "stream of bytes"]);

/// What a response of bytes is called as well. A request may tell of the content of a file that JSON holds.
static CONTENTS: Phrases =
    Phrases::new(&["content of the file", "contents of the file", "bytes of the file", "raw bytes"]);

static TEXT: Phrases = Phrases::new(&["plain text", "text/plain"]);

/// The media type of a response that a sentence tells of.
pub(super) fn of_response(sentence: &str) -> Option<&'static str> {
    if TEXT.are_in(sentence) {
        return Some("text/plain");
    }
    (BYTES.are_in(sentence) || CONTENTS.are_in(sentence)).then_some("application/octet-stream")
}
