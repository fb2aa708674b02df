//! Suppressions: comments that silence a rule in the block that follows, or in the whole page.
//!
//! `<!-- apipage-ignore broken-link, bad-table: why -->`

use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Location, Span};
use crate::syntax::{Block, Comment, Page};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
    /// What is to be deleted for it to be gone: the comment, or the name where others are beside it.
    pub removal: Span,
    /// Where it is silenced.
    silent: Span,
    /// Whether it silenced anything.
    used: bool,
}

/// Takes away the findings that these suppressions silence, and gives those that silenced none.
pub(super) fn apply<'d>(mut all: Vec<Suppression<'d>>, found: &mut Vec<Diagnostic>) -> Vec<Suppression<'d>> {
    if all.is_empty() {
        return all;
    }
    let places = Places::of(&all);
    found.retain(|finding| {
        let mut silenced = false;
        for index in places.silencing(finding) {
            all[index].used = true;
            silenced = true;
        }
        !silenced
    });
    all.retain(|suppression| !suppression.used);
    all
}

/// A rule, on a page.
type Rule<'d> = (FileId, &'d str);

/// Where blocks start to where they end, and the suppression.
type Blocks = BTreeMap<u32, (u32, usize)>;

/// Where rules are silenced, for looking up. Of two suppressions that say the same, the second is left out.
struct Places<'d> {
    pages: FxHashMap<Rule<'d>, usize>,
    blocks: FxHashMap<Rule<'d>, Blocks>,
}

impl<'d> Places<'d> {
    fn of(all: &[Suppression<'d>]) -> Self {
        let mut places = Places { pages: FxHashMap::default(), blocks: FxHashMap::default() };
        for (index, suppression) in all.iter().enumerate() {
            let (key, silent) = ((suppression.at.file, suppression.rule), suppression.silent);
            if suppression.whole_page {
                places.pages.entry(key).or_insert(index);
            } else {
                places.blocks.entry(key).or_default().entry(silent.start).or_insert((silent.end, index));
            }
        }
        places
    }

    /// The suppressions that silence a finding: of its page, and of its block.
    fn silencing(&self, finding: &Diagnostic) -> impl Iterator<Item = usize> {
        let (key, start) = ((finding.at.file, finding.lint.name), finding.at.span.start);
        let block = self.blocks.get(&key).and_then(|blocks| blocks.range(..=start).next_back());
        let block = block.filter(|(_, (end, _))| start <= *end).map(|(_, (_, index))| *index);
        self.pages.get(&key).copied().into_iter().chain(block)
    }
}

/// The suppressions of a page.
pub(super) fn of_page(page: &Page) -> Vec<Suppression<'_>> {
    let mut all = Vec::new();
    let mut blocks: Option<Vec<Span>> = None;
    for comment in &page.comments {
        let Some(names) = names(page, comment) else { continue };
        let whole_page = is_first(page, comment);
        let silent = if whole_page {
            page.source.span()
        } else {
            following(blocks.get_or_insert_with(|| self::blocks(page)), comment)
        };
        let is_alone = names.len() == 1;
        all.extend(names.into_iter().map(|rule| {
            let name = page.source.span_of(rule).filter(|_| !rule.is_empty()).unwrap_or(comment.span);
            let removal = if is_alone { without_its_line(page, comment.span) } else { with_comma(page, name) };
            Suppression { rule, at: Location::new(page.id, name), whole_page, removal, silent, used: false }
        }));
    }
    all
}

/// A comment with what is left of its lines and one blank line beside it, where it stands alone in them. Lines that
/// it parts stay apart.
fn without_its_line(page: &Page, comment: Span) -> Span {
    let text = page.source.text();
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let is_blank = |start: usize, end: usize| text[start..end].trim().is_empty();
    let (start, end) = (line_start(comment.start as usize), line_end(comment.end as usize));
    if !is_blank(start, comment.start as usize) || !is_blank(comment.end as usize, end) {
        return comment;
    }
    let above_is_blank = start == 0 || is_blank(line_start(start - 1), start);
    let next = line_end(end);
    match (above_is_blank, is_blank(end, next)) {
        (true, true) => Span::new(start, next),
        (true, false) | (false, true) => Span::new(start, end),
        (false, false) => comment,
    }
}

/// A name in a list, with one of the commas beside it.
fn with_comma(page: &Page, name: Span) -> Span {
    let text = page.source.text();
    let rest = text[name.end as usize..].trim_start();
    if let Some(next) = rest.strip_prefix(',') {
        return Span::new(name.start as usize, text.len() - next.trim_start().len());
    }
    let before = text[..name.start as usize].trim_end();
    let start = before.strip_suffix(',').map_or(name.start as usize, |before| before.trim_end().len());
    Span::new(start, name.end as usize)
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
    let title = page.title.map(|title| title.span.start);
    let other = page.sections.iter().find_map(|section| section.heading).map(|heading| heading.span.start);
    title.into_iter().chain(other).min().is_some_and(|first| comment.span.start < first)
}

/// The block that a comment stands in, else the next one.
fn following(blocks: &[Span], comment: &Comment) -> Span {
    let next = blocks.partition_point(|block| block.end <= comment.span.end);
    blocks.get(next).copied().unwrap_or(Span::at(comment.span.end as usize))
}

/// The blocks of a page in text order, without those that stand in others.
fn blocks(page: &Page) -> Vec<Span> {
    let mut all: Vec<Span> = page.sections.iter().flat_map(|section| section.blocks.iter().filter_map(span)).collect();
    all.extend(page.sections.iter().filter_map(|section| section.heading).map(|heading| heading.span));
    // What stands right below the title is not among the blocks.
    all.extend(page.title.map(|title| title.span).into_iter().chain(page.namespace).chain(page.summary));
    all.sort_unstable_by_key(|block| (block.start, std::cmp::Reverse(block.end)));
    let mut end = 0;
    all.retain(|block| {
        let is_outer = block.end > end;
        end = end.max(block.end);
        is_outer
    });
    all
}

/// All that a block covers, of a fence its annotation too; `None` for a comment.
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
