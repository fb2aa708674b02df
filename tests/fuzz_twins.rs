//! What the fuzz targets try, tried with a few hundred inputs on each run of the tests: the same oracles, with inputs
//! pieced together from what pages are made of. `PROPTEST_CASES` says how many.

#[path = "support/oracles.rs"]
mod oracles;

use apipage::diagnostic::Level;
use apipage::model;
use apipage::rules::{self, Levels, RULES, Scope};
use oracles::in_time;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use std::path::Path;
use std::sync::LazyLock;

/// The words that the fuzzer pieces inputs together from too.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/dictionaries");
    let mut words = Vec::new();
    for name in ["page", "json", "http", "configuration"] {
        let path = folder.join(format!("{name}.dict"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("`{}`: {error}", path.display()));
        words.extend(text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(word));
    }
    words
});

/// The inputs that the fuzzer starts from.
static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let walk = ignore::WalkBuilder::new(folder).sort_by_file_path(Path::cmp).build();
    let paths = walk.map(|entry| entry.expect("an entry").into_path()).filter(|path| path.is_file());
    paths.map(|path| std::fs::read_to_string(path).expect("a seed is text")).collect()
});

/// The word of a line of a dictionary: `"…"` with escapes, of which `\xNN` are ASCII here.
fn word(line: &str) -> String {
    let quoted = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
    let mut rest = quoted.unwrap_or_else(|| panic!("`{line}` is no word of a dictionary"));
    let mut word = String::new();
    while let Some((before, after)) = rest.split_once('\\') {
        word += before;
        let (char, length) = match after.strip_prefix('x') {
            Some(code) => (u8::from_str_radix(&code[..2], 16).expect("two digits").into(), 3),
            None => (after.chars().next().expect("an escaped character"), 1),
        };
        word.push(char);
        rest = &after[length..];
    }
    word + rest
}

/// A text of words, with or without line ends between them, and of any characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(WORDS.as_slice()),
        2 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,12}",
    ];
    vec((piece, select(&["", "", " ", "\n"][..])), 0..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space.to_owned()]).collect())
}

/// A seed with texts put into it, in place of some of its characters.
fn changed_seed() -> impl Strategy<Value = String> {
    let change = (any::<proptest::sample::Index>(), 0..20usize, prop_oneof![select(WORDS.as_slice()), text()]);
    (select(SEEDS.as_slice()), vec(change, 0..6)).prop_map(|(mut seed, changes)| {
        for (at, length, text) in changes {
            let starts: Vec<usize> = seed.char_indices().map(|(at, _)| at).chain([seed.len()]).collect();
            let first = at.index(starts.len());
            let last = (first + length).min(starts.len() - 1);
            seed.replace_range(starts[first]..starts[last], &text);
        }
        seed
    })
}

/// A resource with properties of these types, each with values.
fn unknown_types(names: impl IntoIterator<Item = String>) -> String {
    let row = |name| format!("|a|{name}|Possible values are: `x`, `y`.|\n");
    let rows: String = names.into_iter().map(row).collect();
    format!("# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n{rows}")
}

/// Inputs that once broke something.
#[test]
fn what_was_mended_stays_so() {
    let example = |annotation: &str, body: &str| {
        format!(
            "# A\n## HTTP request\n```http\nGET /a\n```\n## Example\n<!-- {{ {annotation} }} -->\n```http\nHTTP/1.1 200 OK\n\n{body}\n```\n"
        )
    };
    for page in [
        // The name of a member without quotes, and what is no ASCII before it.
        "# A\n## HTTP request\n```http\nGET /a\n```\n<!-- {\u{a0}blockType: \"request\" } -->\n```http\nGET /a\n```\n"
            .to_owned(),
        // A first character of two bytes where a bracket is usual.
        example("\"blockType\": \"response\", \"isCollection\": true, \"isEmpty\": true", "{ \"value\": [é] }"),
        example("\"blockType\": \"response\", \"isCollection\": true", "{é"),
        example("\"blockType\": \"response\"", "é"),
        // A value that ends where nobody expects it, and what was put in there again and again.
        example("\"blockType\": \"response\", \"@odata.type\"Collection\": true", "{ \"value\": [{ \"a\": 1 }] }"),
        example("\"blockType\": \"response\", \"@odata.type\"x\": true\n, \"y\": 1", "{ \"value\": [{ \"a\": 1 }] }"),
        // A name before a bracket that is no link.
        "# a resource type\n## Properties\n|Property|Type|\n|-|-|\n|é[x]|String|\n|a[x]|é[x](y)|\n".to_owned(),
        // Names of enumerations that are hardly names, and many that nothing defines.
        unknown_types([".foo", ".", "..a", "a.", "#", "#.a", "a..b", "İ.", "."].map(str::to_owned)),
        unknown_types((0..2_000).map(|number| format!("type{number}"))),
    ] {
        oracles::docset(&page);
    }
}

