use super::{Report, faults};
use crate::span::{Location, Span};
use crate::syntax::Page;
use rustc_hash::FxHashSet;

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
    let annotations: FxHashSet<Span> = page.annotations().map(|annotation| annotation.span).collect();
    // A comment that is none, though it looks like one. One that does not end is reported as such.
    for comment in page.comments.iter().filter(|comment| comment.closed) {
        let text = page.source[comment.text].trim_start().as_bytes();
        let is_mark = |byte: &u8| matches!(byte, b'{' | b'"' | b'\'' | b' ' | b'\r' | b'\n' | b'\t');
        let word = text.iter().position(|byte| !is_mark(byte)).unwrap_or(text.len());
        let starts = text[word..].starts_with(b"blockType");
        if starts && !annotations.contains(&comment.span) {
            report
                .at(Location::new(page.id, comment.span), "the comment looks like an annotation, but is none")
                .help("write it as a JSON object whose `blockType` is a string: `{ \"blockType\": \"request\" }`");
        }
    }
}
