//! What stands in a type cell: `String collection`, `[recipient](recipient.md)`, `Collection(Edm.String)`.

use super::markdown::trim;
use super::{Link, links_within};
use crate::source::Source;
use crate::span::Span;

/// A type as a page names it.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// The whole cell.
    pub span: Span,
    /// Whether it is a collection.
    pub collection: bool,
    /// The type itself.
    pub of: TypeRef,
}

/// How a page refers to a type.
#[derive(Clone, Copy, Debug)]
pub enum TypeRef {
    /// By a link to its page.
    Link {
        /// The text of the link.
        text: Span,
        /// Its target.
        target: Span,
    },
    /// By name.
    Name(Span),
    /// Several types, or words that name none.
    Other(Span),
}

impl TypeRef {
    /// Where the reference stands.
    pub fn span(self) -> Span {
        match self {
            TypeRef::Link { text, .. } => text,
            TypeRef::Name(span) | TypeRef::Other(span) => span,
        }
    }
}

/// Reads a type cell; `None` when it is blank. `links` are those of the page.
pub fn parse(source: &Source, cell: Span, links: &[Link]) -> Option<TypeName> {
    let cell = trim(source, cell);
    if cell.is_empty() {
        return None;
    }
    let mut rest = unmark(source, cell);
    let mut collection = false;
    // The order of marks, `Collection(…)` and a word "collection" varies; take off what is found.
    loop {
        let before = rest;
        if let Some(inner) = inside_collection(source, rest) {
            rest = unmark(source, inner);
            collection = true;
        }
        if let Some(item) = before_collection_word(source, rest) {
            rest = unmark(source, item);
            collection = true;
        }
        if rest == before {
            break;
        }
    }
    let links = links_within(links, rest);
    let of = match links {
        [link] => {
            // "[x](x.md) collection. Holds …": the description has slipped into the cell.
            let after = source[Span { start: link.span.end.min(rest.end), end: rest.end }].trim_start();
            if after.get(..11).is_some_and(|word| word.eq_ignore_ascii_case("collection.")) {
                collection = true;
                rest.end = link.span.end;
            }
            let of = linked(source, rest, link);
            match of {
                // "[x collection](x.md)"
                TypeRef::Link { text, target } if let Some(item) = before_collection_word(source, text) => {
                    collection = true;
                    TypeRef::Link { text: unmark(source, item), target }
                }
                of => of,
            }
        }
        [] => named(source, rest),
        several => current(source, several).unwrap_or(TypeRef::Other(rest)),
    };
    Some(TypeName { span: cell, collection, of })
}

/// The one of several linked types that is not marked as deprecated.
fn current(source: &Source, links: &[Link]) -> Option<TypeRef> {
    let mut current = links.iter().filter(|link| !source[link.text].contains("(deprecated)"));
    let link = current.next().filter(|_| current.next().is_none())?;
    Some(TypeRef::Link { text: unmark(source, link.text), target: link.target })
}

fn linked(source: &Source, span: Span, link: &Link) -> TypeRef {
    if span == link.span {
        return TypeRef::Link { text: unmark(source, link.text), target: link.target };
    }
    // The parser leaves the empty brackets of `[text][]` outside the link.
    let around = source[span].replace(&source[link.span], "").replace("[]", "");
    let note = around.trim().trim_matches(['*', '`', '.']).trim().to_ascii_lowercase();
    if note.is_empty() || is_note(&note) || matches!(note.as_str(), "resource" | "enum" | "object" | "type") {
        TypeRef::Link { text: unmark(source, link.text), target: link.target }
    } else {
        TypeRef::Other(span)
    }
}

fn named(source: &Source, span: Span) -> TypeRef {
    let text = &source[span];
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '#'))).unwrap_or(text.len());
    let name = Span { end: span.start + end as u32, ..span };
    if 0 < end && end == text.len() {
        return TypeRef::Name(name);
    }
    let note = text[end..].trim().to_ascii_lowercase();
    if end > 0 && (note.is_empty() || is_note(&note) || matches!(note.as_str(), "enum" | "resource" | "object")) {
        return TypeRef::Name(name);
    }
    // "[x](x.md": a link that is not closed
    if let Some(name) = text.strip_prefix('[').and_then(|inner| inner.split_once("](")).map(|(name, _)| name)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
    {
        return source.span_of(name).map_or(TypeRef::Other(span), TypeRef::Name);
    }
    // "(Optional) String"
    if let Some((before, after)) = text.split_once(')')
        && is_note(&format!("{before})").to_ascii_lowercase())
    {
        let after = trim(source, Span::new(span.end as usize - after.len(), span.end as usize));
        return TypeRef::Name(after);
    }
    TypeRef::Other(span)
}

