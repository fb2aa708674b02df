//! Fixes on disk: what is written and what is not; and what they leave as it is.

use apipage::diagnostic::{Diagnostic, Edit, Fix, Level, Lint, Safety};
use apipage::model;
use apipage::output::Error;
use apipage::project::{Project, Request};
use apipage::rules::{self, Levels, Scope};
use apipage::span::{FileId, Location, Span};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn open(dir: &Path, input: &str) -> Project {
    Project::open(&Request { directory: dir.to_owned(), input: Some(input.to_owned()), ..Request::default() }).unwrap()
}

fn findings(project: &Project) -> Vec<Diagnostic> {
    rules::check(&model::link(&project.docset), &Levels::default(), Scope::Check)
}

/// What a folder of pages is with all fixes, as `path: bytes` of the files given.
fn check(files: &[(&str, &[u8])], input: &str, expected: &[(&str, &[u8])]) {
    let dir = folder(files);
    let mut project = open(dir.path(), input);
    let fixes = project.fix(Safety::Unsafe, findings);
    assert!(project.write(&fixes).is_empty());
    for (path, bytes) in expected {
        let found = fs::read(dir.path().join(path)).unwrap();
        assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(bytes), "{path}");
        assert_eq!(found, *bytes, "{path}");
    }
    let again = open(dir.path(), input).fix(Safety::Unsafe, findings);
    assert!(again.changes.is_empty(), "{again:?}");
}

/// A heading to fix, and the same fixed.
const BAD: &[u8] = b"# a\n\n## Http Request\n";
const GOOD: &[u8] = b"# a\n\n## HTTP request\n";

#[test]
fn every_byte_that_no_fix_is_about_stays() {
    check(
        &[("a.md", b"\xEF\xBB\xBF# a \r\r\n\t\n## Http Request\r\n\0 \x7f")],
        ".",
        &[("a.md", b"\xEF\xBB\xBF# a \r\r\n\t\n## HTTP request\r\n\0 \x7f")],
    );
}

#[test]
fn what_is_inserted_has_the_line_ends_of_the_page() {
    let page = |end: &str| {
        let lines = ["## Properties", "", "|Property|Type|Description|", "|a|String|A.|", "|b|String|B.|", ""];
        (lines.join(end), lines.join(end).replace("Description|", &format!("Description|{end}|:---|:---|:---|")))
    };
    for end in ["\n", "\r\n", "\r"] {
        let (before, after) = page(end);
        check(&[("a.md", before.as_bytes())], ".", &[("a.md", after.as_bytes())]);
    }
}

#[test]
fn only_the_page_that_was_asked_for_changes() {
    let dir = folder(&[("a.md", BAD), ("b.md", BAD)]);
    let mut project = open(dir.path(), "a.md");
    let fixes = project.fix(Safety::Safe, |project| {
        findings(project).into_iter().filter(|finding| Some(finding.at.file) == project.only).collect()
    });
    project.write(&fixes);
    assert_eq!([fs::read(dir.path().join("a.md")).unwrap(), fs::read(dir.path().join("b.md")).unwrap()], [GOOD, BAD]);
}

#[test]
fn fixes_of_what_a_fix_includes_are_found_too() {
    check(
        &[
            ("apipage.toml", b""),
            ("pages/a.md", b"# a\n\n[!INCLUDE [b](..\\parts\\b.md)]\n"),
            ("parts/b.md", b"Text\xC2\xA0here.\n"),
        ],
        "pages",
        &[("pages/a.md", b"# a\n\n[!INCLUDE [b](../parts/b.md)]\n"), ("parts/b.md", b"Text here.\n")],
    );
}

#[test]
fn pages_that_are_not_utf8_are_left_alone() {
    let utf16: Vec<u8> = b"\xFF\xFE".iter().copied().chain(BAD.iter().flat_map(|byte| [*byte, 0])).collect();
    let broken = [BAD, b"\xE9\n"].concat();
    let dir = folder(&[("utf16.md", &utf16), ("broken.md", &broken), ("good.md", BAD)]);
    let mut project = open(dir.path(), ".");
    let fixes = project.fix(Safety::Safe, findings);
    assert_eq!(fixes.changes.keys().collect::<Vec<_>>(), ["good.md"]);
    assert_eq!(fixes.unmapped.keys().collect::<Vec<_>>(), ["broken.md", "utf16.md"]);
    assert!(fixes.unmapped.values().all(|findings| *findings > 0));
    assert!(project.write(&fixes).is_empty());
    assert_eq!(fs::read(dir.path().join("utf16.md")).unwrap(), utf16);
    assert_eq!(fs::read(dir.path().join("broken.md")).unwrap(), broken);
}

