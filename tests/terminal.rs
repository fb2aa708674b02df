//! Whatever stands in pages, configuration and file names: what is printed moves no cursor, clears no screen, sets no
//! title, and shows no text in another order than it has. Programs read the text that was there.

#[path = "support/oracles.rs"]
mod oracles;
mod support;

use apipage::cli::{self, Outcome, Terminal};
use std::path::Path;
use support::transcript::{git, write};

/// What terminals act on: escapes to clear the screen, to set the title and to end that; the same as single characters
/// of the C1 range; backspaces, a bell, and marks that turn text around.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;evil\u{7}\u{9b}2J\u{9d}\u{8}\u{7f}\u{202e}\u{2066}e";

/// A docset with that in every place of a page that some rule speaks of.
fn lay_out(dir: &Path) {
    let page = format!(
        "---\ntitle: \"a {EVIL}\"\n{EVIL}: [x\ndoc_type: {EVIL}\n---\n\n# Get {EVIL}\n\nNamespace: {EVIL}\n\n**TODO {EVIL}**\n\n\
         [{EVIL}]({EVIL}.md) [x](#{EVIL}) [y](../resources/thing.md#{EVIL}) ![i]({EVIL}.png) [!INCLUDE [x]({EVIL}.md)]\n\
         <{EVIL}> <b> </i>\n\n## Permission {EVIL}\n\n## Permissions\n|Permission type|Permissions|\n|:-|:-|\n\
         |Delegated (work or school account)|{EVIL}.Read|\n|{EVIL}|x|\n\n## HTTP request\n```http\nGET /{EVIL}/{{{EVIL}}}\n{EVIL} /x\nGET x{EVIL}\n```\n\n\
         ## Request headers\n|Name|Description|{EVIL}|\n|:-|:-|:-|\n|{EVIL}|{EVIL}|\n\n## Response\nReturns `299 {EVIL}` and a [{EVIL}](../resources/thing.md) object.\n\n\
         ## Example\n<!-- {{ \"blockType\": \"{EVIL}\", \"{EVIL}\": 1 }} -->\n```http\nGET /{EVIL}\n```\n\n\
         <!-- {{ \"blockType\": \"request\", \"name\": \"{EVIL}\", \"sampleKeys\": [\"{EVIL}\"] }} -->\n```http\nGET https://{EVIL}/v1.0/{EVIL}?{EVIL}\n{EVIL}\n```\n\n\
         <!-- {{ \"blockType\": \"response\", \"name\": \"{EVIL}\", \"@odata.type\": \"microsoft.graph.thing{EVIL}\" }} -->\n```http\nHTTP/1.1 200 {EVIL}\n{EVIL}\nContent-Type: {EVIL}\n\n\
         {{ \"{EVIL}\": \"{EVIL}\", \"kind\": \"{EVIL}\", \"kind\": {EVIL}, }}\n```\n"
    );
    let resource = format!(
        "# thing resource type\n\n## Methods\n|Method|Return type|Description|\n|:-|:-|:-|\n|[{EVIL}](../api/get.md)|[{EVIL}](x.md)|{EVIL}|\n\n\
         ## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n|{EVIL}|{EVIL}|{EVIL}|\n|kind|kind|{EVIL} Possible values are: `{EVIL}`.|\n|kind|{EVIL} collection|x|\n\n\
         ## JSON representation\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{EVIL}\", \"baseType\": \"{EVIL}\", \"keyProperty\": \"{EVIL}\", \"optionalProperties\": [\"{EVIL}\"] }} -->\n\
         ```json\n{{ \"{EVIL}\": \"{EVIL}\", \"kind\": 1 }}\n```\n"
    );
    let members = format!("# kind enum type\n\n## Members\n|Member|\n|:-|\n|{EVIL}|\n|{EVIL}|\n|a|\n");
    write(dir, "docs/api/get.md", &page);
    write(dir, "docs/resources/thing.md", &resource);
    write(dir, "docs/resources/kind.md", &members);
    #[cfg(unix)]
    write(dir, &format!("docs/api/{EVIL}.md"), &page);
}

