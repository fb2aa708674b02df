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
    /// The row of dashes; without cells where there is none.
    pub delimiter: Row,
    /// The rows below it.
    pub rows: Vec<Row>,
    /// Why Markdown does not read all of it as a table: readers see raw pipes.
    pub fault: Option<TableFault>,
}

/// What keeps Markdown from reading a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// There is no row of dashes.
    NoDelimiter,
    /// The row of dashes is none to Markdown, or does not fit the header.
    Delimiter,
    /// This blank stands between the header and the row of dashes.
    PartedHeader(Span),
    /// This blank stands between two rows.
    PartedRows(Span),
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
pub fn parse(source: &Source, span: Span) -> Option<Table> {
    let mut lines = lines(source, span);
    let header = lines.next()?;
    let delimiter = lines.next().filter(|line| is_delimiter(&source[*line]))?;
    Some(table(source, span, header, Some(delimiter), lines))
}

fn table(
    source: &Source,
    span: Span,
    header: Span,
    delimiter: Option<Span>,
    rows: impl Iterator<Item = Span>,
) -> Table {
    let header = split_row(source, header, None);
    let count = header.cells.len();
    let rows = rows.map(|line| split_row(source, line, Some(count))).collect();
    let delimiter = delimiter.map_or_else(Row::default, |line| split_row(source, line, None));
    let columns = Columns::of(&header, source);
    Table { span: trim(source, span), header, columns, delimiter, rows, fault: None }
}

/// Finds, in a paragraph, a table that Markdown does not see as one.
pub fn find(source: &Source, paragraph: Span) -> Option<Table> {
    let text = &source[paragraph];
    memchr::memchr(b'|', text.as_bytes())?;
    let lines: Vec<Span> = lines(source, paragraph).collect();
    let below = |first: usize| Span { start: lines[first].start, end: paragraph.end };
    let is_fitting = |line: &Span| is_delimiter(&source[*line]) && source[*line].contains('|');
    if let Some(first) = lines.iter().skip(1).position(is_fitting) {
        let found = parse(source, below(first))?;
        let fault = (!is_refused_for_tabs(source, &found)).then_some(TableFault::Delimiter);
        return Some(Table { fault, ..found });
    }
    let first = lines.windows(2).position(|pair| pair.iter().all(|line| is_row(&source[*line])))?;
    let (header, rows) = (lines[first], &lines[first + 1..]);
    // A row with some dashes is meant as the delimiter row.
    let delimiter = Some(rows[0]).filter(|line| has_dashes(source, *line));
    let rows = &rows[usize::from(delimiter.is_some())..];
    let fault = if delimiter.is_some() { TableFault::Delimiter } else { TableFault::NoDelimiter };
    let found = table(source, below(first), header, delimiter, rows.iter().copied());
    Some(Table { fault: Some(fault), ..found })
}

/// Whether nothing but tabs in the row of dashes kept the reader of Markdown from a table: GitHub and most others
/// take them for the blanks that they are.
fn is_refused_for_tabs(source: &Source, table: &Table) -> bool {
    let is_dashes = |cell: &Span| {
        let dashes = source[*cell].trim_start_matches(':').trim_end_matches(':');
        source[*cell].len() <= dashes.len() + 2 && !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    table.delimiter.cells.len() == table.header.cells.len()
        && table.delimiter.cells.iter().all(is_dashes)
        && source[table.delimiter.span].contains('\t')
}

/// The table that a blank line parts from its header, which ends the paragraph `before`.
pub fn find_below_header(source: &Source, before: Span, paragraph: Span) -> Option<Table> {
    let first = lines(source, paragraph).next().filter(|line| is_delimiter(&source[*line]))?;
    let header = lines(source, before).last().filter(|line| is_row(&source[*line]))?;
    let fits = split_cells(source, first, false).len() == split_cells(source, header, false).len();
    let blank = Span { start: header.end, end: first.start };
    if !fits || !source[blank].trim().is_empty() {
        return None;
    }
    let found = parse(source, Span { start: header.start, end: paragraph.end })?;
    Some(Table { fault: Some(TableFault::PartedHeader(blank)), ..found })
}

impl Table {
    /// Whether readers see a table, if perhaps not all its rows.
    pub fn is_rendered(&self) -> bool {
        matches!(self.fault, None | Some(TableFault::PartedRows(_)))
    }

    /// Takes the lines of a paragraph for further rows, if all are, and only a blank parts them from the table.
    pub fn take_rows(&mut self, source: &Source, paragraph: Span) -> bool {
        let count = self.header.cells.len();
        let is_further = |line: Span| is_row(&source[line]) && split_cells(source, line, true).len() == count;
        let blank = Span { start: self.span.end, end: paragraph.start };
        // From its end, which is soon told: a long blank may stand before what is none.
        if !source[blank].trim_end().is_empty() || !lines(source, paragraph).all(is_further) {
            return false;
        }
        self.rows.extend(lines(source, paragraph).map(|line| split_row(source, line, Some(count))));
        self.span.end = paragraph.end;
        self.fault.get_or_insert(TableFault::PartedRows(blank));
        true
    }
}

/// Whether a line starts and ends with a pipe, and has two cells or more.
fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2
}

/// Whether a cell of a line is dashes alone.
fn has_dashes(source: &Source, line: Span) -> bool {
    let is_dashes =
        |cell: &Span| source[*cell].len() > 2 && source[*cell].bytes().all(|byte| matches!(byte, b'-' | b':'));
    split_cells(source, line, false).iter().any(is_dashes)
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
        let table = parse(&source, source.span()).expect("a table");
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
    fn a_table_that_markdown_refuses_is_found_in_its_paragraph() {
        for (text, header, rows, fault) in [
            ("Some text.\n|a|b|\n|-|-|-|\n|1|2|\n", "|a|b|", 1, TableFault::Delimiter),
            ("|a|b|\n|:--x|:---|\n|1|2|", "|a|b|", 1, TableFault::Delimiter),
            ("|a|b|\n|1|2|\n|3|4|", "|a|b|", 2, TableFault::NoDelimiter),
        ] {
            let source = Source::new("p.md", text);
            let table = find(&source, source.span()).expect("a table");
            assert_eq!(
                (&source[table.header.span], table.rows.len(), table.fault),
                (header, rows, Some(fault)),
                "{text}"
            );
        }
        let prose = Source::new("p.md", "Either a | b\nor not.");
        assert!(find(&prose, prose.span()).is_none());
    }
}
