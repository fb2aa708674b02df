//! Safe fixes are safe: after them there is nothing more to fix, no rule finds what it did not find before, and what
//! is generated is the same, but for what a page said in a way that could not be read.

mod support;

use apipage::diagnostic::{Diagnostic, Safety};
use apipage::model;
use apipage::project::{Project, Request};
use apipage::render::{Overrides, render};
use apipage::rules::{self, Levels, RULES, Rule, Scope};
use apipage::source::Source;
use apipage::syntax::Docset;
use apipage::targets::{self, Settings, openapi};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rules whose fixes make a page say what it did not say before: an example can be read, has a name, or has a blank
/// less. After the fixes of all others, what is generated is the same to the byte.
const MENDING: [&str; 3] = ["invalid-json-in-example", "invisible-character", "unnamed-request"];

fn findings(docset: &Docset) -> Vec<Diagnostic> {
    rules::check(&model::link(docset), &Levels::default(), Scope::Check)
}

fn is_mending(finding: &Diagnostic) -> bool {
    MENDING.contains(&finding.lint.name)
}

fn text(source: &Source) -> String {
    source.original().unwrap_or(source.text()).to_owned()
}

/// The docset with the safe fixes of the findings that are wanted.
fn fixed(docset: &Docset, wanted: impl Fn(&Diagnostic) -> bool) -> Docset {
    support::fixed(support::with_texts(docset, text), Safety::Safe, |docset| {
        findings(docset).into_iter().filter(|finding| wanted(finding)).collect()
    })
}

fn document(docset: &Docset) -> String {
    let model = model::link(docset);
    let settings = Settings { docset: "docs".into(), ..Settings::default() };
    let (mut files, _) =
        render(targets::artifacts(&model, &[&openapi::TARGET], &settings).all, &Overrides::default(), docset);
    files.0.remove("openapi.yaml").expect("the document")
}

/// How many findings each rule has on each page.
fn counts(findings: &[Diagnostic]) -> BTreeMap<(u32, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.at.file.0, finding.lint.name)).or_default() += 1;
    }
    counts
}

/// Holds what the head of this file says of a docset.
fn check(docset: &Docset, what: &str) {
    let before = findings(docset);
    let after = fixed(docset, |_| true);
    let mended: BTreeSet<u32> =
        before.iter().filter(|finding| is_mending(finding)).map(|finding| finding.at.file.0).collect();
    let (old, left) = (counts(&before), findings(&after));
    for ((file, rule), count) in counts(&left) {
        let path = &after.pages[file as usize].source.path;
        let is_old = old.get(&(file, rule)).is_some_and(|old| count <= *old);
        assert!(is_old || mended.contains(&file), "{what}: fixes make {rule} find more in {path}");
    }
    let fixable = left.iter().find(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe));
    assert!(fixable.is_none(), "{what}: {fixable:?} remains");
    check_document(docset, |finding| !is_mending(finding), what);
}

/// Holds that the fixes of the findings that are wanted leave what is generated as it is.
fn check_document(docset: &Docset, wanted: impl Fn(&Diagnostic) -> bool, what: &str) {
    let (before, after) = (document(docset), document(&fixed(docset, wanted)));
    let differs = before.lines().zip(after.lines()).find(|(before, after)| before != after);
    assert!(before == after, "{what}: the document is another one: {differs:?}");
}

