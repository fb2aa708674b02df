//! The same pages give the same bytes: whatever the number of threads, the order in which files were made, the
//! language, the time zone and the folder in which the run is started.
//!
//! `APIPAGE_CORPUS` names another docset than that of the project, and `APIPAGE_RUNS` says how many runs there are.
#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "figures, for whoever asks for them with `--nocapture`")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many runs there are where nothing is said.
const DEFAULT_RUNS: u64 = 4;

/// What is run, and whether it writes. `OUT` stands for the folder of a run.
const COMMANDS: &[&str] = &[
    "check docs --format human",
    "check docs --format json",
    "check docs --format github",
    "check docs --format sarif",
    "check docs --format junit",
    "check docs --statistics",
    "check docs --diff --unsafe-fixes",
    "check docs --write-baseline --baseline OUT/baseline.json",
    "model docs",
    "generate --input docs --output OUT/yaml",
    "generate --input docs --output OUT/json --format json --openapi-version 3.1 --split --discriminators",
    "generate --input docs --output OUT/yaml --dry-run",
    "rules --format markdown",
];

/// The circumstances of a run.
#[derive(Debug)]
struct Circumstances {
    threads: &'static str,
    language: &'static str,
    zone: &'static str,
    /// Whether the run starts elsewhere, and is sent to the folder with `-C`.
    elsewhere: bool,
    /// By what files are ordered when they are made.
    order: u64,
}

impl Circumstances {
    /// Those of the run with this number. Each of them changes at a pace of its own, so that they meet in many ways.
    fn of(run: u64) -> Self {
        let index = run as usize;
        Circumstances {
            threads: ["1", "2", "8"][index % 3],
            language: ["C", "tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.UTF-8"][index % 4],
            zone: ["UTC", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/Monrovia"][index % 5],
            elsewhere: index % 7 >= 2,
            order: run,
        }
    }
}

/// The files of a folder, with paths below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path.strip_prefix(folder).unwrap().to_owned());
        }
    }
    found.sort();
    found
}

/// A number that looks random, from a name.
fn hash(path: &Path, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    path.to_string_lossy().bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Copies a docset file by file, in an order of its own.
fn copy(docset: &Path, to: &Path, order: u64) {
    let mut paths = files(docset);
    paths.sort_by_key(|path| hash(path, order));
    for path in paths {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::copy(docset.join(&path), to.join(&path)).unwrap();
    }
}

/// All that a docset gives: what each command says on both streams, its exit status, and the files that it writes.
fn results(docset: &Path, circumstances: &Circumstances) -> Vec<(String, Vec<u8>)> {
    let dir = tempfile::tempdir().unwrap();
    copy(docset, &dir.path().join("docs"), circumstances.order);
    // The sample docset says that it has templates there.
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &dir.path().join("templates"), 0);
    let mut results = Vec::new();
    for line in COMMANDS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_apipage"));
        let arguments = line.split(' ').map(|argument| argument.replace("OUT", "out"));
        if circumstances.elsewhere {
            command.current_dir("/").arg("-C").arg(dir.path());
        } else {
            command.current_dir(dir.path());
        }
        command.args(arguments).env("RAYON_NUM_THREADS", circumstances.threads);
        command.env("LC_ALL", circumstances.language).env("LANG", circumstances.language).env("TZ", circumstances.zone);
        let output = command.output().unwrap();
        let folder = dir.path().to_str().unwrap();
        let said = String::from_utf8(output.stderr).unwrap().replace(folder, "[DIR]");
        assert!(!said.contains("panicked"), "{line}: {said}");
        results.push((line.to_string(), output.stdout));
        results.push((format!("stderr of {line}"), said.into_bytes()));
        results.push((format!("exit status of {line}"), format!("{:?}", output.status.code()).into_bytes()));
    }
    let out = dir.path().join("out");
    results.extend(
        files(&out).iter().map(|path| (path.to_string_lossy().into_owned(), fs::read(out.join(path)).unwrap())),
    );
    results
}

#[test]
fn circumstances_do_not_matter() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input");
    let docset = std::env::var_os("APIPAGE_CORPUS").map_or(own, PathBuf::from);
    let runs = std::env::var("APIPAGE_RUNS").map_or(DEFAULT_RUNS, |runs| runs.parse().expect("a number of runs"));
    let expected = results(&docset, &Circumstances::of(0));
    assert!(expected.len() > 3 * COMMANDS.len(), "nothing was written");
    for run in 1..runs {
        let circumstances = Circumstances::of(run);
        let found = results(&docset, &circumstances);
        assert_eq!(found.len(), expected.len(), "another number of files");
        for ((name, found), (expected_name, expected)) in found.iter().zip(&expected) {
            assert_eq!(name, expected_name);
            assert!(found == expected, "{name} differs under {circumstances:?}");
        }
        println!("{} of {runs} runs, each with the same {} outputs and files", run + 1, expected.len());
    }
}
