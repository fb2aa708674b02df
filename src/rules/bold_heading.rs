use super::Report;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page, Section, SectionKind};

rule! {
    /// A paragraph in bold that stands for a heading.
    ///
    /// ## Why
    /// Nobody can link to it, it is in no table of contents, and a screen reader does not find it.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## Examples
    ///
    /// **Request**
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## Examples
    ///
    /// ### Request
    /// ````
    Hint, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut above = None;
    for section in &page.sections {
        if let Some(heading) = section.heading {
            if heading.level == 0 {
                found(page, report, heading.span, heading.text, level(page, above, heading.text));
            } else {
                above = Some((section.kind, heading.level));
            }
        }
        for (paragraph, text) in in_example(page, section) {
            found(page, report, paragraph, text, level(page, above, text));
        }
    }
}

/// The level of a heading below another one: of one level more, but that a response stands beside its request, and
/// the reverse.
fn level(page: &Page, above: Option<(Option<SectionKind>, u8)>, text: Span) -> u8 {
    let (kind, level) = above.unwrap_or((None, 1));
    let is_beside = match page.source[text].trim().trim_end_matches(':').to_ascii_lowercase().as_str() {
        "request" => kind == Some(SectionKind::ExampleResponse),
        "response" => kind == Some(SectionKind::ExampleRequest),
        _ => false,
    };
    if is_beside { level } else { level + 1 }
}

/// The paragraphs of an example that are only "Request" or "Response" in bold.
fn in_example<'p>(page: &'p Page, section: &'p Section) -> impl Iterator<Item = (Span, Span)> + 'p {
    let is_example = matches!(
        section.kind,
        Some(SectionKind::Examples | SectionKind::ExampleRequest | SectionKind::ExampleResponse)
    );
    let blocks = if is_example { &section.blocks[..] } else { &[] };
    blocks.iter().filter_map(|block| {
        let Block::Paragraph(span) = block else { return None };
        let inner = page.source[*span].strip_prefix("**")?.strip_suffix("**")?;
        let word = inner.trim().trim_end_matches(':').to_ascii_lowercase();
        let known = matches!(word.as_str(), "request" | "response");
        known.then(|| page.source.span_of(inner)).flatten().map(|text| (*span, text))
    })
}

fn found(page: &Page, report: &mut Report<'_>, paragraph: Span, text: Span, level: u8) {
    let text = page.source[text].trim().trim_end_matches(':');
    let heading = format!("{} {text}", "#".repeat(level.min(6).into()));
    report
        .at(Location::new(page.id, paragraph), format!("a paragraph in bold stands for the heading `{text}`"))
        .help(format!("write `{heading}`"))
        .fix(paragraph, heading.clone());
}
