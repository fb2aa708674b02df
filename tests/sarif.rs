//! SARIF against its schema, as a package ships it: whatever is found, and whatever pages are called, the output is
//! valid, and what code scanners show as text makes no link.

mod support;

use apipage::cli::{self, Terminal};
use apipage::diagnostic::{Diagnostic, Level, Lint};
use apipage::model;
use apipage::print::{Report, Shown, Sources, sarif};
use apipage::rules::{self, Levels, Scope};
use apipage::span::{FileId, Location, Span};
use jsonschema::Validator;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// SARIF 2.1.0 as `serde-sarif` has it, formats (`uri`, `uri-reference`) included.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let text = fs::read_to_string(package("serde-sarif").join("src/schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    // A stray bracket that only some dialects of regular expressions take; no run of ours has a language.
    for key in ["run", "toolComponent"] {
        let language = schema["definitions"][key]["properties"]["language"].as_object_mut();
        language.expect("a language").remove("pattern");
    }
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
});

/// The folder of a package that tests depend on.
fn package(name: &str) -> PathBuf {
    // Packages for other systems may not be there.
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let options = ["--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&[&["metadata"][..], &options].concat())).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let found = packages.iter().find(|package| package["name"] == name).expect("the package is a dependency");
    let manifest = found["manifest_path"].as_str().expect("a manifest");
    Path::new(manifest).parent().expect("a folder").to_owned()
}

fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    let output = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The results of a log that must be valid.
fn results(log: &[u8]) -> Vec<Value> {
    let log: Value = serde_json::from_slice(log).expect("SARIF is JSON");
    let faults: Vec<String> =
        SCHEMA.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}\n{log:#}", faults.join("\n"));
    log["runs"][0]["results"].as_array().expect("results").clone()
}

/// The results for pages, of all rules.
fn check(pages: &str) -> Vec<Value> {
    let docset = support::docset(pages);
    let model = model::link(&docset);
    let found = rules::check(&model, &Levels::default(), Scope::Check);
    let sources = Sources::new(&docset.pages, Shown::default());
    let mut out = Vec::new();
    sarif::print(
        Report { diagnostics: &found, sources: &sources, pages: docset.pages.len(), known: Some(1) },
        &mut out,
    )
    .expect("memory takes all");
    results(&out)
}

/// The results for files, as the program prints them.
fn run(files: &[(&str, &str)], arguments: &[&str]) -> Vec<Value> {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 80, has_progress: false };
    let command = ["apipage", "-C", dir.path().to_str().unwrap(), "check", "--format", "sarif"];
    cli::run(command.iter().chain(arguments), &mut terminal);
    assert!(err.is_empty(), "{}", String::from_utf8_lossy(&err));
    results(&out)
}

fn uris(results: &[Value]) -> Vec<String> {
    let uri = |result: &Value| result.pointer("/locations/0/physicalLocation/artifactLocation/uri").cloned();
    results.iter().filter_map(uri).filter_map(|uri| uri.as_str().map(str::to_owned)).collect()
}

#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let wrong = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!SCHEMA.is_valid(&wrong));
    let tool = serde_json::json!({ "driver": { "name": "apipage", "informationUri": "no URI" } });
    assert!(!SCHEMA.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": tool, "results": [] }] })));
}

#[test]
fn the_findings_of_every_rule_are_valid() {
    let (mut with_fix, mut with_label, mut levels) = (0, 0, std::collections::BTreeSet::new());
    for rule in rules::RULES {
        let example = rule.lint.doc.split("````").nth(1).expect("an example").trim_start_matches("md\n");
        let example: String =
            example.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect();
        for result in check(&example) {
            with_fix += usize::from(result.get("fixes").is_some());
            with_label += usize::from(result.get("relatedLocations").is_some());
            levels.insert(result["level"].as_str().expect("a level").to_owned());
        }
    }
    assert!(with_fix > 0 && with_label > 0, "{with_fix} with a fix, {with_label} with a label");
    assert_eq!(levels.into_iter().collect::<Vec<_>>(), ["error", "note", "warning"]);
}

#[test]
fn no_findings_are_valid() {
    assert!(run(&[("docs/thing.md", "# Thing\n")], &["docs"]).is_empty());
}

#[test]
fn findings_and_fixes_in_no_file_are_valid() {
    static LINT: Lint = Lint { name: "some-rule", level: Level::Error, doc: "Something.", fix: None };
    let mut found = Diagnostic::new(&LINT, Location::new(FileId(9), Span::default()), "built in");
    found.label(found.at, "here too").fix(Span::default(), "text");
    let mut out = Vec::new();
    let report = Report { diagnostics: &[found], sources: &Sources::default(), pages: 0, known: None };
    sarif::print(report, &mut out).expect("memory takes all");
    let results = results(&out);
    assert_eq!(results[0]["locations"], serde_json::json!([]));
    assert!(results[0].get("fixes").is_none());
}

#[test]
fn hostile_pages_and_settings_are_valid() {
    let hostile = include_str!("hostile/docset.txt");
    let mut files: Vec<(String, &str)> = format!("\n{hostile}")
        .leak()
        .split("\n//- ")
        .filter_map(|page| page.split_once('\n'))
        .map(|(path, text)| (format!("docs/{path}"), text))
        .collect();
    files.push(("docs/a b%20[c]#d?é😀.md".into(), "# 😀 [a](http://b.example)\n\nTODO: 😀 `]( ` [x](nowhere.md)\n"));
    files.push(("docs/nul.md".into(), "# a\u{0}\u{1b}[31m\u{202e}\n\nTODO: \u{0}\u{1b}]8;;http://x\u{7}\n"));
    files.push(("docs/bom.md".into(), "\u{feff}TODO: title\r\rTODO: more\r\n"));
    files.push(("docs/api/apipage.toml".into(), "[docset]\n\"na\u{301} ]( \\u0007\" = 1\n[rules]\n\"](x)\" = 1\n"));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let found = run(&files, &["docs"]);
    let uris = uris(&found);
    let odd = "docs/a%20b%2520%5Bc%5D%23d%3F%C3%A9%F0%9F%98%80.md";
    assert!(uris.iter().any(|uri| uri == odd), "{uris:?}");
    let bom = found
        .iter()
        .find(|result| result["ruleId"] == "todo-placeholder" && result.to_string().contains("docs/bom.md"));
    let region = &bom.expect("a finding")["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(1), Some(1)), "{region}");
    for result in &found {
        let message = result["message"]["text"].as_str().expect("a message");
        assert!(!message.contains("](") && !message.contains('\u{1b}'), "{message:?}");
    }
    assert!(!run(&files, &["docs/api"]).is_empty());
}

#[test]
fn what_a_page_silences_is_not_in_the_log() {
    let page = "# Thing\n\n<!-- apipage-ignore todo-placeholder: later -->\nTODO: write\n";
    let rules = |page: &str| {
        run(&[("docs/thing.md", page)], &["docs"]).iter().map(|result| result["ruleId"].to_string()).collect::<Vec<_>>()
    };
    assert!(rules(page).is_empty());
    assert_eq!(rules(&page.replace("-ignore", "-ignored")), ["\"todo-placeholder\""]);
}
