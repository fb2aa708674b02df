//! Rules against their own documentation: the example raises the rule, "Use instead" does not. Further
//! cases stand in `rules/<rule>.md`, each an input in a fence; what is found is in the snapshots.

mod support;

use apipage::diagnostic::{Diagnostic, Level, Safety};
use apipage::model;
use apipage::rules::{self, Levels, Rule, Scope};
use apipage::span::Location;
use apipage::syntax::Docset;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The findings of one rule in a docset, as text.
fn findings(rule: &Rule, docset: &Docset) -> String {
    found(rule, docset).iter().map(|diagnostic| show(docset, diagnostic)).collect()
}

/// The findings of one rule in a docset.
fn found(rule: &Rule, docset: &Docset) -> Vec<Diagnostic> {
    let mut found = all_found(rule, docset);
    found.retain(|diagnostic| diagnostic.lint == &rule.lint);
    found
}

/// The findings of a run that the rule takes part in.
fn all_found(rule: &Rule, docset: &Docset) -> Vec<Diagnostic> {
    rules::check(&model::link(docset), &Levels::default(), rule.scopes[0])
}

/// How many findings each of the other rules has.
fn counts_of_others(rule: &Rule, docset: &Docset) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in all_found(rule, docset).iter().filter(|finding| finding.lint != &rule.lint) {
        *counts.entry(finding.lint.name).or_default() += 1;
    }
    counts
}

/// The pages that the fixes of a rule change, as they are then; nothing where it offers none. The findings are gone
/// then, no other rule finds more, and the line ends of the pages make no difference.
fn fixed(rule: &Rule, case: &str) -> String {
    let (before, name) = (support::docset(case), rule.lint.name);
    let fix = |docset| support::fixed(docset, Safety::Unsafe, |docset| found(rule, docset));
    let after = fix(support::docset(case));
    let stays = found(rule, &before).iter().filter(|finding| finding.fix.is_none()).count();
    assert_eq!(found(rule, &after).len(), stays, "the fixes of {name} do not remove what they fix:\n{case}");
    let others = counts_of_others(rule, &before);
    for (other, count) in counts_of_others(rule, &after) {
        assert!(others.get(other).is_some_and(|before| count <= *before), "{name} makes {other} find more:\n{case}");
    }
    let mut shown = String::new();
    for (page, old) in
        after.pages.iter().zip(&before.pages).filter(|(page, old)| page.source.text() != old.source.text())
    {
        let text = page.source.text();
        for line_end in ["\r\n", "\r"] {
            let other = fix(support::with_texts(&before, |source| source.text().replace('\n', line_end)));
            let other = &other.pages[page.id.index()].source;
            assert_eq!(other.original(), Some(&*text.replace('\n', line_end)), "{name} with other line ends");
        }
        let _ = write!(shown, "--- {} with fixes ---\n{text}", old.source.path);
    }
    shown
}

/// The safety of the fixes that a rule offers in a docset.
fn safeties(rule: &Rule, case: &str) -> Vec<bool> {
    found(rule, &support::docset(case)).iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| fix.safe).collect()
}

fn show(docset: &Docset, diagnostic: &Diagnostic) -> String {
    let (level, name) = (diagnostic.level.as_str(), diagnostic.lint.name);
    let mut out = format!("{} {level}[{name}] {}\n", place(docset, diagnostic.at), diagnostic.message);
    for label in &diagnostic.labels {
        let _ = writeln!(out, "    {}: {}", place(docset, label.at), label.message);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "    help: {help}");
    }
    for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
        let _ = writeln!(out, "    fix: {} by {:?}", place(docset, edit.at), edit.text);
    }
    out
}

/// Path, line, column and text of a place.
fn place(docset: &Docset, at: Location) -> String {
    let source = &docset.page(at.file).source;
    let start = source.position(at.span.start);
    let text = source[at.span].lines().next().unwrap_or_default();
    format!("{}:{}:{} `{text}`", source.path, start.line, start.column)
}