/// Pages that once took time that grows with the square of their length, or more memory than there is.
#[test]
fn hostile_pages_are_checked_in_time() {
    let operation = |rest: &str| format!("# Get a\n\n## HTTP request\n```http\nGET /a\n```\n{rest}");
    let request = "<!-- { \"blockType\": \"request\" } -->\n```http\nGET /a\n```\n\n";
    let response =
        |body: &str| format!("<!-- {{ \"blockType\": \"response\" }} -->\n```http\nHTTP/1.1 200 OK\n\n{body}\n```\n\n");
    let example = |body: &str| operation(&format!("\n## Examples\n{request}{}", response(body)));
    let table = |heading: &str, name: &str, count: usize| {
        let rows: String = (0..count).map(|number| format!("|q{number}y|String|x|\n")).collect();
        format!("\n## {heading}\n|{name}|Type|Description|\n|-|-|-|\n{rows}")
    };
    let path = |start: &str, parameter: fn(usize) -> String, end: &str| {
        let parameters: String = (0..400).map(parameter).collect();
        format!("# Get a\n\n## HTTP request\n```http\nGET {start}{parameters}{end}\n```\n")
    };
    let representation = |members: &str| {
        let annotation = "<!-- { \"blockType\": \"resource\", \"@odata.type\": \"a\" } -->";
        format!("\n## JSON representation\n{annotation}\n```json\n{{{members}}}\n```\n")
    };
    let permissions = "# Get a\n\n## Permissions\n|Permission type|Permissions|\n|-|-|\n";
    let each = |count: usize, text: fn(usize) -> String| (0..count).map(text).collect::<String>();
    let pages = [
        ("curly quotes on one line", example(&format!("{{{}}}", each(3_000, |n| format!("“a{n}”: “b”,"))))),
        ("curly quotes in one fence", format!("# A\n\n```\n{}\n```\n", "“a” ".repeat(20_000))),
        ("line breaks in a string", example(&format!("{{\"a\": \"{}x\"}}", "\n".repeat(8_000)))),
        ("escaped quotes", example(&format!("{{\"a\": \"x\n{}}}", "\\\"\n".repeat(5_000)))),
        ("responses to one request", operation(&format!("\n## Examples\n{request}{}", response("{}").repeat(700)))),
        ("collections of collections", {
            let of = format!("{}{}", "Collection(".repeat(20_000), ")".repeat(20_000));
            format!("# a resource type\n{}", representation(&format!("\"b\": \"{of}\"")))
        }),
        ("properties that only JSON has", {
            let members = each(1_500, |n| format!("\"p{n}\": 1,")) + "\"p\": 1";
            format!("# a resource type\n{}{}", table("Properties", "Property", 1_500), representation(&members))
        }),
        ("sections of values", format!("# a resource type\n\n{}", each(8_000, |n| format!("## foo{n} values\n\n")))),
        ("labels of permissions", permissions.to_owned() + &each(8_000, |n| format!("|Application foo {n}|A.B|\n"))),
        ("parameters of one path", {
            path("/a", |n| format!("/{{p{n}x}}"), "") + &table("Path parameters", "Parameter", 390)
        }),
        ("parameters of one function", {
            path("/a/f(", |n| format!("p{n}x={{p{n}x}},"), "b={b})") + &table("Function parameters", "Parameter", 390)
        }),
        ("references on one line", format!("# A\n\n{}\n", "`x` ".repeat(20_000) + &"[a][b] ".repeat(2_000))),
        ("blanks between items", {
            let blank = "\n".repeat(60_000);
            format!("# A\n\n- |a|b|\n  |-|-|\n  |1|2|\n{blank}{}", "- |a|b|c|\n".repeat(2_000))
        }),
        ("characters that cannot be seen", {
            format!("# A\n\n{}{}", "```\nx\u{a0}y\n```\n\n".repeat(3_000), "a\u{a0}b\n\n".repeat(3_000))
        }),
    ];
    for (what, page) in pages {
        let docset = in_time(what, || oracles::parse(&page));
        in_time(what, || {
            let levels: Levels = RULES.iter().map(|rule| (rule.lint.name, rule.lint.level.max(Level::Hint))).collect();
            rules::check(&model::link(&docset), &levels, Scope::Check)
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages(text in prop_oneof![text(), changed_seed()], noise in vec(any::<u8>(), 0..8)) {
        let bytes = [text.as_bytes(), &noise].concat();
        let docset = in_time("reading", || oracles::page(&bytes));
        let findings = in_time("the check", || oracles::check(&docset));
        oracles::print(&docset, &findings);
        oracles::fixes(&docset);
    }

    #[test]
    fn json(text in text()) {
        in_time("reading", || oracles::json(&text));
    }

    #[test]
    fn http(text in text()) {
        in_time("reading", || oracles::http(&text));
    }

    #[test]
    fn configurations(text in text()) {
        in_time("reading", || oracles::configuration(&text));
    }
}

proptest! {
    // Generating takes longer than reading.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn type_cells(text in text()) {
        oracles::type_cell(&text);
    }

    #[test]
    fn docsets(text in changed_seed()) {
        oracles::docset(&text);
    }
}
