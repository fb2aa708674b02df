use super::Report;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page, PageKind};

rule! {
    /// Text before, or instead of, the heading of the page.
    ///
    /// ## Why
    /// The first heading is the title that readers see. What stands above it looks like part of the site.
    ///
    /// ## Example
    /// ````md
    /// Read the properties of a customer.
    ///
    /// # Get customer
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// Read the properties of a customer.
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    if page.kind() == PageKind::Fragment {
        return;
    }
    let mut headings = page.sections.iter().filter_map(|section| section.heading).map(|heading| heading.span);
    let mut blocks = page.blocks().filter_map(|block| match block {
        Block::Paragraph(span) | Block::List(span) | Block::Quote(span) => Some(*span),
        Block::Table(table) => Some(table.span),
        Block::Fence(fence) => Some(fence.span),
        _ => None,
    });
    let Some(first) = headings.next().into_iter().chain(blocks.next()).min() else { return };
    let at = Location::new(page.id, page.source.line_span(first.start));
    match page.title {
        None => report.at(at, "the page has no heading of level 1").help("begin it with `# ` and the title"),
        Some(title) if first.start < title.span.start => report
            .at(at, "text stands before the heading of the page")
            .help("move it below the heading")
            .label(Location::new(page.id, Span { ..title.text }), "the heading"),
        Some(_) => return,
    };
}
