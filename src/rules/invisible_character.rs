use super::Report;
use crate::diagnostic::{Edit, Fix, Level};
use crate::span::{Location, Span};
use crate::syntax::Page;
use crate::syntax::invisible::{characters, is_blank};

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
    let code: Vec<Span> = page.fences().map(|fence| fence.body).collect();
    let is_said = |one: usize, other: usize| {
        !text[one..other].contains('\n') || holder(&code, one).is_some_and(|fence| holder(&code, other) == Some(fence))
    };
    for line in found.chunk_by(|(one, _), (other, _)| is_said(*one, *other)) {
        let Some((first, character)) = line.first().copied() else { continue };
        let at = Span::new(first, first + character.len_utf8());
        let mut message =
            format!("this is not an ordinary blank, but a {} (U+{:04X})", name(character), character as u32);
        if !is_blank(character) {
            message = format!("a {} (U+{:04X}) stands here, which cannot be seen", name(character), character as u32);
        }
        match line.len() - 1 {
            0 => {}
            1 => message += "; one more such character follows",
            more => message += &format!("; {more} more such characters follow"),
        }
        let level = if holder(&code, first).is_some() { Level::Error } else { Level::Warning };
        let finding = report.at_level(Location::new(page.id, at), message, level);
        finding.help(if is_blank(character) { "write an ordinary blank" } else { "delete it" });
        finding.fix = Some(Fix { edits: line.iter().map(|found| edit(page, *found)).collect(), safe: true });
    }
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

/// The one of these spans, which are in text order, that holds a place.
fn holder(spans: &[Span], at: usize) -> Option<&Span> {
    let next = spans.partition_point(|span| span.end as usize <= at);
    spans.get(next).filter(|span| span.start as usize <= at)
}
