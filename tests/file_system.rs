//! What file systems do to a run: links, folders that may not be written, full disks, files that go away, odd names,
//! two runs at once, and a run that is killed. No file is lost, none is left half-written, and the next run mends the
//! rest.
#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "figures, for whoever asks for them with `--nocapture`")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A file of the user in the output folder, whatever happens to the others.
const MINE: &str = "// Mine.\n";

/// How many runs are killed where `APIPAGE_KILLS` says nothing.
const DEFAULT_KILLS: u32 = 8;

/// A user who owns nothing here.
const NOBODY: u32 = 65534;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn apipage(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apipage"));
    command.current_dir(dir).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command that ends by itself, not by a panic or a signal; gives its exit status and what it said.
#[track_caller]
fn run(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let said = shown(&output);
    let status = output.status.code().unwrap_or_else(|| panic!("{}\n{said}", output.status));
    assert!((0..=2).contains(&status), "exit status {status}\n{said}");
    (status, said)
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[track_caller]
fn generate(dir: &Path, arguments: &[&str]) {
    let (status, said) = run(apipage(dir, &["generate", "--input", "docs"]).args(arguments));
    assert_eq!(status, 0, "{said}");
}

fn write(dir: &Path, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn resource(name: &str) -> String {
    format!(
        "# {name} resource type\n\n## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n|x|String|The text of {name}.|\n"
    )
}

/// A docset of some resources.
fn lay_out(dir: &Path, names: impl IntoIterator<Item = String>) {
    for name in names {
        write(dir, format!("docs/resources/{name}.md"), resource(&name));
    }
}

/// All files below a folder.
fn files(root: &Path) -> Files {
    let mut found = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Whether a run left a file behind that was to be renamed.
fn is_staged(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_bytes().starts_with(b".apipage-"))
}

#[test]
fn names_that_are_no_unicode_are_reported() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a".to_owned()]);
    write(dir.path(), Path::new("docs/resources").join(OsStr::from_bytes(b"b\xFF.md")), resource("b"));
    let (status, said) = run(&mut apipage(dir.path(), &["check", "docs"]));
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("b\u{fffd}.md") && said.contains("could not be read"), "{said}");
    generate(dir.path(), &[]);
}

#[test]
fn names_that_differ_in_case_alone_make_files_that_do_not() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["thing", "Thing", "THING", "thinG"].map(str::to_owned));
    generate(dir.path(), &[]);
    let mut names: Vec<String> =
        files(&dir.path().join("generated")).keys().map(|path| path.to_str().unwrap().to_lowercase()).collect();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "files that other systems take for one\n{names:#?}");
}

#[test]
fn long_paths_are_read_and_written() {
    let dir = tempfile::tempdir().unwrap();
    let deep = format!("docs/{}{}.md", format!("{}/", "d".repeat(200)).repeat(17), "n".repeat(250));
    write(dir.path(), deep, resource("deep"));
    generate(
        dir.path(),
        &["--target", "types", "--output", &format!("out/{}", format!("{}/", "o".repeat(200)).repeat(17))],
    );
    let too_deep = format!("{}x", "o/".repeat(3000));
    let (status, said) = run(&mut apipage(dir.path(), &["generate", "--input", "docs", "--output", &too_deep]));
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("File name too long"), "{said}");
}

#[test]
fn links_out_of_the_output_are_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a".to_owned()]);
    write(dir.path(), "elsewhere/lib.rs", MINE);
    fs::create_dir(dir.path().join("generated")).unwrap();
    symlink("../elsewhere", dir.path().join("generated/src")).unwrap();
    let (status, said) = run(&mut apipage(dir.path(), &["generate", "--input", "docs"]));
    assert_eq!((status, said.contains("is a symbolic link")), (2, true), "{said}");
    assert_eq!(files(&dir.path().join("elsewhere")).len(), 1);
    assert_eq!(files(&dir.path().join("generated")).into_values().next(), Some(MINE.into()));
}

#[test]
fn what_the_user_keeps_in_the_output_stays() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a", "b"].map(str::to_owned));
    generate(dir.path(), &[]);
    for path in ["notes.md", "src/mine.rs", "src/types/mine.rs", ".apipage-notes", "tests/mine/data.json"] {
        write(dir.path(), Path::new("generated").join(path), MINE);
    }
    fs::remove_file(dir.path().join("docs/resources/b.md")).unwrap();
    generate(dir.path(), &[]);
    let after = files(&dir.path().join("generated"));
    assert_eq!(after.values().filter(|bytes| *bytes == MINE.as_bytes()).count(), 5);
    assert!(!after.keys().any(|path| path.ends_with("b.rs")), "{:?}", after.keys());
}

