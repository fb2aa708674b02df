//! Faults of a JSON text as one finding.

use super::Report;
use crate::diagnostic::{Edit, Fix};
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::invisible::is_invisible;
use crate::syntax::json::{Document, Fault, FaultKind};

/// Other faults of one text that a finding points at.
const MAX_LABELS: usize = 4;

/// Where a JSON text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a code block, whose quotation marks have a rule of their own.
    Fence,
    /// In a comment.
    Comment,
}

/// Reports what strict JSON has against a text: the first fault, with the others as labels.
pub(super) fn report(report: &mut Report<'_>, page: &Page, what: &str, json: &Document, place: Place) {
    let faults: Vec<&Fault> = json.faults.iter().filter(|fault| !is_said_elsewhere(page, fault, place)).collect();
    let Some(first) = faults.first() else { return };
    let finding = report.at(
        Location::new(page.id, visible(&page.source, first.span)),
        format!("{what} is not valid JSON: {}", first.kind.describe()),
    );
    finding.help(help(first.kind, json.root.is_some()));
    if let Some(opened) = first.opened {
        finding.label(Location::new(page.id, opened), "this bracket");
    }
    // What follows an open string or bracket is often its consequence.
    if !matches!(first.kind, FaultKind::UnterminatedString | FaultKind::UnclosedBracket) {
        for fault in faults.iter().skip(1).take(MAX_LABELS) {
            let at = Location::new(page.id, visible(&page.source, fault.span));
            finding.label(at, fault.kind.describe());
        }
    }
    let edits: Option<Vec<Edit>> = faults.iter().map(|fault| mend(page, fault)).collect();
    if let Some(edits) = edits {
        // Whether a line break is meant, or a long line was only wrapped, is for the author to say.
        let is_wrapped = |fault: &Fault| {
            fault.kind == FaultKind::ControlCharacter && matches!(&page.source[fault.span], "\n" | "\r")
        };
        finding.fix = Some(Fix { edits, safe: !faults.into_iter().any(is_wrapped) });
    }
}

/// Whether a rule on characters reports a fault.
fn is_said_elsewhere(page: &Page, fault: &Fault, place: Place) -> bool {
    match fault.kind {
        FaultKind::CurlyQuotes => place == Place::Fence,
        FaultKind::OddSpace => page.source[fault.span].contains(is_invisible),
        _ => false,
    }
}

/// A line break has no width on a page: the text before it is shown instead.
fn visible(source: &Source, span: Span) -> Span {
    if source[span].starts_with(['\n', '\r']) {
        let line = source.line_span(span.start);
        let text = source[line].trim_start();
        Span::new(line.end as usize - text.len(), line.end as usize)
    } else {
        span
    }
}

fn help(kind: FaultKind, read: bool) -> String {
    let (advice, leniency) = match kind {
        FaultKind::TrailingComma => ("delete the comma", "the comma was passed over"),
        FaultKind::ExtraComma => ("delete the comma, or write the value", "the comma was passed over"),
        FaultKind::MissingComma => ("put a comma after the value before", "the text was read as though there were one"),
        FaultKind::MissingColon => ("put a colon after the name", "the text was read as though there were one"),
        FaultKind::MissingValue => ("write the value, `null` if there is none", "null was read"),
        FaultKind::UnquotedName => ("put the name in double quotes", "the name was read without"),
        FaultKind::SingleQuotes => ("use double quotes", "single quotes were read as such"),
        FaultKind::DoubledQuote => ("delete one of the two", "the second was passed over"),
        FaultKind::CurlyQuotes => ("use straight quotes", "curly quotes were read as such"),
        FaultKind::ControlCharacter => {
            ("write `\\n` for a line break, or keep the string on one line", "the character was kept")
        }
        FaultKind::OddSpace => ("replace it by an ordinary space", "it was read as one"),
        FaultKind::Comment => ("delete the comment, or say it in prose", "the comment was passed over"),
        FaultKind::Ellipsis => {
            ("delete it, and say in the annotation that the body is `truncated`", "it was passed over")
        }
        FaultKind::BadEscape => ("write `\\\\` for a backslash", "the text was kept as it is"),
        FaultKind::BadNumber => {
            ("write a decimal number without leading zeros or a plus sign, or a string", "it was read as a number")
        }
        FaultKind::BareWord => ("put it in double quotes", "it was read as a string"),
        FaultKind::UnterminatedString => {
            ("close the string with a double quote", "it was read up to the end of its line")
        }
        FaultKind::UnclosedBracket => ("close the bracket", "it was read as closed"),
        FaultKind::StrayText => ("delete it, or make it part of the value", "it was passed over"),
        FaultKind::TooDeep => ("nest less deep", "what is deeper was not read"),
    };
    if read { format!("{advice}; {leniency}") } else { advice.to_owned() }
}

/// The change that removes a fault without changing what the text says.
fn mend(page: &Page, fault: &Fault) -> Option<Edit> {
    let source = &page.source;
    let edit = |span: Span, text: &str| Some(Edit { at: Location::new(page.id, span), text: text.to_owned() });
    match fault.kind {
        FaultKind::TrailingComma | FaultKind::ExtraComma | FaultKind::DoubledQuote => edit(fault.span, ""),
        FaultKind::MissingComma => {
            let before = source.text()[..fault.span.start as usize].trim_end();
            let after_value =
                before.ends_with(['"', '}', ']']) || before.ends_with(|c: char| c.is_ascii_alphanumeric());
            after_value.then(|| edit(Span::at(before.len()), ",")).flatten()
        }
        FaultKind::MissingColon => edit(fault.span, ":"),
        FaultKind::OddSpace => edit(fault.span, " "),
        FaultKind::UnquotedName => edit(fault.span, &format!("\"{}\"", &source[fault.span])),
        FaultKind::ControlCharacter => edit(
            fault.span,
            match &source[fault.span] {
                "\n" | "\r" if is_wrapped(source, fault.span) => "",
                "\n" => "\\n",
                "\r" if source.text()[fault.span.end as usize..].starts_with('\n') => "",
                "\r" => "\\n",
                "\t" => "\\t",
                _ => return None,
            },
        ),
        _ => None,
    }
}

/// Whether a line break inside a string only wraps what is one piece: a URL, or `\r\n` written as escapes.
fn is_wrapped(source: &Source, line_break: Span) -> bool {
    // No URL is longer. A string of many lines is not read to its start for each of them.
    const LONGEST: usize = 4096;
    let text = source.text().as_bytes();
    let (start, end) = (line_break.start as usize, line_break.end as usize);
    let is_text = |byte: &u8| !matches!(byte, b'\n' | b'\r');
    let before = &text[start.saturating_sub(LONGEST)..start];
    let before = &before[..before.iter().rposition(is_text).map_or(0, |last| last + 1)];
    let after = text[end..].strip_prefix(b"\n").unwrap_or(&text[end..]);
    let string = memchr::memrchr(b'"', before).map_or(&before[..0], |quote| &before[quote + 1..]);
    string.starts_with(b"https://")
        || string.starts_with(b"http://")
        || before.ends_with(b"\\r") && after.starts_with(b"\\n")
}
