//! Pipe tables, read from their source lines.
//!
//! A Markdown parser drops surplus cells, pads short rows and refuses a table whose delimiter row does
//! not fit. Authors err in all three ways, so rows are split here: nothing is lost, and each fault can
//! be shown.

use super::markdown::trim;
use super::{Column, dialect};
use crate::source::Source;
use crate::span::Span;

/// A pipe table.
#[derive(Debug)]
pub struct Table {
    /// All its lines.
    pub span: Span,
    /// The header row.
    pub header: Row,
    /// What its titles say of the columns.
    pub columns: Columns,
    /// The row of dashes.
    pub delimiter: Row,
    /// The rows below it.
    pub rows: Vec<Row>,
    /// Whether Markdown reads it as a table; if not, readers see raw pipes.
    pub rendered: bool,
}

/// One line of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// The line.
    pub span: Span,
    /// Its cells, white space trimmed, as many as the author wrote.
    pub cells: Vec<Span>,
    /// Whether cells hold pipes that have no backslash: inside code spans and braces, where authors forget it.
    pub has_pipes: bool,
}

impl Row {
    /// The cell of a column, if the row has one and it is not blank.
    pub fn cell(&self, column: Option<usize>) -> Option<Span> {
        self.cells.get(column?).copied().filter(|cell| !cell.is_empty())
    }

    /// The only cell with text, if just one has any.
    pub fn single_cell(&self) -> Option<Span> {
        let mut filled = self.cells.iter().filter(|cell| !cell.is_empty());
        filled.next().copied().filter(|_| filled.next().is_none())
    }
}

/// Which column holds what.
#[derive(Debug, Default)]
pub struct Columns(Vec<Option<Column>>);

impl Columns {
    /// The columns of a table with this header, by their titles.
    fn of(header: &Row, source: &Source) -> Self {
        Columns(header.cells.iter().map(|title| dialect::column(&source[*title])).collect())
    }

    /// The index of the first column of this meaning.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|found| *found == Some(column))
    }

    /// Whether no title is known.
    pub fn is_unknown(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

/// Reads the lines of `span` as a table; `None` when the second is no delimiter row.
pub fn parse(source: &Source, span: Span, rendered: bool) -> Option<Table> {
    let mut lines = lines(source, span);
    let header = split_row(source, lines.next()?, None);
    let delimiter = lines.next().filter(|line| is_delimiter(&source[*line]))?;
    let count = header.cells.len();
    let rows = lines.map(|line| split_row(source, line, Some(count))).collect();
    let delimiter = split_row(source, delimiter, None);
    let columns = Columns::of(&header, source);
    Some(Table { span: trim(source, span), header, columns, delimiter, rows, rendered })
}

/// Finds, in a paragraph, a table that Markdown does not see as one.
pub fn find(source: &Source, paragraph: Span) -> Option<Table> {
    let text = &source[paragraph];
    memchr::memchr(b'|', text.as_bytes())?;
    let lines: Vec<Span> = lines(source, paragraph).collect();
    let delimiter = lines.iter().skip(1).position(|line| is_delimiter(&source[*line]))?;
    source[lines[delimiter]].contains('|').then_some(())?;
    parse(source, Span { start: lines[delimiter].start, end: paragraph.end }, false)
}

/// The lines that are not blank, without the marks of the quote that they may stand in.
fn lines(source: &Source, span: Span) -> impl Iterator<Item = Span> {
    let is_mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
    let unquoted = move |line: Span| {
        let marks = source[line].bytes().take_while(is_mark).count();
        trim(source, Span { start: line.start + marks as u32, ..line })
    };
    source.lines(span).map(unquoted).filter(|line| !line.is_empty())
}

/// Whether a line is made of dashes, colons and pipes as a delimiter row is.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Splits a line at its unescaped pipes. If that gives more cells than there are columns, pipes inside
/// code spans and braces do not count: authors forget to escape them.
fn split_row(source: &Source, line: Span, columns: Option<usize>) -> Row {
    let row = Row { span: line, cells: split_cells(source, line, false), has_pipes: false };
    match columns {
        Some(columns) if row.cells.len() > columns => {
            let cells = split_cells(source, line, true);
            if cells.len() >= columns { Row { span: line, cells, has_pipes: true } } else { row }
        }
        _ => row,
    }
}

fn split_cells(source: &Source, line: Span, guarded: bool) -> Vec<Span> {
    let text = &source[line];
    let bytes = text.as_bytes();
    let mut cells = Vec::with_capacity(4);
    let mut start = usize::from(bytes.first() == Some(&b'|'));
    let mut add = |start: usize, end: usize| {
        cells.push(trim(source, Span::new(line.start as usize + start, line.start as usize + end)));
    };
    let (mut code, mut braces) = (false, 0usize);
    let mut at = start;
    while at < bytes.len() {
        if !guarded {
            // Nothing else counts, and rows are long.
            let Some(next) = memchr::memchr2(b'|', b'\\', &bytes[at..]) else { break };
            at += next;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'`' if guarded => code = !code,
            b'{' if guarded => braces += 1,
            b'}' if guarded => braces = braces.saturating_sub(1),
            b'|' if !code && braces == 0 => {
                add(start, at);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if start < bytes.len() {
        add(start, bytes.len());
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let source = Source::new("p.md", text);
        let table = parse(&source, source.span(), true).expect("a table");
        let rows: Vec<Vec<&str>> = std::iter::once(&table.header)
            .chain(&table.rows)
            .map(|row| row.cells.iter().map(|cell| &source[*cell]).collect())
            .collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn rows_are_split_as_authors_write_them() {
        check("|a|b|\n|:-|-|\n| 1 | 2 |", &[&["a", "b"], &["1", "2"]]);
        check("a | b\n-|-\n1 | 2", &[&["a", "b"], &["1", "2"]]);
        check("|a|b\n|-|-\n|1|2", &[&["a", "b"], &["1", "2"]]);
        check("|a|b|\n|-|-|\n|1|", &[&["a", "b"], &["1"]]);
        check("|a|b|\n|-|-|\n|1|2|3|", &[&["a", "b"], &["1", "2", "3"]]);
        check("|a|b|\n|-|-|\n|x\\|y|2|", &[&["a", "b"], &["x\\|y", "2"]]);
        check("|a|b|\n|-|-|\n|`x|y`|{p|q}|", &[&["a", "b"], &["`x|y`", "{p|q}"]]);
        check("|a|b|\r\n|\t-\t|-|\r\n|1||\r\n", &[&["a", "b"], &["1", ""]]);
        check("|a|b|\n> |-|-|\n>> |1|> 2|", &[&["a", "b"], &["1", "> 2"]]);
    }

    #[test]
    fn a_table_with_a_wrong_delimiter_row_is_found_in_its_paragraph() {
        let source = Source::new("p.md", "Some text.\n|a|b|\n|-|-|-|\n|1|2|\n");
        let table = find(&source, source.span()).expect("a table");
        assert_eq!((&source[table.header.span], table.rows.len(), table.rendered), ("|a|b|", 1, false));
        let prose = Source::new("p.md", "Either a | b\nor not.");
        assert!(find(&prose, prose.span()).is_none());
    }
}
