//! Permission tables: which permissions let which kind of caller in.
//!
//! Two columns ("Permissions (from least to most privileged)") or three ("Least privileged
//! permissions", "Higher privileged permissions"); a placeholder cell says nothing, and nothing is
//! never read as "open".

use super::Context;
use crate::source::Source;
use crate::span::Span;
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
    let labelled = || table.rows.iter().any(|row| account(row.cells.first().map_or("", |cell| &source[*cell])).is_some());
    let by_section = context.is(&[SectionKind::Permissions]) && labelled();
    if columns.index(Column::PermissionType).is_none() && !by_section {
        return None;
    }
    let rows = table.rows.iter().filter_map(|row| read_row(source, row, columns)).collect();
    Some(PermissionTable { header: table.header.span, rows })
}

fn read_row(source: &Source, row: &Row, columns: &Columns) -> Option<PermissionRow> {
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
    let label = label.to_ascii_lowercase();
    if label.contains("delegated") && label.contains("personal") {
        Some(Account::DelegatedPersonal)
    } else if label.contains("delegated") {
        Some(Account::DelegatedWork)
    } else if label.contains("application") {
        Some(Account::Application)
    } else {
        None
    }
}

/// Reads a cell: alternatives are parted by commas and "or", scopes needed together by "and".
fn read_cell(source: &Source, cell: Span) -> Grant {
    let text = inline::plain(&source[cell]);
    let word = text.trim().trim_end_matches('.').to_ascii_lowercase();
    if matches!(word.as_str(), "not supported" | "none" | "not applicable" | "n/a" | "not available") {
        return Grant::NotSupported;
    }
    let mut alternatives: Vec<Vec<Span>> = Vec::new();
    let mut together = false;
    for part in source[cell].split([' ', ',', ';', '\t']) {
        let trimmed = part.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        match trimmed.to_ascii_lowercase().as_str() {
            "and" | "plus" => together = true,
            _ if is_scope(trimmed) => {
                let span = source.span_of(trimmed).unwrap_or(cell);
                match alternatives.last_mut() {
                    Some(scopes) if together => scopes.push(span),
                    _ => alternatives.push(vec![span]),
                }
                together = false;
            }
            _ => {}
        }
    }
    if alternatives.is_empty() { Grant::Unspecified } else { Grant::AnyOf(alternatives) }
}

/// Whether a word looks like `Resource.Operation[.Constraint]`.
fn is_scope(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    parts.next().is_some_and(is_part) && word.contains('.') && parts.all(is_part)
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
