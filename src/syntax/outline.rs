//! Blocks to sections: headings, annotations on their fences, the lines below the title.

use super::invisible::visible;
use super::markdown::{Blocks, trim};
use super::page_kind::ends_with_ignoring_case;
use super::{
    Block, Comment, Construct, Dialect, FrontMatter, Heading, Include, Link, Page, PageKind, Section, SectionKind,
    Stretch, annotation, construct, dialect,
};
use crate::source::Source;
use crate::span::{FileId, Span};
use std::sync::Arc;

/// The level given to a bold paragraph that stands for a heading.
const BOLD: u8 = 0;

/// Builds the page from its blocks.
pub(super) fn page(id: FileId, source: Source, front_matter: FrontMatter, markdown: Blocks, dialect: &Dialect) -> Page {
    let mut outline = Outline::new(dialect, markdown.blocks.len());
    for block in markdown.blocks {
        outline.push(&source, block);
    }
    outline.flush_annotation();
    let Outline { opened, blocks, title, namespace, summary, .. } = outline;
    let blocks: Arc<[Block]> = blocks.into();
    let mut sections = sections(&opened, &blocks);
    assign_kinds(&source, dialect, title, &mut sections);
    read_constructs(&source, &markdown.links, &mut sections);
    let (links, comments) = (markdown.links, markdown.comments);
    Page {
        id,
        source,
        front_matter,
        title,
        namespace,
        summary,
        sections,
        links,
        comments,
        kind: PageKind::Concept,
        blocks,
        structured: Vec::new(),
    }
}

struct Outline<'w> {
    /// The words that headings are known by.
    dialect: &'w Dialect,
    opened: Vec<Opened>,
    /// The blocks of all sections.
    blocks: Vec<Block>,
    title: Option<Heading>,
    namespace: Option<Span>,
    summary: Option<Span>,
    /// The level of the last true heading below the title.
    level: Option<u8>,
    /// An annotation whose fence has not come yet.
    pending: Option<annotation::Annotation>,
}

/// A section whose blocks are still to come.
struct Opened {
    heading: Option<Heading>,
    parent: Option<usize>,
    /// The index of its first block.
    start: usize,
}

/// The sections, each with its blocks: those up to the next one.
fn sections(opened: &[Opened], blocks: &Arc<[Block]>) -> Vec<Section> {
    let ends = opened.iter().skip(1).map(|next| next.start).chain([blocks.len()]);
    let section = |(opened, end): (&Opened, usize)| Section {
        heading: opened.heading,
        kind: None,
        has_own_kind: false,
        meant: None,
        parent: opened.parent,
        blocks: Stretch { all: Arc::clone(blocks), start: opened.start as u32, end: end as u32 },
        constructs: Stretch::default(),
    };
    opened.iter().zip(ends).map(section).collect()
}

/// Gives each section what its blocks say.
fn read_constructs(source: &Source, links: &[Link], sections: &mut [Section]) {
    let mut constructs = Vec::with_capacity(sections.len());
    for section in sections.iter_mut() {
        let start = constructs.len() as u32;
        construct::read(section.kind, section, source, links, &mut constructs);
        section.constructs = Stretch { start, end: constructs.len() as u32, ..Stretch::default() };
    }
    let all: Arc<[Construct]> = constructs.into();
    sections.iter_mut().for_each(|section| section.constructs.all = Arc::clone(&all));
}

impl<'w> Outline<'w> {
    fn new(dialect: &'w Dialect, blocks: usize) -> Self {
        Outline {
            dialect,
            opened: Vec::with_capacity(16),
            blocks: Vec::with_capacity(blocks),
            title: None,
            namespace: None,
            summary: None,
            level: None,
            pending: None,
        }
    }

