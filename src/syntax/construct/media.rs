//! What prose says of a body that is no JSON.

use crate::syntax::phrases::Signs;

const TEXT: usize = 0;
const BYTES: usize = 1;
/// What a response of bytes is called as well. A request may tell of the content of a file that JSON holds.
const CONTENTS: usize = 2;

static SIGNS: Signs<3> = Signs::new(&[
    ("plain text", TEXT),
    ("text/plain", TEXT),
    ("binary data", BYTES),
    ("binary content", BYTES),
    ("binary stream", BYTES),
    ("binary file", BYTES),
    ("stream of bytes", BYTES),
    ("content of the file", CONTENTS),
    ("contents of the file", CONTENTS),
    ("bytes of the file", CONTENTS),
    ("raw bytes", CONTENTS),
]);

/// Whether a sentence tells of what is sent as bytes.
pub(super) fn is_of_bytes(sentence: &str) -> bool {
    SIGNS.told_in(sentence)[BYTES]
}

/// The media type of a response that a sentence tells of.
pub(super) fn of_response(sentence: &str) -> Option<&'static str> {
    let told = SIGNS.told_in(sentence);
    if told[TEXT] {
        return Some("text/plain");
    }
    (told[BYTES] || told[CONTENTS]).then_some("application/octet-stream")
}
