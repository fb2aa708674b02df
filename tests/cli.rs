//! Transcripts of commands, run in process. A snapshot shows the files, each command, all that it said, and its
//! exit status. `INSTA_UPDATE=always cargo test --test cli` takes new ones.

mod support;

use apipage::cli::{self, Terminal};
use std::fs;
use support::transcript::{check, run, write};

/// A page with one thing to complain about.
const TODO: &str = "\
//- docs/api/thing-get.md
---
title: Get thing
---

# Get thing

**TODO: describe the thing**
";

#[test]
fn findings_are_printed_for_people_and_programs() {
    check("check", TODO, &["apipage check docs", "apipage check docs --format json", "apipage check"]);
}

#[test]
fn timings_name_the_stages() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "docs/thing.md", "# thing resource type\n");
    let stages = |command: &str| {
        let (arguments, mut err) = (["apipage", "-C", dir.path().to_str().unwrap()], Vec::new());
        let mut terminal = Terminal { out: &mut Vec::new(), err: &mut err, width: 100, has_progress: false };
        cli::run(arguments.into_iter().chain(command.split(' ')), &mut terminal);
        let text = String::from_utf8(err).unwrap();
        let names = text.lines().filter(|line| line.ends_with(" ms")).filter_map(|line| line.split("  ").next());
        names.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(stages("check docs --timings"), "read and parse, link, rules, print, total");
    assert_eq!(
        stages("generate --input docs --timings"),
        "read and parse, link, rules, print, artifacts, render, write, total"
    );
    assert_eq!(stages("check docs"), "");
}

#[test]
fn somebody_who_watches_is_told_of_explain() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "docs/thing.md", "# thing\n\nTODO: write\n");
    let said = |command: &str, has_progress: bool| {
        let (arguments, mut err) = (["apipage", "-C", dir.path().to_str().unwrap()], Vec::new());
        let mut terminal = Terminal { out: &mut Vec::new(), err: &mut err, width: 100, has_progress };
        cli::run(arguments.into_iter().chain(command.split(' ')), &mut terminal);
        String::from_utf8(err).unwrap()
    };
    let hint = "`apipage explain todo-placeholder` says why, and what to write instead\n";
    assert_eq!(said("check docs", true), hint);
    assert_eq!(said("check docs", false), "");
    assert_eq!(said("check docs --format json", true), "");
    assert_eq!(said("check docs --ignore todo-placeholder", true), "");
}

#[test]
fn findings_are_written_to_a_file() {
    check(
        "check-output",
        TODO,
        &[
            "apipage check docs --format github",
            "apipage check docs --format junit --output out/report.xml",
            "apipage check docs --format sarif --output docs",
            "ls",
        ],
    );
}

#[test]
fn rules_are_chosen_on_the_command_line() {
    check(
        "check-choice",
        &format!("{TODO}//- docs/apipage.toml\n[rules]\ntodo-placeholder = \"off\"\n"),
        &[
            "apipage check docs",
            "apipage check docs --select todo-placeholder --statistics",
            "apipage check docs --select todo_placeholder --allow-warnings --statistics",
            "apipage check docs --level todo-placeholder=error --allow-warnings --format github",
            "apipage check docs --level todo-placeholder=error --ignore todo-placeholder",
            "apipage check docs --select todo-placeholdr",
            "apipage check docs --level todo-placeholder=eror",
            "apipage check docs --level todo-placeholder",
            "apipage check docs --statistics --format json",
        ],
    );
}

/// Two pages with things to fix; the first has Windows line ends.
const FIXABLE: &str = "\
//- docs/api/thing-get.md
\u{feff}# Get thing\r
\r
## Http Request\r
``` http\r
GET /thing\r
```\r
//- docs/api/thing-list.md
# List things

## Permissions
|Permission type|Permissions (from most to least privileged)|
|:---|:---|
|Application|Thing.ReadWrite.All, Thing.Read.All|
|Delegated (personal Microsoft account)|None\u{a0}|
";

/// The rules that the fixable pages are checked by.
const CHOICE: &str = "--select heading-case --select permission-order --select permission-not-supported-spelling --select invisible-character";

#[test]
fn safe_fixes_are_applied_when_asked_for() {
    let chosen = |command: &str| format!("apipage check docs {CHOICE} {command}").trim_end().to_owned();
    check(
        "check-fix",
        FIXABLE,
        &[
            &chosen("--statistics"),
            &chosen("--diff"),
            &chosen("--fix"),
            "cat docs/api/thing-get.md",
            "cat docs/api/thing-list.md",
            &chosen("--diff"),
            &chosen("--fix --statistics"),
            &chosen("--diff --unsafe-fixes"),
            &chosen("--fix --unsafe-fixes --format json"),
            "cat docs/api/thing-list.md",
        ],
    );
}

#[test]
fn fixes_are_those_of_what_is_checked() {
    let silenced = "//- docs/silenced.md\n# a\n\n<!-- apipage-ignore heading-case: as it is -->\n## Http Request\n";
    check(
        "check-fix-choice",
        &format!("{FIXABLE}{silenced}"),
        &[
            &format!("apipage check docs/api/thing-list.md {CHOICE} --diff"),
            &format!("apipage check docs/api/thing-list.md {CHOICE} --fix --format github"),
            "apipage check docs --select heading-case --ignore heading-case --diff",
            "apipage check docs --select heading-case --diff",
            "apipage check docs --unsafe-fixes",
            "apipage check docs --fix --diff",
            "apipage check docs --diff --format json",
            "> docs/apipage.toml [rules]\nheading-case = 3",
            "apipage check docs --fix",
        ],
    );
}

