//! Configurations of API Doctor (`api-doctor/*.txt`, `//- path` begins a file, `<BOM>` is a byte order mark) and what
//! `apipage init --from-api-doctor` makes of them. Whatever it writes, `apipage` reads without a finding.

use anstream::StripStream;
use apipage::cli::{self, Outcome, Terminal};
use apipage::project::{Project, Request};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Carries the configuration in the `docs` of a case over, and shows what was said and written.
fn check(case: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    for file in format!("\n{case}").split("\n//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.replace("<BOM>", "\u{feff}")).unwrap();
    }
    let (mut out, mut err) = (StripStream::new(Vec::new()), StripStream::new(Vec::new()));
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    let directory = dir.path().to_str().unwrap();
    let outcome = cli::run(["apipage", "-C", directory, "init", "--from-api-doctor", "docs"], &mut terminal);
    let mut shown = String::new();
    for (stream, text) in [("", out.into_inner()), ("stderr:\n", err.into_inner())] {
        if !text.is_empty() {
            write!(shown, "{stream}{}", String::from_utf8(text).unwrap()).unwrap();
        }
    }
    writeln!(shown, "exit status {}", outcome as u8).unwrap();
    for name in ["docs/apipage.toml", "apipage.toml"] {
        if let Ok(written) = fs::read_to_string(dir.path().join(name)) {
            assert_reads(dir.path());
            writeln!(shown, "\n//- {name}\n{written}").unwrap();
        }
    }
    assert!(!shown.contains(|char: char| char.is_control() && char != '\n'), "{shown:?}");
    shown
}

/// Makes sure that the configuration is read without a finding.
fn assert_reads(directory: &Path) {
    let request = Request { directory: directory.to_owned(), input: Some("docs".into()), ..Request::default() };
    if let Ok(project) = Project::open(&request) {
        let problems: Vec<&str> = project.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn what_api_doctor_is_told_apipage_is_told_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api-doctor");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for path in cases {
            let case = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            insta::assert_snapshot!(format!("api-doctor-{name}"), check(&case));
        }
    });
}

#[cfg(unix)]
#[test]
fn links_out_of_the_docset_are_not_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("docs")).unwrap();
    fs::write(dir.path().join("schema.json"), "{ \"schemaConfig\": {} }").unwrap();
    std::os::unix::fs::symlink("../schema.json", dir.path().join("docs/schema.json")).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    let directory = dir.path().to_str().unwrap();
    let outcome = cli::run(["apipage", "-C", directory, "init", "--from-api-doctor", "docs"], &mut terminal);
    assert_eq!(outcome, Outcome::Failed);
    assert!(!dir.path().join("docs/apipage.toml").exists());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_lists_makes_a_configuration(texts in prop::collection::vec(text(), 0..6), page in text()) {
        let list = serde_json::Value::from(texts.clone());
        let first = texts.first().cloned().unwrap_or_default();
        let settings = serde_json::json!({
            "schemaConfig": {
                "defaultNamespace": first, "baseUrls": list, "foldersToSkip": list, "filesToSkip": list,
                "requiredYamlHeaders": list, "treatErrorsAsWarningsWorkloads": list,
            },
            "pathsToIgnore": list,
            "apiPageType": [{ "title": first, "condition": "OR", "arguments": texts.iter().map(|text| serde_json::json!({ "title": text })).collect::<Vec<_>>() }],
            "tableDefinitions": { "tables": [{ "type": "AuthScopes", "titles": list }] },
        });
        let annotation = serde_json::json!({ "type": "#page.annotation", "suppressions": ["x was not expected"] });
        let name: String = page.chars().filter(|char| !char.is_control() && !matches!(char, '/' | '\\')).collect();
        check(&format!("//- docs/a.json\n{settings}\n//- docs/api/{name}.md\n<!-- {annotation} -->\n\n# Get\n"));
    }
}

/// Texts of the signs that mean something in patterns, paths, TOML and headings.
fn text() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "*",
        "**",
        "?",
        "[",
        "]",
        "{",
        "}",
        "!",
        "#",
        "\\",
        "/",
        "//",
        ".",
        "..",
        "\"",
        "'",
        "\n",
        "\r",
        "\u{7f}",
        "\u{202e}",
        " ",
        "://",
        "a",
        "api",
        "Permissions",
        "Request body",
        "`",
        "_",
        "{x}",
        "=",
        ",",
        ":",
        "é",
        "$",
        "~",
        "-",
        "^",
    ]);
    prop::collection::vec(signs, 0..5).prop_map(|signs| signs.concat())
}
