use super::Report;
use crate::model::ExampleRef;
use crate::syntax::http::{self, Start};

rule! {
    /// A reason phrase that is not the one of its status code.
    ///
    /// ## Why
    /// Either the phrase or the code is wrong, and readers cannot tell which.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 201 OK
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 201 Created
    /// ```
    /// ````
    Warning, Message(check), Safe fix
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let page = example.page;
    let Start::Status(line) = &example.message.message.start else { return };
    let written = &page.source[line.phrase];
    let Some(code) = line.code.filter(|_| !written.is_empty()) else { return };
    let mut phrases = http::reason_phrases(code).peekable();
    let Some(usual) = phrases.peek().copied() else { return };
    if !phrases.any(|phrase| phrase == written) {
        report
            .at(example.at(line.phrase), format!("the reason phrase of `{code}` is `{usual}`, not `{written}`"))
            .help("correct the phrase, or the code if that is wrong")
            .fix(line.phrase, usual);
    }
}
