//! Changes to annotations.

use crate::source::Source;
use crate::span::Span;
use crate::syntax::Annotation;

/// A further member of an annotation, to be inserted after the one at `after`: on a line of its own, if the
/// members have such.
pub(super) fn member_after(source: &Source, annotation: &Annotation, after: Span, name: &str, value: &str) -> String {
    let line = source.line_span(after.start);
    let indent = &source[Span { start: line.start, end: after.start }];
    let has_lines = source[annotation.span].contains('\n') && indent.trim().is_empty();
    let separator = if has_lines { format!(",\n{indent}") } else { ", ".to_owned() };
    format!("{separator}\"{name}\": \"{value}\"")
}
