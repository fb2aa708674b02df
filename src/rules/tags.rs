//! Lines that mark text for some readers: `[TAGS=preview]` up to `[END]`.

use crate::span::Span;
use crate::syntax::{Block, Page};

/// A line that starts or ends such text.
pub(super) enum Tag {
    Start(Span),
    End(Span),
}

/// The tags of a page that has some which start so, in text order. In fences they are text.
pub(super) fn tags(page: &Page, start: &str) -> Vec<Tag> {
    let text = page.source.text();
    // Most pages have none.
    if memchr::memmem::find(text.as_bytes(), start.as_bytes()).is_none() {
        return Vec::new();
    }
    let fences: Vec<Span> = page
        .blocks()
        .filter_map(|block| match block {
            Block::Fence(fence) => Some(fence.span),
            _ => None,
        })
        .chain(page.comments.iter().map(|comment| comment.span))
        .collect();
    let lines = text.split('\n').filter_map(|line| page.source.span_of(line.trim()));
    let told = lines.filter(|line| !fences.iter().any(|fence| fence.contains(*line)));
    told.filter_map(|line| match &page.source[line] {
        "[END]" => Some(Tag::End(line)),
        start if start.starts_with("[TAGS=") && start.ends_with(']') => Some(Tag::Start(line)),
        _ => None,
    })
    .collect()
}
