use super::Report;
use super::messages::messages;
use crate::syntax::Page;
use crate::syntax::http::Start;

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
    Warning, Page(check)
}

/// Codes and their phrases, as RFC 9110 and its extensions register them.
const PHRASES: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "Switching Protocols"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (208, "Already Reported"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (413, "Payload Too Large"),
    (413, "Request Entity Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (416, "Requested Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (422, "Unprocessable Entity"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
];

fn check(page: &Page, report: &mut Report<'_>) {
    for example in messages(page) {
        let Start::Status(line) = &example.message.message.start else { continue };
        let written = &page.source[line.phrase];
        let Some(code) = line.code.filter(|_| !written.is_empty()) else { continue };
        let mut phrases = PHRASES.iter().filter(|(known, _)| *known == code).map(|(_, phrase)| *phrase).peekable();
        let Some(usual) = phrases.peek().copied() else { continue };
        if !phrases.any(|phrase| phrase == written) {
            report
                .at(example.at(line.phrase), format!("the reason phrase of `{code}` is `{usual}`, not `{written}`"))
                .help("correct the phrase, or the code if that is wrong")
                .fix(line.phrase, usual);
        }
    }
}
