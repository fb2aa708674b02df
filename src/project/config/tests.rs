use super::*;
use crate::syntax::SectionKind;

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
        external-links = ["../concepts/", "**/changelog/*.md"]
        [sections]
        "request body" = ["payload"]
        [check]
        baseline = "known.toml"
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
        [[front-matter]]
        required = ["title"]
        [[front-matter]]
        doc-types = ["apiPageType"]
        values = { author = ["us"], "ms.prod" = ["a", "b"] }
        [[overrides]]
        paths = ["beta/"]
        [overrides.rules]
        todo-placeholder = "off"
    "#;
    let (config, problems) = read(&Source::new("apipage.toml", toml), Path::new("/docs"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(config.docset.default_namespace, "example");
    assert_eq!(config.docset.service_roots, ["https://example.com/v1.0"]);
    assert!(config.docset.optional_includes.is_empty());
    assert!(config.excludes(Path::new("/docs"), "drafts/a.md") && !config.excludes(Path::new("/docs"), "api/a.md"));
    let links = |link| config.docset.external_links.iter().any(|pattern| pattern.fits(link));
    assert!(links("../concepts/x.md") && links("../a/changelog/x.md") && !links("../a/changelog/b/x.md"));
    assert_eq!(config.docset.dialect.section_kind("Payload"), Some(SectionKind::RequestBody));
    assert_eq!(config.baseline.as_deref(), Some(Path::new("/docs/known.toml")));
    let [general, api] = config.docset.front_matter.as_slice() else { panic!("two tables") };
    assert_eq!((general.required.as_deref(), general.doc_types.len()), (Some(["title".to_owned()].as_slice()), 0));
    assert_eq!(
        (&api.required, api.doc_types.as_slice(), api.values.len()),
        (&None, ["apiPageType".into()].as_slice(), 2)
    );
    assert_eq!(config.overrides.len(), 1);
    assert_eq!(config.output.as_deref(), Some(Path::new("/docs/../out")));
    assert_eq!(config.templates.as_deref(), Some(Path::new("/docs/templates")));
    assert_eq!(config.settings.crate_name, "example-api");
    assert_eq!(config.settings.openapi.title.as_deref(), Some("Example"));
    assert_eq!(config.settings.openapi.contact_name.as_deref(), Some("Us"));
    assert_eq!(config.settings.openapi.licence_url.as_deref(), Some("https://example.com/licence"));
    assert_eq!(config.levels.of(find_lint("todo-placeholder").unwrap()), Level::Error);
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
        "zzz: warning: no table is called `zzz` (what can stand here: `docset`, `sections`, `check`, `generate`, `crate`, `openapi`, `rules`, `front-matter`, `overrides`)",
    );
    check(
        "[generate]\ntargets = [\"openap\"]",
        "\"openap\": error: no target is called `openap` (did you mean `openapi`?)",
    );
    check(
        "[sections]\n\"requst body\" = [\"payload\"]",
        "\"requst body\": warning: no section is called `requst body` (did you mean `request body`?)",
    );
    check(
        "[[front-matter]]\nrequird = [\"title\"]",
        "requird: warning: no setting of `[front-matter]` is called `requird` (did you mean `required`?)",
    );
    check(
        "[[overrides]]\npath = [\"a\"]\npaths = [\"a\"]\nrules.todo-placeholdr = \"off\"",
        "path: warning: no setting of `[overrides]` is called `path` (did you mean `paths`?)\n\
         todo-placeholdr: warning: no rule is called `todo-placeholdr` (did you mean `todo-placeholder`?)",
    );
    check(
        "[check]\nbasline = \"x\"",
        "basline: warning: no setting of `[check]` is called `basline` (did you mean `baseline`?)",
    );
    check(
        "[docset]\nexternal-link = []",
        "external-link: warning: no setting of `[docset]` is called `external-link` (did you mean `external-links`?)",
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
fn lists_of_patterns_are_checked() {
    check("[docset]\nexclude = [\"\"]", "\"\": error: `` is no pattern of pages: it is empty, or a comment");
    check("[docset]\nexclude = [\"# a\"]", "\"# a\": error: `# a` is no pattern of pages: it is empty, or a comment");
    check(
        "[docset]\nexclude = [\"../other/**\", \"a[z-b]\"]",
        "\"../other/**\": error: `../other/**` is no pattern of pages: it leaves the folder of apipage.toml\n\
         \"a[z-b]\": error: `a[z-b]` is no pattern of pages: error parsing glob 'a[z-b]': invalid range; 'z' > 'b'",
    );
    check("[docset]\nexternal-links = []", "[]: error: `external-links` is an empty list");
    check("[docset]\nexternal-links = [\" \"]", "\" \": error: `external-links` holds an empty string");
    check("[docset]\nexternal-links = 3", "3: error: `external-links` is a list of strings");
    check(
        "[docset]\nexternal-links = [\"a/{b\"]",
        "\"a/{b\": error: `a/{b` is no pattern of links: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
    );
    check(
        "[docset]\noptional-includes = [\"\"]",
        "\"\": error: `optional-includes` holds an empty pattern, which all includes fit",
    );
    check(
        "[docset]\nservice-roots = [\"example.com\"]",
        "\"example.com\": error: `example.com` is no base URL \
         (write all that stands before the path, such as `https://graph.microsoft.com/v1.0`)",
    );
    check(
        "[docset]\nservice-roots = \"https://example.com\"",
        "\"https://example.com\": error: `service-roots` is a list of strings",
    );
}

#[test]
fn demands_on_front_matter_are_checked() {
    check("front-matter = 1", "1: error: `front-matter` is a list of tables (head each by `[[front-matter]]`)");
    check(
        "[front-matter]\nrequired = []",
        "[front-matter]: error: `front-matter` is a list of tables (head each by `[[front-matter]]`)",
    );
    check("[[front-matter]]\nrequired = \"title\"", "\"title\": error: `required` is a list of strings");
    check("[[front-matter]]\nrequired = [\"\"]", "\"\": error: `required` holds an empty string");
    check("[[front-matter]]\ndoc-types = []", "[]: error: `doc-types` is an empty list");
    check("[[front-matter]]\nvalues = [\"a\"]", "[\"a\"]: error: `values` is a table, not an array");
    check("[[front-matter]]\nvalues.author = [1]", "1: error: `author` is a list of strings, not of integer");
    check("[[front-matter]]\nvalues.author = []", "[]: error: `author` is an empty list");
}

#[test]
fn words_for_sections_are_checked() {
    check("sections = 1", "1: error: `sections` is a table, not an integer");
    check("[sections]\nresponse = \"answer\"", "\"answer\": error: `response` is a list of strings");
    check("[sections]\nresponse = [\"\"]", "\"\": error: `response` holds an empty string");
    check(
        "[sections]\nresponse = [\"answer\", \"request body\"]\n\"Request body\" = [\"Answer\"]",
        "\"request body\": error: `request body` means the section \"Request body\" already\n\
         \"Answer\": error: `Answer` means the section \"Response\" already",
    );
}

#[test]
fn overrides_are_checked() {
    check("overrides = [1]", "1: error: `overrides` is a list of tables, not of integer");
    check("[[overrides]]\npaths = [\"a\"]", "[[overrides]]: error: an override needs `paths` and `rules`");
    check("[[overrides]]\npaths = []\nrules = {}", "[]: error: `paths` is an empty list");
    check("[[overrides]]\npaths = [\"\"]\nrules = {}", "\"\": error: `paths` holds an empty string");
    check("[[overrides]]\npaths = \"a\"\nrules = {}", "\"a\": error: `paths` is a list of strings");
    check("[[overrides]]\npaths = [\"a\"]\nrules = 1", "1: error: `rules` is a table, not an integer");
    check(
        "[[overrides]]\npaths = [\"../a\"]\nrules = {}",
        "\"../a\": error: `../a` is no pattern of pages: it leaves the folder of apipage.toml",
    );
    check(
        "[[overrides]]\npaths = [\"a\"]\nrules.broken-link = \"none\"",
        "\"none\": error: the level of `broken-link` is one of off, hint, warning and error",
    );
    check(
        "[[overrides]]\npaths = [\"a\"]\nrules.unmatched-pattern = \"off\"",
        "unmatched-pattern: error: `unmatched-pattern` is about the configuration, not about pages (set its level under `[rules]`)",
    );
    check("[check]\nbaseline = \"\"", "\"\": error: `baseline` is an empty path");
    check("[check]\nbaseline = []", "[]: error: `baseline` is a string, not an array");
}

#[test]
fn what_the_documentation_shows_is_understood() {
    for page in [include_str!("../../../docs/configuration.md"), include_str!("../../../docs/adoption.md")] {
        let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert!(!examples.is_empty());
        examples.into_iter().for_each(|example| check(example, ""));
    }
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

#[test]
fn openapi_settings_are_held_against_what_they_are_for() {
    check(
        r#"
        [openapi]
        server = "https://example.com"
        overlays = []
        terms-of-service = 3
        [[openapi.servers]]
        url = "example.com"
        [[openapi.servers]]
        description = "No URL"
        [openapi.oauth2]
        token-url = "login"
        tokn-url = "https://example.com"
        [[openapi.security]]
        scheme = "bearerAuth"
        type = "http"
        http-scheme = "basic"
        [[openapi.security]]
        scheme = "key"
        type = "apiKey"
        name = "X-Key"
        [[openapi.security]]
        scheme = "key"
        type = "basic"
        [[openapi.security]]
        scheme = "a"
        type = "openIdConnect"
        url = "https://example.com/.well-known/openid-configuration"
        [[openapi.security]]
        scheme = "a"
        type = "http"
        http-scheme = "digest"
        "#,
        r#"
[]: error: `overlays` is an empty list
3: error: `terms-of-service` is a string, not an integer
"example.com": error: `example.com` is no URL (write it with its scheme: `https://...`)
[[openapi.servers]]: error: a server needs `url`
"login": error: `login` is no URL (write it with its scheme: `https://...`)
tokn-url: warning: no setting of `[openapi.oauth2]` is called `tokn-url` (did you mean `token-url`?)
"bearerAuth": error: `bearerAuth` cannot be the name of a security scheme (use letters, digits, `.`, `-` and `_`, and none of oauth2Delegated, oauth2Application, bearerAuth)
[[openapi.security]]: error: something of the security scheme is missing (it needs `scheme` (its name), `type`, and `name` and `in` for `apiKey`, `http-scheme` for `http`, `url` for `openIdConnect`)
"basic": error: `type` is one of apiKey, http and openIdConnect
[[openapi.security]]: error: two security schemes are called `a`"#,
    );
    check(
        "[openapi]\nserver = \"https://a.test\"\n[[openapi.servers]]\nurl = \"https://b.test\"",
        r#""https://a.test": error: `server` stands beside `servers` (write all of them as `servers`)"#,
    );
}
