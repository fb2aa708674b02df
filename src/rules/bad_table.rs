use super::Report;
use crate::diagnostic::plural;
use crate::span::{Location, Span};
use crate::syntax::table::TableFault;
use crate::syntax::{Page, Table};

rule! {
    /// Lines with pipes that Markdown does not read as a table.
    ///
    /// ## Why
    /// Readers see raw pipes. A table needs, below its header, a row of dashes with as many cells.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|
    /// |tenantId|String|The tenant.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |tenantId|String|The tenant.|
    /// ````
    Error, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    for table in page.tables() {
        match table.fault {
            Some(TableFault::Delimiter) => unfit(page, table, report),
            Some(TableFault::NoDelimiter) => bare(page, table, report),
            Some(TableFault::PartedHeader(blank)) => parted_header(page, table, blank, report),
            Some(TableFault::PartedRows(blank)) => parted_rows(page, table, blank, report),
            None => {}
        }
    }
}

fn unfit(page: &Page, table: &Table, report: &mut Report<'_>) {
    let (columns, dashes) = (table.header().cells.len(), table.delimiter().cells.len());
    let message = if columns == dashes {
        "the row of dashes of this table is not one to Markdown, so readers see raw pipes".to_owned()
    } else {
        format!(
            "the header of this table has {}, the row of dashes {dashes}, so readers see raw pipes",
            plural(columns, "cell")
        )
    };
    let finding = report.at(Location::new(page.id, table.header().span), message);
    finding
        .help("write as many groups of dashes as there are columns, with nothing but pipes, colons and blanks between");
    finding.label(Location::new(page.id, table.delimiter().span), "the row of dashes");
    let is_dashes = |text: &&str| {
        let dashes = text.strip_prefix(':').unwrap_or(text);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    let written = || table.delimiter().cells.iter().map(|cell| page.source[*cell].trim());
    // What keeps Markdown from reading the table may be something else.
    if columns == dashes && written().all(|text| is_dashes(&text)) {
        return;
    }
    let groups = written().map(|text| Some(text).filter(is_dashes).unwrap_or(":---"));
    let groups: Vec<&str> = groups.chain(std::iter::repeat(":---")).take(columns).collect();
    finding.fix(table.delimiter().span, format!("|{}|", groups.join("|")));
}

/// Rows without a row of dashes.
fn bare(page: &Page, table: &Table, report: &mut Report<'_>) {
    let header = table.header().span;
    let end = if page.source.text()[header.end as usize..].starts_with('\r') { "\r\n" } else { "\n" };
    report
        .at(Location::new(page.id, header), "this table has no row of dashes, so readers see raw pipes")
        .help("add one below the header: `|:---|:---|`")
        .fix(Span::at(header.end as usize), format!("{end}|{}", ":---|".repeat(table.header().cells.len())));
}

fn parted_header(page: &Page, table: &Table, blank: Span, report: &mut Report<'_>) {
    report
        .at(
            Location::new(page.id, table.header().span),
            "a blank line parts this header from its table, so readers see raw pipes",
        )
        .help("delete the blank line")
        .fix(blank, line_end(page, blank));
}

fn parted_rows(page: &Page, table: &Table, blank: Span, report: &mut Report<'_>) {
    let Some(row) = table.rows().find(|row| row.span.start >= blank.end) else { return };
    report
        .at(Location::new(page.id, row.span), "a blank line parts this row from its table, so readers see raw pipes")
        .help("delete the blank line")
        .label(Location::new(page.id, table.header().span), "the table")
        .fix(blank, line_end(page, blank));
}

/// How the line before a blank ends.
fn line_end(page: &Page, blank: Span) -> &str {
    if page.source[blank].starts_with('\r') { "\r\n" } else { "\n" }
}
