use super::Report;
use super::names::{closest, did_you_mean};
use crate::span::{Location, Span};
use crate::syntax::{Block, Page};

rule! {
    /// A link `[text][name]` without a definition `[name]: target` on the page.
    ///
    /// ## Why
    /// It is no link: readers see the brackets.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// Gets a [customer][resource].
    ///
    /// [resources]: ../resources/customer.md
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// Gets a [customer][resource].
    ///
    /// [resource]: ../resources/customer.md
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let text = page.source.text();
    for at in memchr::memmem::find_iter(text.as_bytes(), "][") {
        let Some((whole, name)) = reference(page, at) else { continue };
        if is_link(page, whole) || !is_prose(page, whole) || in_code_span(page, at) {
            continue;
        }
        let names = definitions(text);
        let written = &page.source[name];
        if names.iter().any(|known| known.eq_ignore_ascii_case(written)) {
            continue;
        }
        let help = did_you_mean(closest(written, names), || format!("add `[{written}]: …` to the page"));
        report.at(Location::new(page.id, name), format!("the page does not define the reference `{written}`")).help(help);
    }
}

/// The reference whose inner brackets stand at an offset: all of it, and its name.
fn reference(page: &Page, at: usize) -> Option<(Span, Span)> {
    let text = page.source.text();
    let line = page.source.line_span(at as u32);
    let before = &text[line.start as usize..at];
    let open = line.start as usize + before.rfind('[')?;
    let name = &text[at + 2..line.end as usize];
    let name = &name[..name.find(']')?];
    // An index into a list of lists, or a bracket that stands for itself.
    let is_index = text[..open].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\\' | ']' | ')' | '_'));
    let is_name = !name.trim().is_empty() && !name.contains(['[', '`', '"', '|']) && !before.ends_with('\\');
    let end = at + 2 + name.len() + 1;
    (is_name && !is_index && open + 1 < at).then(|| (Span::new(open, end), Span::new(at + 2, end - 1)))
}

fn is_link(page: &Page, whole: Span) -> bool {
    let after = page.links.partition_point(|link| link.span.start <= whole.start);
    page.links[..after].iter().rev().take(4).any(|link| link.span.overlaps(whole))
        || page.links[after..].iter().take(1).any(|link| link.span.overlaps(whole))
}

/// Whether a place is read as text: not in a code block, a comment or the front matter.
fn is_prose(page: &Page, at: Span) -> bool {
    let in_text = page.blocks().any(|block| match block {
        Block::Paragraph(span) | Block::List(span) | Block::Quote(span) => span.contains(at),
        Block::Table(table) => table.span.contains(at),
        _ => false,
    });
    let summary = page.summary.is_some_and(|summary| summary.contains(at));
    (in_text || summary)
        && !page.fences().any(|fence| fence.span.contains(at))
        && !page.comments.iter().any(|comment| comment.span.contains(at))
}

fn in_code_span(page: &Page, at: usize) -> bool {
    let line = page.source.line_span(at as u32);
    page.source.text()[line.start as usize..at].matches('`').count() % 2 == 1
}

/// The names that a page defines: `[name]: target` at the start of a line.
fn definitions(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.trim_start_matches([' ', '>']));
    lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:")).map(|(name, _)| name.trim()).collect()
}
