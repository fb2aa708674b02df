//! Permission tables: which permissions let which kind of caller in.
//!
//! Two columns ("Permissions (from least to most privileged)") or three ("Least privileged
//! permissions", "Higher privileged permissions"), or one for each kind of caller, with a row for each kind of
//! resource; a placeholder cell says nothing, and nothing is never read as "open".

use super::Context;
use crate::source::Source;
use crate::span::Span;
use crate::syntax::phrases::Signs;
use crate::syntax::table::Columns;
use crate::syntax::{Column, Row, SectionKind, Table, inline};

/// The permission tables of a section.
#[derive(Debug)]
pub struct Permissions {
    /// Its tables.
    pub tables: Vec<PermissionTable>,
}

/// One permission table.
#[derive(Debug)]
pub struct PermissionTable {
    /// The header row.
    pub header: Span,
    /// Its rows.
    pub rows: Vec<PermissionRow>,
}

/// One row.
#[derive(Debug)]
pub struct PermissionRow {
    /// The label.
    pub label: Span,
    /// Who it is about, if the label says so.
    pub account: Option<Account>,
    /// What lets them in.
    pub grant: Grant,
}

/// The kinds of caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A person with a work or school account.
    DelegatedWork,
    /// A person with a personal account.
    DelegatedPersonal,
    /// An application without a person.
    Application,
}

/// What a cell grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Any one of these, least privileged first; each is a set of scopes that are needed together.
    AnyOf(Vec<Vec<Span>>),
    /// "Not supported."
    NotSupported,
    /// Nothing that can be used: a placeholder, or an empty cell.
    Unspecified,
}

pub(super) fn read(context: &Context<'_>) -> Option<Permissions> {
    let tables: Vec<_> = context.section.tables().filter_map(|table| read_table(context, table)).collect();
    (!tables.is_empty()).then_some(Permissions { tables })
}

/// A table is one of permissions by its columns, or by its section and the labels of its rows.
fn read_table(context: &Context<'_>, table: &Table) -> Option<PermissionTable> {
    let source = context.source;
    let columns = &table.columns;
    if let Some(rows) = by_column(context, table) {
        return Some(PermissionTable { header: table.header().span, rows });
    }
    let labelled = || table.rows().any(|row| account(row.cells.first().map_or("", |cell| &source[*cell])).is_some());
    let by_section = context.is(&[SectionKind::Permissions]) && labelled();
    if !is_titled(columns) && !by_section {
        return None;
    }
    let rows = table.rows().filter_map(|row| read_row(source, &row, columns)).collect();
    Some(PermissionTable { header: table.header().span, rows })
}

/// Whether the titles are those of a permission table. One that names properties too is about what can be changed of
/// an object that is itself a permission.
pub fn is_titled(columns: &Columns) -> bool {
    columns.index(Column::PermissionType).is_some() && columns.index(Column::Name).is_none()
}

/// The rows of a table whose columns are the kinds of caller: what lets each in, for one resource after the other.
fn by_column(context: &Context<'_>, table: &Table) -> Option<Vec<PermissionRow>> {
    const KINDS: [Account; 3] = [Account::DelegatedWork, Account::DelegatedPersonal, Account::Application];
    let source = context.source;
    if !context.is(&[SectionKind::Permissions]) || table.header().cells.len() <= KINDS.len() {
        return None;
    }
    let mut rows = Vec::new();
    for kind in KINDS {
        let column = table.header().cells.iter().position(|cell| account(&source[*cell]) == Some(kind))?;
        let label = table.header().cells[column];
        let cells = table.rows().filter_map(|row| row.cell(Some(column)));
        rows.extend(cells.map(|cell| PermissionRow { label, account: Some(kind), grant: read_cell(source, cell) }));
    }
    Some(rows)
}

