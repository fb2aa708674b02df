use super::Report;
use super::messages::messages;
use crate::syntax::Page;

rule! {
    /// A line among the headers of an example that is no header.
    ///
    /// ## Why
    /// An HTTP parser refuses the message. Often the blank line before the body is missing, or a long header
    /// was broken.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// Prefer outlook.timezone
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
    /// Prefer: outlook.timezone
    /// ```
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for example in messages(page) {
        // One broken line of several makes the others suspect, but not more findings.
        if let Some(line) = example.message.message.malformed_headers.first() {
            report
                .at(example.at(*line), "this line among the headers is no header")
                .help("write `Name: value`, or put a blank line before the body");
        }
    }
}
