use super::Report;
use crate::model::ExampleRef;
use crate::syntax::construct::examples::Role;
use crate::syntax::http::{METHODS, Start, is_version};

rule! {
    /// An example request whose first line is no request line.
    ///
    /// ## Why
    /// An HTTP parser refuses it, and it is not known which operation it calls.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if example.message.role != Role::Request {
        return;
    }
    let page = example.page;
    let (span, message) = match &example.message.message.start {
        Start::Request(line) if line.url.is_empty() => (line.span, "the request line has no URL".to_owned()),
        Start::Request(line) if line.method.end == line.url.start => {
            (line.span, format!("the request line has no blank after `{}`", &page.source[line.method]))
        }
        Start::Request(line) if page.source[line.method].contains(|c: char| c.is_ascii_lowercase()) => {
            let method = &page.source[line.method];
            (line.method, format!("`{method}` is no method: they are written in capitals"))
        }
        Start::Request(line) => match line.version.filter(|version| !is_version(&page.source[*version])) {
            Some(version) => (version, format!("`{}` is no HTTP version", &page.source[version])),
            None => return,
        },
        Start::Status(line) => (line.span, "the request starts with a status line".to_owned()),
        Start::Other(line) => (*line, other(page.source[*line].trim())),
    };
    let help = "write the method, a blank and the URL: `GET https://…`";
    report.at(example.at(span), message).help(help);
}

fn other(line: &str) -> String {
    let word = line.split_ascii_whitespace().next().unwrap_or_default();
    let is_url = |text: &str| text.starts_with('/') || text.starts_with("http");
    if is_url(word) {
        "the request line has no method".to_owned()
    } else if line.split_ascii_whitespace().nth(1).is_some_and(is_url) {
        format!("`{word}` is no method; the methods are {}", METHODS.join(", "))
    } else {
        "the request does not start with a request line".to_owned()
    }
}
