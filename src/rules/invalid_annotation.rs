use super::{Report, faults};
use crate::span::Location;
use crate::syntax::Page;

rule! {
    /// An annotation comment that is not JSON.
    ///
    /// ## Why
    /// Annotations say what the fence below them is. Other tools do not read one that is not JSON; this one
    /// uses what it could recover.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- {
    ///   "blockType": "request",
    ///   "name": "get_customer",
    /// }
    /// -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- {
    ///   "blockType": "request",
    ///   "name": "get_customer"
    /// }
    /// -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Error, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for annotation in page.annotations() {
        faults::report(report, page, "the annotation", &annotation.json, faults::Place::Comment);
    }
    // A comment that is none, though it looks like one. One that does not end is reported as such.
    let mut annotations = page.annotations().peekable();
    let others = page.comments.iter().filter(|comment| {
        let is_annotation = annotations.next_if(|annotation| annotation.span == comment.span).is_some();
        !is_annotation && comment.closed
    });
    for comment in others.filter(|comment| names_block_type(&page.source[comment.text])) {
        report
            .at(Location::new(page.id, comment.span), "the comment looks like an annotation, but is none")
            .help("write it as a JSON object whose `blockType` is a string: `{ \"blockType\": \"request\" }`");
    }
}

/// Whether the first word of a comment is the key of an annotation.
fn names_block_type(comment: &str) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'{' | b'"' | b'\'' | b' ' | b'\r' | b'\n' | b'\t');
    let text = comment.trim_start().as_bytes();
    let word = text.iter().position(|byte| !is_mark(byte)).unwrap_or(text.len());
    text[word..].starts_with(b"blockType")
}
