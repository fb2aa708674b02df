use super::Report;
use super::names::list;
use crate::model::ExampleRef;
use crate::span::Span;
use crate::syntax::http::Start;
use indexmap::IndexSet;

rule! {
    /// A placeholder in the URL of an example request.
    ///
    /// ## Why
    /// An example shows what is really sent. Readers who try it get an error, and the response cannot be
    /// matched with the values of the request.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/{customer-id}
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/6f7b0e5a
    /// ```
    /// ````
    Hint, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let page = example.page;
    let Start::Request(line) = &example.message.message.start else { return };
    let found = placeholders(&page.source[line.url]);
    let Some((first, name)) = found.first() else { return };
    let start = line.url.start as usize + first;
    let names: IndexSet<&str> = found.iter().map(|(_, name)| *name).collect();
    let what = if names.len() == 1 { "the placeholder" } else { "the placeholders" };
    report
        .at(
            example.at(Span::new(start, start + name.len())),
            format!("the example URL has {what} {}", list(names.iter().copied(), "and")),
        )
        .help("write a value as the service gives it");
}

/// The placeholders of a URL, with their offsets: words in braces. A value in braces is none.
fn placeholders(url: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'{', &url.as_bytes()[from..]).map(|at| from + at) {
        let Some(length) = url[open..].find('}') else { break };
        let inner = &url[open + 1..open + length];
        let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '|' | '.' | '/' | '(' | ')');
        let is_value =
            inner.contains(|c: char| c.is_ascii_digit()) && inner.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        if !inner.trim().is_empty() && inner.chars().all(word) && !is_value {
            found.push((open, &url[open..=open + length]));
        }
        from = open + length;
    }
    found
}