/// Whether what follows a type is a remark: "(url)", ", maximum size 20", "- optional".
fn is_note(text: &str) -> bool {
    let bracketed = text.starts_with('(') && text.ends_with(')');
    bracketed && !text.contains(" or ") || text.starts_with([',', '-', '–'])
}

/// The span without marks of emphasis or code around it, and without a full stop.
fn unmark(source: &Source, span: Span) -> Span {
    let mut span = trim(source, span);
    loop {
        let text = &source[span];
        let inner = [("**", "**"), ("`", "`"), ("*", "*"), ("", "."), ("\"", "\"")].iter().find(|(open, close)| {
            text.len() > open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
        });
        let Some((open, close)) = inner else { return span };
        span = Span { start: span.start + open.len() as u32, end: span.end - close.len() as u32 };
        span = trim(source, span);
    }
}

/// `Collection(x)` gives `x`.
fn inside_collection(source: &Source, span: Span) -> Option<Span> {
    let text = &source[span];
    let word = text.get(..10).filter(|word| word.eq_ignore_ascii_case("collection"))?.len();
    let inner = text[word..].trim_start().strip_prefix('(')?.strip_suffix(')')?;
    source.span_of(inner)
}

/// `x collection` gives `x`, as do "collection of x" and "x array".
fn before_collection_word(source: &Source, span: Span) -> Option<Span> {
    let text = &source[span];
    for prefix in ["collection of ", "a collection of ", "list of ", "array of "] {
        if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            return source.span_of(&text[prefix.len()..]);
        }
    }
    let before = |word: &str| {
        let at = text.len().checked_sub(word.len())?;
        text.get(at..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| at)
    };
    let at = before("collection").or_else(|| before(" array"))?;
    let item = text[..at].trim_end();
    let separated = at > item.len() || item.ends_with([')', ']', '`', '*']);
    (separated && !item.is_empty()).then(|| source.span_of(item)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown;

    fn check(cell: &str, expected: &str) {
        let source = Source::new("p.md", format!("{cell}\n\n[ref]: target.md\n"));
        let links = markdown::parse(&source, 0).links;
        let span = Span::new(0, cell.len());
        let shown = parse(&source, span, &links).map_or("nothing".into(), |name| {
            let of = match name.of {
                TypeRef::Link { text, target } => format!("{} -> {}", &source[text], &source[target]),
                TypeRef::Name(name) => source[name].to_owned(),
                TypeRef::Other(other) => format!("other {}", &source[other]),
            };
            if name.collection { format!("[{of}]") } else { of }
        });
        assert_eq!(shown, expected, "{cell}");
    }

    #[test]
    fn type_cells_in_all_their_forms() {
        check("String", "String");
        check("String collection", "[String]");
        check("string Collection.", "[string]");
        check("[a](../resources/a.md)", "a -> ../resources/a.md");
        check("[a](a.md) collection", "[a -> a.md]");
        check("[a collection](a.md)", "[a -> a.md]");
        check("[a (deprecated)](a.md) [b](b.md)", "b -> b.md");
        check("[a][ref] collection", "[a -> target.md]");
        check("Collection([a](a.md))", "[a -> a.md]");
        check("Collection(Edm.String)", "[Edm.String]");
        check("`DateTimeOffset`", "DateTimeOffset");
        check("**x** collection", "[x]");
        check("microsoft.graph.x", "microsoft.graph.x");
        check("string (url)", "string");
        check("string, maximum size 20", "string");
        check("(Optional) String", "String");
        check("[a](a.md) or [b](b.md)", "other [a](a.md) or [b](b.md)");
        check("[a](a.md) resource", "a -> a.md");
        check("[ref][] collection", "[ref -> target.md]");
        check("Collection([ref][])", "[ref -> target.md]");
        check("[a](a.md", "a");
        check("[a](a.md) collection. Holds all.", "[a -> a.md]");
        check("string/number", "other string/number");
        check("collection of [a](a.md)", "[a -> a.md]");
        check("[a](a.md) collection collection", "[a -> a.md]");
        check("", "nothing");
    }
}
