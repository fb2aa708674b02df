//! Limits (`docs/limits.md`): what crosses one is reported, not dropped in silence, and what only reaches it is not.

mod support;

use apipage::cli::{self, Terminal};
use apipage::model;
use apipage::rules::{self, Levels, Scope};
use std::fmt::Write as _;

/// How many findings of a rule speak of these words.
fn count(docset: &str, rule: &str, words: &str) -> usize {
    let docset = support::docset(docset);
    let findings = rules::check(&model::link(&docset), &Levels::default(), Scope::Check);
    findings.iter().filter(|finding| finding.lint.name == rule && finding.message.contains(words)).count()
}

/// Holds that a docset within a limit has no such finding, and that one beyond it has.
#[track_caller]
fn check(within: &str, beyond: &str, rule: &str, words: &str) {
    assert_eq!(count(within, rule, words), 0, "within the limit");
    assert_ne!(count(beyond, rule, words), 0, "beyond the limit");
}

#[test]
fn front_matter_may_have_64_kib() {
    let page = |length: usize| format!("---\ntitle: \"x: {}\"\n---\n# A\n", "x".repeat(length));
    check(&page(64 * 1024 - 20), &page(64 * 1024), "invalid-front-matter", "longer than 64 KiB");
}

#[test]
fn json_may_be_nested_128_deep() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let example = |depth| {
        format!(
            "# A\n## Example\n<!-- {{ \"blockType\": \"request\" }} -->\n```http\nPOST /a\n\n{}\n```\n",
            nested(depth)
        )
    };
    check(&example(128), &example(129), "invalid-json-in-example", "nested too deep");
    let annotation = |depth: usize| {
        format!("# A\n<!-- {{ \"blockType\": \"request\", \"x\": {} }} -->\n```http\nGET /a\n```\n", nested(depth - 1))
    };
    check(&annotation(128), &annotation(129), "invalid-annotation", "nested too deep");
}

#[test]
fn includes_may_be_nested_16_deep() {
    // Which page comes first makes no difference.
    let chain = |depth: usize, name: fn(usize) -> String| {
        let mut docset = String::from("//- page.md\n# A\n");
        for number in 1..=depth {
            write!(docset, "[!INCLUDE [x]({0})]\n//- {0}\nText.\n\n", name(number)).unwrap();
        }
        docset
    };
    for name in [|number| format!("f{number:02}.md"), |number| format!("f{:02}.md", 99 - number)] {
        let name: fn(usize) -> String = name;
        check(&chain(16, name), &chain(17, name), "include-cycle", "nested deeper than 16 levels");
    }
}

#[test]
fn a_page_may_have_10_000_sections_from_includes() {
    let docset = |count: usize| {
        let ten = |name: &str| format!("[!INCLUDE [x]({name}.md)]\n\n").repeat(10);
        let last = "# H\n".repeat(count);
        format!(
            "//- page.md\n# A\n\n{}//- one.md\n{}//- two.md\n{}//- three.md\n{last}",
            ten("one"),
            ten("two"),
            ten("three")
        )
    };
    check(&docset(5), &docset(11), "include-cycle", "more than 10000 sections");
}

#[test]
fn a_path_may_have_300_bytes() {
    let page = |length: usize| format!("# A\n## HTTP request\n```http\nGET /{}\n```\n", "x".repeat(length - 1));
    check(&page(300), &page(301), "path-too-long", "301 bytes");
}

/// What a command says in a folder with a file of this many bytes.
fn said(path: &str, bytes: usize, command: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let mut files = vec![("docs/page.md", "# A\n".to_owned()), ("docs/templates/README", String::new())];
    files.push((path, format!("# B\n{}", "#\n".repeat(bytes / 2))));
    for (path, text) in files {
        support::transcript::write(dir.path(), path, &text[..text.len().min(bytes)]);
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["apipage", "-C", dir.path().to_str().unwrap()].into_iter().chain(command.split(' '));
    cli::run(arguments, &mut Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false });
    String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap()
}

#[test]
fn a_file_may_have_16_mib() {
    const LIMIT: usize = 16 * 1024 * 1024;
    let too_large = said("docs/large.md", LIMIT + 1, "check docs");
    assert!(too_large.contains("unreadable-file") && too_large.contains("16777217 bytes"), "{too_large}");
    let too_large = said("docs/apipage.toml", LIMIT + 1, "check docs");
    assert!(too_large.contains("invalid-configuration") && too_large.contains("too large"), "{too_large}");
    let too_large = said("docs/templates/a.tera", LIMIT + 1, "generate --input docs --templates docs/templates");
    assert!(too_large.contains("could not read the template") && too_large.contains("too large"), "{too_large}");
}
