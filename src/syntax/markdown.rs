//! Markdown to blocks with spans. The only file that knows the Markdown parser.

use super::invisible::is_invisible;
use super::{Block, Comment, Fence, Heading, Link, LinkKind, json, table};
use crate::source::Source;
use crate::span::Span;
use memchr::memmem::Finder;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::sync::LazyLock;

/// The extensions that reference pages use. Footnotes stay off: they are not part of the format, and
/// hostile ones are slow.
pub const OPTIONS: Options = Options::ENABLE_TABLES;

/// What a page is made of, in text order.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Blocks; of a list only the list itself and the fences and tables in it.
    pub blocks: Vec<Block>,
    /// Links and images, wherever they stand.
    pub links: Vec<Link>,
    /// HTML comments, wherever they stand outside code.
    pub comments: Vec<Comment>,
}

/// Reads the Markdown from `start` to the end of the source.
pub fn parse(source: &Source, start: usize) -> Blocks {
    // Most pages have a block for so many bytes.
    let blocks = Vec::with_capacity((source.text().len() - start) / 128);
    let out = Blocks { blocks, links: Vec::with_capacity(16), comments: Vec::new() };
    let mut reader = Reader { source, base: start, out, quotes: 0, lists: 0, rereads: 0 };
    reader.read(Span::new(start, source.text().len()));
    reader.out
}

/// So many comments of a page that do not end are read as though they did: each costs reading what follows once more.
const MAX_REREADS: usize = 8;

struct Reader<'s> {
    source: &'s Source,
    base: usize,
    out: Blocks,
    quotes: usize,
    lists: usize,
    rereads: usize,
}

type Range = std::ops::Range<usize>;

