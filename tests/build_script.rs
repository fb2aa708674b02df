//! Builds and runs the packages of `tests/build-script`, which generate their code from their build scripts.
//!
//! The packages deny warnings, so that none can come from generated code.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the packages.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/build-script")
}

/// Where they are built; below our own target folder, but apart from what cargo builds there.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script")
}

fn cargo(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder()).env("CARGO_TARGET_DIR", target()).env("CARGO_TERM_COLOR", "never");
    command.output().expect("cargo starts")
}

/// What a command said to people; fails unless it succeeded.
fn said(output: Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stdout));
    text
}

/// What a built program prints.
fn run(program: &str) -> String {
    let path = target().join("debug").join(program).with_extension(std::env::consts::EXE_EXTENSION);
    let output = Command::new(path).output().expect("the program starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    said(output);
    printed
}

/// Why the dependencies of the packages cannot be had, if they cannot.
fn unreachable() -> Option<String> {
    // With a network the newest, else what is here already.
    let fetched = cargo(&["fetch"]);
    let is_there = fetched.status.success() || cargo(&["fetch", "--offline"]).status.success();
    (!is_there).then(|| String::from_utf8_lossy(&fetched.stderr).into_owned())
}

#[test]
fn packages_with_generated_modules_build_and_run() {
    if let Some(reason) = unreachable() {
        let line = format!("skipped: cargo cannot get the dependencies of tests/build-script\n{reason}\n");
        std::io::stderr().write_all(line.as_bytes()).expect("stderr");
        return;
    }
    said(cargo(&["build", "--workspace"]));
    assert_eq!(run("types"), "Contoso\n{\"displayName\":\"Contoso\",\"new\":null}\n");
    assert_eq!(run("service"), "Customer { id: \"7\", display_name: \"Contoso\" }\n501 Not Implemented\n");

    let again = said(cargo(&["build", "--workspace"]));
    assert!(!again.contains("Compiling"), "nothing changed, and yet: {again}");

    // The examples in generated documentation are among these tests.
    said(cargo(&["test", "--workspace"]));
}
