use super::Report;
use super::messages::is_json;
use crate::model::ExampleRef;
use crate::syntax::invisible::characters;
use crate::syntax::json::Document;

rule! {
    /// A `Content-Length` header that does not fit the body below it.
    ///
    /// ## Why
    /// A client that sends the example as it is gets an error, or waits for bytes that never come. The length is
    /// that of the body in bytes; line ends may count as one or two, and one may follow the body.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    /// Content-Length: 100
    ///
    /// {
    ///   "tenantId": "a1"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customer
    /// Content-Type: application/json
    /// Content-Length: 22
    ///
    /// {
    ///   "tenantId": "a1"
    /// }
    /// ```
    /// ````
    Warning, Message(check), Safe fix
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    // Bodies that are not JSON are mostly placeholders for what cannot be shown.
    let page = example.page;
    let message = &example.message.message;
    let named = |name: &str| name.eq_ignore_ascii_case("Content-Length");
    let header = message.headers.iter().find(|header| named(&page.source[header.name]));
    let (Some(header), Some(body)) = (header, &message.body) else { return };
    if !is_json(example) {
        return;
    }
    let (bytes, with_returns) = lengths(&page.source[body.span]);
    let written = &page.source[header.value];
    let fits = |length: usize| [bytes, bytes + 1, with_returns, with_returns + 2].contains(&length);
    if written.is_empty() || written.parse().is_ok_and(fits) {
        return;
    }
    let message = format!("the content length is `{written}`, but the body has {bytes} bytes");
    let finding = report.at(example.at(header.value), message);
    finding.help(match with_returns {
        _ if with_returns == bytes => format!("write {bytes}, or leave the header out"),
        _ => format!("write {bytes} (or {with_returns}, with CRLF line ends), or leave the header out"),
    });
    finding.label(example.at(page.source.line_span(body.span.start)), "the body starts here");
    // A body with other faults is to be mended first, and has another length then.
    let is_sound = body.json.as_ref().is_some_and(Document::is_strict);
    if is_sound && characters(&page.source[body.span]).next().is_none() {
        finding.fix(header.value, bytes.to_string());
    }
}

/// The bytes of a text with LF and with CRLF line ends.
fn lengths(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let returns = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes[at + 1..].starts_with(b"\n")).count();
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    (text.len() - returns, text.len() - returns + lines)
}
