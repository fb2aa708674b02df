use super::Report;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page};
use rustc_hash::{FxBuildHasher, FxHashMap};

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
#[derive(Clone, Copy)]
enum Mark<'p> {
    Tab(Span, &'p str),
    Rule,
    Heading(Span),
}

/// A group that is not closed yet.
struct Group<'p> {
    first: Span,
    tabs: FxHashMap<&'p str, Span>,
}

fn check(page: &Page, report: &mut Report<'_>) {
    let marks = marks(page);
    let mut after = 0;
    let mut group: Option<Group<'_>> = None;
    for (index, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Tab(span, id) => tab(page, report, &mut group, *span, id),
            Mark::Rule => group = None,
            Mark::Heading(span) => {
                let Some(open) = &group else { continue };
                let is_heading = |mark: &Mark<'_>| matches!(mark, Mark::Heading(_));
                after = after.max(index);
                after += marks[after..].iter().take_while(|mark| is_heading(mark)).count();
                if open.goes_on(marks.get(after)) {
                    report
                        .at(Location::new(page.id, *span), "the heading stands inside a tab")
                        .help("close the group of tabs before it with a line `---`, or make the heading a paragraph")
                        .label(Location::new(page.id, open.first), "the group starts here");
                } else {
                    not_closed(page, report, open.first, Some(*span));
                    group = None;
                }
            }
        }
    }
    if let Some(open) = group {
        not_closed(page, report, open.first, None);
    }
}

/// The marks of a page from its first tab on. Many have none.
fn marks(page: &Page) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    for section in &page.sections {
        let heading = section.heading.filter(|heading| heading.level > 0 && !marks.is_empty());
        marks.extend(heading.map(|heading| Mark::Heading(heading.span)));
        for block in &section.blocks {
            match block {
                Block::Tab(span) => marks.push(Mark::Tab(*span, id(page, *span))),
                Block::Rule(_) if !marks.is_empty() => marks.push(Mark::Rule),
                _ => {}
            }
        }
    }
    marks
}

impl Group<'_> {
    fn starting(first: Span) -> Self {
        // So many languages have tabs on most pages.
        const USUAL_TABS: usize = 7;
        Group { first, tabs: FxHashMap::with_capacity_and_hasher(USUAL_TABS, FxBuildHasher) }
    }

    /// Whether the group is closed, or has further tabs, before another one starts.
    fn goes_on(&self, next: Option<&Mark<'_>>) -> bool {
        match next {
            Some(Mark::Rule) => true,
            Some(Mark::Tab(_, id)) => !self.tabs.contains_key(id),
            _ => false,
        }
    }
}

fn tab<'p>(page: &Page, report: &mut Report<'_>, group: &mut Option<Group<'p>>, span: Span, id: &'p str) {
    if let Some(other) = group.as_ref().and_then(|group| group.tabs.get(id)) {
        report
            .at(Location::new(page.id, span), format!("the tab `{id}` stands twice in its group"))
            .help("close the group before with a line `---`, or delete one of the two")
            .label(Location::new(page.id, *other), "the first of the two");
        // What follows is most likely another group.
        *group = None;
    }
    group.get_or_insert_with(|| Group::starting(span)).tabs.insert(id, span);
}

/// What stands after `#tab/`.
fn id(page: &Page, span: Span) -> &str {
    let text = &page.source[span];
    let mut marks = memchr::memchr_iter(b'#', text.as_bytes());
    let id = marks.find_map(|at| text[at..].strip_prefix("#tab/")).unwrap_or_default();
    &id[..memchr::memchr2(b')', b' ', id.as_bytes()).unwrap_or(id.len())]
}

fn not_closed(page: &Page, report: &mut Report<'_>, first: Span, before: Option<Span>) {
    let finding = report.at(Location::new(page.id, first), "the group of tabs is not closed");
    finding.help("put a line `---` after its last tab");
    if let Some(before) = before {
        finding.label(Location::new(page.id, before), "it should end before this heading");
    }
}
