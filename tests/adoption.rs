//! Checking a docset that is not clean yet: baselines, changed pages, levels for some pages. Transcripts as in
//! `tests/cli.rs`; `INSTA_UPDATE=always cargo test --test adoption` takes new ones.

mod support;

use std::path::Path;
use std::process::Command;
use support::transcript::{check, git, write};

/// Two pages with two things to complain about each.
const PAGES: &str = "\
//- docs/apipage.toml
[check]
baseline = \"known.toml\"
//- docs/api/one.md
# One

**TODO: describe one**

See [two](tow.md).
//- docs/api/two.md
# Two

**TODO: describe it**

**TODO: describe it**
";

#[test]
fn a_baseline_leaves_new_findings() {
    check(
        "baseline",
        PAGES,
        &[
            "apipage check docs",
            "apipage check docs --statistics --no-baseline",
            "apipage check docs --write-baseline",
            "cat docs/known.toml",
            "apipage check docs",
            // Lines move, and one finding is new.
            "> docs/api/two.md # Two\n\nText.\n\n**TODO:   describe it**\n\n**TODO: describe it**\n\n**TODO: describe it**\n",
            "apipage check docs",
            "apipage check docs --statistics",
            "apipage check docs --deny-warnings --format github",
            // One is fixed.
            "> docs/api/one.md # One\n\nSee [two](tow.md).\n",
            "apipage check docs/api/one.md",
            "apipage check docs/api/one.md --ignore todo-placeholder",
            "apipage check docs/api/one.md --write-baseline",
            "cat docs/known.toml",
            "rm docs/api/two.md",
            "> docs/api/three.md # Three\n",
            "apipage check docs",
            "apipage check docs --write-baseline",
            "cat docs/known.toml",
        ],
    );
}

#[test]
fn a_baseline_may_be_named_on_the_command_line() {
    check(
        "baseline-named",
        &PAGES.replace("baseline = \"known.toml\"", ""),
        &[
            "apipage check docs --baseline old.toml",
            "apipage check docs --write-baseline=old.toml",
            "apipage check docs --baseline old.toml --format json",
            "apipage check docs --write-baseline --statistics",
            "ls",
            "> docs/api/one.md # One\n\n**TODO**\n",
            "apipage check docs --baseline old.toml --format sarif",
            "apipage check docs --baseline old.toml --no-baseline",
        ],
    );
}

#[test]
fn what_is_no_baseline_is_neither_used_nor_overwritten() {
    check(
        "baseline-bad",
        PAGES,
        &[
            "apipage check docs",
            "> docs/known.toml # Notes\n\nMine.\n",
            "apipage check docs",
            "apipage check docs --write-baseline",
            "cat docs/known.toml",
            "apipage check docs --write-baseline=docs/api",
            "apipage check docs --write-baseline=docs/apipage.toml/x",
        ],
    );
}

#[test]
fn faults_of_the_configuration_are_no_part_of_a_baseline() {
    check(
        "baseline-configuration",
        &PAGES.replace("[check]", "[chekc]\n[check]"),
        &[
            "apipage check docs --write-baseline",
            "apipage check docs",
            "> docs/apipage.toml [[overrides]]\npaths = [3]\nrules.todo-placeholder = \"off\"\n",
            "apipage check docs --write-baseline --statistics",
            "ls",
        ],
    );
}

/// A docset in a repository, with old faults on a page that nobody touches.
const REPOSITORY: &str = "\
//- .gitignore
/site/
//- docs/apipage.toml
[docset]
external-links = []
//- docs/api/old.md
# Old

**TODO: an old fault**

See [gone](gone.md), [moved](moved.md) and [picture](picture.png).

Never was: [missing](missing.md), [missing](missing.md).
//- docs/api/gone.md
# Gone
//- docs/api/moved.md
# Moved

**TODO: goes with it**
//- docs/api/picture.png
//- docs/api/changed.md
# Changed
//- docs/api/other.md
# Other
";

