use super::*;
use crate::diagnostic::{Edit, Fix, Lint};
use crate::source::Source;
use crate::span::{Location, Span};
use crate::syntax;

static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: None };

/// What is printed for a finding at the first `[…]` of a page, with labels at the others; the brackets are taken
/// out. A second page may follow after `//-`.
fn printed(text: &str, change: impl Fn(&mut Diagnostic)) -> String {
    let mut marks = Vec::new();
    let mut pages = Vec::new();
    for (index, text) in text.split("//-\n").enumerate() {
        let file = FileId(index as u32);
        let mut plain = String::new();
        let mut start = 0;
        for char in text.chars() {
            match char {
                '⟦' => start = plain.len(),
                '⟧' => marks.push(Location::new(file, Span::new(start, plain.len()))),
                _ => plain.push(char),
            }
        }
        pages.push(syntax::parse(file, Source::new(format!("p{index}.md"), plain)));
    }
    let mut diagnostic = Diagnostic::new(&LINT, marks[0], "something is wrong");
    for (index, mark) in marks[1..].iter().enumerate() {
        diagnostic.label(*mark, format!("label {}", index + 1));
    }
    change(&mut diagnostic);
    let sources = Sources::new(&pages, Shown { input: "docs".into(), root: "docs".into(), ..Shown::default() });
    let report = Report { diagnostics: &[diagnostic], sources: &sources, pages: pages.len(), known: None };
    let mut out = anstream::StripStream::new(Vec::new());
    human::print(report, 80, &mut out).unwrap();
    format!("{text}\n--------\n{}", String::from_utf8(out.into_inner()).unwrap())
}

macro_rules! check {
    ($name:literal, $text:expr) => {
        check!($name, $text, |_| {})
    };
    ($name:literal, $text:expr, $change:expr) => {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($name, printed($text, $change));
        })
    };
}

#[test]
fn marks_and_labels() {
    check!("one", "# Title\n\nsome ⟦text⟧ here\n");
    check!("labels", "some ⟦text⟧ here\n\nand ⟦there⟧\n");
    check!("far", &format!("some ⟦text⟧ here\n{}and ⟦there⟧\n", "\n".repeat(40)));
    check!("other-page", "some ⟦text⟧ here\n//-\nline\nand ⟦there⟧\n");
    check!("end", "text\n⟦⟧");
    check!("empty-page", "⟦⟧");
    check!("whole-line", "one\n⟦two\n⟧three\n");
    check!("lines", "one\n⟦two\nthree⟧\nfour\n");
    check!("tall", &format!("⟦first\n{}last⟧\n", "line\n".repeat(40)));
    check!("carriage-returns", "one\r\ntwo ⟦three⟧ four\r\nfive\rsix\r\n");
    check!("wide", "漢字 ⟦漢字⟧ 漢字\t⟦x⟧\n");
}

#[test]
fn help_and_fixes() {
    check!("help", "some ⟦text⟧ here\n", |finding| {
        finding.help("write words");
    });
    check!("fix", "some ⟦text⟧ here\n", |finding| {
        let span = finding.at.span;
        finding.help("write words").fix(span, "words");
    });
    check!("fix-elsewhere", "some ⟦text⟧ here\n//-\n⟦other⟧ page\n", |finding| {
        let edits =
            vec![Edit { at: finding.at, text: "x".into() }, Edit { at: finding.labels[0].at, text: "y".into() }];
        finding.fix = Some(Fix { edits, safe: false });
    });
}

/// What is printed for a change of a file.
fn check_diff(before: &str, after: &str, expected: &str) {
    let mut out = anstream::StripStream::new(Vec::new());
    diff::print("p.md", before, after, &mut out).unwrap();
    let printed = String::from_utf8(out.into_inner()).unwrap();
    let expected = if expected.is_empty() { String::new() } else { format!("--- p.md\n+++ p.md\n{expected}") };
    assert_eq!(printed, expected);
}

