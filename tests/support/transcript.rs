//! Transcripts of commands, run in process.

use apipage::cli::{self, Terminal};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs commands in a folder that holds `files` (`//- path` begins a file). `> path text` writes a file, `rm path`
/// removes one, `cat path` shows one with its carriage returns, `ls` lists them, `git …` runs git; `git fails …` expects it to fail.
pub(crate) fn check(name: &str, files: &str, commands: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let mut transcript = files.trim_start().to_owned();
    for file in files.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        write(dir.path(), path, text);
    }
    for command in commands {
        writeln!(transcript, "\n$ {command}").unwrap();
        if let Some(file) = command.strip_prefix("> ") {
            let (path, text) = file.split_once(' ').unwrap();
            write(dir.path(), path, text);
        } else if let Some(path) = command.strip_prefix("rm ") {
            fs::remove_file(dir.path().join(path)).unwrap();
        } else if let Some(path) = command.strip_prefix("cat ") {
            transcript += &fs::read_to_string(dir.path().join(path)).unwrap().replace('\r', "\\r");
        } else if *command == "ls" {
            list(dir.path(), "", &mut transcript);
        } else if let Some(arguments) = command.strip_prefix("git ") {
            git(dir.path(), arguments);
        } else {
            run(dir.path(), command, &mut transcript);
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(name, transcript);
    });
}

/// Runs a command of apipage, and notes what it says.
pub(crate) fn run(dir: &Path, command: &str, transcript: &mut String) {
    let directory = dir.to_str().unwrap();
    let arguments = ["apipage", "-C", directory].into_iter().chain(command.split(' ').skip(1));
    let (mut out, mut err) = (anstream::StripStream::new(Vec::new()), anstream::StripStream::new(Vec::new()));
    let outcome = cli::run(arguments, &mut Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false });
    for (stream, text) in [("", out.into_inner()), ("stderr:\n", err.into_inner())] {
        if !text.is_empty() {
            let text = String::from_utf8(text).unwrap().replace(directory, "[DIR]");
            write!(transcript, "{stream}{text}").unwrap();
        }
    }
    writeln!(transcript, "exit status {}", outcome as u8).unwrap();
}

/// Runs git, with nothing of the person or the machine in what it makes.
pub(crate) fn git(dir: &Path, arguments: &str) {
    let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let date = "2024-01-01T00:00:00Z";
    let (fails, arguments) = match arguments.strip_prefix("fails ") {
        Some(arguments) => (true, arguments),
        None => (false, arguments),
    };
    let done = Command::new("git")
        .current_dir(dir)
        .args(arguments.split(' '))
        .envs([("GIT_CONFIG_GLOBAL", nothing), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_DEFAULT_HASH", "sha1")])
        .envs([("GIT_AUTHOR_NAME", "apipage tests"), ("GIT_AUTHOR_EMAIL", "tests@example.com")])
        .envs([("GIT_COMMITTER_NAME", "apipage tests"), ("GIT_COMMITTER_EMAIL", "tests@example.com")])
        .envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)])
        .output()
        .expect("git is installed");
    assert_eq!(done.status.success(), !fails, "git {arguments}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Writes a file and the folders it is in.
pub(crate) fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn list(dir: &Path, folder: &str, transcript: &mut String) {
    let mut names: Vec<_> = fs::read_dir(dir.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names {
        let shown = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
        if path.file_name().is_some_and(|name| name == ".git") {
            continue;
        }
        if path.is_dir() {
            list(dir, &shown, transcript);
        } else {
            writeln!(transcript, "{shown}").unwrap();
        }
    }
}
