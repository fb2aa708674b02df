//! What a page can contain beyond Markdown: permission tables, request templates, examples and so on.
//!
//! Each construct is a file that says which sections it answers to and how it reads one. To add a
//! construct, write its file and put a line into the list below; if it should reach the model, the
//! linker decides what it means.

use super::prose::{self, Facts};
use super::{Column, Link, Section, SectionKind, Table, TypeName, inline, type_name};
use crate::source::Source;
use crate::span::Span;

mod media;

macro_rules! constructs {
    ($($file:ident: $name:ident),+ $(,)?) => {
        $(pub mod $file; pub use $file::$name;)+

        /// A construct, of whatever type.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "each is documented where it is defined")]
        pub enum Construct { $($name($name)),+ }

        $(impl Part for $name {
            fn of(construct: &Construct) -> Option<&Self> {
                match construct {
                    Construct::$name(found) => Some(found),
                    _ => None,
                }
            }
        })+

        /// Reads what a section says as one of the given kind. A fragment that has no headings of its own is read
        /// as the kind of section it is included in.
        pub fn read(
            kind: Option<SectionKind>,
            section: &Section,
            source: &Source,
            links: &[Link],
            constructs: &mut Vec<Construct>,
        ) {
            let context = Context { kind, section, source, links };
            $(constructs.extend($file::read(&context).into_iter().map(Construct::$name));)+
        }
    };
}

constructs! {
    permissions: Permissions,
    http_request: HttpRequest,
    parameters: Parameters,
    request_body: RequestBody,
    response: Response,
    examples: Examples,
    methods: Methods,
    properties: Properties,
    resource_block: ResourceBlock,
    enum_values: EnumValues,
}

/// A type of construct, for [`super::Page::find`].
pub trait Part: Sized {
    /// The construct, if it is of this type.
    fn of(construct: &Construct) -> Option<&Self>;
}

/// What a construct is read from.
pub struct Context<'p> {
    /// The kind of section.
    pub kind: Option<SectionKind>,
    /// The section.
    pub section: &'p Section,
    /// The text of the page.
    pub source: &'p Source,
    /// The links of the page.
    pub links: &'p [Link],
}

impl Context<'_> {
    /// Whether the section is of one of these kinds.
    pub fn is(&self, kinds: &[SectionKind]) -> bool {
        self.kind.is_some_and(|kind| kinds.contains(&kind))
    }
}

/// A row of a table whose rows have names.
#[derive(Debug)]
pub struct NamedRow {
    /// The line.
    pub span: Span,
    /// The name, without marks.
    pub name: Span,
    /// The type, if there is such a column.
    pub type_name: Option<TypeName>,
    /// The cell of a value column.
    pub value: Option<Span>,
    /// The description; empty when there is none.
    pub description: Span,
    /// What the description says, and a "Required" column.
    pub facts: Facts<Span>,
}

/// The rows of tables that have a column of names. A table none of whose titles is known is read by
/// position: name, type, description, or name and description.
pub fn named_rows<'t>(context: &Context<'_>, tables: impl Iterator<Item = &'t Table>) -> Vec<NamedRow> {
    let mut rows = Vec::new();
    for table in tables {
        rows.reserve(table.rows().len());
        add_named_rows(context, table, &mut rows);
    }
    rows
}

