use super::Report;
use super::names::{MAX_NAMES, closest, did_you_mean};
use crate::span::{Location, Span};
use crate::syntax::inline::code_span;
use crate::syntax::{Block, Page};
use rustc_hash::FxHashSet;

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
    Warning, Marked(check, b"][")
}

fn check(page: &Page, report: &mut Report<'_>) {
    let text = page.source.text();
    let mut spans = CodeSpans::default();
    let places = memchr::memmem::find_iter(text.as_bytes(), "][").filter(|at| !spans.holds(text, *at));
    let found: Vec<_> = places.filter_map(|at| reference(page, at)).collect();
    if found.is_empty() {
        return;
    }
    let (prose, code) = (prose(page), code(page));
    let names = definitions(text);
    let known: FxHashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    for (whole, name) in found {
        let written = &page.source[name];
        if known.contains(&written.to_lowercase())
            || !holds(&prose, whole)
            || holds(&code, whole)
            || is_link(page, whole)
        {
            continue;
        }
        let close = closest(written, names.iter().copied().filter(|_| names.len() <= MAX_NAMES));
        let help = did_you_mean(close, || format!("add `[{written}]: …` to the page"));
        report
            .at(Location::new(page.id, name), format!("the page does not define the reference `{written}`"))
            .help(help);
    }
}

/// Finds the code spans of a text up to a place in it; places come in text order.
#[derive(Default)]
struct CodeSpans {
    at: usize,
    end: usize,
    /// Where the line ends in which the last backtick stands.
    line_end: usize,
}

impl CodeSpans {
    fn holds(&mut self, text: &str, place: usize) -> bool {
        while let Some(tick) = text.get(self.at..place).and_then(|before| before.find('`')) {
            let start = self.at + tick;
            if start >= self.line_end {
                self.line_end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |end| start + end);
            }
            let line = &text[start..self.line_end];
            let length = match code_span(line) {
                Some((_, length)) => {
                    self.end = start + length;
                    length
                }
                None => line.bytes().take_while(|byte| *byte == b'`').count(),
            };
            self.at = start + length;
        }
        self.at = self.at.max(place);
        place < self.end
    }
}

/// The reference whose inner brackets stand at an offset: all of it, and its name.
fn reference(page: &Page, at: usize) -> Option<(Span, Span)> {
    let text = page.source.text();
    // Not the whole line is looked at: it may hold many references.
    let open = memchr::memrchr3(b'[', b'\n', b'\r', &text.as_bytes()[..at])?;
    let close = at + 2 + memchr::memchr3(b']', b'\n', b'\r', &text.as_bytes()[at + 2..])?;
    if !text[open..].starts_with('[') || !text[close..].starts_with(']') {
        return None;
    }
    let name = &text[at + 2..close];
    // An index into a list of lists, or a bracket that stands for itself.
    let is_index = text[..open].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\\' | ']' | ')' | '_'));
    let is_name = !name.trim().is_empty() && !name.contains(['[', '`', '"', '|']) && !text[..at].ends_with('\\');
    (is_name && !is_index && open + 1 < at).then(|| (Span::new(open, close + 1), Span::new(at + 2, close)))
}

fn is_link(page: &Page, whole: Span) -> bool {
    let after = page.links.partition_point(|link| link.span.start <= whole.start);
    page.links[..after].iter().rev().take(4).any(|link| link.span.overlaps(whole))
        || page.links[after..].iter().take(1).any(|link| link.span.overlaps(whole))
}

/// What is read as text, in text order.
fn prose(page: &Page) -> Vec<Span> {
    let blocks = page.blocks().filter_map(|block| match block {
        Block::Paragraph(span) | Block::List(span) | Block::Quote(span) => Some(*span),
        Block::Table(table) => Some(table.span),
        _ => None,
    });
    ordered(blocks.chain(page.summary).collect())
}

/// Code blocks and comments, in text order.
fn code(page: &Page) -> Vec<Span> {
    ordered(page.fences().map(|fence| fence.span).chain(page.comments.iter().map(|comment| comment.span)).collect())
}

/// Spans by their start, without those that lie in others.
fn ordered(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans.dedup_by(|next, kept| kept.contains(*next));
    spans
}

fn holds(spans: &[Span], at: Span) -> bool {
    let next = spans.partition_point(|span| span.end < at.end);
    spans.get(next).is_some_and(|span| span.contains(at))
}

/// The names that a page defines: `[name]: target` at the start of a line.
fn definitions(text: &str) -> Vec<&str> {
    if memchr::memmem::find(text.as_bytes(), b"]:").is_none() {
        return Vec::new();
    }
    let lines = text.lines().map(|line| line.trim_start_matches([' ', '>']));
    lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:")).map(|(name, _)| name.trim()).collect()
}
