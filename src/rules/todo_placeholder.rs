use super::Report;
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page};

rule! {
    /// A placeholder that the page template left for the author: `**TODO: …**` or `TODO: …`.
    ///
    /// ## Why
    /// Readers see it. In a permission table it also hides what the operation needs, so that the
    /// generated operation says nothing of its permissions.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|**TODO: Add Description** Required.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant of the customer. A `todo` list has no place here. Required.|
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let front_matter = page.front_matter.entries.iter().map(|entry| entry.value);
    let headings = page.sections.iter().filter_map(|section| section.heading).chain(page.title).map(|heading| heading.text);
    let blocks = page.blocks().filter_map(|block| match block {
        Block::Paragraph(span) | Block::List(span) | Block::Quote(span) => Some(*span),
        Block::Table(table) => Some(table.span),
        _ => None,
    });
    for part in front_matter.chain(headings).chain(blocks) {
        for span in placeholders(&page.source, part) {
            report
                .at(Location::new(page.id, span), "a placeholder of the page template was left in place")
                .help("write what it asks for, or delete it");
        }
    }
}

/// The placeholders in a text: the word `TODO` in bold or before a colon, up to where it ends.
fn placeholders(source: &Source, part: Span) -> Vec<Span> {
    let text = &source[part];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("TODO").map(|at| from + at) {
        let bold = text[..at].ends_with("**");
        let after = &text[at + 4..];
        let start = if bold { at - 2 } else { at };
        let end = if bold { after.find("**").map(|end| at + 4 + end + 2) } else { None };
        let end = end.unwrap_or(at + 4 + after.find(['|', '\n', '\r']).unwrap_or(after.len()));
        let word = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        if word && (bold || after.trim_start().starts_with(':')) {
            let base = part.start as usize;
            found.push(Span::new(base + start, base + start + text[start..end].trim_end().len()));
        }
        from = end.max(at + 4);
    }
    found
}
