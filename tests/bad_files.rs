//! Files that are no pages, and pages as large or as deep as nobody writes them: each is read as far as it can be,
//! the pages around it are too, and nothing takes for ever.

mod support;

use apipage::cli::{self, Outcome, Terminal};
use apipage::model;
use apipage::syntax::inline;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::docset;

/// A page that is read whatever stands beside it.
const SOUND: &str = "//- sound.md\n# sound resource type\n## Properties\n|Property|Type|\n|-|-|\n|x|String|\n";

/// Reads a page with a sound one beside it.
#[track_caller]
fn check(text: &str) {
    let docset = docset(&format!("{SOUND}//- page.md\n{text}"));
    let model = model::link(&docset);
    assert!(model.find("microsoft.graph.sound").is_some(), "the sound page was not read");
    model::json::to_json(&model);
}

#[test]
fn large_front_matter() {
    check(&format!("---\n{}---\n# A\n", "key: [value\n".repeat(100_000)));
    check(&format!("---\ntitle: {}\n---\n# A\n", "x".repeat(10_000_000)));
    check(&format!("---\ntitle: {}\n---\n# A\n", "[".repeat(60_000)));
    check("---\ntitle: never closed\n# A\n");
}

#[test]
fn many_headings() {
    check(&"# Heading\n".repeat(100_000));
    check(&"**Request**\n\n**Properties**\n\n".repeat(30_000));
}

#[test]
fn wide_and_long_tables() {
    let row = "|x".repeat(10_000);
    check(&format!("# a resource type\n## Properties\n{row}\n{}\n{row}\n{row}\n", "|-".repeat(10_000)));
    let rows: String = (0..5_000).map(|row| format!("|name{row}|String|Text.|\n")).collect();
    check(&format!("# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n{rows}"));
    check("# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|\n||\n|a\n|b|\n|||||\n|\\|\n");
}

#[test]
fn deep_nesting() {
    for (open, close) in
        [("> ", ""), ("- ", ""), ("[", "](x)"), ("[", "]"), ("(", ")"), ("*", "*"), ("<div>", ""), ("{", "}")]
    {
        check(&format!("# A\n\n{}x{}\n", open.repeat(10_000), close.repeat(10_000)));
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("\"\n", ""), ("\\", ""), ("'", "")] {
        let json = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        check(&format!("# A\n## Example\n```http\nPOST /a\n\n{{{json}\n```\n<!-- {{\"blockType\": {json} -->\n"));
    }
}

#[test]
fn odd_cells() {
    for cell in [
        "String".to_owned() + &" collection".repeat(10_000),
        "Collection(".repeat(10_000) + "String" + &")".repeat(10_000),
        "[".repeat(10_000) + "x" + &"](y)".repeat(10_000),
        "[".repeat(10_000),
        "<".repeat(10_000),
        "`".repeat(10_000) + "x",
        "**TODO".repeat(10_000),
        "Required. ".repeat(10_000),
        format!("Possible values are: {}.", "`a`, ".repeat(10_000)),
        "&".repeat(10_000),
        "_".repeat(10_000),
        "*".repeat(10_000),
        "é[x]".to_owned(),
        "a[x]".to_owned(),
        "😀[x](y)".to_owned(),
    ] {
        check(&format!(
            "# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|{cell}|{cell}|{cell}|\n"
        ));
        inline::plain(&cell);
    }
}

#[test]
fn unclosed_marks() {
    for text in [
        "```http\nGET /a",
        "<!-- {\"blockType\": \"request\"",
        "<!--",
        "[!INCLUDE [",
        "[a](",
        "|",
        "---",
        "~~~",
        "#",
        "\\",
    ] {
        check(&format!("# A\n## HTTP request\n{text}"));
    }
    check(&"`` ` ".repeat(10_000));
    check(&"<!-- ".repeat(10_000));
}

