//! Real pages, damaged: cut off, with lines deleted, doubled and swapped, bytes flipped, other line ends and other
//! encodings. What holds of each is in `tests/support/oracles.rs`.
//!
//! `APIPAGE_MUTANTS` says how many there are, `APIPAGE_CORPUS` names a folder of pages to take beside the sample
//! pages, and `APIPAGE_MUTANT` the number of the one to look at alone. The same numbers always give the same mutants.

#![allow(clippy::print_stdout, reason = "figures, for whoever asks for them with `--nocapture`")]

#[path = "support/oracles.rs"]
mod oracles;

use apipage::source::Source;
use apipage::span::FileId;
use apipage::syntax::{self, Docset, Options};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many mutants there are where nothing is said.
const DEFAULT_MUTANTS: usize = 1_000;

/// Each page is cut off at so many places, where there are mutants enough.
const CUTS: usize = 20;

/// Of so many mutants one is generated from, and its findings are printed.
const GENERATED: usize = 8;

/// What slips into pages, besides single bytes.
const WORDS: &[&str] = &[
    "\u{feff}",
    "\0",
    "\u{202e}",
    "\u{1b}[2J",
    "\r",
    "\n",
    "\r\n",
    "|",
    "\\|",
    "```",
    "~~~",
    "<!--",
    "-->",
    "---\n",
    "# ",
    "## Properties\n",
    "## HTTP request\n",
    "[",
    "](",
    ")",
    "{",
    "}",
    "\"",
    "'",
    "<br/>",
    "&#0;",
    "*/",
    "\"#",
    "]]",
    "{{",
    "{%",
    "<!-- { \"blockType\": \"request\" } -->\n",
    "[!INCLUDE [x](page.md)]\n",
    "collection",
    "Collection(",
    "é",
    "😀",
    "\t",
];

/// Numbers that look random: SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 where there is none.
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }
}

/// The mutant with this number.
fn mutant(pages: &[(String, Vec<u8>)], number: usize) -> (usize, Vec<u8>) {
    let (page, round) = (number % pages.len(), number / pages.len());
    let mut random = Random(number as u64);
    let mut bytes = pages[page].1.clone();
    if round.is_multiple_of(2) && round / 2 < CUTS {
        let width = bytes.len() / CUTS;
        bytes.truncate(round / 2 * width + random.below(width));
        return (page, bytes);
    }
    for _ in 0..=random.below(4) {
        bytes = damaged(bytes, &mut random);
    }
    (page, if random.below(8) == 0 { otherwise_encoded(&bytes, &mut random) } else { bytes })
}

/// A page with one more fault.
fn damaged(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let at = random.below(bytes.len() + 1);
    match random.below(8) {
        0..=3 => return with_other_lines(&bytes, random),
        4 => {
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len());
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8));
            }
        }
        5 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
        6 => {
            let count = 1 + random.below(3);
            let word = WORDS[random.below(WORDS.len())].repeat(count);
            bytes.splice(at..at, word.into_bytes());
        }
        _ => bytes.truncate(at),
    }
    bytes
}

/// A page with lines deleted, doubled, swapped, or moved.
fn with_other_lines(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    if !lines.is_empty() {
        match random.below(4) {
            0 => drop(lines.drain(one..(one + 1 + random.below(3)).min(lines.len()))),
            1 => lines.insert(one, lines[one]),
            2 => lines.swap(one, other),
            _ => {
                let line = lines.remove(one);
                lines.insert(other.min(lines.len()), line);
            }
        }
    }
    lines.concat()
}

/// A page in another encoding, or with other line ends.
fn otherwise_encoded(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let units = || [0xFEFF].into_iter().chain(text.encode_utf16());
    match random.below(6) {
        0 => text.replace('\n', "\r\n").into_bytes(),
        1 => text.replace('\n', "\r").into_bytes(),
        2 => format!("\u{feff}{text}").into_bytes(),
        3 => units().flat_map(u16::to_le_bytes).collect(),
        4 => units().flat_map(u16::to_be_bytes).skip(random.below(2)).collect(),
        _ => text.replace(' ', "\0").into_bytes(),
    }
}

/// Holds what holds of any page, beside another one that is whole.
fn check(pages: &[(String, Vec<u8>)], number: usize) {
    let (page, bytes) = mutant(pages, number);
    let whole = (page + 1) % pages.len();
    let mut texts = vec![(&pages[page].0, bytes), (&pages[whole].0, pages[whole].1.clone())];
    texts.sort();
    texts.dedup_by(|one, other| one.0 == other.0);
    let docset = oracles::in_time("reading", || docset(texts.clone()));
    docset.pages.iter().for_each(oracles::check_page);
    let findings = oracles::in_time("the check", || oracles::check(&docset));
    oracles::fixes(&docset);
    if number.is_multiple_of(GENERATED) {
        oracles::print(&docset, &findings);
        oracles::generated(&docset);
    }
}

fn docset(texts: Vec<(&String, Vec<u8>)>) -> Docset {
    let files = texts.iter().map(|(path, _)| (*path).clone()).collect();
    let page = |(index, (path, bytes)): (usize, (&String, Vec<u8>))| {
        syntax::parse(FileId(index as u32), Source::from_bytes(path.clone(), bytes))
    };
    Docset { pages: texts.into_iter().enumerate().map(page).collect(), files, options: Options::default() }
}

/// The pages below a folder, by their paths.
fn pages(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = ignore::WalkBuilder::new(folder).sort_by_file_path(Path::cmp).build();
    let paths = walk.map(|entry| entry.expect("an entry").into_path());
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let name = |path: &Path| path.strip_prefix(folder).expect("a path below").to_string_lossy().replace('\\', "/");
    paths.filter(is_page).map(|path| (name(&path), std::fs::read(&path).expect("a page"))).collect()
}

fn number(variable: &str) -> Option<usize> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: `{text}`")))
}

#[test]
fn damaged_pages_break_nothing() {
    let mut pages = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input"));
    match std::env::var_os("APIPAGE_CORPUS") {
        Some(corpus) => pages.extend(self::pages(Path::new(&corpus))),
        None => println!("only the sample pages are damaged: APIPAGE_CORPUS names no folder of pages"),
    }
    if let Some(number) = number("APIPAGE_MUTANT") {
        return check(&pages, number);
    }
    let count = number("APIPAGE_MUTANTS").unwrap_or(DEFAULT_MUTANTS);
    let mut faulty = faults(&pages, count);
    faulty.sort_unstable();
    println!("{count} mutants of {} pages, {} faulty", pages.len(), faulty.len());
    assert!(faulty.is_empty(), "APIPAGE_MUTANT={} shows the first of {} faults", faulty[0], faulty.len());
}

/// The numbers of the mutants for which something does not hold. Each thread has a mutant of its own, and does not
/// wait for those of others, so that the time of one is its own.
fn faults(pages: &[(String, Vec<u8>)], count: usize) -> Vec<usize> {
    let (next, faulty) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            if number > 0 && number.is_multiple_of(10_000) {
                println!("{number} of {count} mutants of {} pages", pages.len());
            }
            if catch_unwind(AssertUnwindSafe(|| alone.install(|| check(pages, number)))).is_err() {
                println!("APIPAGE_MUTANT={number} ({}) fails", pages[number % pages.len()].0);
                faulty.lock().expect("no panic").push(number);
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    faulty.into_inner().expect("no panic")
}