fn add_named_rows(context: &Context<'_>, table: &Table, rows: &mut Vec<NamedRow>) {
    let columns = &table.columns;
    let count = table.header().cells.len();
    let by_position = columns.is_unknown() && (2..=3).contains(&count);
    let index = |column, position| columns.index(column).or(by_position.then_some(position).flatten());
    let name =
        index(Column::Name, Some(0)).or(columns.index(Column::Value).filter(|_| columns.index(Column::Type).is_none()));
    let type_column = index(Column::Type, (count == 3).then_some(1)).or(columns.index(Column::ReturnType));
    let value = columns.index(Column::Value).filter(|value| Some(*value) != name);
    let description = index(Column::Description, Some(count.saturating_sub(1)));
    let required = columns.index(Column::Required);
    let nullable = columns.index(Column::Nullable);
    let read_only = columns.index(Column::ReadOnly);
    let row = |row: super::Row<'_>| {
        let name = row.cell(name).filter(|_| !is_group(&row, context.source))?;
        let type_cell = row.cell(type_column);
        let description = rest_of_row(&row, description, count).unwrap_or(Span::at(row.span.end as usize));
        let mut facts = prose::read(context.source, description);
        facts.required |= row.cell(required).is_some_and(|cell| says_yes(&context.source[cell]));
        facts.read_only |= row.cell(read_only).is_some_and(|cell| says_yes(&context.source[cell]));
        if let Some(cell) = row.cell(nullable) {
            facts.nullable = Some(says_yes(&context.source[cell]));
        }
        Some(NamedRow {
            span: row.span,
            name: unmarked_name(context.source, name),
            type_name: type_cell.and_then(|cell| type_name::parse(context.source, cell, context.links)),
            value: row.cell(value),
            description,
            facts,
        })
    };
    rows.extend(table.rows().filter_map(row));
}

/// What stands in a column "Required", "Nullable" or "Read-only".
fn says_yes(text: &str) -> bool {
    ["y", "yes", "true", "required", "nullable", "read-only"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The cell of a column. A pipe that nobody escaped parts the last one: then it goes on to the end of the row.
fn rest_of_row(row: &super::Row<'_>, column: Option<usize>, count: usize) -> Option<Span> {
    let cell = row.cell(column)?;
    match row.cells.iter().rev().find(|cell| !cell.is_empty()) {
        Some(last) if column? + 1 == count => Some(cell.to(*last)),
        _ => Some(cell),
    }
}

/// Whether a row is a heading among rows (one bold cell), or says that there are none.
fn is_group(row: &super::Row<'_>, source: &Source) -> bool {
    let Some(cell) = row.single_cell() else { return false };
    let text = &source[cell];
    row.cells.len() > 1 && text.starts_with("**") && text.ends_with("**") || is_none(text)
}

/// The name between marks of an object that a sentence tells of: "an updated **customer** object".
pub fn marked_name(source: &Source, text: Span, mark: &str) -> Option<Span> {
    const THINGS: [&str; 5] = ["object", "collection", "resource", "entity", "in the response body"];
    let mut parts = source[text].split(mark);
    // Every other part stands between two marks.
    parts.next();
    while let (Some(name), Some(after)) = (parts.next(), parts.next()) {
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'));
        if is_name && THINGS.iter().any(|thing| after.trim_start().starts_with(thing)) {
            return source.span_of(name);
        }
    }
    None
}

/// Whether a text says that there is nothing.
pub fn is_none(text: &str) -> bool {
    let words = text.trim().trim_end_matches('.');
    ["none", "n/a", "not applicable"].iter().any(|none| none.eq_ignore_ascii_case(words))
}

/// A name without code marks, emphasis or a link around it, and without a note after it: "name (deprecated)".
fn unmarked_name(source: &Source, cell: Span) -> Span {
    // Most names stand there alone.
    if source[cell].bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return cell;
    }
    let mut text = source[cell].trim();
    if text.ends_with(')')
        && let Some((name, _)) = text.split_once(" (")
        && !name.contains(char::is_whitespace)
    {
        text = name;
    }
    loop {
        let inner = match inline::link(text) {
            Some((inner, _, length)) if length == text.len() => inner,
            _ => text.trim_matches(['`', '*']).trim(),
        };
        let inner = inner.strip_prefix('_').and_then(|inner| inner.strip_suffix('_')).unwrap_or(inner);
        if inner == text {
            return source.span_of(text).unwrap_or(cell);
        }
        text = inner;
    }
}
