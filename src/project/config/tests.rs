use super::*;

/// The problems of a configuration, one a line: `text: level: message (help)`.
fn check(toml: &str, problems: &str) {
    let source = Source::new("apipage.toml", toml);
    let (_, found) = read(&source, Path::new("/docs"));
    let lines: Vec<String> = found
        .iter()
        .map(|problem| {
            let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
            format!("{}: {}: {}{help}", &source[problem.at.span], problem.level.as_str(), problem.message)
        })
        .collect();
    assert_eq!(lines.join("\n"), problems.trim());
}

#[test]
fn what_is_understood_is_used() {
    let toml = r#"
        [docset]
        namespace = "example"
        service-roots = ["https://example.com/v1.0"]
        optional-includes = []
        exclude = ["drafts/"]
        [generate]
        output = "../out"
        templates = "templates"
        [crate]
        name = "example-api"
        [openapi]
        title = "Example"
        contact = { name = "Us" }
        license.url = "https://example.com/licence"
        [rules]
        todo-placeholder = "error"
    "#;
    let (config, problems) = read(&Source::new("apipage.toml", toml), Path::new("/docs"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(config.docset.default_namespace, "example");
    assert_eq!(config.docset.service_roots, ["https://example.com/v1.0"]);
    assert!(config.docset.optional_includes.is_empty());
    assert!(config.excludes(Path::new("/docs/drafts/a.md")) && !config.excludes(Path::new("/docs/api/a.md")));
    assert_eq!(config.output.as_deref(), Some(Path::new("/docs/../out")));
    assert_eq!(config.templates.as_deref(), Some(Path::new("/docs/templates")));
    assert_eq!(config.settings.crate_name, "example-api");
    assert_eq!(config.settings.openapi.title.as_deref(), Some("Example"));
    assert_eq!(config.settings.openapi.contact_name.as_deref(), Some("Us"));
    assert_eq!(config.settings.openapi.licence_url.as_deref(), Some("https://example.com/licence"));
    assert_eq!(config.levels.0.get("todo-placeholder"), Some(&Level::Error));
}

#[test]
fn unknown_names_are_reported_with_what_was_meant() {
    check(
        "[docset]\nname-space = \"x\"",
        "name-space: warning: no setting of `[docset]` is called `name-space` (did you mean `namespace`?)",
    );
    check(
        "[rules]\ntodo-placeholdr = \"off\"",
        "todo-placeholdr: warning: no rule is called `todo-placeholdr` (did you mean `todo-placeholder`?)",
    );
    check(
        "[openapi.contact]\nnam = \"x\"",
        "nam: warning: no setting of `[openapi.contact]` is called `nam` (did you mean `name`?)",
    );
    check(
        "[zzz]",
        "zzz: warning: no table is called `zzz` (what can stand here: `docset`, `generate`, `crate`, `openapi`, `rules`)",
    );
    check(
        "[generate]\ntargets = [\"openap\"]",
        "\"openap\": error: no target is called `openap` (did you mean `openapi`?)",
    );
}

#[test]
fn wrong_types_and_values_are_reported() {
    check("docset = 1", "1: error: `docset` is a table, not an integer");
    check("[generate]\noutput = [\"x\"]", "[\"x\"]: error: `output` is a string, not an array");
    check("[docset]\nexclude = \"x\"", "\"x\": error: `exclude` is a list of strings");
    check("[docset]\nexclude = [1]", "1: error: `exclude` is a list of strings, not of integer");
    check(
        "[rules]\ntodo-placeholder = \"fatal\"",
        "\"fatal\": error: the level of `todo-placeholder` is one of off, hint, warning and error",
    );
    check(
        "[crate]\nname = \"9 lives\"",
        "\"9 lives\": error: `9 lives` cannot be the name of a crate (use letters, digits, `-` and `_`, starting with a letter)",
    );
}

#[test]
fn what_is_not_toml_keeps_the_rest() {
    let source = Source::new("apipage.toml", "[docset]\nnamespace = \"x\"\n[crate\n");
    let (config, problems) = read(&source, Path::new("/docs"));
    assert_eq!(config.docset.default_namespace, "x");
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn levels_apply_to_the_configuration_itself() {
    check("[rules]\nunknown-configuration-key = \"off\"\nzzz = \"off\"", "");
}