fn repository(commands: &[&'static str]) -> Vec<&'static str> {
    let begin = ["git init -q -b main", "git add .", "git commit -q -m one", "git checkout -q -b topic"];
    begin.into_iter().chain(commands.iter().copied()).collect()
}

#[test]
fn pages_that_changed_are_checked_and_what_they_broke() {
    check(
        "changed-since",
        &REPOSITORY.replace("external-links = []", ""),
        &repository(&[
            "apipage check docs --changed-since main",
            "> docs/api/changed.md # Changed\n\n**TODO: new**\n",
            "> docs/api/new.md # New\n\n**TODO: git does not know it**\n",
            "> site/built.md # Built\n\n**TODO: not in the docset**\n",
            "apipage check docs --changed-since main",
            "git rm -q docs/api/gone.md docs/api/picture.png",
            "git mv docs/api/moved.md docs/api/moved-on.md",
            "git add .",
            "git commit -q -m two",
            "apipage check docs --changed-since main --statistics",
            "apipage check docs --changed-since main --format github",
            "apipage check docs --changed-since HEAD",
            "apipage check docs/api/old.md --changed-since main --statistics",
            "apipage check docs --changed-since main --select todo-placeholder --statistics",
            "apipage check docs/api --changed-since main --statistics",
            // What changed on the other branch is none of this one's business.
            "git checkout -q main",
            "> docs/api/other.md # Other\n\n**TODO: on main**\n",
            "git commit -q -a -m three",
            "git checkout -q topic",
            "apipage check docs --changed-since main --statistics",
            "git checkout -q main",
            "apipage check docs --changed-since topic --statistics",
            "apipage check docs --changed-since main~1 --statistics",
        ]),
    );
}

#[test]
fn changed_pages_and_a_baseline_go_together() {
    check(
        "changed-since-baseline",
        &REPOSITORY.replace("external-links = []", ""),
        &repository(&[
            "apipage check docs --write-baseline=known.toml",
            "> docs/api/old.md # Old\n\nA word more.\n\n**TODO: an old fault**\n\n**TODO: a new fault**\n",
            "apipage check docs --changed-since main --statistics",
            "apipage check docs --changed-since main --baseline known.toml",
            "apipage check docs --changed-since main --write-baseline=known.toml",
        ]),
    );
}

#[test]
fn a_fault_in_a_changed_include_is_found_on_the_pages_that_hold_it() {
    check(
        "changed-since-include",
        "\
//- apipage.toml
//- api/get.md
# Get

## Response

`200 OK`.

## Response

[!INCLUDE [x](../includes/x.md)]
//- includes/x.md
Text.
",
        &repository(&[
            "> includes/x.md See [nothing](nothing.md).\n",
            "apipage check . --changed-since main",
            "git rm -q -f includes/x.md",
            "apipage check . --changed-since main",
        ]),
    );
}

#[test]
fn a_docset_may_be_new_or_in_the_middle_of_a_merge() {
    check(
        "changed-since-states",
        "//- README\n",
        &[
            "git init -q -b main",
            "git add .",
            "git commit -q -m one",
            "> docs/one.md # One\n\nSee [two](two.md).\n",
            "apipage check docs --changed-since main --format github",
            "git add .",
            "git commit -q -m two",
            "git checkout -q -b topic",
            "> docs/one.md # One\n\nSee [three](three.md).\n",
            "> docs/other.md # Other\n\nSee [two](two.md).\n",
            "git add .",
            "git commit -q -m three",
            "git checkout -q main",
            "> docs/one.md # One\n\nSee [four](four.md).\n",
            "git commit -q -a -m four",
            "git fails merge topic",
            "apipage check docs --changed-since main --format github",
        ],
    );
}

#[test]
fn revisions_that_cannot_be_used_say_why() {
    check(
        "changed-since-bad",
        REPOSITORY,
        &repository(&[
            "apipage check docs --changed-since=-x",
            "apipage check docs --changed-since=--output=x",
            "apipage check docs --changed-since=",
            "apipage check docs --changed-since nowhere",
            "apipage check docs --changed-since HEAD:docs",
            "git checkout -q --orphan alone",
            "git commit -q -m alone",
            "apipage check docs --changed-since main",
        ]),
    );
}

/// Runs the program in a process of its own: outcome, and what it says on stderr.
fn program(dir: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apipage"));
    let done = command.current_dir(dir).args(arguments).envs(variables.iter().copied()).output().unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

/// Checks that a run fails with an error that holds some words.
fn check_failure(dir: &Path, revision: &str, variables: &[(&str, &str)], words: &str) {
    let (status, errors) = program(dir, &["check", "docs", "--changed-since", revision], variables);
    assert_eq!(status, Some(2), "{errors}");
    assert!(errors.contains(words), "{errors}");
}

#[test]
fn without_git_or_a_repository_or_its_history_nothing_is_compared() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "origin/docs/one.md", "# One\n");
    let origin = dir.path().join("origin");
    check_failure(&origin, "main", &[], "docs` is in no git repository: ");
    for command in ["init -q -b main", "add .", "commit -q -m one", "tag first", "commit -q --allow-empty -m two"] {
        git(&origin, command);
    }
    check_failure(&origin, "main", &[("PATH", "")], "there is no program `git`");
    git(dir.path(), &format!("clone -q --depth 1 file://{} shallow", origin.to_str().unwrap()));
    check_failure(&dir.path().join("shallow"), "first", &[], "git knows no commit `first`: this clone is shallow");
}

#[test]
fn a_hook_may_run_it() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "docs/one.md", "# One\n");
    for command in ["init -q -b main", "add .", "commit -q -m one"] {
        git(dir.path(), command);
    }
    let variables = [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index.lock"), ("GIT_PREFIX", "")];
    let (status, errors) = program(dir.path(), &["check", "docs", "--changed-since", "main"], &variables);
    assert_eq!(status, Some(0), "{errors}");
}

