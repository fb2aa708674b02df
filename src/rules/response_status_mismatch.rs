use super::names::list;
use super::{Report, urls};
use crate::model::{ExampleRef, Model, Topic, topics};
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax::construct::{Response, response};
use crate::syntax::http::Start;
use crate::syntax::{Annotation, Page, PageKind, SectionKind};

rule! {
    /// An example response with a status that the "Response" section does not mention.
    ///
    /// ## Why
    /// One of the two is wrong, and callers test for the status. Where the section names a redirection, an example
    /// may show what that leads to, with `200`. An error that the annotation of the response does not expect is found
    /// by `unexpected-error-response`.
    ///
    /// ## Example
    /// ````md
    /// # Create customer
    ///
    /// ## HTTP request
    /// ``` http
    /// POST /customers
    /// ```
    ///
    /// ## Response
    /// If successful, this method returns a `201 Created` response code.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "create_customer" } -->
    /// ``` http
    /// POST https://graph.microsoft.com/v1.0/customers
    /// ```
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Create customer
    ///
    /// ## HTTP request
    /// ``` http
    /// POST /customers
    /// ```
    ///
    /// ## Response
    /// If successful, this method returns a `201 Created` response code.
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "create_customer" } -->
    /// ``` http
    /// POST https://graph.microsoft.com/v1.0/customers
    /// ```
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 201 Created
    /// ```
    /// ````
    Error, Linked(check)
}

/// A status that a response section names.
struct Told<'m> {
    topic: Topic,
    text: &'m str,
    code: u16,
    at: Location,
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    let (exchanges, parts) = (model.exchanges(page.id), model.parts(page.id));
    let mut told: Vec<Told<'_>> = Vec::new();
    for (part, topic) in parts.iter().zip(topics::of_sections(exchanges, parts)) {
        told.extend(part.find::<Response>().flat_map(|section| &section.statuses).map(|found| Told {
            topic,
            text: part.page.source[found.span].trim_matches('`'),
            code: found.code,
            at: Location::new(part.page.id, found.span),
        }));
    }
    let own = exchanges.iter().filter(|exchange| !exchange.request.is_some_and(|request| is_foreign(model, request)));
    let answers = own.flat_map(|exchange| exchange.responses.iter().map(|answer| (exchange.topic, answer)));
    for (topic, response) in answers.filter(|(topic, _)| *topic != Topic::HandedOut) {
        let named = || told.iter().filter(|told| told.topic == topic);
        let Some((code, span)) = response.status().filter(|_| !response.message.ignored) else { continue };
        let is_redirected = || code == 200 && named().any(|told| matches!(told.code, 301..=303 | 307 | 308));
        if named().any(|told| told.code == code) || is_redirected() {
            continue;
        }
        // An error that the annotation does not expect is reported as such.
        if response.annotation().is_some_and(|annotation| code >= 400 || expects_error(response.page, annotation)) {
            continue;
        }
        // Without a code in prose there is nothing to contradict; one of an error says nothing of success.
        let Some(first) = named().find(|told| code >= 400 || told.is_of_success(model)) else { continue };
        if is_error_example(model, page, code) {
            continue;
        }
        let mut codes: Vec<&str> = named().map(|told| told.text).collect();
        codes.sort_unstable();
        codes.dedup();
        report
            .at(
                response.at(span),
                format!("the example returns `{code}`, but the response section says {}", list(codes, "or")),
            )
            .help("correct the one that is wrong, or mention both in the response section")
            .label(first.at, "the response section names the status here");
    }
}

impl Told<'_> {
    fn is_of_success(&self, model: &Model<'_>) -> bool {
        self.code < 400 && !is_of_failure(&model.page(self.at.file).source, self.at.span)
    }
}

fn expects_error(page: &Page, annotation: &Annotation) -> bool {
    annotation.flag("expectError", &page.source) == Some(true)
}

/// Whether a request is one that the service sends to another, which answers as it likes.
fn is_foreign(model: &Model<'_>, request: ExampleRef<'_>) -> bool {
    match request.message.message.start {
        Start::Request(line) => !urls::has_service_host(model, &request.page.source[line.url]),
        _ => false,
    }
}

/// Whether the sentence up to a code of success tells of what went wrong: "if an error occurred, a `207` is returned".
fn is_of_failure(source: &Source, code: Span) -> bool {
    // A longer sentence is none, but a line of many codes.
    const LONGEST: usize = 500;
    let end = code.start as usize;
    let before = &source.text().as_bytes()[end.saturating_sub(LONGEST)..end];
    let line = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    let sentence = memchr::memmem::rfind(before, b". ").map_or(0, |at| at + 2).max(line);
    let words = before[sentence..].to_ascii_lowercase();
    ["error occur", "fails"].iter().any(|failure| memchr::memmem::find(&words, failure.as_bytes()).is_some())
}

/// Whether a code of an error is spoken of elsewhere: in a section on errors, or where the example is introduced.
fn is_error_example(model: &Model<'_>, page: &Page, code: u16) -> bool {
    code >= 400
        && model.parts(page.id).iter().any(|part| {
            let speaks = matches!(
                part.kind,
                Some(SectionKind::ErrorResponses | SectionKind::Examples | SectionKind::ExampleResponse)
            );
            let tells = |span| response::statuses(&part.page.source, span).iter().any(|status| status.code == code);
            let prose = || part.section.prose().any(tells);
            let tables = || part.section.tables().any(|table| part.page.source[table.span].contains(&code.to_string()));
            speaks && (prose() || tables())
        })
}
