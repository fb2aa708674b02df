use super::Report;
use crate::model::ExampleRef;

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
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    // One broken line of several makes the others suspect, but not more findings.
    if let Some(line) = example.message.message.malformed_headers.first() {
        report
            .at(example.at(*line), "this line among the headers is no header")
            .help("write `Name: value`, or put a blank line before the body");
    }
}
