//! What holds of any input whatever: each function here takes one, and panics where something does not hold. The
//! property tests, the mutations of pages and the fuzz targets share them, see `docs/reliability.md`.
#![allow(dead_code, unreachable_pub, reason = "each of them uses its part")]

use apipage::diagnostic::{Diagnostic, Level, Safety};
use apipage::fix;
use apipage::model;
use apipage::output::Files;
use apipage::print::{self, Report, Shown, Sources};
use apipage::project::config;
use apipage::render::{Overrides, TEMPLATE_ERROR, render};
use apipage::rules::{self, Levels, RULES, Scope};
use apipage::source::Source;
use apipage::span::{FileId, Location, Span};
use apipage::syntax::{self, Docset, Options, Page, http, json, type_name};
use apipage::targets::{self, Format, OpenApiVersion, Settings, TARGETS};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Nobody waits longer for a page. What takes longer is looked at again, as the machine may have been busy.
const PATIENCE: Duration = Duration::from_secs(1);

/// Rounds in which the fixes of a docset come to an end.
const ROUNDS: usize = 16;

/// Does something in a bounded time.
pub fn in_time<T>(what: &str, mut act: impl FnMut() -> T) -> T {
    for attempt in 1.. {
        let start = Instant::now();
        let done = act();
        let taken = start.elapsed();
        if taken <= PATIENCE {
            return done;
        }
        assert!(attempt < 4, "{what} takes {taken:?}");
    }
    unreachable!("the last attempt ends the loop")
}

/// A page is read, whatever its bytes are, and its spans lie within it.
pub fn page(bytes: &[u8]) -> Docset {
    let page = syntax::parse(FileId(0), Source::from_bytes("api/page.md", bytes.to_vec()));
    check_page(&page);
    Docset { pages: vec![page], files: vec!["api/page.md".to_owned()], options: Options::default() }
}

/// The spans of a page lie within it, on character boundaries.
pub fn check_page(page: &Page) {
    let Page { source, front_matter, title, namespace, summary, sections, links, comments, .. } = page;
    let all: [&dyn Debug; 7] = [front_matter, title, namespace, summary, sections, links, comments];
    all.into_iter().for_each(|part| check_spans(source, part));
}

/// The spans in whatever a part of a page holds lie within the text. They are read from what it prints for
/// programmers, so that no part can be forgotten here.
pub fn check_spans(source: &Source, part: &dyn Debug) {
    let shown = without_strings(&format!("{part:?}"));
    let mut rest = shown.as_str();
    while let Some((_, after)) = rest.split_once("Span { start: ") {
        let (numbers, after) = after.split_once(" }").expect("a span ends");
        let (start, end) = numbers.split_once(", end: ").expect("a span has two ends");
        check_span(source, Span { start: start.parse().expect("a number"), end: end.parse().expect("a number") });
        rest = after;
    }
}

/// A text without what stands between its quotes.
fn without_strings(text: &str) -> String {
    let (mut out, mut quoted, mut escaped) = (String::with_capacity(text.len()), false, false);
    for char in text.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            char if !quoted => out.push(char),
            _ => {}
        }
    }
    out
}

fn check_span(source: &Source, span: Span) {
    let is_sound = span.start <= span.end && source.text().get(span.range()).is_some();
    assert!(is_sound, "{span:?} is no part of a text of {} bytes, or parts a character", source.text().len());
}

/// JSON is read, however broken: its spans lie within it, and what is strict is what a strict reader reads.
pub fn json(text: &str) {
    let source = Source::new("page.md", text);
    let document = json::parse(&source, source.span());
    check_spans(&source, &document);
    let read = document.to_json(&source);
    if document.is_strict() {
        let strict: Result<serde_json::Value, _> = serde_json::from_str(source.text());
        // A reader may refuse numbers that are too large, halves of surrogate pairs and what is too deep.
        if let Ok(strict) = strict {
            assert_eq!(read.expect("a value"), strict, "{text:?}");
        }
    }
}

/// An HTTP message is read, and its spans lie within it.
pub fn http(text: &str) {
    let source = Source::new("page.md", text);
    check_spans(&source, &http::parse(&source, source.span()));
    check_spans(&source, &http::request_lines(&source, source.span()).collect::<Vec<_>>());
}

/// The cell of a type is read, and its spans lie within it.
pub fn type_cell(text: &str) {
    let source = Source::new("page.md", text);
    check_spans(&source, &type_name::parse(&source, source.span(), &[]));
    let table = format!("# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|x|{text}|y|\n");
    docset(&table);
}

