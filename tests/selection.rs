//! `--include`: what is written of a docset, and that nothing else changes for it.
#![allow(missing_docs, reason = "a test")]

mod support;

use apipage::cli::{self, Outcome, Terminal};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::transcript;

/// Types that hold, derive from and do not know each other.
const DOCSET: &str = include_str!("selection/docset.txt");

/// All files below a folder.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// What is generated from the folder `docs` in a folder.
fn generate(dir: &Path, flags: &[&str]) -> BTreeMap<String, String> {
    let _ = fs::remove_dir_all(dir.join("out"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
    let command = ["apipage", "-C", dir.to_str().unwrap(), "generate", "--input", "docs", "--output", "out"];
    let outcome = cli::run(command.into_iter().chain(flags.iter().copied()), &mut terminal);
    assert_eq!(outcome, Outcome::Clean, "{}", String::from_utf8_lossy(&err));
    files(&dir.join("out"))
}

fn docset(text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in text.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        transcript::write(dir.path(), path, text);
    }
    dir
}

/// The types and operations that patterns choose: files of types, and identifiers of operations.
fn check(patterns: &[&str], types: &[&str], operations: &[&str]) {
    let dir = docset(DOCSET);
    let whole = generate(dir.path(), &["--split"]);
    let flags: Vec<&str> = patterns.iter().flat_map(|pattern| ["--include", pattern]).chain(["--split"]).collect();
    let part = generate(dir.path(), &flags);
    let of = |folder: &str, ending: &str| -> Vec<String> {
        let names = part.keys().filter_map(|path| path.strip_prefix(folder)?.strip_suffix(ending));
        names.map(str::to_owned).collect()
    };
    let crate_types: Vec<String> = of("src/types/", ".rs");
    assert_eq!(crate_types, types, "types of {patterns:?}");
    // The others are those of messages and errors.
    let mut schemas: Vec<String> = of("schemas/", ".yaml");
    schemas.retain(|name| name.chars().all(|c| c.is_ascii_lowercase()));
    assert_eq!(schemas, types, "schemas of {patterns:?}");
    let paths = part.iter().filter(|(path, _)| path.starts_with("paths/")).flat_map(|(_, text)| text.lines());
    let mut ids: Vec<&str> = paths.filter_map(|line| line.trim().strip_prefix("operationId: ")).collect();
    ids.sort();
    assert_eq!(ids, operations, "operations of {patterns:?}");
    // What is there is as it is in the whole; only enums of derived types may be missing.
    for (path, text) in part.iter().filter(|(path, _)| path.starts_with("src/types/") || path.starts_with("schemas/")) {
        let known: Vec<&str> = whole[path].lines().collect();
        let other: Vec<&str> = text.lines().filter(|line| !known.contains(line)).collect();
        assert!(other.is_empty(), "{path} of {patterns:?}: {other:?}");
    }
}

#[test]
fn patterns_choose_types_and_operations() {
    let cat = ["animal", "cat", "food", "mood", "toy"];
    check(&["getCat"], &["animal", "cat", "food", "mood", "toy"], &["getCat"]);
    check(&["get_cat"], &cat, &["getCat"]);
    check(&["cat"], &cat, &["deleteCat", "feedCat", "getCat", "updateCat"]);
    check(&["microsoft.graph.CAT"], &cat, &["deleteCat", "feedCat", "getCat", "updateCat"]);
    check(&["DELETE /cats/*"], &[], &["deleteCat"]);
    check(&["/cats/{anything}"], &cat, &["deleteCat", "getCat", "updateCat"]);
    check(&["/cats/**"], &cat, &["deleteCat", "feedCat", "getCat", "updateCat"]);
    check(&["POST /cats/**"], &["food"], &["feedCat"]);
    check(&["rock"], &["rock"], &["listRocks"]);
    check(&["deleteCat", "listRocks"], &["rock"], &["deleteCat", "listRocks"]);
    check(&["zoo"], &["animal", "cat", "dog", "food", "mood", "toy", "zoo"], &["listZoos"]);
    check(&["list*"], &["animal", "cat", "dog", "food", "mood", "rock", "toy", "zoo"], &["listRocks", "listZoos"]);
    check(&["mood"], &["mood"], &[]);
    check(
        &["*"],
        &["animal", "cat", "dog", "food", "mood", "rock", "toy", "zoo"],
        &["deleteCat", "feedCat", "getCat", "listRocks", "listZoos", "updateCat"],
    );
}

#[test]
fn what_nothing_fits_is_an_error_with_a_suggestion() {
    transcript::check(
        "include",
        DOCSET,
        &[
            "apipage generate --input docs --target openapi --include catt",
            "apipage generate --input docs --target openapi --include /cat/{id}",
            "apipage generate --input docs --target openapi --include cat --include [",
            "> docs/apipage.toml [generate]\ninclude = [\"deleteCat\", \"upadteCat\", \"\"]\n",
            "apipage generate --input docs --target openapi --output out",
            "> docs/apipage.toml [generate]\ninclude = [\"deleteCat\", \"upadteCat\", \"a[\"]\n",
            "apipage generate --input docs --target openapi --output out",
            "> docs/apipage.toml [generate]\ninclude = [\"deleteCat\", \"upadteCat\"]\n",
            "apipage generate --input docs --target openapi --output out",
            "ls",
            "> docs/apipage.toml [generate]\ninclude = [\"deleteCat\"]\n",
            "apipage generate --input docs --target openapi --output out",
            "cat out/openapi.yaml",
            "apipage generate --input docs --target openapi --output out --include cat --check",
        ],
    );
}

#[test]
fn a_change_to_one_page_changes_its_files() {
    let dir = docset("");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input");
    for (path, text) in files(&from).iter().filter(|(path, _)| path.ends_with(".md")) {
        transcript::write(dir.path(), &format!("docs/{path}"), text);
    }
    let before = generate(dir.path(), &["--split"]);
    let page = dir.path().join("docs/beta/resources/customer.md");
    let text = fs::read_to_string(&page).unwrap();
    let changed = text.replace("Name shown for the customer.", "What the customer is called.");
    assert_ne!(text, changed);
    fs::write(&page, changed).unwrap();
    let after = generate(dir.path(), &["--split"]);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<&String> =
        after.iter().filter(|(path, text)| before[*path] != **text).map(|(path, _)| path).collect();
    insta::assert_debug_snapshot!(changed);
}