#[test]
fn a_page_that_changed_meanwhile_stays() {
    let dir = folder(&[("a.md", BAD), ("b.md", BAD), ("c.md", BAD)]);
    let mut project = open(dir.path(), ".");
    let fixes = project.fix(Safety::Safe, findings);
    fs::write(dir.path().join("a.md"), "mine\n").unwrap();
    fs::remove_file(dir.path().join("b.md")).unwrap();
    let failures = project.write(&fixes);
    assert!(
        matches!(&failures[..], [(a, Error::Changed(_)), (b, Error::Io { .. })] if a == "a.md" && b == "b.md"),
        "{failures:?}"
    );
    assert_eq!(fs::read(dir.path().join("a.md")).unwrap(), b"mine\n");
    assert_eq!(fs::read(dir.path().join("c.md")).unwrap(), GOOD);
    // What remains is said of the pages as they were read.
    let left: Vec<&[u8]> = project.docset.pages.iter().map(|page| page.source.text().as_bytes()).collect();
    assert_eq!(left, [BAD, BAD, GOOD]);
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "temporary files are left: {names:?}");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = folder(&[("apipage.toml", b""), ("docs/a.md", BAD), ("hidden/real.md", BAD), ("docs/locked.md", BAD)]);
    let at = |path: &str| dir.path().join(path);
    symlink("../hidden/real.md", at("docs/linked.md")).unwrap();
    symlink("../hidden/real.md", at("docs/twice.md")).unwrap();
    fs::set_permissions(at("docs/a.md"), fs::Permissions::from_mode(0o640)).unwrap();
    fs::set_permissions(at("docs/locked.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let mut project = open(dir.path(), "docs");
    let fixes = project.fix(Safety::Safe, findings);
    let failures = project.write(&fixes);
    assert!(matches!(&failures[..], [(path, Error::ReadOnly(_))] if path == "docs/locked.md"), "{failures:?}");
    assert_eq!(fs::read(at("docs/locked.md")).unwrap(), BAD);
    assert_eq!(fs::read(at("hidden/real.md")).unwrap(), GOOD);
    assert!(at("docs/linked.md").is_symlink() && at("docs/twice.md").is_symlink());
    assert_eq!(fs::metadata(at("docs/a.md")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_docset_is_written() {
    let (dir, other) = (folder(&[("docs/apipage.toml", b""), ("docs/a.md", BAD)]), folder(&[("secret.md", BAD)]));
    let mut project = open(dir.path(), "docs");
    let fixes = project.fix(Safety::Safe, findings);
    fs::remove_file(dir.path().join("docs/a.md")).unwrap();
    std::os::unix::fs::symlink(other.path().join("secret.md"), dir.path().join("docs/a.md")).unwrap();
    let failures = project.write(&fixes);
    assert!(matches!(&failures[..], [(_, Error::Outside(_))]), "{failures:?}");
    assert_eq!(fs::read(other.path().join("secret.md")).unwrap(), BAD);
}

static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: Some(Safety::Safe) };

/// A finding at the start of the first page whose fix puts a text there.
fn insertion(text: &str) -> Diagnostic {
    let at = Location::new(FileId(0), Span::at(0));
    let mut finding = Diagnostic::new(&LINT, at, "wrong");
    finding.fix = Some(Fix { edits: vec![Edit { at, text: text.to_owned() }], safe: true });
    finding
}

#[test]
fn fixes_without_end_leave_the_page_as_it_is() {
    let dir = folder(&[("a.md", b"# a\n"), ("b.md", BAD)]);
    let mut project = open(dir.path(), ".");
    let fixes = project.fix(Safety::Safe, |project| {
        let mut found = findings(project);
        found.push(insertion("more "));
        found
    });
    assert_eq!(fixes.endless.iter().collect::<Vec<_>>(), [(&"a.md".to_owned(), &vec!["some-rule"])]);
    assert_eq!(fixes.changes.keys().collect::<Vec<_>>(), ["b.md"]);
    assert_eq!(project.docset.pages[0].source.text(), "# a\n");
}

#[test]
fn fixes_that_undo_each_other_leave_the_page_as_it_is() {
    let dir = folder(&[("a.md", b"# a\n")]);
    let mut project = open(dir.path(), ".");
    let fixes = project.fix(Safety::Safe, |project| {
        let mut finding = insertion("x");
        if project.docset.pages[0].source.text().starts_with('x') {
            finding.fix.as_mut().unwrap().edits[0] =
                Edit { at: Location::new(FileId(0), Span::new(0, 1)), text: String::new() };
        }
        vec![finding]
    });
    assert!(fixes.changes.is_empty() && fixes.endless.contains_key("a.md"), "{fixes:?}");
}