/// A configuration is read, and what is said of it stands in it.
pub fn configuration(text: &str) {
    let source = Source::new("apipage.toml", text);
    let (_, problems) = config::read(&source, Path::new("/docs"));
    for problem in &problems {
        check_span(&source, problem.at.span);
        problem.labels.iter().for_each(|label| check_span(&source, label.at.span));
        assert!(!problem.message.is_empty());
    }
}

/// A docset, as one text: lines `//- path.md` part its pages. It is checked, printed, fixed, and everything is
/// generated from it.
pub fn docset(text: &str) {
    let docset = parse(text);
    docset.pages.iter().for_each(check_page);
    let findings = check(&docset);
    print(&docset, &findings);
    fixes(&docset);
    generated(&docset);
}

/// The docset that a text describes.
pub fn parse(text: &str) -> Docset {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    let first = format!("\n{text}");
    let mut parts = first.split("\n//- ");
    files.insert("page.md", parts.next().unwrap_or_default());
    files.extend(parts.map(|part| part.split_once('\n').unwrap_or((part, ""))));
    let config = files.remove("apipage.toml").unwrap_or_default();
    let options = config::read(&Source::new("apipage.toml", config), Path::new("/docs")).0.docset;
    let page = |(index, (path, text)): (usize, (&&str, &&str))| {
        syntax::parse_dialect(FileId(index as u32), Source::new(*path, *text), &options.dialect)
    };
    let pages = files.iter().enumerate().map(page).collect();
    Docset { pages, files: files.keys().map(|path| (*path).to_owned()).collect(), options }
}

/// What all rules find, also those that are off unless asked for.
pub fn check(docset: &Docset) -> Vec<Diagnostic> {
    let levels: Levels = RULES.iter().map(|rule| (rule.lint.name, rule.lint.level.max(Level::Hint))).collect();
    let model = model::link(docset);
    let findings = rules::check(&model, &levels, Scope::Check);
    for finding in &findings {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        let places = finding.labels.iter().map(|label| label.at).chain(edits.map(|edit| edit.at));
        places.chain([finding.at]).for_each(|at| check_place(docset, finding, at));
        assert!(!finding.message.is_empty(), "{} says nothing", finding.lint.name);
    }
    model::json::to_json(&model);
    findings
}

fn check_place(docset: &Docset, finding: &Diagnostic, at: Location) {
    let page = docset.pages.get(at.file.index());
    let is_sound = page.is_some_and(|page| page.source.text().get(at.span.range()).is_some());
    assert!(is_sound, "{} points at {at:?}, which is no place", finding.lint.name);
}