/// The documentation without the blank that each line of a doc comment starts with.
fn documentation(rule: &Rule) -> String {
    rule.lint.doc.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

#[test]
fn documentation_has_four_parts_and_its_examples_tell_the_truth() {
    for rule in rules::RULES {
        let name = rule.lint.name;
        let doc = documentation(rule);
        let (summary, rest) = doc.split_once("\n## Why\n").unwrap_or_else(|| panic!("{name} does not say why"));
        let (why, rest) = rest.split_once("\n## Example\n").unwrap_or_else(|| panic!("{name} has no example"));
        let (example, instead) =
            rest.split_once("\n## Use instead\n").unwrap_or_else(|| panic!("{name} does not say what to use instead"));
        assert!(!summary.trim().is_empty() && !why.trim().is_empty(), "{name} is not explained");
        let ([example], [instead]) = (&support::fences(example)[..], &support::fences(instead)[..]) else {
            panic!("{name} must have one fence under each of its two examples");
        };
        let found = findings(rule, &support::docset(example));
        assert!(!found.is_empty(), "{name} does not find its own example");
        let left = findings(rule, &support::docset(instead));
        assert!(left.is_empty(), "{name} finds fault with what it says to use instead:\n{left}");
        insta::assert_snapshot!(name, format!("{example}\n{found}{}", fixed(rule, example)));
    }
}

#[test]
fn further_cases() {
    for rule in rules::RULES {
        let name = rule.lint.name;
        let path = format!("{}/tests/rules/{name}.md", env!("CARGO_MANIFEST_DIR"));
        let Ok(cases) = std::fs::read_to_string(&path) else { continue };
        let show = |case: &String| format!("{case}\n{}{}", findings(rule, &support::docset(case)), fixed(rule, case));
        let shown: Vec<String> = support::fences(&cases).iter().map(show).collect();
        assert!(!shown.is_empty(), "{path} holds no case");
        insta::assert_snapshot!(format!("{name}-cases"), shown.join("\n----------\n\n"));
    }
}

#[test]
fn rules_say_what_their_fixes_are() {
    for rule in rules::RULES {
        let name = rule.lint.name;
        let cases = std::fs::read_to_string(format!("{}/tests/rules/{name}.md", env!("CARGO_MANIFEST_DIR")));
        let texts = [documentation(rule), cases.unwrap_or_default()];
        let offered: Vec<bool> =
            texts.iter().flat_map(|text| support::fences(text)).flat_map(|case| safeties(rule, &case)).collect();
        let safest = offered.iter().max().map(|safe| if *safe { Safety::Safe } else { Safety::Unsafe });
        assert_eq!(rule.lint.fix, safest, "{name} declares other fixes than its examples are offered");
    }
}

#[test]
fn every_file_of_cases_belongs_to_a_rule() {
    let folder = format!("{}/tests/rules", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let name = entry.expect("an entry").file_name().into_string().expect("a UTF-8 name");
        let rule = name.trim_end_matches(".md");
        assert!(rules::find(rule).is_some(), "no rule is called {rule}");
    }
}

#[test]
fn rules_are_named_in_kebab_case_and_listed_by_name() {
    let names: Vec<&str> = rules::RULES.iter().map(|rule| rule.lint.name).collect();
    for name in &names {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert_eq!(rules::find(name).map(|rule| rule.lint.name), Some(*name));
    }
    assert!(names.is_sorted(), "the list of rules is not sorted: {names:?}");
}

#[test]
fn findings_are_sorted_and_said_once() {
    let docset = support::docset(
        "//- b.md\n# b\n\nSee [x](x.md) and [x](x.md).\n\n//- a.md\n# a\n\nTODO: write\n\nSee [y](y.md), [r] and [r].\n\n[r]: r.md\n",
    );
    let model = model::link(&docset);
    let found = rules::check(&model, &Levels::default(), Scope::Check);
    assert!(found.is_sorted_by_key(|diagnostic| (diagnostic.at, diagnostic.lint.name)));
    let places: std::collections::HashSet<_> = found.iter().map(|found| (found.at, found.lint.name)).collect();
    assert_eq!(places.len(), found.len());
    assert_eq!(found.iter().filter(|found| found.lint.name == "broken-link").count(), 4);
}

#[test]
fn levels_are_set_by_rule_and_off_is_silent() {
    let docset = support::docset("# a\n\nSee [x](x.md).\n");
    let model = model::link(&docset);
    let name = "broken-link";
    for (level, expected) in [(Level::Off, 0), (Level::Hint, 1)] {
        let levels = Levels::from_iter([(name, level)]);
        let found = rules::check(&model, &levels, Scope::Check);
        let found: Vec<_> = found.iter().filter(|found| found.lint.name == name).collect();
        assert_eq!(found.len(), expected);
        assert!(found.iter().all(|found| found.level == level));
    }
}

#[test]
fn suppressions_silence_one_rule_in_one_place() {
    let text = "# a\n\n<!-- apipage-ignore broken-link: later -->\nSee [x](x.md).\n\nSee [y](y.md).\n";
    let whole = format!("<!-- apipage-ignore broken-link: later -->\n\n{text}");
    for (text, expected) in [(text, 1), (&whole, 0)] {
        let docset = support::docset(text);
        let model = model::link(&docset);
        let found = rules::check(&model, &Levels::default(), Scope::Check);
        assert_eq!(found.iter().filter(|found| found.lint.name == "broken-link").count(), expected, "{text}");
        assert!(found.iter().all(|found| found.lint.name != "unused-suppression"), "{text}");
    }
}

#[test]
fn a_suppression_of_a_rule_that_does_not_run_is_not_unused() {
    let docset = support::docset("# a\n\n<!-- apipage-ignore broken-link: later -->\nText.\n");
    let model = model::link(&docset);
    let unused = |levels| {
        let found = rules::check(&model, &levels, Scope::Check);
        found.iter().filter(|found| found.lint.name == "unused-suppression").count()
    };
    assert_eq!(unused(Levels::default()), 1);
    assert_eq!(unused(Levels::from_iter([("broken-link", Level::Off)])), 0);
}

#[test]
fn a_configured_level_holds_for_all_findings_of_a_rule() {
    let docset = support::docset("# a\n\n```\n\u{A0}x\n```\n");
    let model = model::link(&docset);
    let level = |levels| {
        let found = rules::check(&model, &levels, Scope::Check);
        found.iter().find(|found| found.lint.name == "invisible-character").map(|found| found.level)
    };
    assert_eq!(level(Levels::default()), Some(Level::Error));
    assert_eq!(level(Levels::from_iter([("invisible-character", Level::Hint)])), Some(Level::Hint));
}