impl Reader<'_> {
    fn read(&mut self, span: Span) {
        let base = std::mem::replace(&mut self.base, span.start as usize);
        let source = self.source;
        let mut events = Parser::new_ext(&source[span], OPTIONS).into_offset_iter();
        while let Some((event, range)) = &events.next() {
            match event {
                Event::Start(tag) => self.start(tag, range, &mut events),
                Event::End(TagEnd::BlockQuote(_)) => self.quotes -= 1,
                Event::End(TagEnd::List(_)) => self.lists -= 1,
                Event::Rule => self.out.blocks.push(Block::Rule(self.span(range))),
                Event::InlineHtml(html) => self.inline_html(html, range),
                // Everything else inside a block is read from its text when needed.
                _ => {}
            }
        }
        self.base = base;
    }

    fn start<'e>(&mut self, tag: &Tag<'e>, range: &Range, events: &mut impl Iterator<Item = (Event<'e>, Range)>) {
        match tag {
            Tag::BlockQuote(_) => {
                if self.quotes == 0 {
                    self.out.blocks.push(Block::Quote(self.span(range)));
                }
                self.quotes += 1;
            }
            Tag::List(_) => {
                if self.lists == 0 && self.quotes == 0 {
                    self.out.blocks.push(Block::List(self.span(range)));
                }
                self.lists += 1;
            }
            Tag::Paragraph => self.paragraph(range),
            Tag::Heading { level, .. } => self.heading(*level, range, events),
            Tag::CodeBlock(kind) => self.code(kind, range, events),
            Tag::HtmlBlock => self.html(range, events),
            Tag::Table(_) => {
                let span = self.span(range);
                if let Some(table) = table::parse(self.source, span) {
                    self.out.blocks.push(Block::Table(Box::new(table)));
                }
            }
            tag => self.inline(tag, range),
        }
    }

    fn inline(&mut self, tag: &Tag<'_>, range: &Range) {
        match tag {
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url, range, LinkKind::Link),
            Tag::Image { link_type, dest_url, .. } => self.link(*link_type, dest_url, range, LinkKind::Image),
            _ => {}
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range) {
        if html.starts_with("<!--") {
            self.comments(self.span(range));
        }
    }

    fn link(&mut self, link_type: LinkType, target: &CowStr<'_>, range: &Range, kind: LinkKind) {
        if matches!(link_type, LinkType::Autolink | LinkType::Email) {
            return;
        }
        let span = self.span(range);
        // An escaped target is a copy; it is then sought where it stands, or given up.
        let borrowed = match target {
            CowStr::Borrowed(text) => self.source.span_of(text),
            _ => None,
        };
        let target = borrowed.or_else(|| {
            let offset = self.source[span].rfind("](")? + 2;
            Some(Span::new(span.start as usize + offset, span.end as usize - 1))
        });
        if let Some(target) = target {
            self.out.links.push(Link { span, text: link_text(self.source, span), target, kind });
        }
    }

    fn paragraph(&mut self, range: &Range) {
        if self.quotes > 0 {
            return;
        }
        let span = trim(self.source, self.span(range));
        if self.refused_table(span) || self.lists > 0 {
            return;
        }
        self.out.blocks.push(Block::Paragraph(span));
    }

    /// A table that Markdown does not accept is a paragraph to it, and to readers of the page; what the author meant is
    /// still read.
    fn refused_table(&mut self, span: Span) -> bool {
        if self.source[span].starts_with('|') && self.continues_table(span) {
            return true;
        }
        let found = table::find(self.source, span);
        let is_found = found.is_some();
        self.out.blocks.extend(found.map(|table| Block::Table(Box::new(table))));
        is_found
    }

    /// Whether a paragraph that begins with a pipe was taken as what a blank line parted from the block before it: rows
    /// from their table, or a table from its header.
    fn continues_table(&mut self, span: Span) -> bool {
        match self.out.blocks.last_mut() {
            Some(Block::Table(table)) => table.take_rows(self.source, span),
            Some(Block::Paragraph(header)) => {
                let Some(table) = table::find_below_header(self.source, *header, span) else { return false };
                self.out.blocks.pop();
                self.out.blocks.push(Block::Table(Box::new(table)));
                true
            }
            _ => false,
        }
    }

    fn heading<'e>(
        &mut self,
        level: HeadingLevel,
        range: &Range,
        events: &mut impl Iterator<Item = (Event<'e>, Range)>,
    ) {
        let links = self.out.links.len();
        let mut text: Option<Span> = None;
        while let Some((event, range)) = &events.next() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
            let span = self.span(range);
            text = Some(text.map_or(span, |text| text.to(span)));
            match event {
                Event::Start(tag) => self.inline(tag, range),
                Event::InlineHtml(html) => self.inline_html(html, range),
                _ => {}
            }
        }
        let span = trim(self.source, self.span(range));
        let text = text.unwrap_or(Span::at(span.end as usize));
        let tab = self.out.links[links..].iter().any(|link| self.source[link.target].starts_with("#tab/"));
        // Dashes right under an include or a link end a tab group; Markdown sees an underlined heading.
        let underlined = !self.source[span].starts_with('#');
        if tab {
            self.out.links.truncate(links);
            self.out.blocks.push(Block::Tab(span));
        } else if underlined && self.source[text].starts_with("[!") {
            self.out.blocks.push(Block::Paragraph(text));
            self.out.blocks.push(Block::Rule(Span::at(span.end as usize)));
        } else {
            self.out.blocks.push(Block::Heading(Heading { level: level as u8, span, text }));
        }
    }

    fn code<'e>(
        &mut self,
        kind: &CodeBlockKind<'_>,
        range: &Range,
        events: &mut impl Iterator<Item = (Event<'e>, Range)>,
    ) {
        pass_over(events, TagEnd::CodeBlock);
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            let span = self.span(range);
            self.out.blocks.push(Block::Fence(Box::new(fence(self.source, span))));
        }
    }

    fn html<'e>(&mut self, range: &Range, events: &mut impl Iterator<Item = (Event<'e>, Range)>) {
        pass_over(events, TagEnd::HtmlBlock);
        let span = trim(self.source, self.span(range));
        let before = self.out.comments.len();
        self.comments(span);
        let only_comments = before < self.out.comments.len() && self.source[span].starts_with("<!--");
        if only_comments {
            self.out.blocks.extend(self.out.comments[before..].iter().copied().map(Block::Comment));
        } else {
            self.out.blocks.push(Block::Html(span));
        }
        // What a comment hides that does not end is read all the same: the author meant it to be seen.
        let last = self.out.comments[before..].last().filter(|comment| !comment.closed);
        if let Some(rest) = last.map(|comment| Span { start: comment.span.end, end: span.end })
            && self.quotes + self.lists == 0
            && self.rereads < MAX_REREADS
        {
            self.rereads += 1;
            self.read(rest);
        }
    }

    /// Notes each comment that starts within `span`, up to the first that does not end.
    fn comments(&mut self, span: Span) {
        let text = &self.source[span];
        let base = span.start as usize;
        let mut at = 0;
        while let Some(open) = find(text, at, &OPENING) {
            let next = find(text, open + 4, &OPENING).unwrap_or(text.len());
            let close = find(text, open + 4, &CLOSING).filter(|close| *close < next);
            let inner = Span::new(base + open + 4, base + close.unwrap_or(next).max(open + 4));
            let text = if close.is_some() { inner } else { self.meant(inner) };
            at = close.map_or(text.end as usize - base, |close| close + 3);
            let span = Span::new(base + open, base + at);
            self.out.comments.push(Comment { span, text, closed: close.is_some() });
            if close.is_none() {
                return;
            }
        }
    }

    /// What was meant to stand in a comment that does not end: its object, else its first line.
    fn meant(&self, inner: Span) -> Span {
        let text = &self.source[inner];
        let fence = find(text, 0, &FENCE).unwrap_or(text.len());
        let line = text.find('\n').unwrap_or(text.len());
        let before_fence = Span { end: inner.start + fence as u32, ..inner };
        let object = text.trim_start().starts_with('{').then(|| json::parse(self.source, before_fence).root).flatten();
        Span { end: object.map_or(inner.start + line as u32, |object| object.span.end), ..inner }
    }

    fn span(&self, range: &Range) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }
}

