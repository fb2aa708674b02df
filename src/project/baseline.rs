//! A baseline: the findings that were there when somebody began to check a docset, so that only new ones count.
//!
//! The file is made to be read and merged: sorted, a table a page, a line a finding.

use super::discover;
use crate::diagnostic::plural;
use crate::fingerprint::{Counts, Fingerprint};
use crate::source::Fault;
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The name of a baseline where none is given.
pub const BASELINE_NAME: &str = "apipage-baseline.toml";

/// The form of the file.
const VERSION: u32 = 1;

const HEADER: &str = "\
# Findings that are known, and that `apipage check` does not report, though they are not fixed yet.
# `apipage check --write-baseline` takes out those that are.
";

/// The file, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    pages: BTreeMap<String, BTreeMap<String, Vec<Entry>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    message: String,
    text: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

/// Reads a baseline. `shown` is what the file is called on the screen.
pub fn read(path: &Path, shown: &str) -> Result<Counts> {
    let source = discover::read(path);
    match &source.fault {
        None => parse(source.text()).with_context(|| format!("`{shown}` cannot be used as a baseline")),
        Some(Fault::Unreadable(why)) if path.exists() => bail!("could not read the baseline `{shown}`: {why}"),
        Some(Fault::Unreadable(_)) => {
            bail!("there is no baseline `{shown}`: `apipage check --write-baseline={shown}` writes one")
        }
        Some(Fault::TooLarge { size }) => {
            bail!("the baseline `{shown}` is too large ({})", plural(*size as usize, "byte"))
        }
        Some(Fault::NotUtf8 { .. } | Fault::Utf16) => bail!("the baseline `{shown}` is not UTF-8"),
    }
}

fn parse(text: &str) -> Result<Counts> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        anyhow::anyhow!("line {line}: {}", error.message().replace('\n', " "))
    })?;
    ensure!(file.version == VERSION, "its version is {}, and this program reads version {VERSION}", file.version);
    let mut counts = Counts::new();
    for (path, rules) in file.pages {
        for (rule, entries) in rules {
            for Entry { message, text, count } in entries {
                let fingerprint = Fingerprint { path: path.clone(), rule: rule.clone(), message, text };
                ensure!(count > 0, "a finding of `{rule}` in `{path}` has `count = 0`");
                let known = counts.entry(fingerprint).or_default();
                *known = known.saturating_add(count);
            }
        }
    }
    Ok(counts)
}

/// The text of a baseline.
pub fn to_text(counts: &Counts) -> String {
    let mut text = format!("{HEADER}version = {VERSION}\n");
    let (mut page, mut rule) = (None, None);
    for (fingerprint, count) in counts {
        let is_new_page = page != Some(&fingerprint.path);
        if rule.is_some() && (is_new_page || rule != Some(&fingerprint.rule)) {
            text.push_str("]\n");
            rule = None;
        }
        if is_new_page {
            put(&mut text, format_args!("\n[pages.{}]\n", quoted(&fingerprint.path)));
            page = Some(&fingerprint.path);
        }
        if rule.is_none() {
            put(&mut text, format_args!("{} = [\n", key(&fingerprint.rule)));
            rule = Some(&fingerprint.rule);
        }
        let (message, flagged) = (quoted(&fingerprint.message), quoted(&fingerprint.text));
        let count = if *count > 1 { format!(", count = {count}") } else { String::new() };
        put(&mut text, format_args!("  {{ message = {message}, text = {flagged}{count} }},\n"));
    }
    if rule.is_some() {
        text.push_str("]\n");
    }
    text
}

/// The name of a rule as a key. That of none may be anything.
fn key(rule: &str) -> String {
    let is_bare = !rule.is_empty() && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_bare { rule.to_owned() } else { quoted(rule) }
}

fn put(text: &mut String, part: std::fmt::Arguments<'_>) {
    // A string takes all that is written to it.
    text.write_fmt(part).unwrap_or_default();
}

/// A string of TOML on one line. What would be invisible, or change the order of what is shown, is written by its
/// number.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(char)));
            }
            _ if char.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(char))),
            _ => quoted.push(char),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fingerprint(path: &str, rule: &str, message: &str, text: &str) -> Fingerprint {
        let [path, rule, message, text] = [path, rule, message, text].map(str::to_owned);
        Fingerprint { path, rule, message, text }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let hostile = "a \"b\" \\n '''c''' \u{0}\u{7f}\u{9b}\u{202e}\u{a0} # ] }";
        let counts = Counts::from([
            (fingerprint("b.md", "two", "message", "text"), 1),
            (fingerprint("b.md", "one", "message", "text"), 1),
            (fingerprint("a/x.md", "two", hostile, "text"), 3),
            (fingerprint("a/x.md", "two", "message", hostile), 1),
            (fingerprint("a/\"x\n[y]\".md", "one of\n", "", ""), 1),
        ]);
        let text = to_text(&counts);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("baseline", text) });
        assert_eq!(parse(&text).unwrap(), counts);
        assert_eq!(parse(&to_text(&Counts::new())).unwrap(), Counts::new());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_texts_stay_what_they_are(texts in any::<[[String; 4]; 3]>(), shared in any::<String>()) {
            let [one, two, three] = texts;
            let counts = Counts::from([
                (fingerprint(&one[0], &one[1], &one[2], &one[3]), 1),
                (fingerprint(&one[0], &two[1], &two[2], &two[3]), 2),
                (fingerprint(&three[0], &shared, &three[2], &three[3]), 3),
                (fingerprint(&three[0], &shared, &two[2], &three[3]), 4),
            ]);
            prop_assert_eq!(parse(&to_text(&counts)).unwrap(), counts);
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(format!("{:#}", parse(text).unwrap_err()), expected, "{text}");
    }

    #[test]
    fn what_is_no_baseline_says_why() {
        check("# Title\n\nText.\n", "line 3: key with no value, expected `=`");
        check("version = 2", "its version is 2, and this program reads version 1");
        check("[docset]\nnamespace = \"x\"\n", "line 1: unknown field `docset`, expected `version` or `pages`");
        check("", "line 1: missing field `version`");
        let entry = |entry: &str| format!("version = 1\n[pages.\"a.md\"]\nsome-rule = [\n{entry}\n]\n");
        check(&entry("{ message = \"m\" }"), "line 4: missing field `text`");
        check(&entry("{ message = \"m\", text = 3 }"), "line 4: invalid type: integer `3`, expected a string");
        check(
            &entry("{ message = \"m\", text = \"\", count = 0 }"),
            "a finding of `some-rule` in `a.md` has `count = 0`",
        );
        check(
            &entry("{ message = \"m\", text = \"\", count = -1 }"),
            "line 4: invalid value: integer `-1`, expected usize",
        );
    }
}
