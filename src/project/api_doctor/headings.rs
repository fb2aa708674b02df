//! The words of the pages: which sections they have (the document outline), and what headings and columns of tables
//! are called.

use super::draft::{Draft, Values};
use super::settings::{Setting, member, strings};
use crate::rules::demanded_sections;
use crate::syntax::json::{Kind, Value};
use crate::syntax::{PageKind, SectionKind, dialect};

/// The kinds of tables, and the sections that they stand in.
const TABLES: &[(&str, SectionKind)] = &[
    ("AuthScopes", SectionKind::Permissions),
    ("EnumerationValues", SectionKind::EnumValues),
    ("ErrorCodes", SectionKind::ErrorResponses),
    ("HttpHeaders", SectionKind::RequestHeaders),
    ("PathParameters", SectionKind::PathParameters),
    ("QueryStringParameters", SectionKind::QueryParameters),
    ("RequestObjectProperties", SectionKind::RequestBody),
    ("ResourcePropertyDescriptions", SectionKind::Properties),
    ("ResourceNavigationPropertyDescriptions", SectionKind::Relationships),
    ("ResponseObjectProperties", SectionKind::Response),
];

/// What the configuration calls a name that differs from page to page.
const ANY: [&str; 2] = ["{x}", "*"];

/// The headings of pages of one kind.
pub(super) fn outline(setting: &Setting<'_>, draft: &mut Draft) {
    let mut required = Vec::new();
    for node in setting.items("a list of headings", draft) {
        heading(node, setting, &mut required, draft);
    }
    let kind = match setting.path.as_str() {
        _ if setting.value.items().is_empty() => return,
        "apiPageType" => PageKind::Operation,
        "resourcePageType" => PageKind::Resource,
        _ => return,
    };
    let asked = || demanded_sections(kind).iter().chain(&[(SectionKind::HttpRequest, "HTTP request")]);
    for section in &required {
        if !asked().any(|(asked, _)| asked == section) {
            let usual = dialect::usual_heading(*section);
            setting.leave_out(usual, "pages without this section are not reported", draft);
        }
    }
    for (_, name) in demanded_sections(kind).iter().filter(|(asked, _)| !required.contains(asked)) {
        let why =
            "not required, but reported where it is missing (`missing-section = \"off\"` under `[rules]` ends that)";
        setting.leave_out(name, why, draft);
    }
}

/// One heading with those below it, or several of which the page has one or all.
fn heading(node: &Value, setting: &Setting<'_>, required: &mut Vec<SectionKind>, draft: &mut Draft) {
    let source = &setting.file.source;
    let text = |key| member(setting.file, node, key).and_then(|value| value.as_str(source));
    let below = |key| member(setting.file, node, key).map_or(&[][..], Value::items);
    if let Some(condition) = text("condition") {
        let titles = below("arguments").iter().filter_map(|node| member(setting.file, node, "title")?.as_str(source));
        let titles: Vec<String> =
            titles.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()).collect();
        if condition.eq_ignore_ascii_case("or") {
            same_section(&titles, setting, draft);
        }
        below("arguments").iter().for_each(|node| heading(node, setting, required, draft));
        return;
    }
    if let Some(title) = text("title") {
        let is_title = member(setting.file, node, "level").is_some_and(|level| &source[level.span] == "1");
        let is_required =
            member(setting.file, node, "required").is_none_or(|flag| !matches!(flag.kind, Kind::Bool(false)));
        let concrete = concrete(&title);
        match draft.dialect.section_kind(&concrete) {
            _ if matches!(title.trim(), "" | "*") => {}
            _ if is_title => setting.leave_out(&title, "the form of a page's title is not checked", draft),
            Some(section) if is_required && !required.contains(&section) => required.push(section),
            Some(_) => {}
            None if dialect::enum_heading(&concrete).is_some() => {}
            None => setting.leave_out(
                &title,
                "a section that the format does not know may stand anywhere, or be missing",
                draft,
            ),
        }
    }
    below("headers").iter().for_each(|node| heading(node, setting, required, draft));
}

/// Of headings that may stand for each other, the unknown ones mean what the known one means.
fn same_section(titles: &[String], setting: &Setting<'_>, draft: &mut Draft) {
    let Some(section) = titles.iter().find_map(|title| dialect::known_section(title)) else { return };
    for title in titles.iter().filter(|title| !ANY.iter().any(|any| title.contains(any))) {
        synonym(section, title, setting, draft);
    }
}

/// The headings of tables.
pub(super) fn tables(setting: &Setting<'_>, draft: &mut Draft) {
    for table in setting.items("a list of tables", draft) {
        let name = member(setting.file, table, "type").and_then(|name| name.as_str(&setting.file.source));
        let name = name.unwrap_or_default();
        let section = TABLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name)).map(|(_, section)| *section);
        let titles =
            |key| member(setting.file, table, key).and_then(|list| strings(setting.file, list)).unwrap_or_default();
        for title in titles("titles") {
            let is_enum = dialect::enum_heading(&concrete(&title)).is_some();
            match section {
                Some(section) if !ANY.iter().any(|any| title.contains(any)) => synonym(section, &title, setting, draft),
                Some(_) if is_enum || draft.dialect.section_kind(&concrete(&title)).is_some() => {}
                _ => setting.leave_out(&title, "the format has no heading of this form", draft),
            }
        }
        for parent in titles("parents").iter().filter(|parent| !parent.ends_with("enum type")) {
            setting.leave_out(parent, "a table is known by the heading it stands under, and by its columns", draft);
        }
    }
}

/// The titles of columns.
pub(super) fn columns(setting: &Setting<'_>, draft: &mut Draft) {
    for rule in setting.items("a list of rules", draft) {
        let columns = member(setting.file, rule, "columns").map_or(&[][..], Value::members);
        for title in columns.iter().filter_map(|column| strings(setting.file, &column.value)).flatten() {
            if dialect::column(&title).is_none() {
                setting.leave_out(&title, "titles of columns cannot be configured", draft);
            }
        }
    }
}

/// Lets a heading open a section, unless it does already.
fn synonym(section: SectionKind, title: &str, setting: &Setting<'_>, draft: &mut Draft) {
    let usual = dialect::usual_heading(section);
    match draft.dialect.section_kind(title) {
        // A table of headers may stand under "Response headers": what is known by itself stays.
        Some(_) => {}
        None if draft.dialect.add(title, section).is_ok() => {
            draft.set("[sections]", usual, Values::Many(vec![title.to_owned()]), &setting.comment());
        }
        None => setting.leave_out(title, "it cannot be the heading of its tables here", draft),
    }
}

/// A heading with a name in the place of what stands for any.
fn concrete(title: &str) -> String {
    ANY.iter().fold(title.trim().to_owned(), |title, any| title.replace(any, "x"))
}