#[cfg(unix)]
#[test]
fn pages_that_cannot_be_fixed_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let page = "# a\n\n## Http Request\n";
    write(dir.path(), "docs/api/locked.md", page);
    let utf16 = [0xFEFF].into_iter().chain(page.encode_utf16()).flat_map(u16::to_le_bytes);
    fs::write(dir.path().join("docs/utf16.md"), utf16.collect::<Vec<u8>>()).unwrap();
    let locked = std::os::unix::fs::PermissionsExt::from_mode(0o444);
    fs::set_permissions(dir.path().join("docs/api/locked.md"), locked).unwrap();
    let mut transcript = String::new();
    for command in ["--diff", "--fix --statistics"] {
        run(dir.path(), &format!("apipage check docs --select heading-case {command}"), &mut transcript);
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("check-fix-left-alone", transcript);
    });
}

#[test]
fn one_page_is_checked_with_its_neighbours() {
    let files = format!("{TODO}//- docs/resources/thing.md\n# thing resource type\n\n**TODO: describe**\n");
    check("check-one-page", &files, &["apipage check docs/api/thing-get.md"]);
}

#[test]
fn the_configuration_is_checked_too() {
    let config =
        "//- docs/apipage.toml\n[rules]\ntodo-placeholder = \"off\"\nbroken-lnk = \"off\"\n[docset]\nnamespace = 3\n";
    check("check-configuration", &format!("{TODO}{config}"), &["apipage check docs", "apipage generate --input docs"]);
}

#[test]
fn what_cannot_run_says_why() {
    check(
        "could-not-run",
        "//- empty/notes.txt\n",
        &["apipage check empty", "apipage check nowhere", "apipage chekc", "apipage generate --input empty"],
    );
}

#[test]
fn a_new_docset_is_clean() {
    check("init", "", &["apipage init", "apipage check", "apipage init", "ls", "apipage init elsewhere"]);
}

#[test]
fn output_is_kept_up_to_date() {
    check(
        "generate",
        "//- docs-input/things.md\n# Things\n\n//- generated/mine.txt\n",
        &[
            "apipage generate --target openapi --dry-run",
            "apipage generate --target openapi --check",
            "apipage generate --target openapi",
            "apipage generate --target openapi --check",
            "> generated/openapi.yaml # Generated by apipage\nx",
            "> generated/old/file.rs // Generated by apipage from docs-input/old.md",
            "apipage generate --target openapi --check",
            "apipage generate --target openapi",
            "ls",
            "> generated/openapi.yaml mine",
            "apipage generate --target openapi",
        ],
    );
}

#[test]
fn flags_change_the_openapi_document() {
    check(
        "openapi-flags",
        "//- docs-input/things.md\n# Things\n\n//- docs-input/apipage.toml\n[openapi]\nformat = \"json\"\nsplit = true\n",
        &[
            "apipage generate --target openapi --dry-run",
            "apipage generate --target openapi --openapi-version 3.1",
            "apipage generate --target openapi --check",
            "apipage generate --target openapi --format yaml --split=false --discriminators --only-reachable --check",
            "apipage generate --target openapi --format yaml",
            "ls",
            "> docs-input/type.md # type resource type\n\n## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n|id|String|An id.|",
            "apipage generate --target openapi",
            "apipage generate --target openapi --only-reachable",
            "apipage generate --target openapi --format xml",
            "> docs-input/apipage.toml [openapi]\nformat = \"xml\"\nopenapi-version = 3.1",
            "apipage generate --target openapi",
        ],
    );
}

#[test]
fn targets_have_names() {
    check("unknown-target", "//- docs-input/things.md\n# Things\n", &["apipage generate --target openap"]);
}

#[test]
fn rules_are_explained() {
    check("explain", "", &["apipage explain invalid-configuration", "apipage explain todo-placeholdr"]);
}

#[test]
fn every_command_has_help() {
    check("help", "", &["apipage --help", "apipage check --help", "apipage generate --help", "apipage init --help"]);
}

#[test]
fn a_reader_who_stops_reading_is_no_failure() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for command in ["rules", "man", "completions bash", "explain invalid-configuration", "--help"] {
        let arguments = std::iter::once("apipage").chain(command.split(' '));
        let outcome = cli::run(
            arguments,
            &mut Terminal { out: &mut Closed, err: &mut Vec::new(), width: 80, has_progress: false },
        );
        assert_eq!(outcome, cli::Outcome::Clean, "{command}");
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let mut out = Vec::new();
    let mut err = Vec::new();
    let mut terminal = apipage::cli::Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    apipage::cli::run(["apipage", "rules", "--format", "markdown"].map(std::ffi::OsString::from), &mut terminal);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md")).expect("docs/rules.md");
    let made = String::from_utf8(out).expect("text").replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    assert!(page == made, "docs/rules.md is stale: run `cargo run -- rules --format markdown > docs/rules.md`");
}
