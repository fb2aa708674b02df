use super::*;

/// Reads `text` and shows the value as compact JSON, then each fault with the text it is about.
fn read(text: &str) -> String {
    let source = Source::new("test.json", text);
    let document = parse(&source, source.span());
    let mut shown = document.to_json(&source).map_or("nothing".into(), |value| value.to_string());
    for fault in &document.faults {
        shown += &format!(" | {:?} {:?}", fault.kind, &source[fault.span]);
    }
    shown
}

fn check(text: &str, expected: &str) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn strict_json_has_no_faults() {
    check(
        r#"{"a": [1, -2.5e3, true, null, "x\n\u00e4\ud83d\ude00"], "b": {}}"#,
        r#"{"a":[1,-2500.0,true,null,"x\nä😀"],"b":{}}"#,
    );
    check(" [ ] ", "[]");
    check("\"\"", "\"\"");
}

#[test]
fn what_pages_get_wrong_is_read_and_named() {
    check(r#"{"a": 1,}"#, r#"{"a":1} | TrailingComma ",""#);
    check("{\"a\": 1\n \"b\": 2}", r#"{"a":1,"b":2} | MissingComma "\"""#);
    check(r#"{a: 'x'}"#, r#"{"a":"x"} | UnquotedName "a" | SingleQuotes "'""#);
    check("{\"a\": 1, // why\n \"b\": 2}", r#"{"a":1,"b":2} | Comment "// why""#);
    check("[1, ...]", r#"[1] | Ellipsis "..." | TrailingComma ",""#);
    check(
        "{“a”: “b”, \"c\": “d\"}",
        "{\"a\":\"b\",\"c\":\"d\"} | CurlyQuotes \"“\" | CurlyQuotes \"“\" | CurlyQuotes \"“\"",
    );
    check("{\u{a0}\"a\": 1}", "{\"a\":1} | OddSpace \"\\u{a0}\"");
    check("{\"a\": \"x\ny\"}", "{\"a\":\"x\\ny\"} | ControlCharacter \"\\n\"");
    check(r#"{"a": 007}"#, r#"{"a":null} | BadNumber "007""#);
    check(r#"{"a": String}"#, r#"{"a":"String"} | BareWord "String""#);
    check(r#"{"a": }"#, r#"{"a":null} | MissingValue """#);
    check(r#"{"a" 1}"#, r#"{"a":1} | MissingColon """#);
    check(r#"{"a", "b"}"#, r#"{"a":null,"b":null} | MissingValue "" | MissingValue """#);
    check(r#"{"a": 2018-04-01T12:39Z}"#, r#"{"a":"2018-04-01T12:39Z"} | BareWord "2018-04-01T12:39Z""#);
    check(r#"{"a": ""x", ""b": ""}"#, r#"{"a":"x","b":""} | DoubledQuote "\"" | DoubledQuote "\"""#);
    check(r#"{- "a": -1, - }"#, r#"{"a":-1} | StrayText "-" | StrayText "-""#);
    check(r#"{"a": "\q"}"#, r#"{"a":"\\q"} | BadEscape "\\q""#);
    check(r#"{"a": "\é"}"#, r#"{"a":"\\é"} | BadEscape "\\é""#);
    check(r#"{"a": "\u+123"}"#, r#"{"a":"\\u+123"} | BadEscape "\\u""#);
    check(r#"{"a": "\udc00"}"#, r#"{"a":"\u{FFFD}"} | BadEscape "\\udc00""#.replace("\\u{FFFD}", "\u{FFFD}").as_str());
}

#[test]
fn a_missing_quote_ends_with_its_line() {
    check(
        "{\n \"a\": \"open,\n \"b\": 2\n}",
        "{\"a\":\"open,\",\"b\":2} | UnterminatedString \"\\\"open,\" | MissingComma \"\\\"\"",
    );
}

#[test]
fn brackets_that_do_not_match_still_give_a_value() {
    check(r#"{"a": [1, 2}"#, r#"{"a":[1,2]} | UnclosedBracket "}""#);
    check("[1", r#"[1] | UnclosedBracket "1""#);
    check("{} x", r#"{} | StrayText "x""#);
    check("", r#"nothing | MissingValue """#);
    check("]", r#"nothing | MissingValue "]""#);
}

#[test]
fn nesting_has_a_limit_and_no_text_hangs_the_reader() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(50_000),
        "[,".repeat(1000),
        "{:".repeat(1000),
        format!("{{{}", "- ".repeat(100_000)),
    ] {
        let source = Source::new("test.json", text);
        assert!(!parse(&source, source.span()).faults.is_empty());
    }
}
