//! Findings in SARIF 2.1.0, which code scanners and editors read. Columns count UTF-16 code units.

use super::{Report, Sources, advice, json_lines, visible};
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Lint};
use crate::fingerprint::{Counts, Fingerprint};
use crate::source::{Position, Source};
use crate::span::{FileId, Location};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The name of the folder that relative paths start from. Where that folder is, is left to whoever reads the findings:
/// on another machine it is elsewhere.
const START: &str = "%SRCROOT%";

/// Prints the findings as one run.
pub fn print(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, (&Lint, usize)> =
        report.diagnostics.iter().map(|diagnostic| (diagnostic.lint.name, (diagnostic.lint, 0))).collect();
    for (index, (_, place)) in rules.values_mut().enumerate() {
        *place = index;
    }
    let results: Vec<Finding<'_>> = report
        .diagnostics
        .iter()
        .zip(fingerprints(report))
        .map(|(diagnostic, fingerprint)| {
            let finding = Finding::new(diagnostic, rules[diagnostic.lint.name].1, report.sources);
            // What a baseline knows is not printed.
            let baseline_state = report.known.map(|_| "new");
            Finding { partial_fingerprints: fingerprint, baseline_state, ..finding }
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "apipage",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|(lint, _)| rule(lint)).collect::<Vec<_>>(),
            } },
            "originalUriBaseIds": { START: { "description": { "text": "Where apipage was started." } } },
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
        }],
    });
    json_lines(&log, out)
}

/// What tells each finding from others when lines have moved; of those that have the same, their number.
fn fingerprints(report: Report<'_>) -> Vec<Value> {
    let mut counts = Counts::new();
    let fingerprint = |diagnostic: &Diagnostic| {
        let Some(source) = report.sources.get(diagnostic.at.file) else { return Value::Null };
        let shown = || report.sources.path(diagnostic.at.file);
        let path = if report.sources.is_page(diagnostic.at.file) { source.path.clone() } else { shown() };
        let fingerprint = Fingerprint::of(diagnostic, &path, source);
        let hash = fingerprint.hash();
        let count = counts.entry(fingerprint).or_default();
        *count += 1;
        json!({ "apipage/v1": format!("{hash}:{count}") })
    };
    report.diagnostics.iter().map(fingerprint).collect()
}

fn rule(lint: &Lint) -> Value {
    let summary = lint.summary().split_whitespace().collect::<Vec<_>>().join(" ");
    let doc = lint.lines().collect::<Vec<_>>().join("\n");
    json!({
        "id": lint.name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": doc, "markdown": doc },
        "defaultConfiguration": { "level": level(lint.level) },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "note",
        Level::Off => "none",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Text,
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
    #[serde(skip_serializing_if = "Value::is_null")]
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, rule_index: usize, sources: &Sources<'_>) -> Self {
        let related = diagnostic.labels.iter().enumerate().filter_map(|(index, label)| {
            let message = Some(Text::new(&label.message));
            Some(Place { id: Some(index + 1), physical_location: Physical::new(label.at, sources)?, message })
        });
        let at = Physical::new(diagnostic.at, sources);
        Finding {
            rule_id: diagnostic.lint.name,
            rule_index,
            level: level(diagnostic.level),
            message: Text::new(&advice(diagnostic)),
            locations: at.into_iter().map(|at| Place { id: None, physical_location: at, message: None }).collect(),
            related_locations: related.collect(),
            fixes: diagnostic.fix.iter().filter_map(|fix| change(fix, diagnostic.help.as_deref(), sources)).collect(),
            partial_fingerprints: Value::Null,
            baseline_state: None,
        }
    }
}

/// A fix; there is none where nothing, or what was built in, would change.
fn change(fix: &Fix, help: Option<&str>, sources: &Sources<'_>) -> Option<Value> {
    let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for Edit { at, text } in &fix.edits {
        let region = Region::new(*at, sources.get(at.file)?);
        let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": text } });
        files.entry(at.file).or_default().push(replacement);
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, edits)| json!({ "artifactLocation": Artifact::new(file, sources), "replacements": edits }))
        .collect();
    if changes.is_empty() {
        return None;
    }
    Some(json!({
        "description": Text::new(help.unwrap_or("replace it")),
        "artifactChanges": changes,
        "properties": { "safe": fix.safe },
    }))
}

impl Text {
    /// A message in which what pages say makes no link: `[text](target)` is one, even in plain text.
    fn new(text: &str) -> Self {
        let inert = |char| if matches!(char, '\r' | '\n') { char } else { visible(char) };
        Text { text: text.replace("](", "] (").chars().map(inert).collect() }
    }
}

impl Physical {
    /// There is none for what was built in.
    fn new(at: Location, sources: &Sources<'_>) -> Option<Self> {
        let source = sources.get(at.file)?;
        Some(Physical { artifact_location: Artifact::new(at.file, sources), region: Region::new(at, source) })
    }
}

impl Artifact {
    /// The path as a URI, relative where the path is.
    fn new(file: FileId, sources: &Sources<'_>) -> Self {
        let path = sources.path(file);
        let is_absolute = path.starts_with('/');
        let mut uri = String::from(if is_absolute { "file://" } else { "" });
        for byte in path.bytes() {
            match byte {
                b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte as char),
                _ if byte.is_ascii_alphanumeric() => uri.push(byte as char),
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        Artifact { uri, uri_base_id: (!is_absolute).then_some(START) }
    }
}

impl Region {
    fn new(at: Location, source: &Source) -> Self {
        let (start, end) = (position(source, at.span.start), position(source, at.span.end));
        Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// A place in code units of UTF-16. A byte order mark is not counted.
fn position(source: &Source, offset: u32) -> Position {
    let at = source.utf16_position(offset);
    let marked = at.line == 1 && source.text().starts_with('\u{feff}');
    Position { column: at.column.saturating_sub(u32::from(marked)).max(1), ..at }
}
