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
    /// What its titles say of the columns.
    pub columns: Columns,
    /// Why Markdown does not read all of it as a table: readers see raw pipes.
    pub fault: Option<TableFault>,
    /// The header, the row of dashes and the rows below it.
    lines: Vec<Line>,
    /// The cells of all lines, in one piece: tables are much of a docset.
    cells: Vec<Span>,
}

/// Where the header stands among the lines of a table, and the row of dashes; the rows follow.
const HEADER: usize = 0;
const DELIMITER: usize = 1;
const FIRST_ROW: usize = 2;

/// One line of a table.
#[derive(Debug, Default)]
struct Line {
    span: Span,
    /// Where its cells end among those of the table; they begin where those of the line before end.
    cells_end: u32,
    has_pipes: bool,
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

/// One line of a table, with its cells.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// The line.
    pub span: Span,
    /// Its cells, white space trimmed, as many as the author wrote.
    pub cells: &'t [Span],
    /// Whether cells hold pipes that have no backslash: inside code spans and braces, where authors forget it.
    pub has_pipes: bool,
}

impl Row<'_> {
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

/// Which column holds what: the first column of each meaning.
#[derive(Debug)]
pub struct Columns([u32; Column::COUNT]);

impl Columns {
    /// Stands for a column that is not there.
    const NONE: u32 = u32::MAX;

    /// The columns of a table by their titles.
    fn of(titles: &[Span], source: &Source) -> Self {
        let mut columns = [Self::NONE; Column::COUNT];
        for (title, index) in titles.iter().zip(0..) {
            if let Some(column) = dialect::column(&source[*title]) {
                let first = &mut columns[column as usize];
                *first = index.min(*first);
            }
        }
        Columns(columns)
    }

    /// The index of the first column of this meaning.
    pub fn index(&self, column: Column) -> Option<usize> {
        let index = self.0[column as usize];
        (index != Self::NONE).then_some(index as usize)
    }

    /// Whether no title is known.
    pub fn is_unknown(&self) -> bool {
        self.0.iter().all(|index| *index == Self::NONE)
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
    let mut cells: Vec<Span> = cells_of(source, header, false).collect();
    let columns = Columns::of(&cells, source);
    let count = cells.len();
    let most_lines = FIRST_ROW + memchr::memchr_iter(b'\n', source[span].as_bytes()).count();
    // Each cell takes a byte at least, whatever the header promises.
    cells.reserve_exact(count.saturating_mul(most_lines).min(span.len()));
    let lines = Vec::with_capacity(most_lines);
    let mut table = Table { span: trim(source, span), columns, fault: None, lines, cells };
    table.end_line(header, false);
    if let Some(line) = delimiter {
        table.cells.extend(cells_of(source, line, false));
    }
    table.end_line(delimiter.unwrap_or_default(), false);
    rows.for_each(|line| table.add_row(source, line, count));
    table
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
    let delimiter = table.delimiter();
    delimiter.cells.len() == table.header().cells.len()
        && delimiter.cells.iter().all(is_dashes)
        && source[delimiter.span].contains('\t')
}

/// The table that a blank line parts from its header, which ends the paragraph `before`.
pub fn find_below_header(source: &Source, before: Span, paragraph: Span) -> Option<Table> {
    let first = lines(source, paragraph).next().filter(|line| is_delimiter(&source[*line]))?;
    let header = lines(source, before).last().filter(|line| is_row(&source[*line]))?;
    let fits = cells_of(source, first, false).count() == cells_of(source, header, false).count();
    let blank = Span { start: header.end, end: first.start };
    if !fits || !source[blank].trim().is_empty() {
        return None;
    }
    let found = parse(source, Span { start: header.start, end: paragraph.end })?;
    Some(Table { fault: Some(TableFault::PartedHeader(blank)), ..found })
}

impl Table {
    /// The header row.
    pub fn header(&self) -> Row<'_> {
        self.line(HEADER)
    }

