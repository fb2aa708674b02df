//! How long a whole docset takes, held against a floor: reading its Markdown files and running the parser over them.
//! A harder floor is that of the pages alone: most other files are written by tools for the pages to include, and
//! `apipage` only looks whether they are there.
//!
//! `cargo bench --bench docset`. The docset is that of `APIPAGE_CORPUS`, a folder or an archive that `tar` reads.
//! All figures come from one process, one pool of threads and the same files, round by round, so that a busy machine
//! disturbs them alike. Memory is that of `check` alone, in a child process.

use apipage::model;
use apipage::project::{Project, Request};
use apipage::rules::{self, Scope};
use apipage::syntax::markdown;
use apipage::targets::{self, TARGETS, Target};
use pulldown_cmark::Parser;
use rayon::prelude::*;
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

// As the program has it, for the floor too.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The docset where `APIPAGE_CORPUS` names none, from the folder of the manifest.
const DEFAULT_CORPUS: &str = "../shared/corpus/graph-v1.0-2021-07.tar.xz";

/// The input, below the corpus.
const INPUT: &str = "api-reference/v1.0";

/// The argument by which this program calls itself to measure the memory of `check`.
const CHECK_ALONE: &str = "--check-alone";

const ROUNDS: usize = 7;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, input] = arguments.as_slice()
        && flag == CHECK_ALONE
    {
        black_box(check(Path::new(input))?);
        say(&peak_memory().map(|kilobytes| kilobytes.to_string()).unwrap_or_default());
        return Ok(());
    }
    let unpacked = tempfile::tempdir()?;
    let Some(corpus) = corpus(unpacked.path())? else { return Ok(()) };
    let input = corpus.join(INPUT);
    if !input.is_dir() {
        say(&format!("no docset to measure: `{}` is not there", input.display()));
        return Ok(());
    }
    measure(&input)
}

/// The folder of the corpus, unpacked into `folder` where it is an archive.
fn corpus(folder: &Path) -> Result<Option<PathBuf>> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join(DEFAULT_CORPUS);
    let corpus = std::env::var_os("APIPAGE_CORPUS").map_or_else(default, PathBuf::from);
    if corpus.is_dir() {
        return Ok(Some(corpus));
    }
    if !corpus.exists() {
        let path = corpus.display();
        say(&format!("no docset to measure: `{path}` is not there; name a folder or a .tar.xz in APIPAGE_CORPUS"));
        return Ok(None);
    }
    let status = Command::new("tar").arg("-xf").arg(&corpus).arg("-C").arg(folder).status()?;
    if !status.success() {
        return Err(format!("tar could not unpack `{}`: {status}", corpus.display()).into());
    }
    Ok(Some(folder.to_owned()))
}

/// Measures everything and prints it.
fn measure(input: &Path) -> Result<()> {
    let pages = open(input)?.inputs();
    let files = markdown_files(input)?;
    let openapi: Vec<&'static Target> = targets::find("openapi").into_iter().collect();
    let rust: Vec<&'static Target> = TARGETS.iter().copied().filter(|target| target.name != "openapi").collect();
    let mut times: [Vec<Duration>; 5] = Default::default();
    // The first round fills the caches, of files and of the allocator, and does not count.
    for round in 0..=ROUNDS {
        let lap = [
            time(|| Ok(floor(&files)))?,
            time(|| Ok(floor(&pages)))?,
            time(|| check(input))?,
            time(|| generate(input, &openapi))?,
            time(|| generate(input, &rust))?,
        ];
        if round > 0 {
            times.iter_mut().zip(lap).for_each(|(times, lap)| times.push(lap));
        }
    }
    let threads = rayon::current_num_threads();
    let (pages, files) = (pages.len(), files.len());
    say(&format!("{pages} pages of {files} Markdown files, {threads} threads, {ROUNDS} rounds\n"));
    say("                     min ms  median ms  x floor (min)  (median)  x pages alone (min)  (median)");
    times.iter_mut().for_each(|times| times.sort_unstable());
    let names = ["floor, every file", "floor, pages alone", "check", "generate OpenAPI", "generate Rust"];
    for (name, times_of) in names.iter().zip(&times) {
        let milliseconds = |times: &[Duration], at: usize| times[at].as_secs_f64() * 1000.0;
        let ratio = |floor: usize, at: usize| milliseconds(times_of, at) / milliseconds(&times[floor], at);
        let (least, median) = (milliseconds(times_of, 0), milliseconds(times_of, ROUNDS / 2));
        let of_files = format!("{:14.2} {:9.2}", ratio(0, 0), ratio(0, ROUNDS / 2));
        let of_pages = format!("{:20.2} {:9.2}", ratio(1, 0), ratio(1, ROUNDS / 2));
        say(&format!("{name:19} {least:7.0} {median:10.0} {of_files} {of_pages}"));
    }
    match peak_memory_of_check(input)? {
        Some(kilobytes) => say(&format!("\npeak memory of check: {:.0} MB", f64::from(kilobytes) / 1024.0)),
        None => say("\npeak memory of check: this system does not tell"),
    }
    Ok(())
}

fn time<T>(work: impl FnOnce() -> Result<T>) -> Result<Duration> {
    let start = Instant::now();
    let result = black_box(work()?);
    let time = start.elapsed();
    drop(result);
    Ok(time)
}

fn open(input: &Path) -> Result<Project> {
    let input = Some(input.to_string_lossy().into_owned());
    Ok(Project::open(&Request { directory: ".".into(), input, ..Request::default() })?)
}

/// All Markdown files below a folder.
fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(markdown_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(files)
}

/// What no tool that reads Markdown can do without: the number of events of all files.
fn floor(files: &[PathBuf]) -> usize {
    let events = |path: &PathBuf| {
        let text = std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        Parser::new_ext(without_front_matter(&text), markdown::OPTIONS).count()
    };
    files.par_iter().map(events).sum()
}

fn without_front_matter(text: &str) -> &str {
    let rest = text.trim_start_matches('\u{feff}').strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    rest.map_or(text, |(_, rest)| rest)
}

/// `apipage check`, but for the printing: the number of findings. The program does not free the pages either.
fn check(input: &Path) -> Result<(Project, usize)> {
    let project = open(input)?;
    let (docset, levels) = (&project.docset, &project.config.levels);
    let texts = || rules::check_texts(docset, levels, Scope::Check);
    let (model, of_texts) = rayon::join(|| model::link(docset), texts);
    let found = rules::check_linked(&model, levels, Scope::Check, of_texts).len();
    drop(model);
    Ok((project, found))
}

/// `apipage generate`, but for the writing: the number of bytes.
fn generate(input: &Path, chosen: &[&'static Target]) -> Result<(Project, usize)> {
    let project = open(input)?;
    let model = model::link(&project.docset);
    let (files, problems) = project.render(&model, chosen);
    if let Some(problem) = problems.first() {
        return Err(problem.message.clone().into());
    }
    let size = files.0.values().map(String::len).sum();
    drop(model);
    Ok((project, size))
}

/// The peak memory of a process that does nothing but check, in kilobytes.
fn peak_memory_of_check(input: &Path) -> Result<Option<u32>> {
    let output = Command::new(std::env::current_exe()?).arg(CHECK_ALONE).arg(input).output()?;
    if !output.status.success() {
        return Err(format!("check, in a process of its own, failed: {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

/// The peak memory of this process in kilobytes, where the system tells.
fn peak_memory() -> Option<u32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[expect(clippy::print_stdout, reason = "this is what the program is for")]
fn say(text: &str) {
    println!("{text}");
}
