//! HTTP messages inside code blocks: request lines, status lines, headers, bodies.

mod status;

pub use status::{reason_phrase, reason_phrases};

use super::json;
use super::markdown::trim;
use crate::source::Source;
use crate::span::Span;

/// The methods that pages document.
pub const METHODS: [&str; 8] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "MERGE"];

/// An HTTP message as an example shows it.
#[derive(Debug)]
pub struct Message {
    /// Its first line.
    pub start: Start,
    /// Header lines.
    pub headers: Vec<Header>,
    /// Lines between the first line and the body that are no header.
    pub malformed_headers: Vec<Span>,
    /// The body, if there is any text.
    pub body: Option<Body>,
}

/// The first line of a message.
#[derive(Debug)]
pub enum Start {
    /// `GET https://…`
    Request(RequestLine),
    /// `HTTP/1.1 200 OK`
    Status(StatusLine),
    /// Neither; the span is the line's.
    Other(Span),
}

/// A request line.
#[derive(Clone, Copy, Debug)]
pub struct RequestLine {
    /// The line.
    pub span: Span,
    /// The method.
    pub method: Span,
    /// The URL or path template, without an HTTP version; empty when missing.
    pub url: Span,
    /// What stands for the HTTP version, if anything does.
    pub version: Option<Span>,
}

/// A status line.
#[derive(Clone, Copy, Debug)]
pub struct StatusLine {
    /// The line.
    pub span: Span,
    /// The status code, if it is one.
    pub code: Option<u16>,
    /// Where the code stands, or should.
    pub code_span: Span,
    /// The reason phrase; empty when missing.
    pub phrase: Span,
    /// Whether the line starts with an HTTP version.
    pub has_version: bool,
}

/// A header line.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The name.
    pub name: Span,
    /// The value.
    pub value: Span,
}

/// The body of a message.
#[derive(Debug)]
pub struct Body {
    /// Its text, without white space at its ends.
    pub span: Span,
    /// Whether a blank line stands before it, as HTTP demands.
    pub after_blank_line: bool,
    /// What it holds, if it looks like JSON.
    pub json: Option<json::Document>,
    /// Whether it is meant as JSON: it looks like it, the headers do not say otherwise, and it is no placeholder such
    /// as `{Raw bytes}`.
    pub is_json: bool,
}

impl Message {
    /// The value of a header; names are compared without case.
    pub fn header<'s>(&self, name: &str, source: &'s Source) -> Option<&'s str> {
        let header = self.headers.iter().find(|header| source[header.name].eq_ignore_ascii_case(name))?;
        Some(&source[header.value])
    }

    /// The JSON value of the body, if it has one.
    pub fn json(&self) -> Option<&json::Value> {
        self.body.as_ref()?.json.as_ref()?.root.as_ref()
    }
}

/// Reads the message in a code block.
pub fn parse(source: &Source, block: Span) -> Option<Message> {
    let mut lines = lines(source, block).skip_while(|line| line.is_empty()).peekable();
    let first = *lines.peek()?;
    let start = start(source, first);
    let mut after_blank_line = false;
    // A body alone has no headers before it.
    if source[first].starts_with(['{', '[', '<']) {
        after_blank_line = true;
    } else {
        lines.next();
    }
    let mut message = Message { start, headers: Vec::new(), malformed_headers: Vec::new(), body: None };
    while let Some(line) = lines.peek().copied() {
        let text = &source[line];
        if text.is_empty() {
            after_blank_line = true;
            lines.next();
            continue;
        }
        if after_blank_line || text.starts_with(['{', '[', '<']) {
            let span = trim(source, Span { start: line.start, end: block.end });
            let kind = message.header("Content-Type", source);
            message.body = Some(body(source, span, after_blank_line, kind));
            break;
        }
        match header(source, line) {
            Some(header) => message.headers.push(header),
            None => message.malformed_headers.push(line),
        }
        lines.next();
    }
    Some(message)
}

fn body(source: &Source, span: Span, after_blank_line: bool, kind: Option<&str>) -> Body {
    let json = source[span].starts_with(['{', '[']).then(|| json::parse(source, span));
    let is_named = |kind: &str| kind.as_bytes().windows(4).any(|word| word.eq_ignore_ascii_case(b"json"));
    let is_json = json.is_some() && kind.is_none_or(is_named) && !is_placeholder(&source[span]);
    Body { span, after_blank_line, json, is_json }
}

/// `{Raw bytes}`, `[Zip file of …]`: words in brackets, not JSON.
fn is_placeholder(text: &str) -> bool {
    const BRACKETS: [char; 4] = ['{', '}', '[', ']'];
    let inner = text.trim_start_matches(BRACKETS).trim_start();
    if !inner.starts_with(|c: char| c.is_alphabetic()) {
        return false;
    }
    let inner = inner.trim_end_matches(BRACKETS).trim_end();
    !inner.contains(['"', ':', '{', '[']) && !matches!(inner, "true" | "false" | "null")
}

/// The request lines of a block that shows templates: every line that starts with a method.
pub fn request_lines(source: &Source, block: Span) -> impl Iterator<Item = RequestLine> {
    lines(source, block).filter_map(|line| request_line(source, line))
}

