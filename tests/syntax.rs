//! The trees of the pages in `tests/pages`, each with the page itself; spans are shown as the text they cover.
//! `INSTA_UPDATE=always cargo test --test syntax` takes new ones.

use apipage::source::Source;
use apipage::span::{FileId, Span};
use apipage::syntax::{self, Annotation, Block, Page, Row, Section, Table};
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;

fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(format!("{name}.md"));
    let source = Source::from_bytes("page.md", fs::read(path).unwrap());
    let page = syntax::parse(FileId(0), source);
    let input = page.source.text().replace('\r', "␍").replace('\u{FEFF}', "(BOM)");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("page-{name}"), format!("{input}\n=======\n{}", tree(&page)));
    });
}

fn tree(page: &Page) -> String {
    let mut out = format!("{:?} page\n", page.kind());
    let shown = |span: Option<Span>| span.map(|span| page.source[span].to_owned());
    writeln!(out, "title {:?}", shown(page.title.map(|title| title.text))).unwrap();
    writeln!(out, "namespace {:?}", shown(page.namespace)).unwrap();
    writeln!(out, "summary {:?}", shown(page.summary)).unwrap();
    for entry in &page.front_matter.entries {
        writeln!(out, "{:?} is {:?}", &page.source[entry.key], &page.source[entry.value]).unwrap();
    }
    if let Some((at, _)) = page.front_matter.fault {
        writeln!(out, "front matter is no YAML at {:?}", &page.source[at]).unwrap();
    }
    for (index, section) in page.sections.iter().enumerate() {
        show_section(page, index, section, &mut out);
    }
    for link in &page.links {
        writeln!(out, "{}", show(page, link)).unwrap();
    }
    for comment in &page.comments {
        writeln!(out, "{}", show(page, comment)).unwrap();
    }
    // What cannot be seen is spelt out.
    out.replace('\u{FEFF}', "(BOM)")
}

fn show_section(page: &Page, index: usize, section: &Section, out: &mut String) {
    let heading = section.heading.map(|heading| (heading.level, &page.source[heading.text]));
    let own = if section.has_own_kind { "" } else { " (inherited)" };
    let kind = section.kind.map_or("no kind".into(), |kind| format!("{kind:?}{own}"));
    writeln!(out, "\nsection {index} {heading:?}: {kind}, in {:?}", section.parent).unwrap();
    for block in &section.blocks {
        match block {
            Block::Table(table) => show_table(page, table, out),
            Block::Fence(fence) => {
                let closed = if fence.closed { "" } else { ", not closed" };
                let (info, body) = (&page.source[fence.info], &page.source[fence.body]);
                writeln!(out, "  fence {info:?}{closed} {body:?}").unwrap();
                fence.annotation.iter().for_each(|annotation| show_annotation(page, annotation, out));
            }
            Block::Annotation(annotation) => show_annotation(page, annotation, out),
            block => writeln!(out, "  {}", show(page, block)).unwrap(),
        }
    }
    for construct in &section.constructs {
        writeln!(out, "  = {}", show(page, construct)).unwrap();
    }
}

fn show_table(page: &Page, table: &Table, out: &mut String) {
    writeln!(out, "  table{}", if table.is_rendered() { "" } else { ", not rendered" }).unwrap();
    let row = |row: Row<'_>| row.cells.iter().map(|cell| page.source[*cell].to_owned()).collect::<Vec<_>>();
    for cells in [row(table.header()), row(table.delimiter())].into_iter().chain(table.rows().map(row)) {
        writeln!(out, "    {cells:?}").unwrap();
    }
}

fn show_annotation(page: &Page, annotation: &Annotation, out: &mut String) {
    let value = annotation.json.to_json(&page.source).unwrap_or_default();
    writeln!(out, "  annotation {} {value}", show(page, &annotation.block_type)).unwrap();
    for fault in &annotation.json.faults {
        writeln!(out, "    {}", show(page, fault)).unwrap();
    }
}

/// What `Debug` shows, with text in place of spans, and each item of a list on its own line.
fn show(page: &Page, part: &impl Debug) -> String {
    let debug = format!("{part:?}");
    let mut out = String::new();
    let mut rest = debug.as_str();
    while let Some((before, after)) = rest.split_once("Span { start: ") {
        let (numbers, after) = after.split_once(" }").unwrap();
        let (start, end) = numbers.split_once(", end: ").unwrap();
        let span = Span::new(start.parse().unwrap(), end.parse().unwrap());
        write!(out, "{before}{:?}", &page.source[span]).unwrap();
        rest = after;
    }
    out.push_str(rest);
    for item in
        ["PermissionTable {", "PermissionRow {", "NamedRow {", "MethodRow {", "ExampleMessage {", "EnumMember {"]
    {
        out = out.replace(item, &format!("\n      {item}"));
    }
    out
}

#[test]
fn permission_tables_have_two_forms_and_many_slips() {
    check("permissions");
}

#[test]
fn request_tables_may_have_their_columns_in_any_order() {
    check("requests");
}

#[test]
fn examples_are_requests_and_responses() {
    check("examples");
}

#[test]
fn resources_have_properties_and_a_representation() {
    check("resource");
}

#[test]
fn enumerations_are_tables_of_members() {
    check("enums");
}

#[test]
fn what_is_malformed_is_read_all_the_same() {
    check("faults");
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter() {
    check("carriage-returns");
    check("byte-order-mark");
}
