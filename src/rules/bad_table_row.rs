use super::Report;
use crate::diagnostic::{Edit, Fix, plural};
use crate::span::{Location, Span};
use crate::syntax::{Page, Row, Table};

rule! {
    /// A table row with too few or too many cells.
    ///
    /// ## Why
    /// Markdown drops the surplus cells without a word, and leaves the missing ones blank. Often a pipe inside a
    /// cell, in code also, lacks its backslash.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|
    /// |status|String|One of `active|suspended`.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String||
    /// |status|String|One of `active\|suspended`.|
    /// ````
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables().filter(|table| table.is_rendered()) {
        if has_unused_title(page, table) {
            report_header(page, table, report);
            continue;
        }
        let columns = table.header().cells.len();
        let mut before = None;
        let mut rows = table.rows().peekable();
        while let Some(row) = rows.next() {
            // Most are right, whatever stands around them.
            if row.cells.len() == columns && !row.has_pipes && page.source[row.span].starts_with('|') {
                before = Some(row);
                continue;
            }
            let is_broken_off = |before: &Row<'_>, row: &Row<'_>| is_broken_off(page, table, before, row);
            match before.replace(row).filter(|before| is_broken_off(before, &row)) {
                Some(before) => report_broken(page, &before, &row, report),
                None if rows.peek().is_some_and(|next| is_broken_off(&row, next)) => {}
                None => check_row(page, table, &row, report),
            }
        }
    }
}

/// Whether the header ends with a blank title more than the rows have cells.
fn has_unused_title(page: &Page, table: &Table) -> bool {
    let titles = table.header().cells;
    let is_blank = titles.last().is_some_and(|title| page.source[*title].is_empty());
    is_blank && table.rows().len() > 0 && table.rows().all(|row| row.cells.len() + 1 == titles.len())
}

fn report_header(page: &Page, table: &Table, report: &mut Report<'_>) {
    let columns = table.header().cells.len();
    let message =
        format!("the table has {}, but its rows have {}", plural(columns, "column"), plural(columns - 1, "cell"));
    let finding = report.at(Location::new(page.id, table.header().span), message);
    finding.help("take the blank column out of the header and the row of dashes");
}

/// Whether a row begins without a pipe, and the one before ends without one, where the header has both: it is the
/// rest of a row that was broken over two lines.
fn is_broken_off(page: &Page, table: &Table, before: &Row<'_>, row: &Row<'_>) -> bool {
    let text = |row: &Row<'_>| &page.source[row.span];
    let is_open = !text(row).starts_with('|') && text(before).starts_with('|') && !text(before).ends_with('|');
    let has_pipes = |header: &str| header.starts_with('|') && header.ends_with('|');
    is_open && has_pipes(text(&table.header()))
}

fn report_broken(page: &Page, before: &Row<'_>, row: &Row<'_>, report: &mut Report<'_>) {
    report
        .at(Location::new(page.id, row.span), "this is the rest of a row, but Markdown reads it as a row of its own")
        .help("join it to the row before")
        .label(Location::new(page.id, before.span), "this row ends without a pipe");
}

fn check_row(page: &Page, table: &Table, row: &Row<'_>, report: &mut Report<'_>) {
    let (columns, found) = (table.header().cells.len(), row.cells.len());
    let at = Location::new(page.id, row.span);
    let header = Location::new(page.id, table.header().span);
    if found < columns {
        // One bold cell is a heading among the rows.
        if row.single_cell().is_some_and(|cell| page.source[cell].starts_with("**")) {
            return;
        }
        let missing = columns - found;
        let closed = page.source[row.span].ends_with('|');
        let text = format!("{}{}", if closed { "" } else { "|" }, "|".repeat(missing));
        report
            .at(at, counted(found, columns))
            .help("add the missing cells; they may be blank")
            .label(header, "the columns")
            .fix(Span::at(row.span.end as usize), text);
        return;
    }
    let surplus = row.cells[columns..].iter().any(|cell| !cell.is_empty());
    let text = &page.source[row.span];
    if !surplus && (found > columns || !row.has_pipes || raw_cells(text) <= columns) {
        return;
    }
    let written = if surplus { found } else { raw_cells(text) };
    let pipes = unescaped_pipes(page, row);
    if surplus || !pipes.is_empty() {
        let finding = report.at(at, counted(written, columns));
        finding.help("write `\\|` for a pipe inside a cell");
        finding.label(header, "the columns");
        if !surplus {
            let edit = |pipe: &u32| Edit { at: Location::new(page.id, Span::at(*pipe as usize)), text: "\\".into() };
            finding.fix = Some(Fix { edits: pipes.iter().map(edit).collect(), safe: true });
        }
    }
}

fn counted(cells: usize, columns: usize) -> String {
    format!("the row has {}, but the table has {}", plural(cells, "cell"), plural(columns, "column"))
}

/// The pipes inside cells that Markdown takes for the end of the cell.
fn unescaped_pipes(page: &Page, row: &Row<'_>) -> Vec<u32> {
    let inside = |cell: &Span| {
        let text = &page.source[*cell];
        let pipes = text.match_indices('|').filter(|(at, _)| !text[..*at].ends_with('\\'));
        pipes.map(|(at, _)| cell.start + at as u32).collect::<Vec<u32>>()
    };
    row.cells.iter().flat_map(inside).collect()
}

/// The cells that Markdown sees in a row, a blank one at the end aside.
fn raw_cells(row: &str) -> usize {
    let inner = row.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner).as_bytes();
    1 + memchr::memchr_iter(b'|', inner).filter(|at| !inner[..*at].ends_with(b"\\")).count()
}