    /// The row of dashes; without cells where there is none.
    pub fn delimiter(&self) -> Row<'_> {
        self.line(DELIMITER)
    }

    /// The rows below it.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (FIRST_ROW..self.lines.len()).map(|index| self.line(index))
    }

    fn line(&self, index: usize) -> Row<'_> {
        let Line { span, cells_end, has_pipes } = self.lines[index];
        let start = index.checked_sub(1).map_or(0, |before| self.lines[before].cells_end);
        Row { span, cells: &self.cells[start as usize..cells_end as usize], has_pipes }
    }

    /// Adds the line of the cells that were added last.
    fn end_line(&mut self, span: Span, has_pipes: bool) {
        self.lines.push(Line { span, cells_end: self.cells.len() as u32, has_pipes });
    }

    /// Adds a row, split at its unescaped pipes. If that gives more cells than there are columns, pipes inside
    /// code spans and braces do not count: authors forget to escape them.
    fn add_row(&mut self, source: &Source, line: Span, columns: usize) {
        let first = self.cells.len();
        self.cells.extend(cells_of(source, line, false));
        let has_surplus = self.cells.len() - first > columns;
        let has_pipes = has_surplus && cells_of(source, line, true).count() >= columns;
        if has_pipes {
            self.cells.truncate(first);
            self.cells.extend(cells_of(source, line, true));
        }
        self.end_line(line, has_pipes);
    }

    /// Whether readers see a table, if perhaps not all its rows.
    pub fn is_rendered(&self) -> bool {
        matches!(self.fault, None | Some(TableFault::PartedRows(_)))
    }

    /// Takes the lines of a paragraph for further rows, if all are, and only a blank parts them from the table.
    pub fn take_rows(&mut self, source: &Source, paragraph: Span) -> bool {
        let count = self.header().cells.len();
        let is_further = |line: Span| is_row(&source[line]) && cells_of(source, line, true).count() == count;
        let blank = Span { start: self.span.end, end: paragraph.start };
        // From its end, which is soon told: a long blank may stand before what is none.
        if !source[blank].trim_end().is_empty() || !lines(source, paragraph).all(is_further) {
            return false;
        }
        lines(source, paragraph).for_each(|line| self.add_row(source, line, count));
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
    cells_of(source, line, false).any(|cell| is_dashes(&cell))
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

/// The cells of a line, white space trimmed: what stands between its unescaped pipes. Guarded, pipes inside code spans
/// and braces count for text.
fn cells_of(source: &Source, line: Span, guarded: bool) -> impl Iterator<Item = Span> {
    let bytes = source[line].as_bytes();
    let mut start = usize::from(bytes.first() == Some(&b'|'));
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let end = cell_end(bytes, start, guarded);
        let cell = Span::new(line.start as usize + start, line.start as usize + end);
        start = end + 1;
        Some(trim(source, cell))
    })
}

/// Where the cell ends that begins at `start`.
fn cell_end(line: &[u8], start: usize, guarded: bool) -> usize {
    let (mut code, mut braces) = (false, 0usize);
    let mut at = start;
    while at < line.len() {
        if !guarded {
            // Nothing else counts, and rows are long.
            let Some(next) = memchr::memchr2(b'|', b'\\', &line[at..]) else { break };
            at += next;
        }
        match line[at] {
            b'\\' => at += 1,
            b'`' if guarded => code = !code,
            b'{' if guarded => braces += 1,
            b'}' if guarded => braces = braces.saturating_sub(1),
            b'|' if !code && braces == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let source = Source::new("p.md", text);
        let table = parse(&source, source.span()).expect("a table");
        let rows: Vec<Vec<&str>> = std::iter::once(table.header())
            .chain(table.rows())
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
                (&source[table.header().span], table.rows().len(), table.fault),
                (header, rows, Some(fault)),
                "{text}"
            );
        }
        let prose = Source::new("p.md", "Either a | b\nor not.");
        assert!(find(&prose, prose.span()).is_none());
    }
}