#[test]
fn long_routes() {
    check(&format!("# A\n## HTTP request\n```http\nGET {}\n```\n", "/a/{id}".repeat(10_000)));
    check(&format!("# A\n## HTTP request\n```http\nGET /{}\n```\n", "{".repeat(10_000)));
    let lines: String = (0..5_000).map(|line| format!("GET /a/{line}/{{id}}\n")).collect();
    check(&format!("# A\n## HTTP request\n```http\n{lines}```\n"));
}

/// Runs a command in a folder, and gives what it said.
fn run(dir: &Path, arguments: &[&str]) -> (Outcome, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["apipage", "-C", dir.to_str().unwrap()].into_iter().chain(arguments.iter().copied());
    let outcome = cli::run(arguments, &mut Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false });
    (outcome, String::from_utf8_lossy(&out).into_owned() + &String::from_utf8_lossy(&err))
}

fn write(dir: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

const RESOURCE: &str = "---\r\ntitle: \"x\"\r\n---\r\n# NAME resource type\r\n\r\n## Properties\r\n|Property|Type|\r\n|-|-|\r\n|x|String|\r\n";

#[test]
fn files_in_any_encoding_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let page = |name: &str| RESOURCE.replace("NAME", name);
    write(dir.path(), "docs/utf16.md", utf16(&page("utf16")));
    write(dir.path(), "docs/invalid.md", [page("invalid").as_bytes(), b"\xFF\xFE\x80 text"].concat());
    write(dir.path(), "docs/nul.md", page("nul") + "\0\0");
    write(dir.path(), "docs/crlf.md", page("crlf"));
    write(dir.path(), "docs/cr.md", page("cr").replace("\r\n", "\r"));
    write(dir.path(), "docs/bom.md", format!("\u{FEFF}{}", page("bom")));
    write(dir.path(), "docs/large.md", page("large") + &" ".repeat(17 * 1024 * 1024));
    write(dir.path(), "docs/empty.md", "");
    fs::create_dir_all(dir.path().join("docs/folder.md")).unwrap();
    let (outcome, said) = run(dir.path(), &["model", "docs", "--format", "json"]);
    assert_eq!(outcome, Outcome::Clean, "{said}");
    for name in ["utf16", "invalid", "nul", "crlf", "cr", "bom"] {
        assert!(said.contains(&format!("\"name\": \"{name}\"")), "{name} was not read\n{said}");
    }
    let (outcome, said) = run(dir.path(), &["check", "docs"]);
    assert!(outcome == Outcome::Clean || outcome == Outcome::Findings, "{said}");
}

#[cfg(unix)]
#[test]
fn links_and_files_that_cannot_be_read_do_no_harm() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "secret.md", "# secret resource type\n## Properties\n|Property|Type|\n|-|-|\n|x|String|\n");
    write(dir.path(), "docs/apipage.toml", "");
    write(dir.path(), "docs/a.md", "# a resource type\n[!INCLUDE [x](../secret.md)]\n[!INCLUDE [x](out.md)]\n");
    symlink(dir.path().join("secret.md"), dir.path().join("docs/out.md")).unwrap();
    symlink("a.md", dir.path().join("docs/inside.md")).unwrap();
    symlink("nowhere.md", dir.path().join("docs/dangling.md")).unwrap();
    symlink(".", dir.path().join("docs/round")).unwrap();
    let (outcome, said) = run(dir.path(), &["model", "docs", "--format", "json"]);
    assert_eq!(outcome, Outcome::Clean, "{said}");
    assert!(said.contains("\"name\": \"a\""), "{said}");
    assert!(!said.contains("secret"), "a page outside the docset was read\n{said}");
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let generate = |threads: &str| {
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_apipage"));
        command.args(["generate", "--input", "docs-input", "--output"]).arg(dir.path());
        command.current_dir(env!("CARGO_MANIFEST_DIR")).env("RAYON_NUM_THREADS", threads);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        files(dir.path())
    };
    let one = generate("1");
    assert!(!one.is_empty());
    assert!(one == generate("2"), "two generations differ");
}

/// Path and content of every file below a folder, sorted.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}