#[test]
fn every_generated_file_says_that_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input");
    for format in ["yaml", "json"] {
        let (status, said) =
            run(apipage(dir.path(), &["generate", "--format", format, "--output", "generated", "--input"]).arg(&input));
        assert_eq!(status, 0, "{said}");
    }
    for (path, bytes) in files(&dir.path().join("generated")) {
        let head: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').take(5).collect();
        let head = String::from_utf8(head.join(&b'\n')).unwrap();
        assert!(head.contains("Generated by apipage"), "`{}` would not be known as ours", path.display());
    }
}

/// A run that may write no file of more than a few kilobytes, as if the disk were full.
fn with_a_full_disk(dir: &Path, arguments: &str) -> (i32, String) {
    let program = env!("CARGO_BIN_EXE_apipage");
    let script = format!("trap '' XFSZ; ulimit -f 4; exec '{program}' {arguments}");
    run(Command::new("sh").arg("-c").arg(script).current_dir(dir).stdin(Stdio::null()))
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), (0..4).map(|number| format!("thing{number}")));
    generate(dir.path(), &[]);
    let page = format!("{}\nTODO: a\u{a0}b\n{}", resource("odd"), "Text.\n".repeat(10_000));
    write(dir.path(), "docs/resources/odd.md", &page);
    lay_out(dir.path(), (0..100).map(|number| format!("other{number}")));
    write(dir.path(), "report.json", MINE);
    let before = files(dir.path());
    for arguments in [
        "generate --input docs",
        "check docs --fix --unsafe-fixes",
        "check docs --format json --output report.json",
        "check docs --write-baseline --baseline known.toml",
    ] {
        let (status, said) = with_a_full_disk(dir.path(), arguments);
        assert_eq!(status, 2, "{arguments}: {said}");
        assert!(said.contains("could not write"), "{arguments}: {said}");
        assert!(files(dir.path()) == before, "{arguments} changed something");
    }
}

#[test]
fn output_that_goes_nowhere_is_a_failure() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a".to_owned()]);
    for arguments in [&["check", "docs"][..], &["check", "docs", "--format", "json"], &["model", "docs"], &["rules"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = apipage(dir.path(), arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", shown(&output));
        assert!(shown(&output).contains("No space left"), "{arguments:?}: {}", shown(&output));
    }
}

#[test]
fn reports_go_through_links_and_into_pipes() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a".to_owned()]);
    write(dir.path(), "real/report.json", "");
    symlink("real/report.json", dir.path().join("link.json")).unwrap();
    symlink("real/new.json", dir.path().join("dangling.json")).unwrap();
    for link in ["link.json", "dangling.json"] {
        run(&mut apipage(dir.path(), &["check", "docs", "--format", "json", "--output", link]));
        assert!(dir.path().join(link).is_symlink(), "{link} was replaced");
        assert!(fs::read_to_string(dir.path().join(link)).unwrap().starts_with('['));
    }
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = apipage(dir.path(), &["check", "docs", "--format", "json", "--output", "pipe"]).spawn().unwrap();
    let mut text = String::new();
    fs::File::open(&pipe).unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    assert!(text.starts_with('['), "{text}");
}

/// A run by a user who may read everything here and write nothing but what is open to all.
fn as_nobody(dir: &Path, arguments: &[&str]) -> Command {
    let program = dir.join("apipage");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_apipage"), &program).unwrap();
    }
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(program);
    command.current_dir(dir).args(arguments).stdin(Stdio::null());
    // The owner of a folder may write into it; somebody else may be root, whom nothing stops.
    if fs::metadata(dir).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[test]
fn folders_that_may_not_be_written_or_read_are_named() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), ["a", "b"].map(str::to_owned));
    let allow =
        |path: &str, mode: u32| fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    generate(dir.path(), &[]);
    write(dir.path(), "docs/resources/a.md", resource("c").replace("text", "text\u{a0}text"));
    let before = files(&dir.path().join("generated"));
    let pages = files(&dir.path().join("docs"));
    for folder in ["generated/src/types", "generated/src", "generated", "docs/resources"] {
        allow(folder, 0o555);
    }
    let (status, said) = run(&mut as_nobody(dir.path(), &["generate", "--input", "docs"]));
    assert_eq!((status, said.contains("Permission denied")), (2, true), "{said}");
    assert!(files(&dir.path().join("generated")) == before, "something was written");
    let (status, said) = run(&mut as_nobody(dir.path(), &["check", "docs", "--fix"]));
    assert_eq!((status, said.contains("a.md")), (2, true), "{said}");
    assert!(files(&dir.path().join("docs")) == pages, "something was written");
    let (status, said) = run(&mut as_nobody(dir.path(), &["check", "docs", "--output", "report.txt"]));
    assert_eq!((status, said.contains("report.txt")), (2, true), "{said}");
    allow("docs/resources/b.md", 0o000);
    let (_, said) = run(&mut as_nobody(dir.path(), &["check", "docs"]));
    assert!(said.contains("could not be read: Permission denied"), "{said}");
    allow("docs/resources", 0o000);
    let (status, said) = run(&mut as_nobody(dir.path(), &["check", "docs"]));
    assert_eq!((status, said.contains("Permission denied")), (2, true), "{said}");
    for path in ["docs/resources", "docs/resources/b.md", "generated/src/types", "generated/src", "generated"] {
        allow(path, 0o755);
    }
}

