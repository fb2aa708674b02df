//! Suppressions: comments that silence a rule in the block that follows, or in the whole page.
//!
//! `<!-- apipage-ignore broken-link, bad-table: why -->`

use crate::diagnostic::Diagnostic;
use crate::span::{Location, Span};
use crate::syntax::{Block, Comment, Docset, Page};

/// The word that such a comment starts with.
const WORD: &str = "apipage-ignore";

/// One rule that a comment silences.
#[derive(Debug)]
pub struct Suppression<'d> {
    /// The name of the rule, as it is written; empty if it is missing.
    pub rule: &'d str,
    /// Where the name stands, or the comment that lacks it.
    pub at: Location,
    /// Whether it is silenced in the whole page.
    pub whole_page: bool,
    /// Where it is silenced.
    silent: Span,
    /// Whether it silenced anything.
    used: bool,
}

/// Takes away the findings that the pages silence, and gives the suppressions that silenced none.
/// `found` is sorted by file and place.
pub(super) fn apply<'d>(docset: &'d Docset, found: &mut Vec<Diagnostic>) -> Vec<Suppression<'d>> {
    let mut all: Vec<Suppression<'d>> = docset.pages.iter().flat_map(of_page).collect();
    if all.is_empty() {
        return all;
    }
    found.retain(|finding| {
        let start = all.partition_point(|suppression| suppression.at.file < finding.at.file);
        let mut silenced = false;
        for suppression in all[start..].iter_mut().take_while(|suppression| suppression.at.file == finding.at.file) {
            if suppression.rule == finding.lint.name && suppression.holds(finding.at.span) {
                suppression.used = true;
                silenced = true;
            }
        }
        !silenced
    });
    all.retain(|suppression| !suppression.used);
    all
}

impl Suppression<'_> {
    fn holds(&self, span: Span) -> bool {
        self.whole_page || self.silent.start <= span.start && span.start <= self.silent.end
    }
}

fn of_page(page: &Page) -> Vec<Suppression<'_>> {
    let mut all = Vec::new();
    for comment in &page.comments {
        let Some(names) = names(page, comment) else { continue };
        let whole_page = is_first(page, comment);
        let silent = if whole_page { page.source.span() } else { following(page, comment) };
        all.extend(names.into_iter().map(|rule| {
            let name = page.source.span_of(rule).filter(|_| !rule.is_empty()).unwrap_or(comment.span);
            Suppression { rule, at: Location::new(page.id, name), whole_page, silent, used: false }
        }));
    }
    all
}

/// The rules that a comment names, an empty name where it forgets to; `None` if it is no suppression.
fn names<'p>(page: &'p Page, comment: &Comment) -> Option<Vec<&'p str>> {
    let rest = page.source[comment.text].trim().strip_prefix(WORD)?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\r', ':']) {
        return None;
    }
    let rules = rest.split(':').next().unwrap_or_default();
    Some(rules.split(',').map(str::trim).collect())
}

/// Whether a comment stands before the first heading.
fn is_first(page: &Page, comment: &Comment) -> bool {
    let headings = page.title.into_iter().chain(page.sections.iter().filter_map(|section| section.heading));
    headings.map(|heading| heading.span.start).min().is_some_and(|first| comment.span.start < first)
}

/// The block that a comment stands in, else the next one; an annotation belongs to its fence.
fn following(page: &Page, comment: &Comment) -> Span {
    let at = comment.span;
    let blocks = page.sections.iter().flat_map(|section| {
        let heading = section.heading.map(|heading| heading.span);
        heading.into_iter().chain(section.blocks.iter().filter_map(span))
    });
    // The first paragraph below the title and its namespace are not among the blocks.
    let others = page.title.map(|title| title.span).into_iter().chain(page.namespace).chain(page.summary);
    let after = blocks.chain(others).filter(|block| block.end > at.end);
    after.min_by_key(|block| block.start).unwrap_or(Span::at(at.end as usize))
}

/// All that a block covers; `None` for a comment.
fn span(block: &Block) -> Option<Span> {
    match block {
        Block::Heading(heading) => Some(heading.span),
        Block::Fence(fence) => {
            Some(fence.annotation.as_ref().map_or(fence.span, |annotation| annotation.span.to(fence.span)))
        }
        Block::Table(table) => Some(table.span),
        Block::Include(include) => Some(include.span),
        Block::Annotation(annotation) => Some(annotation.span),
        Block::Paragraph(span)
        | Block::List(span)
        | Block::Quote(span)
        | Block::Html(span)
        | Block::Tab(span)
        | Block::Rule(span) => Some(*span),
        Block::Comment(_) => None,
    }
}
