//! A change to a file as a unified diff: for people, and for `patch -p0`.

use super::{harmless, visible};
use anstyle::{AnsiColor, Style};
use imara_diff::{Algorithm, Diff, Hunk, InternedInput};
use std::io::{self, Write};

/// Lines shown around a change.
const CONTEXT: u32 = 3;

const FILE: Style = Style::new().bold();
const PLACE: Style = AnsiColor::Cyan.on_default();
const PLAIN: Style = Style::new();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// Prints what differs between two texts of a file; nothing where they are the same.
pub fn print(path: &str, before: &str, after: &str, out: &mut dyn Write) -> io::Result<()> {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let hunks: Vec<Hunk> = diff.hunks().collect();
    if hunks.is_empty() {
        return Ok(());
    }
    let path = harmless(path);
    writeln!(out, "{FILE}--- {path}{FILE:#}\n{FILE}+++ {path}{FILE:#}")?;
    // What the context of two changes would touch is shown as one.
    for near in hunks.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT) {
        print_hunks(near, &input, out)?;
    }
    Ok(())
}

/// Prints changes that stand near one another.
fn print_hunks(hunks: &[Hunk], input: &InternedInput<&str>, out: &mut dyn Write) -> io::Result<()> {
    let (Some(first), Some(last)) = (hunks.first(), hunks.last()) else { return Ok(()) };
    let above = first.before.start.min(CONTEXT);
    let below = (input.before.len() as u32 - last.before.end).min(CONTEXT);
    let before = place(first.before.start - above, last.before.end + below);
    let after = place(first.after.start - above, last.after.end + below);
    writeln!(out, "{PLACE}@@ -{before} +{after} @@{PLACE:#}")?;
    let old = |from: u32, to: u32| (from..to).map(|line| input.interner[input.before[line as usize]]);
    let mut shown_to = first.before.start - above;
    for hunk in hunks {
        print_lines(' ', PLAIN, old(shown_to, hunk.before.start), out)?;
        print_lines('-', REMOVED, old(hunk.before.start, hunk.before.end), out)?;
        let new = hunk.after.clone().map(|line| input.interner[input.after[line as usize]]);
        print_lines('+', ADDED, new, out)?;
        shown_to = hunk.before.end;
    }
    print_lines(' ', PLAIN, old(shown_to, last.before.end + below), out)
}

/// Some lines, by the indices of the first and of the one after the last: the number of the first, and how many.
fn place(start: u32, end: u32) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

fn print_lines<'l>(
    sign: char,
    style: Style,
    lines: impl Iterator<Item = &'l str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for line in lines {
        let text = line.strip_suffix('\n').unwrap_or(line);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let end = &line[text.len()..];
        // Bidirectional marks stay, as they may be what the change is about.
        let inert = |char: char| if char.is_control() { visible(char) } else { char };
        let text: String = text.chars().map(inert).collect();
        write!(out, "{style}{sign}{text}{style:#}{end}")?;
        if !end.ends_with('\n') {
            writeln!(out, "\n\\ No newline at end of file")?;
        }
    }
    Ok(())
}
