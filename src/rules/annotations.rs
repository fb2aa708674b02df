//! Changes to annotations.

use crate::source::Source;
use crate::span::Span;
use crate::syntax::Annotation;

/// A new member of an annotation, to be put after another one, a string that ends at `after`: on a line of its own
/// where the other has one. The value is JSON.
pub(super) fn member_after(source: &Source, annotation: &Annotation, after: u32, name: &str, value: &str) -> String {
    let line = source.line_span(after);
    let written = &source[Span { start: line.start, end: after }];
    let other = written.trim_start();
    let indent = &written[..written.len() - other.len()];
    let is_alone = other.starts_with('"') && other.matches('"').count() == 4;
    let has_lines = source[annotation.span].contains('\n') && is_alone;
    let separator = if has_lines { format!(",\n{indent}") } else { ", ".to_owned() };
    format!("{separator}\"{name}\": {value}")
}
