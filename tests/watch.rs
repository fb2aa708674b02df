//! `apipage check --watch` as a process of its own, with real files and what the system reports of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long a line may take on the slowest machine. Nothing is said of how long it does take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A watching process. It is ended with the test.
struct Watching {
    process: Child,
    lines: Receiver<String>,
    dir: tempfile::TempDir,
}

impl Watching {
    /// Starts watching in a folder that holds some files.
    fn start(files: &[(&str, &str)], arguments: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        files.iter().for_each(|(path, text)| write(dir.path(), path, text));
        let mut process = Command::new(env!("CARGO_BIN_EXE_apipage"))
            .current_dir(dir.path())
            .args(arguments.split(' '))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Watching { process, lines, dir }
    }

    /// Waits for a line that holds a text. The lines before it are passed over: a change may be noticed in parts.
    fn expect(&self, text: &str) {
        let mut passed = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            assert!(!line.contains('\x1b'), "no terminal, no escape codes: {line:?}");
            if line.contains(text) {
                return;
            }
            passed.push(line);
        }
        panic!("no line holds `{text}`, but there were:\n{}", passed.join("\n"));
    }

    fn write(&self, path: &str, text: &str) {
        write(self.dir.path(), path, text);
    }

    /// Writes a file as editors do: another one, which then takes its name.
    fn save(&self, path: &str, text: &str) {
        let beside = format!("{path}.tmp");
        self.write(&beside, text);
        self.rename(&beside, path);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.dir.path().join(from), self.dir.path().join(to)).unwrap();
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const FILES: &[(&str, &str)] =
    &[("docs/docfx.json", "{}"), ("docs/a.md", "# A\n\nSee [b](sub/b.md).\n"), ("docs/sub/b.md", "# B\n")];

/// What happens to files, and what is said of it.
fn tell(watching: &Watching) {
    watching.expect("no findings in 2 pages");
    watching.write("docs/a.md", "# A\n\nTODO: write\n\nSee [b](sub/b.md).\n");
    watching.expect("1 warning in 1 of 2 pages; 1 new");
    watching.save("docs/a.md", "# A\n\nSee [b](sub/b.md).\n");
    watching.expect("no findings in 2 pages; 1 gone");
    watching.rename("docs/sub/b.md", "docs/sub/c.md");
    watching.expect("error[broken-link]");
    watching.rename("docs/sub/c.md", "docs/sub/b.md");
    watching.expect("gone[broken-link]");
    watching.write("docs/new/deep/c.md", "# C\n\nTODO: write\n");
    watching.expect("1 warning in 1 of 3 pages");
    watching.write("docs/new/deep/c.md", "# C\n");
    watching.expect("no findings in 3 pages; 1 gone");
    watching.rename("docs/new", "new");
    watching.expect("no findings in 2 pages");
    watching.write("docs/apipage.toml", "[rules]\ntodo-placeholder = \"of\"\n");
    watching.expect("error[invalid-configuration]");
    watching.write("docs/apipage.toml", "[rules]\ntodo-placeholder = \"error\"\n");
    watching.expect("gone[invalid-configuration]");
    watching.write("docs/a.md", "# A\n\nTODO: write\n");
    watching.expect("error[todo-placeholder]");
    watching.rename("docs", "elsewhere");
    watching.write("docs/a.md", "# A\n");
    watching.expect("no findings in 1 page");
    watching.write("docs/a.md", "# A\n\nTODO: write\n");
    watching.expect("warning[todo-placeholder]");
}

#[test]
fn changes_are_checked_as_they_are_made() {
    tell(&Watching::start(FILES, "check docs --watch"));
}

#[test]
fn files_are_looked_at_where_nothing_reports_changes() {
    tell(&Watching::start(FILES, "check docs --watch --poll"));
}

#[test]
fn editors_get_a_line_of_json_a_check() {
    let watching = Watching::start(FILES, "check docs/a.md --watch --format json");
    watching.expect(r#""pages":1,"#);
    watching.save("docs/a.md", "# A\n\nTODO: write\n");
    watching.expect(r#""files":[{"file":"docs/a.md","findings":[{"rule":"todo-placeholder","#);
    fs::remove_file(watching.dir.path().join("docs/a.md")).unwrap();
    watching.expect(r#"{"failure":"could not open `docs/a.md`"#);
    watching.write("docs/a.md", "# A\n");
    watching.expect(r#""files":[{"file":"docs/a.md","findings":[]}]}"#);
}

#[test]
fn a_baseline_outside_the_docset_is_followed() {
    let watching = Watching::start(
        &[FILES, &[("known/x.toml", "version = 1\n")]].concat(),
        "check docs --watch --baseline known/x.toml",
    );
    watching.expect("no findings in 2 pages");
    watching.write("docs/a.md", "# A\n\nTODO: write\n");
    watching.expect("1 new");
    let known = "version = 1\n\n[pages.\"a.md\"]\ntodo-placeholder = [\n  { message = \"the placeholder `TODO: write` was left in place\", text = \"TODO: write\" },\n]\n";
    watching.save("known/x.toml", known);
    watching.expect("no new findings in 2 pages, 1 known; 1 gone");
}

#[test]
fn many_changes_at_once_are_all_seen() {
    let watching = Watching::start(FILES, "check docs --watch");
    watching.expect("no findings in 2 pages");
    for index in 0..300 {
        watching.write(&format!("docs/many/{}/{index}.md", index % 7), "# Page\n\nTODO: write\n");
    }
    watching.expect("300 warnings in 300 of 302 pages");
    fs::remove_dir_all(watching.dir.path().join("docs/many")).unwrap();
    watching.expect("no findings in 2 pages");
}

/// What a run says that cannot be.
fn refused(arguments: &str, expected: &str) {
    let dir = tempfile::tempdir().unwrap();
    FILES.iter().for_each(|(path, text)| write(dir.path(), path, text));
    let mut command = Command::new(env!("CARGO_BIN_EXE_apipage"));
    let done = command.current_dir(dir.path()).args(arguments.split(' ')).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(2) && said.contains(expected), "{arguments}: {said}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    refused("check nowhere --watch", "could not open `nowhere`");
    refused("check docs --watch --format sarif", "`--watch` prints findings for people, or with `--format json`");
    refused("check docs --watch --output x", "cannot be used with");
    refused("check docs --watch --fix", "cannot be used with");
    refused("check docs --watch --diff", "cannot be used with");
    refused("check docs --watch --changed-since HEAD", "cannot be used with");
    refused("check docs --watch --write-baseline", "cannot be used with");
    refused("check docs --watch --statistics", "cannot be used with");
    refused("check docs --watch --select nothing", "no rule is called `nothing`");
    refused("check docs --watch --baseline nowhere.toml", "there is no baseline `nowhere.toml`");
    refused("check docs --poll", "--watch");
}
