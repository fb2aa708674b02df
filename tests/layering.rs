//! The layers of the architecture: imports point down, and the core does no input or output.

use std::path::Path;

/// The rows of the architecture, from the bottom up. A module uses only modules of lower rows, and
/// its own.
const ROWS: &[&[&str]] = &[
    &["span", "source", "diagnostic", "fix"],
    &["syntax", "fingerprint"],
    &["model"],
    &["rules", "targets"],
    &["render", "output", "print"],
    &["project"],
    &["builder"],
    &["cli", "main"],
];

/// What nothing below row 4 (render, output, print) may name, and why it would.
const NOT_IN_THE_CORE: &[&str] =
    &["std::fs", "std::env", "println!", "print!(", "eprintln!", "anyhow", "tera::", "std::thread", "std::process"];

/// The row of a module, by the first name of its path.
fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// Every file of `src` with its text, tests left out: they may use what they need.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                if path.file_name().is_some_and(|name| name == "tests.rs") {
                    continue;
                }
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
                let name = path.strip_prefix(src).expect("below src").to_string_lossy().replace('\\', "/");
                found.push((name, text));
            }
        }
    }
    found.sort();
    found
}

fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

#[test]
fn every_module_has_a_row() {
    for (file, _) in sources() {
        assert!(
            file == "lib.rs" || row(module_of(&file)).is_some(),
            "{file}: say in tests/layering.rs where it belongs"
        );
    }
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let own = module_of(&file);
        let Some(own_row) = row(own) else { continue };
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for part in code.split("crate::").skip(1) {
            let used = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            if row(used)
                .is_some_and(|used_row| used_row > own_row || used_row == own_row && used != own && own_row == 3)
            {
                wrong.push(format!("{file} uses crate::{used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_does_no_input_or_output() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if row(module_of(&file)).is_some_and(|row| row < 4) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                wrong.extend(
                    NOT_IN_THE_CORE.iter().filter(|word| line.contains(**word)).map(|word| format!("{file}: {word}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_one_file_knows_the_markdown_parser() {
    let users: Vec<String> =
        sources().into_iter().filter(|(_, text)| text.contains("pulldown_cmark")).map(|(file, _)| file).collect();
    assert_eq!(users, ["syntax/markdown.rs"]);
}
