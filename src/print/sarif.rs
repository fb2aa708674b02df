//! Findings in SARIF 2.1.0, which code scanners and editors read. Columns count UTF-16 code units.

use super::{Report, Sources, advice, visible};
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Lint};
use crate::source::Source;
use crate::span::{FileId, Location};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

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
        .map(|diagnostic| Finding::new(diagnostic, rules[diagnostic.lint.name].1, report.sources))
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
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
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
struct Artifact {
    uri: String,
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
            fixes: diagnostic.fix.iter().map(|fix| change(fix, diagnostic.help.as_deref(), sources)).collect(),
        }
    }
}

fn change(fix: &Fix, help: Option<&str>, sources: &Sources<'_>) -> Value {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.at.file).or_default().push(edit);
    }
    let replacement = |edit: &Edit| {
        let region = sources.get(edit.at.file).map(|source| Region::new(edit.at, source));
        json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } })
    };
    let changes = files.into_iter().map(|(file, edits)| {
        json!({
            "artifactLocation": Artifact::new(file, sources),
            "replacements": edits.into_iter().map(replacement).collect::<Vec<_>>(),
        })
    });
    json!({
        "description": Text::new(help.unwrap_or("replace it")),
        "artifactChanges": changes.collect::<Vec<_>>(),
        "properties": { "safe": fix.safe },
    })
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
        let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
        for byte in path.bytes() {
            match byte {
                b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte as char),
                _ if byte.is_ascii_alphanumeric() => uri.push(byte as char),
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        Artifact { uri }
    }
}

impl Region {
    fn new(at: Location, source: &Source) -> Self {
        let (start, end) = (source.utf16_position(at.span.start), source.utf16_position(at.span.end));
        Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}
