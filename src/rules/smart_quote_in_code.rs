use super::Report;
use crate::diagnostic::{Edit, Fix};
use crate::span::{Location, Span};
use crate::syntax::{Fence, Page};

rule! {
    /// A curly quotation mark in a code block, where a straight one is meant.
    ///
    /// Inside a string in straight quotes it is a part of the text, and nothing is said of it.
    ///
    /// ## Why
    /// What is copied from the block does not work: no language takes curly quotes for quotes.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$filter=name eq ‘Contoso’
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$filter=name eq 'Contoso'
    /// ```
    /// ````
    Error, Marked(check, b"\xE2\x80"), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for fence in page.fences() {
        let found = quotes(page, fence);
        let text = page.source.text();
        let is_on_line = |one: u32, other: u32| !text[one as usize..other as usize].contains(['\n', '\r']);
        for line in found.chunk_by(|(one, _), (other, _)| is_on_line(*one, *other)) {
            let Some((first, _)) = line.first().copied() else { continue };
            let at = |start: u32| {
                let length = page.source.text()[start as usize..].chars().next().map_or(0, char::len_utf8);
                Location::new(page.id, Span::new(start as usize, start as usize + length))
            };
            let written = page.source[at(first).span].to_owned();
            let straight = straight(&written);
            let finding = report.at(at(first), format!("`{written}` is no quotation mark in code"));
            finding.help(format!("write `{straight}`"));
            let edits = line.iter().map(|(start, quote)| Edit { at: at(*start), text: (*quote).to_owned() }).collect();
            finding.fix = Some(Fix { edits, safe: true });
        }
    }
}

fn straight(quote: &str) -> &'static str {
    if quote.starts_with(['‘', '’', '‚', '‛']) { "'" } else { "\"" }
}

/// Where curly quotes stand outside strings, and what should stand there.
fn quotes(page: &Page, fence: &Fence) -> Vec<(u32, &'static str)> {
    let text = &page.source[fence.body];
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let mut in_string = false;
    let mut before = '\n';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map_or('\n', |(_, next)| *next);
        match character {
            '"' if before != '\\' => in_string = !in_string,
            '\n' => in_string = false,
            // An apostrophe is part of a word.
            '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' if !in_string && !is_within_word(before, after) =>
            {
                found.push((fence.body.start + at as u32, straight(&text[at..])));
            }
            _ => {}
        }
        before = character;
    }
    found
}

fn is_within_word(before: char, after: char) -> bool {
    before.is_alphanumeric() && after.is_alphanumeric()
}