fn lines(source: &Source, span: Span) -> impl Iterator<Item = Span> {
    source.lines(span).map(|line| trim(source, line))
}

fn start(source: &Source, line: Span) -> Start {
    if source[line].starts_with("HTTP") {
        return Start::Status(status_line(source, line));
    }
    request_line(source, line).map_or(Start::Other(line), Start::Request)
}

/// Reads `METHOD url [HTTP/version]`. The blank after the method may be missing where `/` follows.
fn request_line(source: &Source, line: Span) -> Option<RequestLine> {
    let text = &source[line];
    let end = text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    let is_method = METHODS.iter().any(|method| method.eq_ignore_ascii_case(&text[..end]));
    if !is_method || !matches!(text[end..].chars().next(), None | Some(' ' | '\t' | '/')) {
        return None;
    }
    let start = line.start as usize;
    let mut url = trim(source, Span::new(start + end, line.end as usize));
    let mut version = None;
    let rest = &source[url];
    if let Some(blank) = memchr::memrchr2(b' ', b'\t', rest.as_bytes())
        && is_meant_as_version(&rest[blank + 1..])
    {
        version = source.span_of(&rest[blank + 1..]);
        url = Span { end: url.start + rest[..blank].trim_end().len() as u32, ..url };
    }
    Some(RequestLine { span: line, method: Span::new(start, start + end), url, version })
}

/// Whether a word is an HTTP version: `HTTP/1.1`, `HTTP/2`.
pub fn is_version(word: &str) -> bool {
    let Some(number) = word.strip_prefix("HTTP/") else { return false };
    let is_digit = |text: &str| text.len() == 1 && text.as_bytes()[0].is_ascii_digit();
    number.split_once('.').map_or_else(|| is_digit(number), |(major, minor)| is_digit(major) && is_digit(minor))
}

/// Whether a word is an HTTP version, or one that is misspelt: `HTPP/1.1`, `HTTP1.1`.
fn is_meant_as_version(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    word.starts_with("HTTP/")
        || name.len() < word.len() && strsim::osa_distance(&name.to_ascii_uppercase(), "HTTP") <= 1
}

fn status_line(source: &Source, line: Span) -> StatusLine {
    let text = &source[line];
    let start = line.start as usize;
    let mut words = text.split_ascii_whitespace();
    let version = words.next().unwrap_or_default();
    let code_text = words.next().unwrap_or(&text[text.len()..]);
    let code_span = source.span_of(code_text).unwrap_or(Span::at(line.end as usize));
    let code = code_text.parse().ok().filter(|code| (100..600).contains(code));
    let phrase = trim(source, Span::new(code_span.end as usize, line.end as usize));
    let has_version = is_version(version);
    debug_assert!(start <= code_span.start as usize);
    StatusLine { span: line, code, code_span, phrase, has_version }
}

fn header(source: &Source, line: Span) -> Option<Header> {
    let text = &source[line];
    let colon = memchr::memchr(b':', text.as_bytes())?;
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~@".contains(&b);
    if colon == 0 || !text[..colon].bytes().all(is_token) {
        return None;
    }
    let start = line.start as usize;
    Some(Header {
        name: Span::new(start, start + colon),
        value: trim(source, Span::new(start + colon + 1, line.end as usize)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let source = Source::new("p.md", text);
        let message = parse(&source, source.span()).expect("a message");
        let mut shown = match message.start {
            Start::Request(line) => format!("request {} {}", &source[line.method], &source[line.url]),
            Start::Status(line) => format!("status {:?} {:?}", line.code, &source[line.phrase]),
            Start::Other(line) => format!("other {:?}", &source[line]),
        };
        for header in &message.headers {
            shown += &format!(" | {}={}", &source[header.name], &source[header.value]);
        }
        for line in &message.malformed_headers {
            shown += &format!(" | bad {:?}", &source[*line]);
        }
        if let Some(body) = message.body {
            shown += &format!(" | body {:?} {}", &source[body.span], body.after_blank_line);
        }
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn messages_are_read_as_pages_show_them() {
        check("GET https://x/y?$top=1\nPrefer: a\n\n", "request GET https://x/y?$top=1 | Prefer=a");
        check(
            "\nPATCH /a HTTP/1.1\r\nA: b\r\n\r\n{\"x\": 1}\r\n",
            "request PATCH /a | A=b | body \"{\\\"x\\\": 1}\" true",
        );
        check("HTTP/1.1 200 OK\nA: b\n{}", "status Some(200) \"OK\" | A=b | body \"{}\" false");
        check("HTTP/1.1 204", "status Some(204) \"\"");
        check("HTTP 999 X", "status None \"X\"");
        check("DELETE/identity/x", "request DELETE /identity/x");
        check("POST\nnot a header\nA: b", "request POST  | A=b | bad \"not a header\"");
        check("Getting started", "other \"Getting started\"");
    }

    #[test]
    fn template_blocks_may_hold_other_lines() {
        let source = Source::new("p.md", "GET /me/x\n\nor\nget /users/{id | name}/x\nAccept: y");
        let lines = request_lines(&source, source.span());
        let urls: Vec<&str> = lines.map(|line| &source[line.url]).collect();
        assert_eq!(urls, ["/me/x", "/users/{id | name}/x"]);
    }
}
