//! The `key: value` lines between `---` at the top of a page.

use super::markdown::trim;
use crate::source::Source;
use crate::span::Span;
use rustc_hash::{FxBuildHasher, FxHashSet};

/// Front matter longer than this (in bytes) is not read as YAML; real ones are under 2 KB.
pub const MAX_LENGTH: usize = 64 * 1024;

/// The front matter of a page.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The lines between the dashes; `None` when the page has no front matter.
    pub span: Option<Span>,
    /// The entries at the top level.
    pub entries: Vec<Entry>,
    /// Why it cannot be read, and where.
    pub fault: Option<(Span, Fault)>,
}

/// Why front matter cannot be read.
#[derive(Debug)]
pub enum Fault {
    /// No line `---` follows; it is read up to the first blank line or heading.
    Unclosed,
    /// It is longer than [`MAX_LENGTH`] and was not read as YAML.
    TooLong,
    /// A key stands there twice.
    Repeated,
    /// What YAML has against it.
    Yaml(String),
}

/// One `key: value` line.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: Span,
    /// The value, without quotes; empty when blank.
    pub value: Span,
}

impl FrontMatter {
    /// The value of a key; the first, if it stands there twice.
    pub fn get(&self, key: &str, source: &Source) -> Option<Span> {
        self.entries.iter().find(|entry| &source[entry.key] == key).map(|entry| entry.value)
    }
}

/// Reads the front matter and gives the offset at which the Markdown starts.
pub fn parse(source: &Source) -> (FrontMatter, usize) {
    let text = source.text();
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let Some(open) = after_dashes(text, start) else { return (FrontMatter::default(), start) };
    if let Some(span) = closed(text, open).filter(|span| !holds_heading(source, *span)) {
        let end = span.end as usize;
        let after = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[end..]).map_or(text.len(), |at| end + at);
        let mut entries = Vec::with_capacity(memchr::memchr_iter(b'\n', source[span].as_bytes()).count());
        entries.extend(source.lines(span).filter_map(|line| entry(source, line)));
        let fault = repeated(source, &entries).or_else(|| fault(source, span));
        return (FrontMatter { span: Some(span), entries, fault }, after);
    }
    let (span, entries) = unclosed(source, open);
    if entries.is_empty() {
        return (FrontMatter::default(), start);
    }
    let fault = Some((source.line_span(start as u32), Fault::Unclosed));
    (FrontMatter { span: Some(span), entries, fault }, span.end as usize)
}

/// The offset of the line after a line `---`, if there is one at an offset.
fn after_dashes(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split_inclusive('\n').next().filter(|line| line.trim_end() == "---")?;
    line.ends_with('\n').then_some(at + line.len())
}

/// The lines up to the next `---`.
fn closed(text: &str, open: usize) -> Option<Span> {
    let mut starts =
        std::iter::once(open).chain(memchr::memchr_iter(b'\n', &text.as_bytes()[open..]).map(|end| open + end + 1));
    let close = starts.find(|at| {
        text[*at..].starts_with("---") && text[*at..].lines().next().is_some_and(|line| line.trim_end() == "---")
    })?;
    Some(Span::new(open, close))
}

/// Whether the lines are those of a page: its heading stands among them, and prose. Then the `---` after them is a rule
/// or the like, and front matter has lost its own.
fn holds_heading(source: &Source, span: Span) -> bool {
    let text = &source[span];
    let is_prose = |line: &str| !line.is_empty() && !line.starts_with([' ', '\t', '#', '-']) && !line.contains(':');
    let is_heading = |at: &usize| text[*at..].starts_with("# ") && (*at == 0 || text[..*at].ends_with('\n'));
    let heading = memchr::memchr_iter(b'#', text.as_bytes()).find(is_heading);
    heading.is_some_and(|heading| text[heading..].lines().skip(1).any(|line| is_prose(line.trim_end())))
}

/// The entries up to the first line that is none, of front matter without an end.
fn unclosed(source: &Source, open: usize) -> (Span, Vec<Entry>) {
    let rest = Span::new(open, source.text().len());
    let mut end = rest.start;
    let mut entries = Vec::new();
    for line in source.lines(rest) {
        let is_continued = source[line].starts_with([' ', '-']) && !entries.is_empty();
        match entry(source, line) {
            Some(entry) => entries.push(entry),
            None if is_continued && !source[line].trim().is_empty() => {}
            None => break,
        }
        end = line.end;
    }
    (Span { start: rest.start, end }, entries)
}

fn entry(source: &Source, line: Span) -> Option<Entry> {
    let text = &source[line];
    if text.starts_with([' ', '\t', '#', '-']) {
        return None;
    }
    let mut colons = memchr::memchr_iter(b':', text.as_bytes());
    let colon = colons
        .find(|colon| text[colon + 1..].starts_with(' '))
        .or_else(|| text.trim_end().strip_suffix(':').map(str::len))?;
    let start = line.start as usize;
    let key = trim(source, Span::new(start, start + colon));
    let value = trim(source, Span::new(start + colon + 1, line.end as usize));
    Some(Entry { key, value: unquote(source, value) })
}