/// Passes over what stands in a block, and its end.
fn pass_over<'e>(events: &mut impl Iterator<Item = (Event<'e>, Range)>, end: TagEnd) {
    while let Some((event, _)) = &events.next() {
        if matches!(event, Event::End(found) if *found == end) {
            break;
        }
    }
}

/// Where `mark` stands first, from an offset on.
fn find(text: &str, from: usize, mark: &Mark) -> Option<usize> {
    mark.find(&text.as_bytes()[from..]).map(|at| from + at)
}

/// A text that is looked for again and again.
type Mark = LazyLock<Finder<'static>>;

static OPENING: Mark = Mark::new(|| Finder::new("<!--"));
static CLOSING: Mark = Mark::new(|| Finder::new("-->"));
static FENCE: Mark = Mark::new(|| Finder::new("\n```"));

/// The span without white space at its ends.
pub fn trim(source: &Source, span: Span) -> Span {
    let bytes = &source.text().as_bytes()[span.range()];
    let (mut start, mut end) = (0, bytes.len());
    while start < end && bytes[start].is_ascii_whitespace() {
        start += 1;
    }
    while start < end && bytes[end - 1].is_ascii_whitespace() {
        end -= 1;
    }
    let inner = Span::new(span.start as usize + start, span.start as usize + end);
    // Other blanks are rare, and slower to look for.
    let is_other = |byte: u8| !byte.is_ascii_graphic();
    if start < end && (is_other(bytes[start]) || is_other(bytes[end - 1])) {
        let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
        return source.span_of(source[inner].trim_matches(is_blank)).unwrap_or(inner);
    }
    inner
}

/// The text of a link: what stands between its first brackets.
fn link_text(source: &Source, span: Span) -> Span {
    let text = &source[span];
    let bytes = text.as_bytes();
    let open = memchr::memchr(b'[', bytes).map_or(0, |at| at + 1);
    let mut depth = 1;
    let close = memchr::memchr2_iter(b'[', b']', &bytes[open..]).find_map(|at| {
        if bytes[open + at] == b'[' {
            depth += 1;
        } else {
            depth -= 1;
        }
        (depth == 0).then_some(open + at)
    });
    let start = span.start as usize;
    Span::new(start + open, start + close.unwrap_or(text.len()))
}

/// Splits a fenced code block into its parts.
fn fence(source: &Source, span: Span) -> Fence {
    let text = &source[span];
    let start = span.start as usize;
    let marker = text.chars().next().unwrap_or('`');
    let ticks = text.chars().take_while(|c| *c == marker).count();
    let first_line = text.find(['\n', '\r']).unwrap_or(text.len());
    let body_start = line_after(text, first_line);
    let info = trim(source, Span::new(start + ticks, start + first_line));
    let last_line = text.trim_end().rfind(['\n', '\r']).map_or(text.len(), |at| at + 1);
    let is_close = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.chars().all(|c| c == marker) && line.len() >= ticks
    };
    let closed = last_line >= body_start && last_line < text.len() && is_close(&text[last_line..]);
    let body_end = if closed { last_line } else { text.len() };
    Fence {
        span: trim(source, span),
        info,
        body: Span::new(start + body_start.min(body_end), start + body_end),
        closed,
        annotation: None,
    }
}

/// The offset after the line end at `at`.
fn line_after(text: &str, at: usize) -> usize {
    if text[at..].starts_with("\r\n") { at + 2 } else { (at + 1).min(text.len()) }
}
