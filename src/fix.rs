//! Fixes applied to the text of a page: which of them go together, and what the page says then.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::span::FileId;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fixes that findings offer, by page, in the order of the findings. Unsafe ones are left out where only safe
/// ones are `wanted`.
pub fn offered(findings: &[Diagnostic], wanted: Safety) -> BTreeMap<FileId, Vec<(&Diagnostic, &Fix)>> {
    let mut offered: BTreeMap<FileId, Vec<(&Diagnostic, &Fix)>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safe || wanted == Safety::Unsafe)
            && fix.edits.iter().all(|edit| edit.at.file == finding.at.file)
        {
            offered.entry(finding.at.file).or_default().push((finding, fix));
        }
    }
    offered
}

/// A text after some fixes.
#[derive(Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many of the fixes it has. The others overlap one of these, and have to be offered again for the new text.
    pub applied: usize,
}

/// Applies fixes to the text that their findings are about. Each is applied whole or not at all; of two that touch
/// the one that begins earlier is, else the one that comes first. Line ends that a fix brings along become those of
/// the place where it is applied.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Fixed {
    let mut fixes: Vec<&Fix> = fixes.into_iter().collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.at.span).min());
    let mut chosen = Chosen(BTreeMap::new());
    let applied = fixes.into_iter().filter(|fix| chosen.take(text, fix)).count();
    Fixed { text: chosen.apply(text), applied }
}

/// Edits that do not touch one another, by the offset where they begin.
struct Chosen<'f>(BTreeMap<u32, &'f Edit>);

impl<'f> Chosen<'f> {
    /// Adds a fix, unless it touches another one, is no change of the text, or changes nothing.
    fn take(&mut self, text: &str, fix: &'f Fix) -> bool {
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| edit.at.span);
        let changes = || edits.iter().any(|edit| text[edit.at.span.range()] != *edit.text);
        if !are_sound(text, &edits) || !changes() || edits.iter().any(|edit| self.touches(edit)) {
            return false;
        }
        self.0.extend(edits.into_iter().map(|edit| (edit.at.span.start, edit)));
        true
    }

    fn touches(&self, edit: &Edit) -> bool {
        let before = self.0.range(..=edit.at.span.end).next_back();
        before.is_some_and(|(_, other)| other.at.span.end >= edit.at.span.start)
    }

    fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut kept_to = 0;
        for edit in self.0.values() {
            let replaced = edit.at.span.range();
            out.push_str(&text[kept_to..replaced.start]);
            out.push_str(&with_line_ends_of(text, replaced.start, &edit.text));
            kept_to = replaced.end;
        }
        out.push_str(&text[kept_to..]);
        out
    }
}

/// Whether edits, in the order of the text, replace whole characters, no half of a line end, and nothing twice.
fn are_sound(text: &str, edits: &[&Edit]) -> bool {
    let spans = || edits.iter().map(|edit| edit.at.span);
    let in_order = edits.windows(2).all(|pair| {
        let (one, next) = (pair[0].at.span, pair[1].at.span);
        one.end <= next.start && one.start < next.start
    });
    // Two edits may have a half each.
    let covered = |at: u32| {
        spans().any(|span| span.start < at && at == span.end) && spans().any(|span| span.start == at && at < span.end)
    };
    let parts_line_end = |at: u32| text[..at as usize].ends_with('\r') && text[at as usize..].starts_with('\n');
    in_order
        && spans().all(|span| text.get(span.range()).is_some())
        && spans().flat_map(|span| [span.start, span.end]).all(|at| !parts_line_end(at) || covered(at))
}

/// The replacement with the line ends that the text has at an offset.
fn with_line_ends_of<'r>(text: &str, offset: usize, replacement: &'r str) -> Cow<'r, str> {
    if !replacement.contains(['\n', '\r']) {
        return Cow::Borrowed(replacement);
    }
    let plain = replacement.replace("\r\n", "\n").replace('\r', "\n");
    match line_end_at(text, offset) {
        "\n" => Cow::Owned(plain),
        line_end => Cow::Owned(plain.replace('\n', line_end)),
    }
}

/// The end of the line that holds an offset; of the line before, where that line ends the text.
fn line_end_at(text: &str, offset: usize) -> &'static str {
    let bytes = text.as_bytes();
    let next = memchr::memchr2(b'\n', b'\r', &bytes[offset..]).map(|at| offset + at);
    let Some(at) = next.or_else(|| memchr::memrchr2(b'\n', b'\r', &bytes[..offset])) else { return "\n" };
    match (at.checked_sub(1).map(|before| bytes[before]), bytes[at], bytes.get(at + 1)) {
        (_, b'\r', Some(b'\n')) | (Some(b'\r'), b'\n', _) => "\r\n",
        (_, b'\r', _) => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests;