fn unquote(source: &Source, value: Span) -> Span {
    let text = &source[value];
    let quoted = |quote: char| text.len() >= 2 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') { Span { start: value.start + 1, end: value.end - 1 } } else { value }
}

/// The first key that stands there before, which YAML does not take.
fn repeated(source: &Source, entries: &[Entry]) -> Option<(Span, Fault)> {
    let mut seen = FxHashSet::with_capacity_and_hasher(entries.len(), FxBuildHasher);
    let found = entries.iter().find(|entry| !seen.insert(&source[entry.key]))?;
    Some((found.key, Fault::Repeated))
}

/// What YAML has against the front matter. Plain `key: word` lines are valid and need no parser.
fn fault(source: &Source, span: Span) -> Option<(Span, Fault)> {
    let text = &source[span];
    if text.len() > MAX_LENGTH {
        return Some((source.line_span(span.start), Fault::TooLong));
    }
    if source.lines(span).all(|line| is_plain(&source[line])) {
        return None;
    }
    let error = serde_yaml::from_str::<serde_yaml::Mapping>(text).err()?;
    // A quoted text without an end goes on to the next quotation mark, and only there YAML is at a loss.
    let line = error.location().map_or(0, |location| location.line().saturating_sub(1));
    let line = text.lines().take(line).position(is_cut_off).unwrap_or(line);
    let at = text.lines().nth(line).and_then(|line| source.span_of(line));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Some((at.unwrap_or(source.line_span(span.start)), Fault::Yaml(message)))
}

/// Whether the value of a line starts with a quotation mark that is its last.
fn is_cut_off(line: &str) -> bool {
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    let rest = value.strip_prefix('"').or_else(|| value.strip_prefix('\''));
    rest.is_some_and(|rest| !rest.contains(&value[..1]))
}

/// Whether a line is certainly a valid entry, blank or a comment.
fn is_plain(line: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/' | b' ' | b',');
    let word =
        |text: &str| text.bytes().all(is_word) || text.chars().all(|c| c.is_alphanumeric() || "._-/ ,".contains(c));
    let Some(colon) = memchr::memchr(b':', line.as_bytes()) else { return line.trim().is_empty() };
    let (key, value) = (&line[..colon], line[colon + 1..].trim_end());
    let value = value.strip_prefix(' ').unwrap_or(value);
    let simple = value.starts_with(|c: char| c.is_alphanumeric()) && word(value) || value.is_empty();
    let inside = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let quoted = inside.is_some_and(|inside| memchr::memchr2(b'"', b'\\', inside.as_bytes()).is_none());
    !key.is_empty()
        && key.starts_with(|c: char| c.is_alphabetic())
        && word(key)
        && !key.contains(' ')
        && (simple || quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let source = Source::new("p.md", text);
        let (front_matter, start) = parse(&source);
        let mut shown: Vec<String> = front_matter
            .entries
            .iter()
            .map(|entry| format!("{}={}", &source[entry.key], &source[entry.value]))
            .collect();
        shown.extend(front_matter.fault.map(|(at, _)| format!("fault in {:?}", &source[at])));
        shown.push(format!("then {:?}", &text[start..]));
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn entries_are_read_with_and_without_quotes() {
        check("---\ntitle: \"Get x\"\nauthor: me\n---\n# T", "title=Get x | author=me | then \"\\n# T\"");
        check("\u{FEFF}---\r\nms.prod: ''\r\nempty:\r\n---\r\n# T", "ms.prod= | empty= | then \"\\r\\n# T\"");
        check("---\ntags:\n  - a\n---", "tags= | then \"\"");
    }

    #[test]
    fn what_is_not_front_matter_is_left_to_the_page() {
        check("# T\n---\n", "then \"# T\\n---\\n\"");
        check("---\nnever closed\n", "then \"---\\nnever closed\\n\"");
        check("---\n\nNote: a rule.\n", "then \"---\\n\\nNote: a rule.\\n\"");
    }

    #[test]
    fn front_matter_without_an_end_goes_as_far_as_its_entries() {
        check("---\ntitle: a\n\n# T\n", "title=a | fault in \"---\" | then \"\\n\\n# T\\n\"");
        check("---\ntags:\n  - a\n# T\n", "tags= | fault in \"---\" | then \"\\n# T\\n\"");
        check(
            "---\ntitle: a\n\n# T\n\nText.\n\n---\n",
            "title=a | fault in \"---\" | then \"\\n\\n# T\\n\\nText.\\n\\n---\\n\"",
        );
        check("---\ntitle: a\n# a comment\nauthor: b\n---\n", "title=a | author=b | then \"\\n\"");
    }

    #[test]
    fn yaml_faults_are_found_on_their_line() {
        check("---\ntitle: a: b\n---\n", "title=a: b | fault in \"title: a: b\" | then \"\\n\"");
        check("---\na: \"x\n---\n", "a=\"x | fault in \"a: \\\"x\" | then \"\\n\"");
    }
}
