use super::Report;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page};

rule! {
    /// A group of tabs that no line `---` closes, that a heading stands in, or that has a tab twice.
    ///
    /// ## Why
    /// What follows the group is shown in its last tab, and hidden when readers choose another.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// # [HTTP](#tab/http)
    /// Text.
    ///
    /// # [C#](#tab/csharp)
    /// Text.
    ///
    /// ## See also
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// # [HTTP](#tab/http)
    /// Text.
    ///
    /// # [C#](#tab/csharp)
    /// Text.
    ///
    /// ---
    ///
    /// ## See also
    /// ````
    Warning, Page(check)
}

/// What opens, parts or closes groups, in text order.
enum Mark {
    Tab(Span),
    Rule,
    Heading(Span),
}

fn check(page: &Page, report: &mut Report<'_>) {
    if !page.blocks().any(|block| matches!(block, Block::Tab(_))) {
        return;
    }
    let marks = marks(page);
    let mut group: Vec<(Span, &str)> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Tab(span) => tab(page, report, &mut group, *span),
            Mark::Rule => group.clear(),
            Mark::Heading(span) => {
                let Some((first, _)) = group.first().copied() else { continue };
                if goes_on(page, &marks[index + 1..], &group) {
                    report
                        .at(Location::new(page.id, *span), "the heading stands inside a tab")
                        .help("close the group of tabs before it with a line `---`, or make the heading a paragraph")
                        .label(Location::new(page.id, first), "the group starts here");
                } else {
                    not_closed(page, report, first, Some(*span));
                    group.clear();
                }
            }
        }
    }
    if let Some((first, _)) = group.first() {
        not_closed(page, report, *first, None);
    }
}

fn marks(page: &Page) -> Vec<Mark> {
    let mut marks = Vec::new();
    for section in &page.sections {
        marks.extend(section.heading.filter(|heading| heading.level > 0).map(|heading| Mark::Heading(heading.span)));
        marks.extend(section.blocks.iter().filter_map(|block| match block {
            Block::Tab(span) => Some(Mark::Tab(*span)),
            Block::Rule(_) => Some(Mark::Rule),
            _ => None,
        }));
    }
    marks
}

fn tab<'p>(page: &'p Page, report: &mut Report<'_>, group: &mut Vec<(Span, &'p str)>, span: Span) {
    let id = id(page, span);
    if let Some((other, _)) = group.iter().find(|(_, other)| *other == id) {
        report
            .at(Location::new(page.id, span), format!("the tab `{id}` stands twice in its group"))
            .help("close the group before with a line `---`, or delete one of the two")
            .label(Location::new(page.id, *other), "the first of the two");
        // What follows is most likely another group.
        group.clear();
    }
    group.push((span, id));
}

/// What stands after `#tab/`.
fn id(page: &Page, span: Span) -> &str {
    let text = &page.source[span];
    let id = text.split_once("#tab/").map_or("", |(_, id)| id);
    id.split([')', ' ']).next().unwrap_or(id)
}

/// Whether a group is closed, or has further tabs, before another one starts.
fn goes_on(page: &Page, rest: &[Mark], group: &[(Span, &str)]) -> bool {
    let next = rest.iter().find(|mark| !matches!(mark, Mark::Heading(_)));
    match next {
        Some(Mark::Rule) => true,
        Some(Mark::Tab(span)) => !group.iter().any(|(_, other)| *other == id(page, *span)),
        _ => false,
    }
}

fn not_closed(page: &Page, report: &mut Report<'_>, first: Span, before: Option<Span>) {
    let finding = report.at(Location::new(page.id, first), "the group of tabs is not closed");
    finding.help("put a line `---` after its last tab");
    if let Some(before) = before {
        finding.label(Location::new(page.id, before), "it should end before this heading");
    }
}
