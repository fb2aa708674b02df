//! One page as a tree of spans.
//!
//! [`parse`] is a function of the page's text alone (and of the docset's words, see [`Dialect`]): it knows no
//! other page, reads no file and never fails. What it could not understand stays in the tree (faults of a [`json::Document`], tables that
//! are not rendered, lines that are no header) for the rules to report.

pub mod annotation;
pub mod construct;
pub mod dialect;
pub mod front_matter;
pub mod http;
pub mod inline;
pub mod invisible;
pub mod json;
pub mod markdown;
pub mod options;
mod outline;
mod page_kind;
pub mod phrases;
pub mod prose;
pub mod table;
pub mod type_name;

pub use annotation::{Annotation, BlockType};
pub use construct::Construct;
pub use dialect::{Column, Dialect, SectionKind};
pub use front_matter::FrontMatter;
pub use options::Options;
pub use page_kind::PageKind;
pub use table::{Row, Table};
pub use type_name::{TypeName, TypeRef};

use crate::source::Source;
use crate::span::{FileId, Location, Span};
use std::ops::Deref;
use std::sync::Arc;

/// All pages of a run, and what else lies under the docset root.
#[derive(Debug, Default)]
pub struct Docset {
    /// The pages, in path order; a page's [`FileId`] is its index.
    pub pages: Vec<Page>,
    /// The paths of all files below the root, sorted; what links may point at.
    pub files: Vec<String>,
    /// What the configuration says about the docset.
    pub options: Options,
}

impl Docset {
    /// The page with this identity.
    pub fn page(&self, id: FileId) -> &Page {
        &self.pages[id.index()]
    }

    /// The text at a location.
    pub fn text(&self, at: Location) -> &str {
        &self.page(at.file).source[at.span]
    }

    /// The page at a path relative to the root, if it is one of this run.
    pub fn find(&self, path: &str) -> Option<&Page> {
        let index = self.pages.binary_search_by(|page| page.source.path.as_str().cmp(path)).ok()?;
        Some(&self.pages[index])
    }
}

/// A page, or a fragment that pages include.
#[derive(Debug)]
pub struct Page {
    /// Its identity in this run.
    pub id: FileId,
    /// Its text.
    pub source: Source,
    /// Its front matter.
    pub front_matter: FrontMatter,
    /// The first H1.
    pub title: Option<Heading>,
    /// The value of the `Namespace:` line.
    pub namespace: Option<Span>,
    /// The first paragraph that describes the page.
    pub summary: Option<Span>,
    /// The sections in text order. The first has no heading: it holds what stands before the first
    /// heading other than the H1.
    pub sections: Vec<Section>,
    /// Links and images outside code, in text order.
    pub links: Vec<Link>,
    /// HTML comments outside code, in text order.
    pub comments: Vec<Comment>,
    /// What it describes; every stage asks.
    kind: PageKind,
    /// The blocks of all sections.
    blocks: Arc<[Block]>,
    /// Its fences, annotations, tables and includes, as indices: what many look for among the blocks.
    structured: Vec<u32>,
}

/// A part of a page under a heading, up to the next heading of any level.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading.
    pub heading: Option<Heading>,
    /// What the section is about: by its own heading, else as the section it lies in.
    pub kind: Option<SectionKind>,
    /// Whether the kind comes from its own heading.
    pub has_own_kind: bool,
    /// The known heading that its own is meant for, if that is misspelt.
    pub meant: Option<&'static str>,
    /// The section it lies in, by heading levels, as an index.
    pub parent: Option<usize>,
    /// Its blocks, fences with the annotations that stand above them.
    pub blocks: Stretch<Block>,
    /// What the blocks say.
    pub constructs: Stretch<Construct>,
}

/// A stretch of the blocks or constructs of a page, which lie in one piece: there are many sections, and few in each.
#[derive(Debug)]
pub struct Stretch<T> {
    all: Arc<[T]>,
    start: u32,
    end: u32,
}

impl<T> Default for Stretch<T> {
    fn default() -> Self {
        Stretch { all: Arc::default(), start: 0, end: 0 }
    }
}

impl<T> Deref for Stretch<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all[self.start as usize..self.end as usize]
    }
}

impl<'p, T> IntoIterator for &'p Stretch<T> {
    type Item = &'p T;
    type IntoIter = std::slice::Iter<'p, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A heading.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    /// 1 to 6; 0 for a paragraph in bold that stands for one.
    pub level: u8,
    /// The whole line.
    pub span: Span,
    /// Its text, with inline marks.
    pub text: Span,
}

/// A block of Markdown. The large ones are boxed: most blocks are paragraphs, and lists of blocks grow and move.
#[derive(Debug)]
pub enum Block {
    /// A heading; only in the list that the Markdown reader gives, not in sections.
    Heading(Heading),
    /// A paragraph outside quotes and lists.
    Paragraph(Span),
    /// A list, with all it holds; tables and fences in it follow as blocks of their own.
    List(Span),
    /// A block quote, also an alert (`> [!NOTE]`).
    Quote(Span),
    /// A pipe table.
    Table(Box<Table>),
    /// A fenced code block.
    Fence(Box<Fence>),
    /// An include on a line of its own.
    Include(Include),
    /// A comment that is no annotation of a fence.
    Comment(Comment),
    /// An annotation that no fence follows, such as a page annotation.
    Annotation(Box<Annotation>),
    /// Other HTML.
    Html(Span),
    /// `# [HTTP](#tab/http)`: the start of a tab, not a heading.
    Tab(Span),
    /// `---`
    Rule(Span),
}