    fn push(&mut self, source: &Source, block: Block) {
        if self.opened.is_empty() {
            self.opened.push(Opened { heading: None, parent: None, start: 0 });
        }
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Comment(comment) => self.comment(source, comment),
            Block::Fence(mut fence) => {
                fence.annotation = self.pending.take();
                self.add(Block::Fence(fence));
            }
            // The annotation of a tab's fence may stand above the tab.
            Block::Tab(span) => self.add(Block::Tab(span)),
            Block::Paragraph(span) => self.paragraph(source, span),
            block => {
                self.flush_annotation();
                self.add(block);
            }
        }
    }

    fn heading(&mut self, heading: Heading) {
        self.flush_annotation();
        if heading.level == 1 && self.title.is_none() {
            self.title = Some(heading);
            return;
        }
        self.open(heading);
    }

    fn open(&mut self, heading: Heading) {
        let level = self.effective_level(heading);
        if heading.level != BOLD {
            self.level = Some(level);
        }
        let mut parent = self.opened.len() - 1;
        while parent > 0 && self.level_of(parent) >= level {
            parent = self.opened[parent].parent.unwrap_or(0);
        }
        let parent = (parent > 0).then_some(parent);
        self.opened.push(Opened { heading: Some(heading), parent, start: self.blocks.len() });
    }

    /// A bold paragraph lies below the last true heading.
    fn effective_level(&self, heading: Heading) -> u8 {
        if heading.level != BOLD {
            return heading.level;
        }
        self.level.map_or(2, |level| level + 1)
    }

    fn level_of(&self, section: usize) -> u8 {
        match self.opened[section].heading {
            Some(Heading { level: BOLD, .. }) => {
                self.opened[section].parent.map_or(2, |parent| self.level_of(parent) + 1)
            }
            Some(heading) => heading.level,
            None => 0,
        }
    }

    /// An annotation waits for its fence; comments between the two do not part them.
    fn comment(&mut self, source: &Source, comment: Comment) {
        match annotation::read(source, &comment) {
            Some(annotation) => {
                self.flush_annotation();
                self.pending = Some(annotation);
            }
            None => self.add(Block::Comment(comment)),
        }
    }

    fn flush_annotation(&mut self) {
        if let Some(annotation) = self.pending.take() {
            self.add(Block::Annotation(Box::new(annotation)));
        }
    }

    fn paragraph(&mut self, source: &Source, span: Span) {
        let text = &source[span];
        if text.starts_with("[!") {
            let mut includes = includes(source, span).peekable();
            if includes.peek().is_some() {
                // The annotation of a permission table may stand above the include that holds it.
                self.flush_annotation();
                includes.for_each(|include| self.add(Block::Include(include)));
                return;
            }
        }
        self.flush_annotation();
        if let Some(heading) = bold_heading(source, self.dialect, span) {
            self.open(heading);
            return;
        }
        if self.opened.len() == 1 && self.title.is_some() && self.below_title(source, span) {
            return;
        }
        self.add(Block::Paragraph(span));
    }

    /// Notes the namespace line and the summary; `true` when the paragraph is the former alone.
    fn below_title(&mut self, source: &Source, span: Span) -> bool {
        let text = &source[span];
        if self.namespace.is_none()
            && let Some(rest) = strip_prefix_ignoring_case(text, "namespace:")
        {
            let line = rest.split(['\n', '\r']).next().unwrap_or_default();
            let name = line.trim().trim_matches(['`', '*']);
            self.namespace = source.span_of(name).map(|name| trim(source, name));
            let more = rest[line.len()..].trim();
            if more.is_empty() {
                return true;
            }
            self.summary = source.span_of(more);
        } else if self.summary.is_none() && !text.starts_with("**Note") && !text.starts_with("**Important") {
            self.summary = Some(span);
        }
        false
    }

    fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// A paragraph that is only bold text equal to a known heading.
fn bold_heading(source: &Source, dialect: &Dialect, span: Span) -> Option<Heading> {
    let inner = source[span].strip_prefix("**")?.strip_suffix("**")?;
    let is_known = dialect.section_kind(inner).is_some() || inner.trim().eq_ignore_ascii_case("request");
    is_known.then_some(())?;
    Some(Heading { level: BOLD, span, text: source.span_of(inner)? })
}