#[test]
fn files_may_go_away_while_they_are_read() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), (0..200).map(|number| format!("thing{number}")));
    let mut others = (0..200).cycle();
    for command in ["check docs", "model docs", "generate --input docs"].iter().cycle().take(12) {
        let mut child = apipage(dir.path(), &command.split(' ').collect::<Vec<_>>())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The longest page there can be, then none, then a folder, then the page again.
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            let path = dir.path().join(format!("docs/resources/thing{}.md", others.next().unwrap()));
            fs::remove_file(&path).unwrap();
            fs::create_dir(&path).unwrap();
            fs::remove_dir(&path).unwrap();
            fs::write(&path, resource("thing")).unwrap();
        };
        assert!(status.code().is_some_and(|code| (0..=2).contains(&code)), "{command}: {status}");
    }
}

#[test]
fn two_runs_at_once_wait_for_each_other() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path(), (0..60).map(|number| format!("thing{number}")));
    generate(dir.path(), &["--output", "expected"]);
    for round in 0..3 {
        let runs: Vec<_> =
            (0..6).map(|_| apipage(dir.path(), &["generate", "--input", "docs"]).spawn().unwrap()).collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "round {round}: {}", shown(&output));
        }
        assert!(files(&dir.path().join("generated")) == files(&dir.path().join("expected")), "round {round}");
        fs::remove_dir_all(dir.path().join("generated")).unwrap();
    }
}

/// Kills runs at moments all over their time. Whatever they wrote until then is whole, and the next run mends the rest.
#[test]
fn a_killed_run_leaves_whole_files() {
    let kills = std::env::var("APIPAGE_KILLS").map_or(DEFAULT_KILLS, |kills| kills.parse().expect("a number"));
    let dir = tempfile::tempdir().unwrap();
    let names = |kind: &'static str| (0..80).map(move |number| format!("{kind}{number}"));
    lay_out(&dir.path().join("old"), names("thing").chain(names("old")));
    lay_out(&dir.path().join("new"), names("thing").chain(names("new")));
    for number in 0..80 {
        write(
            dir.path(),
            format!("new/docs/resources/thing{number}.md"),
            resource(&format!("thing{number}")).replace("text", "words"),
        );
    }
    let generate = |docset: &str, output: &str| {
        apipage(&dir.path().join(docset), &["generate", "--input", "docs", "--output", output])
    };
    let mut longest = Duration::ZERO;
    let expected = ["old", "new"].map(|docset| {
        let start = Instant::now();
        let (status, said) = run(&mut generate(docset, "../expected"));
        longest = longest.max(start.elapsed());
        assert_eq!(status, 0, "{said}");
        files(&dir.path().join("expected"))
    });
    assert_eq!(run(&mut generate("old", "../out")).0, 0);
    write(dir.path(), "out/src/mine.rs", MINE);
    let out = dir.path().join("out");
    let (mut killed, mut staged) = (0, 0);
    for number in 0..kills {
        let (docset, other) = if number % 2 == 0 { ("new", 0) } else { ("old", 1) };
        let mut child = generate(docset, "../out").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Spread over the time, in an order that looks random.
        std::thread::sleep(longest.mul_f64(f64::from(number * 619 % 1000) / 1000.0));
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let found = files(&out);
        for (path, bytes) in &found {
            staged += u32::from(is_staged(path));
            let is_whole = expected.iter().any(|files| files.get(path) == Some(bytes));
            assert!(is_whole || is_staged(path) || bytes == MINE.as_bytes(), "`{}` is not whole", path.display());
        }
        for (path, _) in expected[0].iter().filter(|(path, _)| expected[1].contains_key(*path)) {
            assert!(found.contains_key(path), "`{}` was lost", path.display());
        }
        let (status, said) = run(&mut generate(docset, "../out"));
        assert_eq!(status, 0, "{said}");
        let mut found = files(&out);
        assert_eq!(found.remove(Path::new("src/mine.rs")).as_deref(), Some(MINE.as_bytes()));
        assert!(found == expected[1 - other], "the next run did not mend what was left after kill {number}");
    }
    println!("{kills} runs, {killed} killed in time, {staged} files left that were to be renamed");
    assert!(killed > 0, "every run was faster than its end");
}