/// A fenced code block.
#[derive(Debug)]
pub struct Fence {
    /// All of it.
    pub span: Span,
    /// What stands after the opening ticks.
    pub info: Span,
    /// The lines between the ticks.
    pub body: Span,
    /// Whether closing ticks were found.
    pub closed: bool,
    /// The annotation above it.
    pub annotation: Option<Annotation>,
}

impl Fence {
    /// The type of block that the annotation names.
    pub fn block_type(&self) -> Option<BlockType> {
        self.annotation.as_ref().map(|annotation| annotation.block_type)
    }
}

/// An include: `[!INCLUDE [label](path)]`.
#[derive(Clone, Copy, Debug)]
pub struct Include {
    /// All of it.
    pub span: Span,
    /// The path, relative to the page.
    pub path: Span,
}

/// An HTML comment.
#[derive(Clone, Copy, Debug)]
pub struct Comment {
    /// All of it.
    pub span: Span,
    /// The text between the marks.
    pub text: Span,
    /// Whether it ends.
    pub closed: bool,
}

/// A link or an image.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// All of it.
    pub span: Span,
    /// Its text.
    pub text: Span,
    /// Its target; of a reference-style link, where the reference is defined.
    pub target: Span,
    /// Which of the two.
    pub kind: LinkKind,
}

/// What a [`Link`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A link.
    Link,
    /// An image.
    Image,
}

/// Reads a page whose words are those of the format.
pub fn parse(id: FileId, source: Source) -> Page {
    parse_dialect(id, source, &Dialect::default())
}

/// Reads a page.
pub fn parse_dialect(id: FileId, source: Source, dialect: &Dialect) -> Page {
    Draft::new(id, source).page(dialect)
}

/// A page of which the Markdown is read, and what it means is not. Who reads many pages is faster with the drafts of
/// some before their pages: each step finds its code and tables where the one before it left them.
#[derive(Debug)]
pub struct Draft {
    id: FileId,
    source: Source,
    front_matter: FrontMatter,
    markdown: markdown::Blocks,
}

impl Draft {
    /// Reads the Markdown of a page.
    pub fn new(id: FileId, source: Source) -> Self {
        let (front_matter, start) = front_matter::parse(&source);
        let markdown = markdown::parse(&source, start);
        Draft { id, source, front_matter, markdown }
    }

    /// Reads what it means.
    pub fn page(self, dialect: &Dialect) -> Page {
        let mut page = outline::page(self.id, self.source, self.front_matter, self.markdown, dialect);
        page.structured = structured(&page.blocks);
        page.kind = PageKind::of(&page);
        page
    }
}

/// The links that start within a span. `links` are in text order, as a page has them.
pub fn links_within(links: &[Link], span: Span) -> &[Link] {
    let first = links.partition_point(|link| link.span.start < span.start);
    let count = links[first..].iter().take_while(|link| link.span.start < span.end).count();
    &links[first..first + count]
}

impl Page {
    /// The constructs of one type, with the sections they stand in.
    pub fn find<'p, C: construct::Part + 'p>(&'p self) -> impl Iterator<Item = (&'p Section, &'p C)> {
        self.sections.iter().flat_map(|section| section.find::<C>().map(move |construct| (section, construct)))
    }

    /// The blocks of all sections.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter()
    }

    /// The fences of all sections.
    pub fn fences(&self) -> impl Iterator<Item = &Fence> {
        self.structured().filter_map(|block| match block {
            Block::Fence(fence) => Some(fence.as_ref()),
            _ => None,
        })
    }

    /// The tables of all sections.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.structured().filter_map(|block| match block {
            Block::Table(table) => Some(table.as_ref()),
            _ => None,
        })
    }

    /// The includes of all sections.
    pub fn includes(&self) -> impl Iterator<Item = &Include> {
        self.structured().filter_map(|block| match block {
            Block::Include(include) => Some(include),
            _ => None,
        })
    }

    fn structured(&self) -> impl Iterator<Item = &Block> {
        self.structured.iter().map(|block| &self.blocks[*block as usize])
    }

    /// All annotations, those of fences and those of none.
    pub fn annotations(&self) -> impl Iterator<Item = &Annotation> {
        self.structured().filter_map(|block| match block {
            Block::Fence(fence) => fence.annotation.as_ref(),
            Block::Annotation(annotation) => Some(annotation.as_ref()),
            _ => None,
        })
    }

    /// What the page describes: by what stands on it, then by its folder.
    pub fn kind(&self) -> PageKind {
        self.kind
    }
}

fn structured(blocks: &[Block]) -> Vec<u32> {
    let is_meant =
        |block: &Block| matches!(block, Block::Fence(_) | Block::Annotation(_) | Block::Table(_) | Block::Include(_));
    let mut found = Vec::with_capacity(blocks.len());
    found.extend(blocks.iter().zip(0..).filter(|(block, _)| is_meant(block)).map(|(_, index)| index));
    found
}

impl Section {
    /// The constructs of one type.
    pub fn find<'p, C: construct::Part + 'p>(&'p self) -> impl Iterator<Item = &'p C> {
        self.constructs.iter().filter_map(C::of)
    }

    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.as_ref()),
            _ => None,
        })
    }

    /// Its fences.
    pub fn fences(&self) -> impl Iterator<Item = &Fence> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Fence(fence) => Some(fence.as_ref()),
            _ => None,
        })
    }

    /// Its includes.
    pub fn includes(&self) -> impl Iterator<Item = &Include> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Include(include) => Some(include),
            _ => None,
        })
    }

    /// Its prose: paragraphs and lists.
    pub fn prose(&self) -> impl Iterator<Item = Span> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(span) | Block::List(span) => Some(*span),
            _ => None,
        })
    }
}
