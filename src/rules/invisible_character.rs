use super::Report;
use crate::diagnostic::{Edit, Fix, Level};
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::{Examples, ResourceBlock};
use crate::syntax::json::FaultKind;

rule! {
    /// A character that cannot be seen, or not be told from an ordinary blank: a no-break space, a zero-width
    /// space, a mark of writing direction.
    ///
    /// In a code block this is an error: what is copied from there does not work.
    ///
    /// ## Why
    /// Searching for the text fails, lines do not wrap, and tools that split at blanks read two words as one.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// Gets a customer by\xC2\xA0its identifier.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// Gets a customer by its identifier.
    /// ````
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    let text = page.source.text();
    if text.is_ascii() {
        return;
    }
    let found: Vec<(usize, char)> = characters(text).collect();
    if found.is_empty() {
        return;
    }
    let said = said_of_json(page);
    let found: Vec<(usize, char)> = found.into_iter().filter(|(at, _)| !holds(&said, *at)).collect();
    let code: Vec<Span> = page.fences().map(|fence| fence.body).collect();
    for line in found.chunk_by(|(one, _), (other, _)| !text[*one..*other].contains('\n')) {
        let Some((first, character)) = line.first().copied() else { continue };
        let at = Span::new(first, first + character.len_utf8());
        let mut message =
            format!("this is not an ordinary blank, but a {} (U+{:04X})", name(character), character as u32);
        if !is_blank(character) {
            message = format!("a {} (U+{:04X}) stands here, which cannot be seen", name(character), character as u32);
        }
        match line.len() - 1 {
            0 => {}
            1 => message += "; one more such character follows in this line",
            more => message += &format!("; {more} more such characters follow in this line"),
        }
        let level = if holds(&code, first) { Level::Error } else { Level::Warning };
        let finding = report.at_level(Location::new(page.id, at), message, level);
        finding.help(if is_blank(character) { "write an ordinary blank" } else { "delete it" });
        finding.fix = Some(Fix { edits: line.iter().map(|found| edit(page, *found)).collect(), safe: true });
    }
}

/// The invisible characters of a text. Joiners are left out, since words of many languages need them.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    // The UTF-8 form of each starts with one of three bytes.
    let candidates = memchr::memchr3_iter(0xC2, 0xE2, 0xEF, text.as_bytes());
    candidates.filter_map(|at| Some((at, text.get(at..)?.chars().next()?))).filter(|(at, character)| match character {
        // At the start of a page it tells how the page is encoded.
        '\u{FEFF}' => *at > 0,
        '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2007}' | '\u{202F}' | '\u{2060}' => true,
        '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    })
}

fn is_blank(character: char) -> bool {
    matches!(character, '\u{A0}' | '\u{2007}' | '\u{2028}' | '\u{2029}' | '\u{202F}')
}

fn name(character: char) -> &'static str {
    match character {
        '\u{A0}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero-width space",
        '\u{2007}' => "figure space",
        '\u{202F}' => "narrow no-break space",
        '\u{2060}' => "word joiner",
        '\u{2028}' | '\u{2029}' => "line separator",
        '\u{FEFF}' => "byte order mark",
        _ => "mark of writing direction",
    }
}

fn edit(page: &Page, (at, character): (usize, char)) -> Edit {
    let text = if is_blank(character) { " " } else { "" };
    Edit { at: Location::new(page.id, Span::new(at, at + character.len_utf8())), text: text.to_owned() }
}

/// Whether one of these spans, which are in text order, holds a place.
fn holds(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end as usize <= at);
    spans.get(next).is_some_and(|span| span.start as usize <= at)
}

/// Odd spaces in JSON, which the rules on invalid JSON report, in text order.
fn said_of_json(page: &Page) -> Vec<Span> {
    let bodies = page.find::<Examples>().flat_map(|(_, examples)| &examples.messages);
    let bodies =
        bodies.filter(|message| !message.ignored).filter_map(|message| message.message.body.as_ref()?.json.as_ref());
    let representations = page.find::<ResourceBlock>().map(|(_, block)| &block.json);
    let faults = bodies.chain(representations).flat_map(|json| &json.faults);
    let odd = faults.filter(|fault| fault.kind == FaultKind::OddSpace);
    let mut spans: Vec<Span> = odd.map(|fault| fault.span).collect();
    spans.sort_unstable();
    spans
}
