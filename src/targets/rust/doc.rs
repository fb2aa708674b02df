//! Text of pages as rustdoc.
//!
//! What the author wrote is shown; what would be a link, HTML, a heading or a code block to rustdoc is
//! escaped, as no text of a page may change the meaning of the file it is in.

use crate::syntax::inline;
use crate::syntax::prose;

/// Lines of documentation are wrapped at this width, `///` and indentation not counted.
const WIDTH: usize = 90;

/// A description in Markdown as lines of rustdoc; none when it says nothing.
pub fn lines(description: &str) -> Vec<String> {
    wrap(&escape(&prose::without_placeholders(description)))
}

/// A description as one line of rustdoc.
pub fn line(description: &str) -> String {
    lines(description).join(" ")
}

/// A name for a code span: what cannot stand in one is left out.
pub fn code(name: &str) -> String {
    name.chars().filter(|c| *c != '`' && !c.is_control() && !is_invisible(*c)).collect()
}

/// Markdown of a page to Markdown that is safe in rustdoc: code stays code, the rest is text.
fn escape(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + 16);
    let mut rest = markdown;
    while let Some(at) = find_tick(rest) {
        push_text(&mut out, &rest[..at]);
        match inline::code_span(&rest[at..]) {
            Some((code, length)) if !code.is_empty() && !code.contains('`') => {
                out.push('`');
                let code = code.replace("\\|", "|");
                out.extend(code.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c)));
                out.push('`');
                rest = &rest[at + length..];
            }
            Some((code, length)) => {
                push_escaped(&mut out, code);
                rest = &rest[at + length..];
            }
            None => rest = rest[at..].trim_start_matches('`'),
        }
    }
    push_text(&mut out, rest);
    out
}

/// The first tick that no backslash stands before.
fn find_tick(text: &str) -> Option<usize> {
    let is_escaped = |at: &usize| (*at - text[..*at].trim_end_matches('\\').len()) % 2 == 1;
    text.match_indices('`').map(|(at, _)| at).find(|at| !is_escaped(at))
}

/// Adds text outside code. Links give their text, URLs become links.
fn push_text(out: &mut String, markdown: &str) {
    let plain = inline::plain(markdown);
    let mut rest: &str = &plain;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let is_part = |c: char| c.is_ascii_graphic() && !"<>\\`".contains(c);
        let length = rest[at..].find(|c| !is_part(c)).unwrap_or(rest.len() - at);
        let url = rest[at..at + length].trim_end_matches(|c| ".,;:!?)]}'\"".contains(c));
        push_escaped(out, &rest[..at]);
        out.push('<');
        out.push_str(url);
        out.push('>');
        rest = &rest[at + url.len()..];
    }
    push_escaped(out, rest);
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars().filter(|c| !is_invisible(*c)) {
        match character {
            '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\' | '|' | '~' | '&' => {
                out.push('\\');
                out.push(character);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

/// Marks that change how text is shown without being seen; rustc refuses some of them in comments.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Breaks text into lines at blanks outside code, none of which starts as a list, heading or table does.
fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            line = guard(&word);
        } else {
            line.push(' ');
            line.push_str(&word);
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

/// The words of a text; code with blanks in it is one word.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split_whitespace() {
        match words.last_mut().filter(|_| open) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => words.push(word.to_owned()),
        }
        let escaped = word.matches("\\`").count();
        open ^= (word.matches('`').count() - escaped) % 2 == 1;
    }
    words
}

/// Escapes the start of a line where Markdown would see more than text.
fn guard(word: &str) -> String {
    let number = word.trim_end_matches(['.', ')']);
    if number.len() < word.len() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{number}\\{}", &word[number.len()..]);
    }
    if word.starts_with(['#', '-', '+', '=', ':']) { format!("\\{word}") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(description: &str, expected: &[&str]) {
        assert_eq!(lines(description), expected, "{description}");
    }

    #[test]
    fn text_of_pages_is_only_text() {
        check("The [customer](customer.md) **name**.", &["The customer name."]);
        check("Supports `$filter` (`eq`).", &["Supports `$filter` (`eq`)."]);
        check("**TODO: Add Description** Required.", &["Required."]);
        check("", &[]);
        check("a [b] <c> *", &["a \\[b\\] \\<c\\>"]);
        check("see https://x.y/z.", &["see <https://x.y/z>."]);
        check("(http://a.com,x) https://b.com/ö", &["(<http://a.com,x>) <https://b.com/>ö"]);
        check("`` a`b `` and \\`no code\\`", &["a\\`b and \\`no code\\`"]);
        check("# not a heading", &["\\# not a heading"]);
        check("1. not a list", &["1\\. not a list"]);
        check("``` x", &["x"]);
        check("*/ \u{202E}evil", &["/ evil"]);
        check("`a b` `unclosed", &["`a b` unclosed"]);
        check("one\n\n    two", &["one two"]);
    }

    #[test]
    fn long_text_is_wrapped_outside_code() {
        let text = format!("{} `code with blanks` tail", "word ".repeat(17));
        let lines = lines(&text);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("`code with blanks`"), "{lines:?}");
    }
}
