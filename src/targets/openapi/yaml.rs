//! Values as YAML that readers of version 1.1 and of version 1.2 understand alike.

mod block;
mod scalar;

use serde::Serialize;

/// A value as YAML, without a line break at its end, each line after `indent` blanks.
///
/// Block style, no folding: what YAML 1.1 would take for something else than a string (`no`, `12:30:45`,
/// `1_000`) is quoted.
pub fn fragment(value: &impl Serialize, indent: usize) -> String {
    block::text(value, indent).unwrap_or_else(|_| indented(&library(value), indent))
}

/// A string as the key of a mapping.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    scalar::push_key(&mut out, name);
    if out.len() > scalar::LONGEST_KEY { library_key(name) } else { out }
}

/// A value as the library writes it.
fn library(value: &impl Serialize) -> String {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false, compact_list_indent: false };
    let mut text = match serde_saphyr::to_string_with_options(value, options) {
        Ok(text) => text,
        Err(error) => {
            unreachable!("values of an OpenAPI document are maps with string keys, lists and scalars: {error}")
        }
    };
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// A key as the library writes it.
fn library_key(name: &str) -> String {
    let entry = library(&std::collections::BTreeMap::from([(name, 0)]));
    entry.strip_suffix(": 0").unwrap_or(&entry).to_owned()
}

fn indented(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(&margin);
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Strings that one reader or another takes for something else.
    const NASTY: &[&str] = &[
        "",
        " ",
        "no",
        "No",
        "off",
        "on",
        "yes",
        "y",
        "n",
        "true",
        "null",
        "~",
        "Null",
        "=",
        "<<",
        "1_000",
        "0x1F",
        "0o17",
        "017",
        "0b11",
        "1e3",
        "1.",
        ".5",
        "+1",
        "-0",
        ".inf",
        "-.INF",
        ".nan",
        "12:30:45",
        "190:20:30.15",
        "2024-01-01",
        "2024-01-01T00:00:00Z",
        "2024-01-01 00:00:00",
        "200",
        "4XX",
        "a: b",
        "a:",
        ":a",
        "- a",
        "-",
        "--",
        "---",
        "...",
        "? a",
        "?",
        "#a",
        "a #b",
        "@odata.type",
        "`a`",
        "%a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "{a}",
        "[a]",
        "a,b",
        "{",
        "]",
        "line\nbreak",
        "\n",
        "trailing\n",
        "\ttab",
        "nul\0",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1b}[0m",
        " lead",
        "trail ",
        "é",
        "\u{1F600}",
        "\r",
        "a\r\nb",
        "\u{d7ff}",
        "\u{e000}",
        "x: |\n  y",
        "<script>",
        "*/",
        "${a}",
        "{{ a }}",
    ];

    /// A value with a string in all places, and the values around it.
    fn around(text: &str) -> serde_json::Value {
        let inner = serde_json::json!([text, { text: text, "k": [], "l": {} }, [], {}, [[text], [{ text: [text] }]], null, true]);
        serde_json::json!({ text: inner, "a": [{ "b": { text: -1 }, "c": 1.5 }], "d": { "e": [1, 1e300] } })
    }

    fn check(text: &str) {
        is_as_by_library(&around(text));
        is_as_by_library(&text);
        assert_eq!(key(text), library_key(text));
        let value = serde_json::json!({ text: [text, { "k": text }] });
        let yaml = fragment(&value, 4);
        assert!(yaml.lines().all(|line| line.is_empty() || line.starts_with("    ")), "{text:?}: {yaml}");
        let back: serde_json::Value =
            serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{text:?}: {error}\n{yaml}"));
        assert_eq!(back, value, "{yaml}");
        let entry = format!("{}: 1", key(text));
        let back: serde_json::Value =
            serde_yaml::from_str(&entry).unwrap_or_else(|error| panic!("{text:?}: {error}\n{entry}"));
        assert_eq!(back, serde_json::json!({ text: 1 }), "{entry}");
    }

    fn is_as_by_library(value: &(impl Serialize + std::fmt::Debug)) {
        for indent in [0, 4] {
            assert_eq!(fragment(value, indent), indented(&library(value), indent), "{value:?}");
        }
    }

    #[test]
    fn long_keys_are_as_by_the_library() {
        for length in [1_020, 1_024, 1_025, 1_030] {
            for letter in ["a", "é", ":"] {
                let name = letter.repeat(length);
                is_as_by_library(&around(&name));
                assert_eq!(key(&name), library_key(&name));
            }
        }
    }

    #[test]
    fn nasty_strings_stay_strings() {
        NASTY.iter().for_each(|text| check(text));
    }

    #[test]
    fn long_text_is_not_folded() {
        let text = "word ".repeat(2_000);
        assert_eq!(fragment(&text, 0).lines().count(), 1);
    }

    fn tree() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let name = prop_oneof!["[a-z$]{1,3}", proptest::sample::select(NASTY).prop_map(str::to_owned)];
        let leaf = prop_oneof![
            name.clone().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(6, 40, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::vec((name.clone(), inner), 0..5)
                    .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_string_stays_what_it_is(text in any::<String>()) {
            check(&text);
        }

        #[test]
        fn any_tree_is_as_by_the_library(value in tree()) {
            is_as_by_library(&value);
        }

        #[test]
        fn what_begins_as_a_number_stays_what_it_is(text in "[0-9][0-9a-zA-Z_]{0,6}") {
            check(&text);
        }

        #[test]
        fn any_ascii_stays_what_it_is(text in "[ -~]{0,12}") {
            check(&text);
        }

        #[test]
        fn what_looks_like_a_scalar_stays_a_string(text in "[-+.0-9_:eExXoOaA~yYnNtTfFuUsSlLrR<= T]{0,12}") {
            check(&text);
        }
    }
}