/// Prints findings in a format.
type Print = fn(Report<'_>, &mut Vec<u8>) -> std::io::Result<()>;

/// Findings are printed in every format: as text that moves no cursor, as JSON that can be read again.
pub fn print(docset: &Docset, findings: &[Diagnostic]) {
    let sources = Sources::new(&docset.pages, Shown::default());
    let report = Report { diagnostics: findings, sources: &sources, pages: docset.pages.len(), known: None };
    let formats: [Print; 5] = [
        |report, out| print::human::print(report, 100, out),
        |report, out| print::json::print(report, out),
        |report, out| print::github::print(report, out),
        |report, out| print::sarif::print(report, out),
        |report, out| print::junit::print(report, out),
    ];
    for format in formats {
        let mut out = Vec::new();
        format(report, &mut out).expect("memory takes it");
        let text = String::from_utf8(out).expect("what is printed is UTF-8");
        inert(&text);
        if text.starts_with(['[', '{']) {
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
        }
    }
}

/// A text has no character that a terminal takes for a command or for another order of text, but for the colours of
/// apipage.
pub fn inert(text: &str) {
    if let Some(found) = find_command(text) {
        panic!("a terminal obeys {found}");
    }
}

/// The first such character, and what stands around it.
pub fn find_command(text: &str) -> Option<String> {
    let mut rest = text;
    let is_command = |char: char| match char {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        char => char.is_control(),
    };
    while let Some(at) = rest.find(is_command) {
        let colour = rest[at..].strip_prefix("\u{1b}[").and_then(|after| after.split_once('m'));
        match colour {
            Some((code, after)) if code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => rest = after,
            _ => {
                let before: String = rest[..at].chars().rev().take(60).collect();
                let before: String = before.chars().rev().collect();
                return Some(format!("{:?} after {before:?}", rest[at..].chars().take(8).collect::<String>()));
            }
        }
    }
    None
}

/// Safe fixes come to an end, after which there is nothing more to fix.
pub fn fixes(docset: &Docset) {
    let mut texts: Vec<Option<String>> =
        docset.pages.iter().map(|page| page.source.original().map(str::to_owned)).collect();
    for _ in 0..ROUNDS {
        let current = with_texts(docset, &texts);
        let findings = check(&current);
        let mut has_changed = false;
        for (file, offered) in fix::offered(&findings, Safety::Safe) {
            let Some(text) = &mut texts[file.index()] else { continue };
            let fixed = fix::apply(text, offered.into_iter().map(|(_, fix)| fix));
            assert_eq!(fixed.applied == 0, fixed.text == *text, "fixes that are applied change the text");
            has_changed |= fixed.applied > 0;
            *text = fixed.text;
        }
        if !has_changed {
            return;
        }
    }
    panic!("there is no end to the safe fixes of {:?}", texts);
}

/// The docset with other texts; pages without one stay.
fn with_texts(docset: &Docset, texts: &[Option<String>]) -> Docset {
    let page = |(page, text): (&Page, &Option<String>)| {
        let mut source = Source::new(page.source.path.clone(), text.as_deref().unwrap_or(page.source.text()));
        source.fault.clone_from(&page.source.fault);
        syntax::parse_dialect(page.id, source, &docset.options.dialect)
    };
    let pages = docset.pages.iter().zip(texts).map(page).collect();
    Docset { pages, files: docset.files.clone(), options: docset.options.clone() }
}

/// Everything is generated from a docset: the same each time, Rust that parses, TOML that parses, and an OpenAPI
/// document that says the same in YAML as in JSON.
pub fn generated(docset: &Docset) {
    let files = made(docset, Format::Yaml, OpenApiVersion::V30);
    assert!(files == made(docset, Format::Yaml, OpenApiVersion::V30), "a second run makes other files");
    for (path, text) in &files.0 {
        once(text, || check_syntax(path, text));
    }
    let yaml = &files.0["openapi.yaml"];
    let document: openapiv3::OpenAPI =
        serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("no OpenAPI document: {error}\n{yaml}"));
    assert!(document.openapi.starts_with("3.0"), "{}", document.openapi);
    for version in [OpenApiVersion::V30, OpenApiVersion::V31] {
        let yaml = &made(docset, Format::Yaml, version).0["openapi.yaml"];
        let json = &made(docset, Format::Json, version).0["openapi.json"];
        let yaml: serde_json::Value = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        let mut json: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}\n{json}"));
        // In YAML it is a comment.
        json.as_object_mut().map(|document| document.shift_remove("x-generated-by"));
        assert!(yaml == json, "the document says something else in YAML than in JSON");
    }
}

/// A generated file is what its name says.
fn check_syntax(path: &str, text: &str) {
    if path.ends_with(".rs") {
        syn::parse_file(text).unwrap_or_else(|error| panic!("`{path}` is no Rust: {error}\n{text}"));
    } else if path.ends_with(".toml") {
        toml::from_str::<toml::Table>(text).unwrap_or_else(|error| panic!("`{path}` is no TOML: {error}\n{text}"));
    }
}

/// Checks a text unless it once passed. Most files of a crate are the same for every docset, and are read once.
fn once(text: &str, check: impl FnOnce()) {
    static PASSED: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());
    let passed = || PASSED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let hash = hasher.finish();
    if !passed().contains(&hash) {
        check();
        passed().insert(hash);
    }
}

/// The files of all targets, or of the OpenAPI document alone where others would be the same as before.
fn made(docset: &Docset, format: Format, version: OpenApiVersion) -> Files {
    let model = model::link(docset);
    let targets: Vec<_> = TARGETS.to_vec();
    let mut settings = Settings {
        docset: "docs".to_owned(),
        crate_name: "api".to_owned(),
        targets: targets.iter().map(|target| target.name).collect(),
        ..Settings::default()
    };
    settings.openapi.format = format;
    settings.openapi.openapi_version = version;
    let first = format == Format::Yaml && version == OpenApiVersion::V30;
    let chosen = if first { &targets[..] } else { &targets[..1] };
    let (files, problems) = render(targets::artifacts(&model, chosen, &settings).all, &Overrides::default(), docset);
    let fault = problems.iter().find(|problem| problem.lint == &TEMPLATE_ERROR);
    assert!(fault.is_none(), "{fault:?}");
    files
}