#[test]
fn pages_with_odd_names_are_compared_too() {
    check(
        "changed-since-names",
        "\
//- docs/a b.md
# A
//- docs/naïve\"x\".md
# B
//- docs/links.md
# Links

See [a](a%20b.md) and [b](naïve\"x\".md).
//- docs/.hidden.md
# Hidden
",
        &repository(&[
            "> docs/naïve\"x\".md # B\n\nSee [x](y.md).\n",
            "> docs/.hidden.md # Hidden\n\nSee [x](y.md).\n",
            "rm docs/a b.md",
            "apipage check docs --changed-since main --format github",
        ]),
    );
}

#[test]
fn levels_may_hold_on_some_pages_only() {
    let config = "\
//- docs/apipage.toml
[rules]
broken-link = \"off\"
[[overrides]]
paths = [\"api/\", \"!api/two.md\"]
rules = { broken-link = \"hint\", todo-placeholder = \"error\" }
[[overrides]]
paths = [\"/api/o*.md\", \"bta/**\", \"!three.md\"]
[overrides.rules]
todo-placeholder = \"off\"
broken-lnk = \"off\"
";
    let pages = PAGES.replace("//- docs/apipage.toml\n[check]\nbaseline = \"known.toml\"\n", config);
    check(
        "overrides",
        &pages,
        &[
            "apipage check docs",
            "apipage check docs --ignore broken-link --statistics",
            "apipage check docs --level todo-placeholder=hint --statistics",
            "apipage check docs --select todo-placeholder --select broken-link --statistics",
            "apipage check docs --level unmatched-pattern=off --statistics",
            "apipage check docs --deny-warnings --statistics",
            "apipage check docs/api --statistics",
            "apipage check docs --deny-warnings --allow-warnings",
        ],
    );
}

#[test]
fn types_of_pages_that_do_not_exist_are_reported() {
    let config = "[[front-matter]]\ndoc-types = [\"apiPageTyp\", \"APIPAGETYPE\", \"x\"]\nrequired = [\"title\"]\n";
    let page = "---\ntitle: One\ndoc_type: apiPageType\n---\n# One\n";
    let files = format!("//- docs/apipage.toml\n{config}//- docs/one.md\n{page}");
    check("unmatched-doc-types", &files, &["apipage check docs"]);
}

#[test]
fn suppressions_on_pages_where_a_rule_is_off_are_not_unused() {
    let page = "# One\n\n<!-- apipage-ignore todo-placeholder: later -->\nText.\n";
    let config = "[[overrides]]\npaths = [\"off/\"]\nrules.todo-placeholder = \"off\"\n";
    let files = format!("//- docs/apipage.toml\n{config}//- docs/off/one.md\n{page}//- docs/on/one.md\n{page}");
    check("overrides-suppressions", &files, &["apipage check docs --format github"]);
}
