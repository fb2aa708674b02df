//! OpenAPI Overlays: what they change, and what is said of those that are wrong.
#![allow(missing_docs, reason = "a test")]

mod support;

use support::transcript;

/// A docset of two operations on one type.
const DOCSET: &str = include_str!("overlay/docset.txt");

/// The start of every overlay.
const START: &str = "overlay: 1.0.0\ninfo: { title: T, version: 1.0.0 }\nactions:\n";

/// Generates with an overlay of some actions.
fn check(name: &str, actions: &str, commands: &[&str]) {
    let files = format!("{DOCSET}//- change.yaml\n{START}{actions}");
    transcript::check(name, &files, commands);
}

const GENERATE: &str = "apipage generate --input docs --target openapi --output out --overlay change.yaml";

#[test]
fn objects_are_merged_lists_added_to_and_members_removed() {
    check(
        "overlay",
        "  - target: $.info\n    update: { x-audience: internal, title: Things inside }\n\
         \x20 - target: $\n    update: { x-owner: { team: a }, security: [{ bearerAuth: [] }] }\n\
         \x20 - target: $.tags\n    update: { name: extra, description: Added. }\n\
         \x20 - target: $.paths.*.get\n    update: { tags: [extra], x-cache: no }\n\
         \x20 - target: $.paths['/things/{id}'].delete\n    remove: true\n\
         \x20 - target: $.components.schemas[?@['x-ms-docs-type'] == 'microsoft.graph.thing'].properties.size\n    remove: true\n\
         \x20 - target: $.components\n    update:\n      parameters:\n        top: { name: $top, in: query, schema: { type: integer } }\n",
        &[GENERATE, "cat out/openapi.yaml", &format!("{GENERATE} --check")],
    );
}

#[test]
fn every_form_of_the_document_is_changed_alike() {
    check(
        "overlay-forms",
        "  - target: $..properties[?@.type == 'string']\n    update: { maxLength: 9 }\n\
         \x20 - target: $..properties[?@.type[0] == 'string']\n    update: { maxLength: 9 }\n\
         \x20 - target: $.paths.*.*.parameters[?@.name == 'id']\n    update: { x-key: true }\n\
         \x20 - target: $.components\n    update: { headers: { etag: { schema: { $ref: '#/components/schemas/thing' } } } }\n",
        &[
            &format!("{GENERATE} --openapi-version 3.1 --format json"),
            "cat out/openapi.json",
            &format!("{GENERATE} --split"),
            "ls",
            "cat out/openapi.yaml",
            "cat out/schemas/thing.yaml",
            "cat out/paths/thing.yaml",
        ],
    );
}

#[test]
fn overlays_are_configured_too_and_come_first() {
    let files = format!(
        "{DOCSET}//- docs/apipage.toml\n[openapi]\noverlays = [\"first.yaml\"]\n\
         //- docs/first.yaml\n{START}  - target: $.info\n    update: {{ title: First, x-first: 1 }}\n\
         //- change.json\n{{\"overlay\": \"1.0.0\", \"extends\": \"https://example.com/openapi.yaml\",\n\
         \"info\": {{\"title\": \"T\", \"version\": \"1.0.0\"}}, \"x-more\": 1,\n\
         \"actions\": [{{\"target\": \"$.info[?@ == 1]\", \"remove\": true}}, {{\"target\": \"$.info\", \"update\": {{\"title\": \"Second\"}}}}]}}\n"
    );
    transcript::check(
        "overlay-configured",
        &files,
        &[
            "apipage generate --input docs --target openapi --output out --overlay change.json --split",
            "cat out/openapi.yaml",
        ],
    );
}

#[test]
fn targets_that_are_nowhere_are_warned_of() {
    check(
        "overlay-unmatched",
        "  - target: $.paths['/thinsg']\n    remove: true\n\
         \x20 - target: $.paths[?@.get.operationId == 'none']\n    update: {}\n",
        &[GENERATE, "> docs/apipage.toml [rules]\nunmatched-overlay-target = \"off\"\n", GENERATE],
    );
}

#[test]
fn what_breaks_the_document_is_named() {
    for (name, actions) in [
        (
            "dangling",
            "  - target: $.info\n    update: { x-a: 1 }\n  - target: $.components.schemas.thing\n    remove: true\n",
        ),
        (
            "shape",
            "  - target: $.paths['/things/{id}'].get\n    update: { responses: { '200': { content: { a/b: { schema: { type: 7 } } } } } }\n",
        ),
        ("info", "  - target: $.info.title\n    remove: true\n"),
        ("all", "  - target: $\n    remove: true\n"),
        ("text", "  - target: $.info.title\n    update: { a: 1 }\n"),
        ("kinds", "  - target: $.info\n    update: { contact: none, title: { a: 1 } }\n"),
        ("version", "  - target: $\n    update: { openapi: 3.1.0 }\n"),
        ("names", "  - target: $.components.schemas\n    update: { ../../out: { type: object } }\n"),
        (
            "mended",
            "  - target: $.info.title\n    remove: true\n  - target: $.info\n    update: { title: Again }\n\
             \x20 - target: $.info.version\n    remove: true\n",
        ),
    ] {
        check(&format!("overlay-breaks-{name}"), actions, &[GENERATE, "ls"]);
    }
}

#[test]
fn malformed_overlays_are_told_where() {
    for (name, text) in [
        ("empty", ""),
        ("yaml", "overlay: 1.0.0\nactions: [\n"),
        ("list", "- a\n"),
        ("twice", "overlay: 1.0.0\noverlay: 1.0.0\n"),
        ("deep", &format!("overlay: {}", "[".repeat(5000))),
        (
            "members",
            "overlay: 2.0.0\ninfo: { title: 3 }\nacions: []\nx-mine: 1\nactions:\n  - target: $.a.b-c\n    remove: true\n\
             \x20 - target: 3\n  - update: {}\n  - target: $.info\n  - target: $.info\n    remove: yes\n  - text\n\
             \x20 - target: $.info\n    updates: {}\n    description: [é]\n    update: { a: 1 }\n",
        ),
        ("types", "overlay: 1.0.0\ninfo: none\nactions: {}\n"),
        ("nothing", "overlay: 1.0.0\ninfo: { title: T, version: 1.0.0 }\nactions: []\n"),
        ("bytes", "overlay: \"\\xE9\n"),
    ] {
        let files = format!("{DOCSET}//- change.yaml\n{text}");
        transcript::check(&format!("overlay-malformed-{name}"), &files, &[GENERATE]);
    }
    let missing = GENERATE.replace("change", "none");
    transcript::check("overlay-malformed-missing", DOCSET, &[&missing]);
}
