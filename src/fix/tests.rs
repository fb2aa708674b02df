use super::*;
use crate::diagnostic::{Level, Lint};
use crate::span::{Location, Span};

/// A fix of some replacements: `start..end` and the text.
fn fix(edits: &[(usize, usize, &str)]) -> Fix {
    let edit = |(start, end, text): &(usize, usize, &str)| Edit {
        at: Location::new(FileId(0), Span { start: *start as u32, end: *end as u32 }),
        text: (*text).to_owned(),
    };
    Fix { edits: edits.iter().map(edit).collect(), safe: true }
}

fn check(text: &str, fixes: &[&[(usize, usize, &str)]], expected: &str, applied: usize) {
    let fixes: Vec<Fix> = fixes.iter().map(|edits| fix(edits)).collect();
    assert_eq!(apply(text, &fixes), Fixed { text: expected.to_owned(), applied }, "{text:?}");
}

#[test]
fn fixes_are_applied_in_the_order_of_the_text() {
    check("abcdef", &[], "abcdef", 0);
    check("abcdef", &[&[(1, 2, "B")]], "aBcdef", 1);
    check("abcdef", &[&[(4, 5, "E")], &[(0, 0, "-")], &[(2, 3, "")]], "-abdEf", 3);
    check("abcdef", &[&[(4, 5, "E"), (0, 1, "A")], &[(2, 3, "C")]], "AbCdEf", 2);
    check("äöü", &[&[(2, 4, "o")], &[(6, 6, "!")]], "äoü!", 2);
    check("", &[&[(0, 0, "new")]], "new", 1);
}

#[test]
fn of_two_that_touch_the_earlier_is_applied_then_the_first() {
    check("abcdef", &[&[(2, 4, "X")], &[(1, 3, "Y")]], "aYdef", 1);
    check("abcdef", &[&[(1, 3, "X")], &[(1, 3, "Y")]], "aXdef", 1);
    check("abcdef", &[&[(1, 5, "X")], &[(2, 3, "Y")]], "aXf", 1);
    check("abcdef", &[&[(2, 2, "X")], &[(2, 2, "Y")]], "abXcdef", 1);
    check("abcdef", &[&[(1, 2, "X")], &[(2, 2, "Y")]], "aXcdef", 1);
    check("abcdef", &[&[(2, 3, "X")], &[(2, 2, "Y")]], "abYcdef", 1);
    check("abcdef", &[&[(1, 2, "X")], &[(2, 3, "Y")], &[(3, 4, "Z")]], "aXcZef", 2);
}

#[test]
fn a_fix_is_applied_whole_or_not_at_all() {
    check("abcdef", &[&[(0, 1, "A"), (4, 5, "E")], &[(2, 3, "C"), (4, 6, "-")]], "AbcdEf", 1);
    check("abcdef", &[&[(1, 2, "B")], &[(0, 2, "-"), (5, 6, "-")]], "-cde-", 1);
    // Parts of one fix may stand side by side.
    check("abcdef", &[&[(1, 2, "B"), (2, 3, "C")]], "aBCdef", 1);
}

#[test]
fn what_is_no_change_of_the_text_is_passed_over() {
    check("abc", &[&[(1, 2, "b")]], "abc", 0);
    check("abc", &[&[(2, 9, "x")], &[(0, 1, "A")]], "Abc", 1);
    check("abc", &[&[(2, 1, "x")]], "abc", 0);
    check("äb", &[&[(1, 2, "x")]], "äb", 0);
    check("abc", &[&[(0, 2, "x"), (1, 3, "y")]], "abc", 0);
    check("abc", &[&[(1, 1, "x"), (1, 2, "y")]], "abc", 0);
    check("abc", &[&[]], "abc", 0);
    check("a\r\nb", &[&[(2, 2, "x")]], "a\r\nb", 0);
    check("a\r\nb", &[&[(0, 2, "x")]], "a\r\nb", 0);
    check("a\r\nb", &[&[(1, 2, ""), (2, 3, "-")]], "a-b", 1);
}

#[test]
fn line_ends_are_those_of_the_place() {
    check("a\nb\n", &[&[(1, 1, "\n-")]], "a\n-\nb\n", 1);
    check("a\r\nb\r\n", &[&[(1, 1, "\n-")]], "a\r\n-\r\nb\r\n", 1);
    check("a\rb\r", &[&[(1, 1, "\n-")]], "a\r-\rb\r", 1);
    check("a\r\nb", &[&[(4, 4, "\nx\r\ny\rz")]], "a\r\nb\r\nx\r\ny\r\nz", 1);
    check("a\nb\r\nc\n", &[&[(1, 1, "\n1")], &[(3, 3, "\n2")], &[(6, 6, "\n3")]], "a\n1\nb\r\n2\r\nc\n3\n", 3);
    check("a\nb", &[&[(3, 3, "\r\nx")]], "a\nb\nx", 1);
    check("ab", &[&[(1, 1, "\r\n")]], "a\nb", 1);
    check("a\n\r\nb", &[&[(5, 5, "\n")]], "a\n\r\nb\r\n", 1);
    check("\n", &[&[(0, 0, "a\nb")]], "a\nb\n", 1);
}

#[test]
fn every_other_byte_stays() {
    check("\u{FEFF}a \r\n\tb\u{A0}\rc\n\0", &[&[(3, 4, "A")]], "\u{FEFF}A \r\n\tb\u{A0}\rc\n\0", 1);
}

#[test]
fn fixes_are_offered_by_page_and_safety() {
    static LINT: Lint = Lint { name: "some-rule", level: Level::Warning, doc: "", fix: None };
    let finding = |file: u32, fix: Option<Fix>| {
        let mut finding = Diagnostic::new(&LINT, Location::new(FileId(file), Span::at(0)), "");
        finding.fix = fix;
        finding
    };
    let plain = fix(&[(0, 1, "x")]);
    let findings = [
        finding(0, Some(plain.clone())),
        finding(0, Some(Fix { safe: false, ..plain.clone() })),
        finding(0, None),
        // No part of a fix may be left out, and pages are written one by one.
        finding(1, Some(plain)),
    ];
    let count = |wanted, file| offered(&findings, wanted).get(&FileId(file)).map_or(0, Vec::len);
    assert_eq!([count(Safety::Safe, 0), count(Safety::Unsafe, 0), count(Safety::Unsafe, 1)], [1, 2, 0]);
}