#[test]
fn changes_are_unified_diffs() {
    check_diff("a\n", "a\n", "");
    check_diff("a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    check_diff("a\n", "", "@@ -1 +0,0 @@\n-a\n");
    check_diff("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n");
    check_diff("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
    check_diff("a\r\nb\r\n", "a\r\nB\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+B\r\n");
    check_diff("a\u{1b}[31m\rb\n", "a\tb\n", "@@ -1 +1 @@\n-a␛[31m␍b\n+a\tb\n");
    let lines = |changed: &[usize]| {
        let line =
            |number: usize| if changed.contains(&number) { format!("x{number}\n") } else { format!("{number}\n") };
        (1..=20).map(line).collect::<String>()
    };
    let near = "@@ -1,13 +1,13 @@\n 1\n 2\n-3\n+x3\n 4\n 5\n 6\n 7\n 8\n 9\n-10\n+x10\n 11\n 12\n 13\n";
    check_diff(&lines(&[]), &lines(&[3, 10]), near);
    let far = "@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+x3\n 4\n 5\n 6\n@@ -8,7 +8,7 @@\n 8\n 9\n 10\n-11\n+x11\n 12\n 13\n 14\n";
    check_diff(&lines(&[]), &lines(&[3, 11]), far);
}

#[test]
fn long_lines_are_cut() {
    let words = "word ".repeat(40);
    check!("long", &format!("{words}⟦here⟧ {words}\n"));
    let text = printed(&format!("{0}⟦here⟧ {0}\n", "word ".repeat(100_000)), |_| {});
    let report = text.split_once("--------\n").unwrap().1;
    assert!(report.len() < 1000 && report.contains("docs/p0.md:1:500001"), "{report}");
}

#[test]
fn control_characters_are_shown_not_sent() {
    let text = printed("a \u{1b}[31m\u{9b}31m ⟦x\u{7}⟧ \u{202e}b\n", |finding| {
        finding.message = "a \u{1b}[2J\u{9b}".into()
    });
    let report = text.split_once("--------\n").unwrap().1;
    assert!(!report.contains(|char: char| char.is_control() && char != '\n'), "{report:?}");
    assert!(!report.contains('\u{202e}'), "{report:?}");
}

#[test]
fn json_has_every_field() {
    let source = Source::new("p.md", "some text\nhere\n");
    let pages = [syntax::parse(FileId(0), source)];
    let mut diagnostic = Diagnostic::new(&LINT, Location::new(FileId(0), Span::new(5, 9)), "wrong");
    diagnostic.help("do this").fix(Span::new(5, 9), "words").label(Location::new(FileId(0), Span::new(10, 14)), "see");
    let sources = Sources::new(&pages, Shown::default());
    let mut out = Vec::new();
    json::print(Report { diagnostics: &[diagnostic], sources: &sources, pages: 1, known: None }, &mut out).unwrap();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("json", String::from_utf8(out).unwrap());
    });
}

type Print = fn(Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>;

/// What a format for programs makes of hostile texts: of a finding with everything over two pages, one over whole
/// lines, and one in no file.
fn hostile(print: Print) -> String {
    let texts = ["a 😀 text\nhere\r\nand there\n", "other\n", "clean\n"];
    let paths = ["a,b:c%d \"<&'é.md", "other.md", "clean.md"];
    let page = |index: usize| syntax::parse(FileId(index as u32), Source::new(paths[index], texts[index]));
    let pages = [page(0), page(1), page(2)];
    let hostile = "100%, x::y ]]> <b> \u{1b}[31m\u{9b}m\u{0}\u{202e} \"q\" 'p' &amp; [a](http://b)\r\n::error::x\tz";
    let place = |file, start, end| Location::new(FileId(file), Span::new(start, end));
    let mut full = Diagnostic::new(&LINT, place(0, 7, 11), hostile);
    full.help(hostile).fix(Span::new(7, 11), hostile).label(place(1, 0, 5), hostile);
    let mut lines = Diagnostic::new(&LINT, place(0, 12, 28), "lines");
    lines.level = Level::Error;
    let mut nowhere = Diagnostic::new(&LINT, place(9, 0, 0), "nowhere");
    nowhere.level = Level::Hint;
    let sources = Sources::new(&pages, Shown { input: "docs".into(), root: "docs".into(), ..Shown::default() });
    let mut out = Vec::new();
    print(Report { diagnostics: &[full, lines, nowhere], sources: &sources, pages: 3, known: None }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn hostile_texts_are_inert_for_programs() {
    for (name, print) in [("github", github::print as Print), ("sarif", sarif::print), ("junit", junit::print)] {
        let text = hostile(print).replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
    let json: serde_json::Value = serde_json::from_str(&hostile(sarif::print)).unwrap();
    assert_eq!(json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 6);
    assert_eq!(hostile(github::print).lines().count(), 3);
    for print in [github::print as Print, junit::print] {
        assert!(!hostile(print).contains(|char: char| char.is_control() && !matches!(char, '\n' | '\t')));
    }
}

#[test]
fn of_many_hints_a_few_are_shown() {
    let check = |level: Level, count: usize, shown: usize, others: &[&str]| {
        let mut finding = Diagnostic::new(&LINT, Location::default(), "something is wrong");
        finding.level = level;
        let mut findings = vec![finding; count];
        assert_eq!(
            (abridge::abridge(&mut findings), findings.len()),
            (others.iter().map(|other| other.to_string()).collect(), shown)
        );
    };
    let said = |others: &str| format!("{others} of `some-rule`: `apipage check --select some-rule` shows them");
    check(Level::Hint, 10, 10, &[]);
    check(Level::Hint, 11, 10, &[&said("1 more hint")]);
    check(Level::Hint, 40, 10, &[&said("30 more hints")]);
    check(Level::Warning, 40, 40, &[]);
}
