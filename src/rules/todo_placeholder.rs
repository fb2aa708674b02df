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
    Warning, Marked(check, b"TODO")
}

/// Whether a short text has such a placeholder, of which this rule speaks.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.as_bytes().windows(4).any(|word| word == b"TODO")
}

fn check(page: &Page, report: &mut Report<'_>) {
    let front_matter = page.front_matter.entries.iter().map(|entry| entry.value);
    let headings =
        page.sections.iter().filter_map(|section| section.heading).chain(page.title).map(|heading| heading.text);
    let blocks = page.blocks().filter_map(|block| match block {
        Block::Paragraph(span) | Block::List(span) | Block::Quote(span) => Some(*span),
        Block::Table(table) => Some(table.span),
        _ => None,
    });
    for part in front_matter.chain(headings).chain(blocks) {
        for span in placeholders(&page.source, part) {
            let message = format!("the placeholder `{}` was left in place", shortened(&page.source[span]));
            report.at(Location::new(page.id, span), message).help("write what it asks for, or delete it");
        }
    }
}

/// The start of a placeholder, without marks: some hold whole sentences with links.
fn shortened(text: &str) -> String {
    let text = text.trim_matches(['*', ' ', '.']);
    let sentence = text.split_inclusive(". ").next().unwrap_or(text).trim_end_matches(['.', ' ']);
    if sentence.len() < text.len() { format!("{sentence} …") } else { sentence.to_owned() }
}

/// The placeholders in a text: the word `TODO` in bold or before a colon, up to the end of the bold text, the
/// cell or the line. In a code span it is an example of one.
fn placeholders(source: &Source, part: Span) -> Vec<Span> {
    let text = &source[part];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("TODO").map(|at| from + at) {
        let bold = text[..at].ends_with("**");
        let after = text[at + 4..].split(['\n', '\r']).next().unwrap_or_default();
        let start = if bold { at - 2 } else { at };
        let end = after.find("**").filter(|_| bold).map(|end| end + 2).or(after.find('|')).unwrap_or(after.len());
        let end = at + 4 + end;
        let word = !text[..at].ends_with(|c: char| c.is_alphanumeric()) && !after.starts_with(char::is_alphanumeric);
        let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let in_code = text[line_start..at].matches('`').count() % 2 == 1;
        if word && !in_code && (bold || after.trim_start().starts_with(':')) {
            let base = part.start as usize;
            found.push(Span::new(base + start, base + start + text[start..end].trim_end().len()));
        }
        from = end.max(at + 4);
    }
    found
}