/// The includes of a paragraph, each on a line of its own.
fn includes(source: &Source, paragraph: Span) -> impl Iterator<Item = Include> {
    source[paragraph].split('\n').filter_map(|line| {
        let line = line.trim();
        let inner = strip_prefix_ignoring_case(line, "[!include")?;
        let path = inner.rsplit_once("](")?.1;
        let path = path.trim_end_matches(']').trim_end().strip_suffix(')')?;
        Some(Include { span: source.span_of(line)?, path: source.span_of(path.trim())? })
    })
}

/// Gives each section its kind: by its heading, or as the section it lies in.
fn assign_kinds(source: &Source, dialect: &Dialect, title: Option<Heading>, sections: &mut [Section]) {
    let is_enum_page = title.is_some_and(|title| ends_with_ignoring_case(source[title.text].trim(), "enum type"));
    let mut has_http_request = false;
    for index in 0..sections.len() {
        let Some(heading) = sections[index].heading else { continue };
        let parent = sections[index].parent.and_then(|parent| sections[parent].kind);
        let text = &source[heading.text];
        if parent == Some(SectionKind::Properties) && is_about_other(text, title.map(|title| &source[title.text])) {
            continue;
        }
        let anchor = anchor(text);
        let text = visible(text);
        let mut own = own_kind(dialect, &text, parent, is_enum_page);
        if own.is_none() {
            own = anchor.and_then(|name| own_kind(dialect, &name.replace('-', " "), parent, is_enum_page));
        }
        if own.is_none() {
            let meant = misspelt(&text, heading.level, parent);
            sections[index].meant = meant;
            own = meant.and_then(|meant| own_kind(dialect, meant, parent, is_enum_page));
        }
        // Where the section stands already, another one below an example shows the request of the example.
        if own == Some(SectionKind::HttpRequest) && is_example(parent) && has_http_request {
            own = Some(SectionKind::ExampleRequest);
        }
        has_http_request |= own == Some(SectionKind::HttpRequest);
        sections[index].kind = own.or(parent);
        sections[index].has_own_kind = own.is_some();
    }
}

/// The name of the anchor that a heading starts with, which a translated page keeps from the original.
fn anchor(heading: &str) -> Option<&str> {
    heading.strip_prefix("<a ")?.split('"').nth(1)
}

fn own_kind(dialect: &Dialect, heading: &str, parent: Option<SectionKind>, is_enum_page: bool) -> Option<SectionKind> {
    use SectionKind::*;
    if is_example(parent) {
        let first_word = heading.split([' ', ':']).next().unwrap_or_default();
        if first_word.eq_ignore_ascii_case("request") {
            return Some(ExampleRequest);
        }
        if first_word.eq_ignore_ascii_case("response") {
            return Some(ExampleResponse);
        }
    }
    if is_enum_page && heading.trim().eq_ignore_ascii_case("members") {
        return Some(EnumValues);
    }
    let known = dialect.section_kind(heading);
    if let Some(kind) = known.filter(|kind| *kind != EnumValues || is_enum_page) {
        return Some(kind);
    }
    dialect::enum_heading(heading).map(|_| EnumValues).or(known.filter(|_| parent.is_none()))
}

/// What a heading that no section is known by is meant for. Deeper down, most are free.
fn misspelt(heading: &str, level: u8, parent: Option<SectionKind>) -> Option<&'static str> {
    match level {
        2 => dialect::misspelt(heading),
        3 if is_example(parent) => dialect::misspelt_in_example(heading),
        _ => None,
    }
}

fn is_example(kind: Option<SectionKind>) -> bool {
    use SectionKind::{ExampleRequest, ExampleResponse, Examples};
    matches!(kind, Some(Examples | ExampleRequest | ExampleResponse))
}

/// Whether a heading below "Properties" opens a section about what the type of the page does not hold itself:
/// "Properties of a policy definition".
fn is_about_other(heading: &str, title: Option<&str>) -> bool {
    const START: &str = "properties of ";
    let is_start = heading.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START));
    let own = title.and_then(|title| title.split_whitespace().next()).unwrap_or_default();
    is_start && !heading.split_whitespace().any(|word| word.trim_matches(['*', '`']).eq_ignore_ascii_case(own))
}
