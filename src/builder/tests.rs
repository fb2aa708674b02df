use super::*;
use std::fs;

/// Runs a builder for a docset of one page; gives what it wrote, what it told cargo and how it failed.
fn check(change: impl FnOnce(Builder) -> Builder) -> (Vec<String>, String, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let (docs, out_dir) = (dir.path().join("docs"), dir.path().join("out"));
    fs::create_dir(&docs).expect("a folder");
    fs::write(docs.join("apipage.toml"), "[docset]\nnamspace = \"a\"\n").expect("a file");
    fs::write(docs.join("thing.md"), "# thing resource type\n\nNamespace: example\n").expect("a file");
    let builder = Builder::new(docs.to_string_lossy()).module("things").out_dir(&out_dir);
    let mut out = Vec::new();
    let failure = change(builder).run(&mut out).err().map(|error| format!("{error:#}")).unwrap_or_default();
    let mut files: Vec<String> = fs::read_dir(&out_dir)
        .map(|entries| {
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    files.sort();
    let root = dir.path().canonicalize().expect("a folder");
    let told = String::from_utf8(out).expect("text").replace(&*root.to_string_lossy(), "[DIR]");
    (files, told, failure)
}

#[test]
fn cargo_is_told_what_to_watch_and_what_is_odd() {
    let (files, told, failure) = check(|builder| builder.target("client").target("client"));
    assert_eq!((files, failure.as_str()), (vec!["mod.rs".to_owned(), "src".to_owned()], ""));
    for line in [
        "cargo:rerun-if-changed=[DIR]/docs\n",
        "cargo:rerun-if-changed=[DIR]/docs/thing.md\n",
        "cargo:rerun-if-changed=[DIR]/docs/apipage.toml\n",
        "apipage.toml:2: ",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
}

#[test]
fn what_cannot_be_a_module_is_refused() {
    type Change = fn(Builder) -> Builder;
    let cases: [(Change, &str); 4] = [
        (|builder| builder.target("contract"), "the target `contract` makes tests of a crate"),
        (|builder| builder.target("typs"), "did you mean `types`?"),
        (|builder| builder.target("server").reqwest(true), "`reqwest(true)` is for the target `client`"),
        (|builder| builder.module("my-api"), "`my-api` cannot be the path of a module"),
    ];
    for (change, expected) in cases {
        let (files, _, failure) = check(change);
        assert!(files.is_empty() && failure.contains(expected), "{failure}");
    }
}

#[test]
fn tests_are_left_out_where_all_targets_are_made() {
    let (files, _, failure) = check(|builder| builder);
    assert_eq!(failure, "");
    assert!(!files.iter().any(|file| file == "tests" || file == "Cargo.toml"), "{files:?}");
}
