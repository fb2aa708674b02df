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
