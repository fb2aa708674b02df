use super::Report;
use crate::model::ExampleRef;
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;
use crate::syntax::http::{Start, StatusLine};

rule! {
    /// An example response whose first line is no status line.
    ///
    /// ## Why
    /// An HTTP parser refuses it, and it is not known which status it shows.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if example.message.role != Role::Response {
        return;
    }
    let page = example.page;
    let (span, message) = match &example.message.message.start {
        Start::Status(line) => match fault(page, line) {
            Some(fault) => fault,
            None => return,
        },
        Start::Request(line) => (line.span, "the response starts with a request line".to_owned()),
        // What is known to be a response by its place alone shows no more than the body.
        Start::Other(_) if !example.message.annotated => return,
        Start::Other(line) => (*line, "the response does not start with a status line".to_owned()),
    };
    report.at(example.at(span), message).help("write the version, the code and its phrase: `HTTP/1.1 200 OK`");
}

fn fault(page: &Page, line: &StatusLine) -> Option<(Span, String)> {
    let code = &page.source[line.code_span];
    if !line.has_version {
        return Some((line.span, "the status line does not start with an HTTP version".to_owned()));
    }
    if line.code_span.is_empty() {
        return Some((line.span, "the status line has no status code".to_owned()));
    }
    if line.code.is_none() {
        return Some((line.code_span, format!("`{code}` is no status code")));
    }
    line.phrase.is_empty().then(|| (line.span, format!("the status line has no reason phrase after `{code}`")))
}
