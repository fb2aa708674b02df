//! Crates generated from pages that mean no good: they must compile without a warning, be formatted and documented.
//!
//! The crates share a target folder with those of other tests. On two cores the first run of all takes about two
//! minutes, most of it for axum and reqwest; later ones take about one.

use apipage::cli::{self, Outcome, Terminal};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Everything odd that a name, a title, a description or a route can be.
const HOSTILE: &str = include_str!("hostile/docset.txt");

/// Routes that a router of axum refuses, or would take one for the other, with an example of each.
const ROUTES: &str = include_str!("hostile/routes.txt");

/// Examples that say the same as their pages in another way, and some that only nearly do.
const EXAMPLES: &str = include_str!("hostile/examples.txt");

/// One enumeration, and nothing that uses it.
const TINY: &str = "//- status.md\n# status enum type\n\n## Members\n|Member|\n|:---|\n|active|\n";

/// One operation, whose body may be empty, and no example of it.
const UNSHOWN: &str = "//- set.md\n# Set\n\n## HTTP request\n```http\nPOST /status\n```\n\n## Request body\n\n\
                       |Parameter|Type|Description|\n|:-|:-|:-|\n|note|String|A note. Optional.|\n";

/// Pages whose names are too long, or too odd, to stand in a file that people read.
fn generated_pages() -> Vec<(String, String)> {
    let long = "n".repeat(10_000);
    let resource = |name: &str, page: &str, property: &str| {
        format!(
            "# {name} resource type\n\n## Methods\n|Method|\n|:-|\n|[x](../api/{page})|\n\n\
             ## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n|{property}|String|{property}|\n"
        )
    };
    let operation =
        |number: u32| format!("# {long}\n\n## HTTP request\n```http\nGET /{long}/{number}/{{{long}}}\n```\n");
    vec![
        ("resources/long1.md".into(), resource(&long, "long1.md", &long) + &format!("|{long}1|String|x|\n")),
        ("resources/long2.md".into(), resource(&format!("{long}2"), "long2.md", "x")),
        ("api/long1.md".into(), operation(1)),
        ("api/long2.md".into(), operation(2)),
        #[cfg(unix)]
        ("resources/odd \u{202E}{{x}}\n*.md".into(), resource("odd", "odd.md", "x")),
    ]
}

/// A folder in which a crate was generated from pages.
fn generate(pages: impl IntoIterator<Item = (String, String)>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in pages {
        let path = dir.path().join("docs").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let directory = dir.path().to_str().unwrap();
    let mut arguments = vec!["apipage", "-C", directory, "generate", "--input", "docs"];
    arguments.extend(["types", "server", "client", "contract"].iter().flat_map(|target| ["--target", target]));
    let outcome = cli::run(arguments, &mut Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false });
    assert_eq!(outcome, Outcome::Clean, "{}", String::from_utf8_lossy(&err));
    dir
}

fn pages(text: &str) -> Vec<(String, String)> {
    let page = |page: &str| page.split_once('\n').map(|(path, text)| (path.to_owned(), text.to_owned()));
    format!("\n{text}").split("\n//- ").filter_map(page).collect()
}

/// Runs cargo in the generated crate; without a network, where there is none.
fn cargo(dir: &Path, arguments: &[&str]) {
    let run = |offline: bool| {
        let mut command = Command::new(env!("CARGO"));
        command.args(&arguments[..1]).args(offline.then_some("--offline")).args(&arguments[1..]);
        command.current_dir(dir.join("generated")).env("CARGO_TARGET_DIR", target());
        command.env("RUSTDOCFLAGS", "-Dwarnings");
        command.output().unwrap()
    };
    let mut output = if arguments[0] == "fmt" { run(false) } else { run(true) };
    if lacks_packages(&output) {
        output = run(false);
    }
    // Flags for rustc would build every dependency anew, so its warnings are looked for.
    let is_sound = output.status.success() && !shown(&output).lines().any(|line| line.starts_with("warning"));
    assert!(is_sound, "cargo {}\n{}", arguments.join(" "), shown(&output));
}

/// Whether a run failed because a package is not in the local registry.
fn lacks_packages(output: &Output) -> bool {
    let text = shown(output);
    !output.status.success() && (text.contains("--offline") || text.contains("offline mode"))
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/generated")
}

/// Holds a crate to what rustfmt, rustc, clippy and rustdoc want.
fn check(dir: &Path) {
    cargo(dir, &["fmt", "--check"]);
    cargo(dir, &["check", "--all-features", "--all-targets"]);
    cargo(dir, &["clippy", "--all-features", "--", "-Dwarnings"]);
    cargo(dir, &["doc", "--all-features", "--no-deps"]);
}

#[test]
fn hostile_names_and_texts_make_a_sound_crate() {
    let dir = generate(pages(HOSTILE).into_iter().chain(generated_pages()));
    check(dir.path());
}

#[test]
fn a_docset_without_operations_makes_a_sound_crate() {
    let dir = generate(pages(TINY));
    check(dir.path());
    let dir = generate(pages(UNSHOWN));
    check(dir.path());
}

#[test]
fn a_page_alone_is_served_as_its_example_says() {
    let page = "beta/api/customer-update.md";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input").join(page)).unwrap();
    let dir = generate([(page.to_owned(), text)]);
    check(dir.path());
    cargo(dir.path(), &["test", "--test", "contract"]);
}

#[test]
fn routes_of_every_form_are_served_as_their_examples_say() {
    let dir = generate(pages(ROUTES));
    let tests = fs::read_to_string(dir.path().join("generated/tests/contract.rs")).unwrap();
    for url in ["/drive/root:/Reports/2024%20Q1/plan.json:/content", "/reports/getUsage(period='D7')"] {
        assert!(tests.contains(url), "{tests}");
    }
    cargo(dir.path(), &["test", "--test", "contract"]);
}

#[test]
fn examples_are_served_unless_they_are_spelt_otherwise_than_the_pages() {
    let dir = generate(pages(EXAMPLES));
    let tests = fs::read_to_string(dir.path().join("generated/tests/contract.rs")).unwrap();
    let left_out: Vec<&str> = tests.lines().filter_map(|line| line.strip_prefix("//! - ")).collect();
    let expected = [
        "add\\_column\\_in\\_other\\_case: its request body spells the name of a type otherwise than the pages",
        "get\\_column: its URL is spelt otherwise than the documented ones",
        "hide\\_column: its request body spells a property otherwise than the table",
    ];
    assert_eq!(left_out, expected, "{tests}");
    cargo(dir.path(), &["test", "--test", "contract"]);
}