fn read_row(source: &Source, row: &Row<'_>, columns: &Columns) -> Option<PermissionRow> {
    let label = row.cell(columns.index(Column::PermissionType).or(Some(0)))?;
    let least = row.cell(columns.index(Column::LeastPrivileged));
    let higher = row.cell(columns.index(Column::HigherPrivileged));
    let grant = match least {
        Some(least) => join(read_cell(source, least), higher.map(|higher| read_cell(source, higher))),
        None => {
            let reversed = columns.index(Column::PermissionsReversed);
            let cell = row.cell(columns.index(Column::Permissions).or(reversed).or(Some(1)));
            let grant = cell.map_or(Grant::Unspecified, |cell| read_cell(source, cell));
            if reversed.is_some() { reverse(grant) } else { grant }
        }
    };
    Some(PermissionRow { label, account: account(&source[label]), grant })
}

/// The kind of caller that a row's label names, forgiving what authors leave out.
fn account(label: &str) -> Option<Account> {
    static KINDS: Signs<3> = Signs::new(&[("delegated", 0), ("personal", 1), ("application", 2)]);
    match KINDS.told_in(label) {
        [true, true, _] => Some(Account::DelegatedPersonal),
        [true, false, _] => Some(Account::DelegatedWork),
        [false, _, true] => Some(Account::Application),
        [false, _, false] => None,
    }
}

/// What a cell says instead of permissions where there are none.
const NONE: [&str; 5] = ["not supported", "none", "not applicable", "n/a", "not available"];

/// Reads a cell: alternatives are parted by commas, line breaks and "or", scopes needed together by "and".
fn read_cell(source: &Source, cell: Span) -> Grant {
    if is_none(source, cell) {
        return Grant::NotSupported;
    }
    let mut alternatives: Vec<Vec<Span>> = Vec::new();
    let mut together = false;
    for part in source[cell].split([' ', ',', ';', '\t', '<', '>']) {
        let trimmed = part.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if trimmed.eq_ignore_ascii_case("and") || trimmed.eq_ignore_ascii_case("plus") {
            together = true;
        } else if is_scope(trimmed) {
            let span = source.span_of(trimmed).unwrap_or(cell);
            match alternatives.last_mut() {
                Some(scopes) if together => scopes.push(span),
                _ => alternatives.push(vec![span]),
            }
            together = false;
        }
    }
    if alternatives.is_empty() { Grant::Unspecified } else { Grant::AnyOf(alternatives) }
}

/// Whether a cell says that no permission lets the caller in.
pub fn is_none(source: &Source, cell: Span) -> bool {
    let text = &source[cell];
    // Most cells start with the name of a permission, which nothing hides.
    if text.starts_with(|first: char| first.is_ascii_alphanumeric() && !first.eq_ignore_ascii_case(&'n')) {
        return false;
    }
    let text = inline::plain(text);
    let words = text.trim().trim_end_matches('.');
    NONE.iter().any(|none| none.eq_ignore_ascii_case(words))
}

/// Whether a word looks like `Resource.Operation[.Constraint]`.
pub fn is_scope(word: &str) -> bool {
    let mut has_dot = false;
    let mut is_in_part = false;
    let is_right = word.bytes().all(|byte| {
        let is_parting = byte == b'.';
        let is_allowed =
            if is_parting { is_in_part } else { byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') };
        has_dot |= is_parting;
        is_in_part = !is_parting;
        is_allowed
    });
    is_right && has_dot && is_in_part
}

fn join(least: Grant, higher: Option<Grant>) -> Grant {
    match (least, higher) {
        (Grant::AnyOf(mut least), Some(Grant::AnyOf(higher))) => {
            least.extend(higher);
            Grant::AnyOf(least)
        }
        (least, _) => least,
    }
}

fn reverse(grant: Grant) -> Grant {
    match grant {
        Grant::AnyOf(mut alternatives) => {
            alternatives.reverse();
            Grant::AnyOf(alternatives)
        }
        grant => grant,
    }
}
