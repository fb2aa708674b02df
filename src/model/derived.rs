//! Derived types that only the page of their base names: "the derived types are [a](a.md) and [b](b.md)", a
//! list below "Derived types include:", a section "Derived types".

use super::view::Part;
use super::{Base, Item, Model, ResourceId};
use crate::span::Span;
use crate::syntax::phrases::Phrases;
use crate::syntax::{Block, Link, Page, Section, SectionKind, Table, links_within};

/// Words that links to the derived types follow, at once or after "such as".
const LEADS: &[&str] = &[
    "derived types are",
    "base type for",
    "base type of",
    "base class for",
    "base class of",
    "base resource for",
    "subtypes include",
    "subtypes are",
];

/// The same, to be looked for together: few paragraphs have any.
static LEAD: Phrases = Phrases::new(LEADS);

/// Words that a list of the derived types follows.
static LIST_LEAD: Phrases = Phrases::new(&[
    "derived types",
    "types derive from",
    "types are derived",
    "type is derived",
    "subtypes",
    "implementations of this type",
]);

/// Words that the name of the type comes after, and a list of those that derive from it.
static FROM: Phrases = Phrases::new(&["derived from", "derive from", "inherit from"]);

/// Gives a base to the types that do not name one on their own page: the one that a page with links to them describes.
pub(super) fn told_by_bases<'d>(model: &mut Model<'d>, links: Vec<(ResourceId, Vec<(&'d Page, &'d Link)>)>) {
    for (base, links) in links {
        for (page, link) in links {
            let Some(derived) = linked_type(model, page, link).filter(|derived| *derived != base) else { continue };
            let at = model.resource(base).at;
            let name = model.text(at);
            let derived = &mut model.resources[derived.0 as usize];
            derived.base.get_or_insert(Base { name, at, resource: None });
        }
    }
}

fn linked_type(model: &Model<'_>, page: &Page, link: &Link) -> Option<ResourceId> {
    let text = &page.source[link.text];
    let found = match model.paths.linked_page(page, &page.source[link.target]) {
        // A section of a page is about another type than the page.
        Some((target, Some(_))) => model.lookup(target, text),
        Some((target, None)) => model.type_of_page(target.id),
        None => model.lookup(page, text),
    };
    match found? {
        Item::Resource(id) => Some(id),
        _ => None,
    }
}

/// The links of a page to types that derive from `base`, which it describes. Each comes with the page it stands on.
pub(super) fn links<'d>(parts: &[Part<'d>], base: &str) -> Vec<(&'d Page, &'d Link)> {
    let of_part = |part: &Part<'d>| {
        let (page, section) = (part.page, part.section);
        let links = match part.kind {
            Some(SectionKind::DerivedTypes) => listed(page, section),
            None => told(page, section, base),
            _ => Vec::new(),
        };
        links.into_iter().map(move |link| (page, link))
    };
    parts.iter().flat_map(of_part).collect()
}

/// Those in a section of their own: one a row, or one an item.
fn listed<'d>(page: &'d Page, section: &'d Section) -> Vec<&'d Link> {
    let rows = section.tables().flat_map(Table::rows).filter_map(|row| row.cell(Some(0)));
    let lists = section.blocks.iter().filter_map(|block| match block {
        Block::List(span) => Some(*span),
        _ => None,
    });
    let in_rows = rows.filter_map(|cell| links_within(&page.links, cell).first());
    in_rows.chain(lists.flat_map(|list| items(page, list))).collect()
}

/// Those in prose, about the type of this name.
fn told<'d>(page: &'d Page, section: &'d Section, base: &str) -> Vec<&'d Link> {
    let mut found = Vec::new();
    for (index, block) in section.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = &page.source[*paragraph];
        let has_links = !links_within(&page.links, *paragraph).is_empty();
        if has_links && LEAD.are_in(text) {
            let lower = text.to_ascii_lowercase();
            for end in LEADS.iter().filter_map(|lead| Some(lower.find(lead)? + lead.len())) {
                found.extend(in_sentence(page, Span { start: paragraph.start + end as u32, end: paragraph.end }));
            }
        }
        if let Some(Block::List(list)) = section.blocks.get(index + 1)
            && leads_to_list(text, base)
        {
            found.extend(items(page, *list));
        }
    }
    found
}

/// Whether a list of the types that derive from `base` follows a text.
fn leads_to_list(text: &str, base: &str) -> bool {
    if let Some(text) = text.strip_suffix('.') {
        return text.ends_with("are derived") || text.ends_with("is derived");
    }
    let names_base =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(base));
    text.ends_with(':')
        && (LIST_LEAD.are_in(text)
            || LEAD.are_in(text)
            || FROM.find(text).is_some_and(|from| names_base(&text[from.end..])))
}

/// The links that a sentence goes on with, as far as commas and "and" join them.
fn in_sentence(page: &Page, rest: Span) -> Vec<&Link> {
    let mut end = rest.start;
    let mut found: Vec<&Link> = Vec::new();
    for link in links_within(&page.links, rest) {
        let before = page.source[Span { start: end, end: link.span.start }].to_ascii_lowercase();
        let joins = match found.is_empty() {
            true => {
                let before = before.trim();
                let leads = ["such as", " like", ":"].iter().any(|end| before.ends_with(end));
                before.is_empty() || leads && !before.contains('.')
            }
            false => before.split([',', ' ', '\n', '\r']).all(|word| matches!(word, "" | "and" | "or" | "the")),
        };
        if !joins {
            break;
        }
        end = link.span.end;
        found.push(link);
    }
    found
}

/// The first link of each item of a list.
fn items(page: &Page, list: Span) -> impl Iterator<Item = &Link> {
    let lines = page.source[list].lines().filter(|line| line.trim_start().starts_with(['-', '*', '+']));
    lines.filter_map(|line| links_within(&page.links, page.source.span_of(line)?).first())
}
