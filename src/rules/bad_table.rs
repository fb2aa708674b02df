use super::Report;
use crate::diagnostic::plural;
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax::{Block, Page, Table};

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
    for block in page.blocks() {
        match block {
            Block::Table(table) if !table.rendered => unrendered(page, table, report),
            Block::Paragraph(span) => bare(page, *span, report),
            _ => {}
        }
    }
}

fn unrendered(page: &Page, table: &Table, report: &mut Report<'_>) {
    let (columns, dashes) = (table.header.cells.len(), table.delimiter.cells.len());
    let message = if columns == dashes {
        "the row of dashes of this table is not one to Markdown, so readers see raw pipes".to_owned()
    } else {
        format!(
            "the header of this table has {}, the row of dashes {dashes}, so readers see raw pipes",
            plural(columns, "cell")
        )
    };
    let finding = report.at(Location::new(page.id, table.header.span), message);
    finding
        .help("write as many groups of dashes as there are columns, with nothing but pipes, colons and blanks between");
    finding.label(Location::new(page.id, table.delimiter.span), "the row of dashes");
    let is_dashes = |text: &&str| {
        let dashes = text.strip_prefix(':').unwrap_or(text);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    let written = || table.delimiter.cells.iter().map(|cell| page.source[*cell].trim());
    // What keeps Markdown from reading the table may be something else.
    if columns == dashes && written().all(|text| is_dashes(&text)) {
        return;
    }
    let groups = written().map(|text| Some(text).filter(is_dashes).unwrap_or(":---"));
    let groups: Vec<&str> = groups.chain(std::iter::repeat(":---")).take(columns).collect();
    finding.fix(table.delimiter.span, format!("|{}|", groups.join("|")));
}

/// Rows without a row of dashes: two lines or more that start and end with a pipe.
fn bare(page: &Page, paragraph: Span, report: &mut Report<'_>) {
    let Some(first) = first_rows(&page.source, paragraph) else { return };
    let columns = page.source[first].matches('|').count() - 1;
    let end = if page.source.text()[first.end as usize..].starts_with('\r') { "\r\n" } else { "\n" };
    report
        .at(Location::new(page.id, first), "this table has no row of dashes, so readers see raw pipes")
        .help("add one below the header: `|:---|:---|`")
        .fix(Span::at(first.end as usize), format!("{end}|{}", ":---|".repeat(columns)));
}

fn first_rows(source: &Source, paragraph: Span) -> Option<Span> {
    memchr::memchr(b'|', source[paragraph].as_bytes())?;
    let is_row =
        |line: &str| line.len() > 2 && line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2;
    let mut lines = source[paragraph].lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if is_row(line) && lines.peek().is_some_and(|next| is_row(next)) {
            return source.span_of(line);
        }
    }
    None
}
