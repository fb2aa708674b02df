//! What changed in a docset since a revision, as git tells.

use super::discover::{MAX_PAGE_BYTES, is_page};
use super::overlay::Overlay;
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What changed since a revision.
pub struct Changes {
    /// The commit that the revision and the current state have in common.
    pub base: String,
    /// The files that were changed or added, also those that git does not know yet, by path relative to the root.
    pub paths: BTreeSet<String>,
    /// How many pages are gone.
    pub removed: usize,
    /// The docset as it was.
    pub before: Overlay,
}

/// Where git keeps what it works on: hooks are run with these set, and they would not fit another folder.
const VARIABLES: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// What a file was before it changed.
struct Record<'g> {
    mode: &'g str,
    object: &'g str,
    status: &'g str,
    path: String,
}

/// Compares the files below `root` with those of the commit where the current branch left `revision`.
pub(super) fn changes(root: &Path, revision: &str) -> Result<Changes> {
    ensure!(
        !revision.is_empty() && !revision.starts_with('-'),
        "`{revision}` is no revision: name a branch, a tag or a commit"
    );
    let inside = run(root, &["rev-parse", "--is-inside-work-tree"])?;
    ensure!(inside.output.starts_with(b"true"), "`{}` is in no git repository: {}", root.display(), inside.complaint());
    let base = base(root, revision)?;
    let options = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative"];
    let changed = run(root, &[options.as_slice(), &[&base, "--"]].concat())?.succeeded("compare files with git")?;
    // What the docset leaves out: not what personal settings do.
    let unknown = ["ls-files", "--others", "-z", "--exclude-per-directory=.gitignore"];
    let unknown = run(root, &unknown)?.succeeded("list files with git")?;

    let mut changes = Changes { base, paths: BTreeSet::new(), removed: 0, before: Overlay::default() };
    for path in unknown.split(|byte| *byte == 0).filter(|path| !path.is_empty()) {
        let path = String::from_utf8_lossy(path).into_owned();
        changes.before.remove(path.clone());
        changes.paths.insert(path);
    }
    let mut objects = Objects::open(root)?;
    for record in records(&changed) {
        let is_page = is_page(&record.path);
        match record.status {
            "D" => changes.removed += usize::from(is_page),
            _ => {
                changes.paths.insert(record.path.clone());
            }
        }
        // Regular files. A link or a module of another repository stays what the disk holds.
        match record.mode {
            _ if record.status == "U" => {}
            "000000" => changes.before.remove(record.path),
            "100644" | "100755" => {
                let text = if is_page { objects.read(record.object)? } else { Vec::new() };
                changes.before.replace(record.path, text);
            }
            _ => {}
        }
    }
    Ok(changes)
}

/// The commit where the current branch left a revision.
fn base(root: &Path, revision: &str) -> Result<String> {
    let commit = run(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    if !commit.is_success {
        bail!("git knows no commit `{revision}`{}", if_shallow(root)?);
    }
    let base = run(root, &["merge-base", &commit.line(), "HEAD"])?;
    if !base.is_success {
        bail!("the current branch and `{revision}` have no commit in common{}", if_shallow(root)?);
    }
    Ok(base.line())
}

/// What to do where a clone does not have the whole history.
fn if_shallow(root: &Path) -> Result<&'static str> {
    let is_shallow = run(root, &["rev-parse", "--is-shallow-repository"])?.line() == "true";
    let advice = ": this clone is shallow, so fetch more of the history (`git fetch --unshallow`, or `fetch-depth: 0` \
                  of actions/checkout)";
    Ok(if is_shallow { advice } else { "" })
}

/// The records that `git diff --raw -z` prints: `:mode mode object object status`, then the path.
fn records(output: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut parts = output.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        let about = std::str::from_utf8(parts.next()?).ok()?.strip_prefix(':')?;
        let path = String::from_utf8_lossy(parts.next()?).into_owned();
        let [mode, _, object, _, status] = about.split(' ').collect::<Vec<_>>().try_into().ok()?;
        Some(Record { mode, object, status, path })
    })
}

/// How a command of git ended.
struct Done {
    is_success: bool,
    output: Vec<u8>,
    errors: Vec<u8>,
}

impl Done {
    fn succeeded(self, what: &str) -> Result<Vec<u8>> {
        ensure!(self.is_success, "could not {what}: {}", self.complaint());
        Ok(self.output)
    }

    /// The first line of the output.
    fn line(&self) -> String {
        String::from_utf8_lossy(&self.output).lines().next().unwrap_or_default().to_owned()
    }

    /// What git has against the command.
    fn complaint(&self) -> String {
        let errors = String::from_utf8_lossy(&self.errors);
        let line = errors.lines().find(|line| !line.is_empty()).unwrap_or("git does not say why");
        line.trim_start_matches("fatal: ").to_owned()
    }
}

/// Runs a command of git, without a shell.
fn run(root: &Path, arguments: &[&str]) -> Result<Done> {
    let done = command(root).args(arguments).stdin(Stdio::null()).output().map_err(not_started)?;
    Ok(Done { is_success: done.status.success(), output: done.stdout, errors: done.stderr })
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    // A repository may name a program to watch its files, which is not wanted here.
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false"]);
    VARIABLES.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command
}

fn not_started(error: io::Error) -> anyhow::Error {
    let what = match error.kind() {
        ErrorKind::NotFound => "there is no program `git`, which knows what changed: install it, or check all pages",
        _ => "git could not be started",
    };
    anyhow::Error::new(error).context(what)
}

/// A process of git that hands out the contents of files.
struct Objects {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    fn open(root: &Path) -> Result<Self> {
        let mut command = command(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(not_started)?;
        let (questions, answers) = (process.stdin.take(), process.stdout.take());
        let questions = questions.context("git does not listen")?;
        let answers = BufReader::new(answers.context("git does not answer")?);
        Ok(Objects { process, questions, answers })
    }

    /// The contents of a file; nothing where it is too large to be a page. One question at a time, so that neither
    /// side waits for the other with a full pipe.
    fn read(&mut self, object: &str) -> Result<Vec<u8>> {
        self.ask(object).with_context(|| format!("could not read the object {object} with git"))
    }

    fn ask(&mut self, object: &str) -> Result<Vec<u8>> {
        writeln!(self.questions, "{object}")?;
        self.questions.flush()?;
        let mut about = String::new();
        self.answers.read_line(&mut about)?;
        let size: u64 = about.trim_end().rsplit(' ').next().unwrap_or_default().parse().context(about.clone())?;
        // A line end follows.
        let mut answer = self.answers.by_ref().take(size + 1);
        let mut text = Vec::new();
        if size > MAX_PAGE_BYTES {
            io::copy(&mut answer, &mut io::sink())?;
        } else {
            answer.read_to_end(&mut text)?;
            text.pop();
        }
        Ok(text)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // All is read, and how it ends changes nothing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