/// The examples of a rule, and its further cases.
fn examples(rule: &Rule) -> Vec<String> {
    let documentation: String = rule.lint.lines().map(|line| format!("{line}\n")).collect();
    let cases = format!("{}/tests/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.lint.name);
    let cases = std::fs::read_to_string(cases).unwrap_or_default();
    support::fences(&documentation).into_iter().chain(support::fences(&cases)).collect()
}

#[test]
fn the_examples_of_rules_keep_their_meaning() {
    for rule in RULES {
        for example in examples(rule) {
            check(&support::docset(&example), &format!("{}\n{example}", rule.lint.name));
        }
    }
}

/// What slips into pages.
const SLIPS: [&str; 16] =
    ["\u{a0}", "\u{200b}", "\"", "“", "|", "\n", "\n\n", ",", "`", "**", "\\", "<!--", "-->", "{", "]", "None"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages pieced together from the examples of all rules, with slips: fixes come to an end, and nothing is left
    /// that says of itself that it could be fixed.
    #[test]
    fn fixes_of_broken_pages_come_to_an_end(
        pieces in vec((any::<Index>(), any::<Index>(), 1..30usize), 1..5),
        slips in vec((any::<Index>(), select(&SLIPS[..])), 0..4),
        line_end in select(&["\n", "\r\n", "\r"][..]),
    ) {
        let examples: Vec<String> = RULES.iter().flat_map(|rule| examples(rule)).collect();
        let mut page = String::new();
        for (example, start, length) in pieces {
            let lines: Vec<&str> = example.get(&examples).lines().filter(|line| !line.starts_with("//-")).collect();
            let start = start.index(lines.len().max(1));
            page.extend(lines.iter().skip(start).take(length).flat_map(|line| [line, "\n"]));
        }
        for (at, slip) in slips {
            let starts: Vec<usize> = page.char_indices().map(|(at, _)| at).collect();
            page.insert_str(starts.get(at.index(starts.len().max(1))).copied().unwrap_or_default(), slip);
        }
        // What is no UTF-8 is not fixed.
        let plain = support::docset(&page.replace("\\x", ""));
        let docset = support::with_texts(&plain, |source| source.text().replace('\n', line_end));
        let plain = support::fixed(plain, Safety::Unsafe, findings);
        let after = support::fixed(docset, Safety::Unsafe, findings);
        for (page, plain) in after.pages.iter().zip(&plain.pages) {
            prop_assert_eq!(text(&page.source), plain.source.text().replace('\n', line_end));
        }
        for finding in findings(&after).iter().filter(|finding| finding.fix.is_some()) {
            prop_assert!(false, "{} {:?} remains in\n{}", finding.message, finding.fix, after.pages[0].source.text());
        }
    }
}

/// Faults to put into the sample pages, by what stands there: each a fix takes back to the byte.
const FAULTS: &[(&str, &str)] = &[
    ("\n## HTTP request", "\n## Http Request"),
    ("\n## Request headers", "\n## Request Headers"),
    ("\n## Properties", "\n## Propertiess"),
    ("\n### Response\n", "\n**Response**\n"),
    ("doc_type: apiPageType", "doc_type: apiPagetype"),
    ("doc_type: resourcePageType", "doc_type: resource"),
    ("(../resources/partnercompanyprofile.md)", "(..\\resources\\partnercompanyprofile.md)"),
    ("(../resources/customer.md)", "(../resources/Customer.md)"),
    (" object.", "\u{a0}object.\u{200b}"),
    ("|String|", "|string|"),
    ("|:---|:---|:---|", "|:---|:---|"),
    ("(personal Microsoft account)|", "(personal Microsoft account|"),
    ("\nPATCH /customer", "\nPATCH customer"),
    ("GET https://graph.microsoft.com/beta/", "GET https://graph.microsoft.com/v1.0/"),
    ("HTTP/1.1 200 OK", "HTTP/1.1 200 Okay"),
    ("HTTP/1.1 201 Created", "HTTP/1.1 201 OK"),
    ("\"truncated\": true\n}", "\"truncated\": \"true\",\n}"),
    ("\"tenantId\": \"String\"", "“tenantId”: \"String\""),
    ("microsoft.graph.billingProfile\"\n  }\n}", "microsoft.graph.billingProfile\",\n  },\n}"),
    ("\"keyProperty\"", "\"keyPropery\""),
];

/// The sample docset of the project.
fn samples() -> Docset {
    open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input")).docset
}

fn open(input: &Path) -> Project {
    let input = Some(input.to_string_lossy().into_owned());
    Project::open(&Request { directory: ".".into(), input, ..Request::default() }).expect("a docset")
}

/// Holds that the sample docset with faults is the sample docset again after its fixes.
fn check_faults(faults: &[(&str, &str)], line_end: &str) {
    let samples = samples();
    let plain = |source: &Source| source.text().replace('\n', line_end);
    let faulty = support::with_texts(&samples, |source| {
        let with = |text: String, (right, wrong): &(&str, &str)| text.replace(right, wrong);
        faults.iter().fold(source.text().to_owned(), with).replace('\n', line_end)
    });
    let after = fixed(&faulty, |_| true);
    let mut changed = 0;
    for ((page, faulty), sample) in after.pages.iter().zip(&faulty.pages).zip(&samples.pages) {
        changed += usize::from(text(&faulty.source) != plain(&sample.source));
        assert_eq!(text(&page.source), plain(&sample.source), "{faults:?}");
    }
    assert!(changed > 0, "{faults:?} stands in no sample page");
}

#[test]
fn faults_in_the_sample_pages_are_taken_back() {
    let left = findings(&samples());
    assert!(left.iter().all(|finding| finding.fix.is_none()), "{left:?}");
    for fault in FAULTS {
        check_faults(&[*fault], "\n");
    }
    for line_end in ["\n", "\r\n", "\r"] {
        check_faults(FAULTS, line_end);
    }
}

/// The docset of `APIPAGE_CORPUS`, a folder or an archive that `tar` reads; `None` where it names none.
fn corpus(folder: &Path) -> Option<PathBuf> {
    let corpus = PathBuf::from(std::env::var_os("APIPAGE_CORPUS")?);
    if corpus.is_dir() {
        return Some(corpus);
    }
    let status = Command::new("tar").arg("-xf").arg(&corpus).arg("-C").arg(folder).status().expect("tar runs");
    assert!(status.success(), "tar could not unpack `{}`: {status}", corpus.display());
    Some(folder.to_owned())
}

#[test]
fn a_real_docset_keeps_its_meaning() {
    let unpacked = tempfile::tempdir().expect("a folder");
    let Some(corpus) = corpus(unpacked.path()) else {
        // Not by `eprintln!`, which tests that pass do not show.
        let line = "skipped: no real docset; name a folder or an archive in APIPAGE_CORPUS\n";
        std::io::stderr().write_all(line.as_bytes()).expect("standard error is open");
        return;
    };
    let project = open(&corpus.join("api-reference/v1.0"));
    check(&project.docset, "the docset");
}
