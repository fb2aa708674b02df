//! Transcripts of watching: what is done to the files, and what the check after it prints.

use super::*;
use crate::cli::{Arguments, Command};
use clap::Parser as _;
use screen::CLEAR;
use std::fmt::Write as _;
use std::fs;

/// Checks a docset with the arguments, and again after each change (`> path text`, `rm path`, `mv path path`).
fn check(name: &str, arguments: &str, is_terminal: bool, files: &[(&str, &str)], changes: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    files.iter().for_each(|(path, text)| write(&root, path, text));
    let arguments = Arguments::try_parse_from(["apipage"].into_iter().chain(arguments.split(' '))).unwrap();
    let Command::Check(check) = arguments.command else { panic!("no check") };
    let mut view = match check.format {
        Format::Human => View::Screen(Screen::new(is_terminal)),
        format => View::of(format).unwrap(),
    };
    let mut watch = Watch::new(&check, check.request(&root));
    let mut transcript = String::new();
    let mut look = |touched: &Touched, transcript: &mut String| {
        let (mut out, mut err) = (Vec::new(), anstream::StripStream::new(Vec::new()));
        let mut terminal = Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false };
        if let Err(error) = watch.step(touched, &mut view, &mut terminal) {
            view.print_failure(&format!("{error:#}"), &mut terminal).unwrap();
        }
        let out = String::from_utf8(out).unwrap().replace(CLEAR, "[CLEAR]\n");
        let mut stripped = anstream::StripStream::new(Vec::new());
        io::Write::write_all(&mut stripped, out.as_bytes()).unwrap();
        for (stream, text) in [("", stripped.into_inner()), ("stderr: ", err.into_inner())] {
            for line in String::from_utf8(text).unwrap().lines() {
                writeln!(transcript, "{}", format!("{stream}{}", without_time(line)).trim_end()).unwrap();
            }
        }
    };
    look(&Touched::All, &mut transcript);
    for change in changes {
        writeln!(transcript, "\n$ {change}").unwrap();
        look(&apply(&root, change), &mut transcript);
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, transcript);
    });
}

/// A line of output with `N` for the milliseconds.
fn without_time(line: &str) -> String {
    let parts = [("checked in ", " ms"), ("\"milliseconds\":", ",")];
    let found = parts.iter().find_map(|(before, after)| {
        let (start, rest) = line.split_once(before)?;
        let (_, end) = rest.split_once(after)?;
        Some(format!("{start}{before}N{after}{end}"))
    });
    found.unwrap_or_else(|| line.to_owned())
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn apply(root: &Path, change: &str) -> Touched {
    let words: Vec<&str> = change.splitn(3, ' ').collect();
    let paths = match words[..] {
        [">", path, text] => {
            write(root, path, text);
            vec![path]
        }
        ["rm", path] => {
            let full = root.join(path);
            if full.is_dir() {
                fs::remove_dir_all(full).unwrap()
            } else {
                fs::remove_file(full).unwrap()
            }
            vec![path]
        }
        ["mv", from, to] => {
            fs::rename(root.join(from), root.join(to)).unwrap();
            vec![from, to]
        }
        _ => panic!("no change: {change}"),
    };
    Touched::Paths(paths.into_iter().map(|path| root.join(path)).collect())
}

const FILES: &[(&str, &str)] =
    &[("docs/a.md", "# A\n\nSee [b](b.md).\n"), ("docs/b.md", "# B\n\nTODO: write\n"), ("docs/docfx.json", "")];

#[test]
fn what_is_new_and_gone_is_printed() {
    check(
        "watch-log",
        "check docs --watch",
        false,
        FILES,
        &[
            "> docs/a.md # A\n\nSee [b](b.md).\n",
            "> docs/a.md # A\n\nTODO: more\n\nSee [b](b.md).\n",
            "> docs/b.md # B\n\nWritten.\n",
            "mv docs/b.md docs/c.md",
            "> docs/apipage.toml [rules]\nbroken-link = \"of\"\n",
            "> docs/apipage.toml [rules]\nbroken-link = \"off\"\n",
            "> docs/picture.png new",
            "rm docs",
            "> docs/a.md # A\n",
        ],
    );
}

#[test]
fn a_terminal_shows_how_things_are() {
    check(
        "watch-terminal",
        "check docs --watch",
        true,
        FILES,
        &["> docs/a.md # A\n\nTODO: more\n", "> docs/b.md # B\n", "rm docs", "> docs/b.md # B\n"],
    );
}

#[test]
fn a_terminal_shows_no_more_than_can_be_read() {
    let todo = |page: &str, count: usize| format!("# {page}\n{}", "\nTODO: write\n".repeat(count));
    let (many, more) = (todo("Many", 60), format!("> docs/a.md {}", todo("A", 55)));
    let files = [("docs/a.md", "# A\n"), ("docs/many.md", &many)];
    check(
        "watch-terminal-many",
        "check docs --watch --select todo-placeholder --select broken-link",
        true,
        &files,
        &["> docs/a.md # A\n\nTODO: write\n", "> docs/c.md # C\n\n[x](y.md)\n", &more, "rm docs/many.md"],
    );
}

#[test]
fn programs_get_the_files_whose_findings_are_others() {
    check(
        "watch-json",
        "check docs --watch --format json",
        false,
        FILES,
        &[
            "> docs/a.md # A\n\nSee [b](b.md) and more.\n",
            "> docs/b.md # B\n\nMore.\n\nTODO: write\n",
            "> docs/a.md # A\n\nTODO: more\n",
            "rm docs/b.md",
            "rm docs",
        ],
    );
}

#[test]
fn findings_of_a_baseline_are_left_out() {
    let baseline = "version = 1\n\n[pages.\"b.md\"]\ntodo-placeholder = [\n  { message = \"the placeholder `TODO: write` was left in place\", text = \"TODO: write\" },\n]\n";
    check(
        "watch-baseline",
        "check docs --watch --baseline known.toml --deny-warnings",
        false,
        &[FILES, &[("known.toml", baseline)]].concat(),
        &[
            "> docs/b.md # B\n\nTODO: write\n\nTODO: more\n",
            "> docs/b.md # B\n",
            "> known.toml version = 2\n",
            "> known.toml version = 1\n",
        ],
    );
}

#[test]
fn one_page_is_watched_with_its_neighbours() {
    check(
        "watch-one-page",
        "check docs/a.md --watch --ignore todo-placeholder",
        false,
        FILES,
        &["> docs/b.md # B\n", "rm docs/b.md", "rm docs/a.md", "> docs/a.md # A\n"],
    );
}