/// Runs a command; what it says on both streams is inert.
fn check(dir: &Path, command: &str) -> (Outcome, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["apipage", "-C", dir.to_str().unwrap()].into_iter().chain(command.split(' '));
    let outcome = cli::run(arguments, &mut Terminal { out: &mut out, err: &mut err, width: 100, has_progress: false });
    let text = String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap();
    // A diff is input for programs: what a change is about stays.
    let is_order = |char: char| command.contains("--diff") && ('\u{202a}'..='\u{2069}').contains(&char);
    let found = oracles::find_command(&text.replace(is_order, ""));
    assert!(found.is_none(), "{command}: {found:?}");
    (outcome, text)
}

#[test]
fn escapes_in_pages_are_shown_and_not_obeyed() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path());
    for format in ["human", "json", "github", "sarif", "junit"] {
        let (outcome, text) = check(dir.path(), &format!("check docs --format {format}"));
        assert_eq!(outcome, Outcome::Findings, "{text}");
        assert!(text.len() > 10_000, "{format} says nothing of the pages\n{text}");
    }
    for command in [
        "check docs --statistics",
        "check docs --diff --unsafe-fixes",
        "check docs/api/get.md",
        "model docs",
        "generate --input docs --dry-run",
        "generate --input docs --check",
        "generate --input docs",
        "check docs --write-baseline --baseline baseline.json",
        "check docs --baseline baseline.json",
        "check docs --fix --unsafe-fixes",
    ] {
        check(dir.path(), command);
    }
}

#[test]
fn json_says_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path());
    let (_, text) = check(dir.path(), "model docs");
    let model: serde_json::Value = serde_json::from_str(&text).unwrap();
    let has = |value: &serde_json::Value| value["name"] == EVIL;
    let properties =
        model["resources"].as_array().unwrap().iter().flat_map(|found| found["properties"].as_array().unwrap());
    assert!(properties.into_iter().any(has), "{text}");
}

#[test]
fn escapes_in_configurations_and_file_names_are_not_obeyed() {
    let dir = tempfile::tempdir().unwrap();
    lay_out(dir.path());
    let toml = EVIL.chars().map(|char| format!("\\U{:08x}", char as u32)).collect::<String>();
    write(
        dir.path(),
        "docs/apipage.toml",
        &format!(
            "\"{toml}\" = 1\n[rules]\n\"{toml}\" = \"{toml}\"\n[generate]\noutput = \"{toml}\"\ntargets = [\"{toml}\"]\n"
        ),
    );
    check(dir.path(), "check docs");
    check(dir.path(), "generate --input docs");
    write(dir.path(), "docs/apipage.toml", EVIL);
    check(dir.path(), "check docs");
    write(dir.path(), "docs/apipage.toml", "");
    for command in [
        "check EVIL",
        "check docs --baseline EVIL",
        "generate --input docs --templates EVIL",
        "explain EVIL",
        "init EVIL",
        "init EVIL",
    ] {
        // Blanks part arguments.
        check(dir.path(), &command.replace("EVIL", &EVIL.replace(' ', "")));
    }
    #[cfg(unix)]
    {
        write(dir.path(), &format!("generated/{EVIL}.rs"), "// Generated by apipage\n");
        for command in ["generate --input docs --check", "generate --input docs --dry-run", "generate --input docs"] {
            check(dir.path(), command);
        }
    }
}

#[test]
fn escapes_in_a_repository_are_not_obeyed() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), "init -q");
    lay_out(dir.path());
    git(dir.path(), "add .");
    git(dir.path(), "commit -q -m x");
    write(dir.path(), "docs/resources/kind.md", "# kind enum type\n");
    check(dir.path(), "check docs --changed-since HEAD");
    check(dir.path(), &format!("check docs --changed-since {EVIL}"));
}
