//! Template errors: where they are said to be.
#![allow(missing_docs, reason = "a test")]

mod support;

use apipage::render::{Overrides, render};
use apipage::source::Source;
use apipage::span::FileId;
use apipage::targets::Artifacts;
use support::docset;

/// Renders the template `openapi/openapi.yaml.tera` as the user has it, and tells what is found.
fn check(templates: &[(&str, &str)], expected: &str) {
    let docset = docset("//- api/a.md\n# Get a\n\n## HTTP request\n\n``` http\nGET /a\n```\n");
    let overrides = Overrides(templates.iter().map(|(path, text)| Source::new(*path, *text)).collect());
    let mut artifacts = Artifacts::default();
    artifacts.render("a", Some(FileId(0)), "openapi/openapi.yaml.tera", serde_json::json!({ "x": 1 }));
    let (files, problems) = render(artifacts.all, &overrides, &docset);
    assert_eq!(files.0.is_empty(), !problems.is_empty());
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| {
            let index = (problem.at.file.0 as usize).wrapping_sub(docset.pages.len() + 1);
            let at = match overrides.0.get(index) {
                Some(source) => {
                    let position = source.position(problem.at.span.start);
                    format!("{}:{}:{} `{}`", source.path, position.line, position.column, &source[problem.at.span])
                }
                None => format!("file {}", problem.at.file.0),
            };
            let pages: String = problem.labels.iter().map(|label| format!(" (page {})", label.at.file.0)).collect();
            format!("{at}{pages}: {}", problem.message)
        })
        .collect();
    assert_eq!(shown.join("\n"), expected);
}

const MAIN: &str = "templates/openapi/openapi.yaml.tera";

#[test]
fn sound_templates_are_rendered() {
    check(&[(MAIN, "{{ x }}")], "");
}

#[test]
fn faults_are_found_where_they_are() {
    check(
        &[(MAIN, "ä\n {{ y }}")],
        "templates/openapi/openapi.yaml.tera:2:5 `y` (page 0): the template `openapi/openapi.yaml.tera` is faulty: Variable `y` is not defined. Available variables: x",
    );
    let cases = [
        (
            "a {% if %}",
            "1:9 `%}`: the template `openapi/openapi.yaml.tera` is faulty: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
        ),
        ("a\n{{ x | nope }}", "2:8 ``: the template `openapi/openapi.yaml.tera` is faulty: Unknown filter `nope`"),
        (
            "{% include \"gone\" %}",
            "1:12 ``: the template `openapi/openapi.yaml.tera` is faulty: Unknown template `gone`",
        ),
        (
            "{% extends \"gone\" %}",
            "1:1 ``: the template `openapi/openapi.yaml.tera` is faulty: Template 'openapi/openapi.yaml.tera' is inheriting from 'gone', which doesn't exist or isn't loaded.",
        ),
        (
            "{% extends \"openapi/openapi.yaml.tera\" %}",
            "1:1 ``: the template `openapi/openapi.yaml.tera` is faulty: Circular extend detected for template 'openapi/openapi.yaml.tera'. Inheritance chain: `[\"openapi/openapi.yaml.tera\"]`",
        ),
    ];
    cases.iter().for_each(|(text, expected)| check(&[(MAIN, text)], &format!("{MAIN}:{expected}")));
    check(
        &[(MAIN, "{% include \"own.tera\" %}"), ("templates/own.tera", "{{ x }}{{ z }}")],
        "templates/own.tera:1:11 `z` (page 0): the template `own.tera` is faulty: Variable `z` is not defined. Available variables: x",
    );
    check(
        &[(MAIN, "{{ x | one }}"), ("templates/own.tera", "{{ x | two }}")],
        "templates/openapi/openapi.yaml.tera:1:8 ``: the template `openapi/openapi.yaml.tera` is faulty: Unknown filter `one`\n\
         templates/own.tera:1:8 ``: the template `own.tera` is faulty: Unknown filter `two`",
    );
}

#[test]
fn two_artifacts_of_one_path_are_reported() {
    let docset = docset("//- a.md\n# A\n");
    let mut artifacts = Artifacts::default();
    artifacts.verbatim("a", "1");
    artifacts.verbatim("a", "2");
    let (files, problems) = render(artifacts.all, &Overrides::default(), &docset);
    assert_eq!((files.0["a"].as_str(), problems.len()), ("1", 1));
}

#[test]
fn a_faulty_built_in_is_our_bug() {
    check(
        &[],
        "file 0: the built-in template `openapi/openapi.yaml.tera`, line 1 is faulty: Variable `header` is not defined. Available variables: x; this is a bug in apipage",
    );
}

/// Renders the OpenAPI document with a template of the user, and tells what is found.
fn check_document(path: &str, template: &str, expected: &str) {
    let docset = docset("//- api/a.md\n# Get a\n\n## HTTP request\n\n``` http\nGET /a\n```\n");
    let model = apipage::model::link(&docset);
    let settings = apipage::targets::Settings::default();
    let target = apipage::targets::find("openapi").expect("a target");
    let artifacts = apipage::targets::artifacts(&model, &[target], &settings).all;
    let (files, problems) = render(artifacts, &Overrides(vec![Source::new(path, template)]), &docset);
    let shown: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(shown.join("\n"), expected);
    assert_eq!(files.0.is_empty(), !expected.is_empty());
}

#[test]
fn a_document_made_by_templates_of_the_user_is_read_back() {
    let extended = "{% extends \"builtin/openapi/openapi.yaml.tera\" %}{% block extensions %}";
    check_document("openapi/openapi.yaml.tera", &format!("{extended}x-mine: 1\n{{% endblock extensions %}}"), "");
    check_document(
        "openapi/openapi.yaml.tera",
        &format!("{extended}paths: [\n{{% endblock extensions %}}"),
        "the template `openapi/openapi.yaml.tera` is faulty: what it makes is no OpenAPI document: \
         duplicate field `paths` at line 2 column 1",
    );
}
