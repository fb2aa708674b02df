//! The lines of a file around some places in it, cut out. The printer gets no more than this, as it would go
//! through a whole page for each finding.

use crate::source::Source;
use crate::span::Span;

/// Places further apart than this many lines are shown apart.
const GAP_LINES: usize = 12;

/// A place of more lines than this is shown by its first line: what is wrong with a long block is said in the
/// message.
const TALL_LINES: usize = 12;

/// Of a line longer than this (in bytes), only what stands around the places is shown.
const LONG_LINE: usize = 1000;

/// How much stands around a place in a long line.
const AROUND: usize = 200;

/// Lines of a file.
#[derive(Debug)]
pub(super) struct Window {
    /// The text, of which bytes stand where they stand in the file, but for what [`Self::start`] cuts off.
    pub text: String,
    /// The number of the first line, from 1.
    pub line: usize,
    /// The offset in the file at which the text begins.
    start: usize,
    /// Whether the text begins within a long line, so that columns counted in it are wrong.
    pub is_cut: bool,
}

impl Window {
    /// A span of the file as a range of this text.
    pub(super) fn range(&self, span: Span) -> std::ops::Range<usize> {
        let at = |offset: usize| offset.saturating_sub(self.start).min(self.text.len());
        at(span.start as usize)..at(span.end as usize)
    }
}

/// Cuts windows for some spans of a file, and says which span is in which. Windows come in the order of the
/// first span that each has.
pub(super) fn windows(source: &Source, spans: &[Span]) -> Vec<(Window, Vec<usize>)> {
    let mut groups: Vec<(Lines, Vec<usize>)> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let lines = Lines::of(source, shorten(source, *span));
        match groups.iter_mut().find(|(group, _)| group.is_near(lines)) {
            Some((group, members)) => {
                *group = group.to(lines);
                members.push(index);
            }
            None => groups.push((lines, vec![index])),
        }
    }
    groups
        .into_iter()
        .map(|(lines, members)| {
            let shown = members.iter().map(|index| shorten(source, spans[*index]));
            (cut(source, lines, shown.reduce(Span::to).unwrap_or_default()), members)
        })
        .collect()
}

/// The span itself, or the first line of one that is too tall to show; never its last line end, which would draw
/// the next line in.
pub(super) fn shorten(source: &Source, span: Span) -> Span {
    let lines = Lines::of(source, span);
    let text = &source[span];
    let end = span.start as usize + text.trim_end_matches(['\n', '\r']).len();
    if lines.last - lines.first >= TALL_LINES {
        let line = source.line_span(span.start);
        return Span { start: span.start, end: line.end.max(span.start) };
    }
    Span { start: span.start, end: end as u32 }
}

#[derive(Clone, Copy)]
struct Lines {
    first: usize,
    last: usize,
}

impl Lines {
    fn of(source: &Source, span: Span) -> Self {
        let line = |offset: u32| source.line_starts().partition_point(|start| *start <= offset) - 1;
        Lines { first: line(span.start), last: line(span.end) }
    }

    fn is_near(self, other: Lines) -> bool {
        self.first <= other.last + GAP_LINES && other.first <= self.last + GAP_LINES
    }

    fn to(self, other: Lines) -> Lines {
        Lines { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

fn cut(source: &Source, lines: Lines, shown: Span) -> Window {
    let starts = source.line_starts();
    let mut start = starts[lines.first] as usize;
    let mut end = starts.get(lines.last + 1).map_or(source.text().len(), |next| *next as usize);
    end = start + source.text()[start..end].trim_end_matches(['\n', '\r']).len();
    end = end.max(shown.end as usize);
    let is_cut = lines.first == lines.last && end - start > LONG_LINE;
    if is_cut {
        let text = source.text();
        start = boundary(text, (shown.start as usize).saturating_sub(AROUND).max(start));
        end =
            boundary(text, (shown.end as usize).min(shown.start as usize + LONG_LINE).saturating_add(AROUND).min(end));
    }
    Window { text: plain_line_ends(&source.text()[start..end]), line: lines.first + 1, start, is_cut }
}

fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Line ends as the printer knows them, byte for byte: `\r\n` becomes blank and `\n`, a lone `\r` becomes `\n`.
fn plain_line_ends(text: &str) -> String {
    text.replace("\r\n", " \n").replace('\r', "\n")
}
