use super::codes::{self, CODES};
use crate::project::config;

#[test]
fn codes_lead_to_rules_that_there_are() {
    for code in CODES {
        for rule in code.rules {
            assert!(config::find_lint(rule).is_some(), "{}: no rule is called {rule}", code.name);
        }
    }
}

#[test]
fn messages_are_known_by_their_words() {
    let check = |message: &str, expected: Option<&str>| {
        assert_eq!(codes::of_message(message).map(|code| code.name), expected, "{message}");
    };
    for code in CODES.iter().filter(|code| code.name != "Unknown") {
        check(&format!("{}: x", code.name), Some(code.name));
        if !code.words.is_empty() {
            check(&format!("The {} here.", code.words.join(" x ")).to_uppercase(), Some(code.name));
        }
    }
    check("Unknown: x", None);
    check("", None);
    check("Expected type", None);
}

#[test]
fn the_page_lists_all_codes() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api-doctor.md")).unwrap();
    let lines: Vec<String> = CODES.iter().map(line).collect();
    let table = lines.join("\n");
    assert!(page.contains(&table), "docs/api-doctor.md is stale, its table is:\n{table}");
}

/// A code in the table of the page, with the words that tell it from others of its name.
fn line(code: &codes::Code) -> String {
    let is_one_of_several = CODES.iter().filter(|other| other.name == code.name).count() > 1;
    let words = if is_one_of_several { format!(" \"{}\"", code.words.join(" … ")) } else { String::new() };
    let rules: Vec<String> = code.rules.iter().map(|rule| format!("[{rule}](rules.md#{rule})")).collect();
    format!("| {}{words} | {} |", code.name, if rules.is_empty() { "none".to_owned() } else { rules.join(", ") })
}
