//! Cases of small docsets with the findings that are expected in them, from a folder that is no part of this
//! package: the one in `APIPAGE_CONFORMANCE`. Where there is none, the test says that it was skipped.
//!
//! A case is a folder with `docs/` and `expected.json`: `{"findings": [{"concept": RULE, "file": "docs/…", "line": N}]}`.
//! It passes if each of these is found, by that rule, in that file, on that line (one up or down, or a label there, is
//! as good), and nothing else is found that is an error or a warning.

use apipage::cli::{self, Outcome, Terminal};
use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The cases where `APIPAGE_CONFORMANCE` names none, from the folder of the manifest.
const DEFAULT_CASES: &str = "../shared/conformance";

/// What a case asks for and what is reported, each an array of findings; what is missing or too much, one a line.
fn judge(expected: &[Value], reported: &[Value]) -> Vec<String> {
    let mut left: Vec<&Value> = reported.iter().filter(|found| counts(found)).collect();
    let mut wrong = Vec::new();
    for expected in expected {
        match left.iter().position(|found| answers(found, expected)) {
            Some(index) => drop(left.remove(index)),
            None => wrong.push(format!("missed {} at {}", text(expected, "concept"), place(expected))),
        }
    }
    let too_much = |found: &&Value| {
        format!(
            "also said {} {} at {}: {}",
            text(found, "level"),
            text(found, "rule"),
            place(found),
            text(found, "message")
        )
    };
    wrong.extend(left.iter().map(too_much));
    wrong
}

/// Whether a finding is more than a hint.
fn counts(found: &Value) -> bool {
    matches!(text(found, "level"), "error" | "warning")
}

fn answers(found: &Value, expected: &Value) -> bool {
    let related = found["related"].as_array().into_iter().flatten();
    text(found, "rule") == text(expected, "concept")
        && std::iter::once(found).chain(related).any(|place| is_near(place, expected))
}

/// Whether a place is in the expected file, on the expected line or a neighbour.
fn is_near(place: &Value, expected: &Value) -> bool {
    let file = text(expected, "file").trim_start_matches("docs/");
    let lines = place["line"].as_i64().zip(expected["line"].as_i64());
    Path::new(text(place, "file")).ends_with(file) && lines.is_some_and(|(line, expected)| line.abs_diff(expected) <= 1)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn place(finding: &Value) -> String {
    format!("{}:{}", text(finding, "file"), finding["line"])
}

/// The findings that `apipage check` reports in the `docs/` of a case.
fn report(case: &Path) -> Vec<Value> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    let arguments = ["apipage", "-C", case.to_str().expect("a path in UTF-8"), "check", "--format", "json", "docs"];
    let outcome = cli::run(arguments, &mut terminal);
    assert_ne!(outcome, Outcome::Failed, "{}: {}", case.display(), String::from_utf8_lossy(&err));
    serde_json::from_slice(&out).expect("an array of findings")
}

/// The folders of the cases, by name; `None` where there are none to be had.
fn cases() -> Option<Vec<PathBuf>> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join(DEFAULT_CASES);
    let folder = std::env::var_os("APIPAGE_CONFORMANCE").map_or_else(default, PathBuf::from);
    let Ok(entries) = fs::read_dir(&folder) else {
        let path = folder.display();
        let line = format!("skipped: no cases in `{path}`; name their folder in APIPAGE_CONFORMANCE\n");
        // Past what a test that passes may say: nobody should think that cases were run.
        std::io::stderr().write_all(line.as_bytes()).expect("stderr takes it");
        return None;
    };
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|case| case.join("expected.json").is_file());
    cases.sort();
    assert!(!cases.is_empty(), "`{}` holds no case", folder.display());
    Some(cases)
}

#[test]
fn cases_are_read_right() {
    let mut wrong = Vec::new();
    for case in cases().unwrap_or_default() {
        let expected = fs::read_to_string(case.join("expected.json")).expect("what is expected");
        let expected: Value = serde_json::from_str(&expected).expect("expected.json is JSON");
        let findings = expected["findings"].as_array().expect("a list of findings");
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        wrong.extend(judge(findings, &report(&case)).into_iter().map(|line| format!("{name}: {line}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cases_are_judged_by_rule_file_and_line() {
    let check = |expected: &str, reported: &str, wrong: &str| {
        let list = |lines: &str, key: &str| -> Vec<Value> { lines.lines().map(|line| finding(line, key)).collect() };
        assert_eq!(
            judge(&list(expected, "concept"), &list(reported, "rule")).join("\n"),
            wrong,
            "{expected}, {reported}"
        );
    };
    check("", "", "");
    check("error bad docs/a.md 5", "error bad docs/a.md 5", "");
    check("error bad docs/a.md 5", "warning bad docs/a.md 6", "");
    check("error bad docs/a.md 5", "error bad docs/b.md 1 docs/a.md 4", "");
    check("", "hint bad docs/a.md 5", "");
    check("", "warning bad docs/a.md 5", "also said warning bad at docs/a.md:5: ");
    for other in ["hint bad docs/a.md 5", ""] {
        check("error bad docs/a.md 5", other, "missed bad at docs/a.md:5");
    }
    for other in ["error bad docs/a.md 7", "error bad docs/aa.md 5", "error worse docs/a.md 5"] {
        let wrong = judge(&[finding("error bad docs/a.md 5", "concept")], &[finding(other, "rule")]);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }
    let twice = "error bad docs/a.md 5\nerror bad docs/a.md 5";
    check(twice, "error bad docs/a.md 5", "missed bad at docs/a.md:5");
}

/// A finding from `LEVEL RULE FILE LINE`, and the file and line of a label.
fn finding(line: &str, key: &str) -> Value {
    let words: Vec<&str> = line.split(' ').collect();
    let place =
        |at: usize| serde_json::json!({ "file": words[at], "line": words[at + 1].parse::<u32>().expect("a line") });
    let mut finding = place(2);
    finding["level"] = words[0].into();
    finding[key] = words[1].into();
    finding["related"] = if words.len() > 4 { vec![place(4)].into() } else { Value::Null };
    finding
}
