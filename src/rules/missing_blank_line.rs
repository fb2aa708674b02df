use super::Report;
use super::messages::role;
use crate::model::ExampleRef;
use crate::span::Span;

rule! {
    /// A body that follows the headers of an example without a blank line.
    ///
    /// ## Why
    /// To an HTTP parser the body is a header, and a broken one.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    /// {
    ///   "id": "a1"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "id": "a1"
    /// }
    /// ```
    /// ````
    Hint, Message(check), Safe fix
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let page = example.page;
    let Some(body) = example.message.message.body.as_ref().filter(|body| !body.after_blank_line) else { return };
    let line = page.source.line_span(body.span.start);
    let end = if page.source.text()[..line.start as usize].ends_with("\r\n") { "\r\n" } else { "\n" };
    report
        .at(example.at(line), format!("no blank line parts the headers of the {} from its body", role(example)))
        .help("put a blank line before the body")
        .fix(Span::at(line.start as usize), end);
}
