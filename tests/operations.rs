//! What pages say of operations: their parameters and permissions, what they take and what they return.

mod support;

use apipage::model;
use apipage::model::topics::MAX_EXAMPLES;
use support::docset;
use support::facts::check;

#[test]
fn a_location_header_leads_to_what_no_body_holds() {
    check(
        "//- a.md\n# Start a\n## HTTP request\n```http\nPOST /a\n```\n## Response\nReturns a `202 Accepted` response code. \
         It has a `Location` header, which leads to the [job](b.md).\n\
         //- b.md\n# job resource type\n## Properties\n|Property|Type|\n|-|-|\n|a|String|\n",
        "microsoft.graph.job { a String }\nPOST /a -> 202",
    );
}

#[test]
fn examples_that_vary_leave_the_type_to_the_prose() {
    let example = |url: &str, annotation: &str, response: &str| {
        format!(
            "```http\nGET {url}\n```\n<!-- {{\"blockType\": \"response\"{annotation}}} -->\n```http\nHTTP/1.1 200 OK\n{response}\n```\n"
        )
    };
    let list = |of: &str| {
        let annotation = format!(", \"@odata.type\": \"microsoft.graph.{of}\", \"isCollection\": true");
        example("/a", &annotation, "Content-Type: application/json\n\n{\"value\": []}")
    };
    let one = |of: &str| example("/a", &format!(", \"@odata.type\": \"microsoft.graph.{of}\""), "\n{}");
    let count = example("/a/$count", "", "Content-Type: text/plain\n\n893");
    let page = |prose: &str, examples: &str| {
        format!(
            "//- a.md\n# List a\n## HTTP request\n```http\nGET /a\n```\n## Response\n{prose}\n## Examples\n{examples}\
             //- b.md\n# b resource type\n## Properties\nNone.\n//- c.md\n# c resource type\n## Properties\nNone.\n"
        )
    };
    let told = "Returns `200 OK` and a collection of [b](b.md) objects.";
    let cases = [
        (told, format!("{}{count}", list("b")), "b collection"),
        (told, format!("{count}{}", list("b")), "b collection"),
        (told, format!("{}{}", list("b"), list("c")), "b collection"),
        (told, format!("{}{}", list("c"), list("c")), "c collection"),
        (told, format!("{}{}", one("c"), one("b")), "c"),
        ("Returns `200 OK`.", format!("{}{}", list("b"), list("c")), "b collection"),
    ];
    for (prose, examples, expected) in cases {
        let text = page(prose, &examples);
        let docset = docset(&text);
        let model = model::link(&docset);
        let response = model.operations[0].success().unwrap();
        assert_eq!(response.of.map(|of| model.type_name(of)).as_deref(), Some(expected), "{text}");
        assert_eq!(response.media_type, None, "{text}");
    }
}

#[test]
fn the_prose_declares_what_an_example_shows_one_case_of() {
    let check = |path: &str, prose: &str, annotation: &str, body: &str, expected: &str| {
        let text = format!(
            "//- a.md\n# Get a\n## HTTP request\n```http\nGET {path}\n```\n## Response\n{prose}\n## Example\n```http\nGET /a/1\n```\n\
             <!-- {{\"blockType\": \"response\", {annotation}}} -->\n```http\nHTTP/1.1 200 OK\n\n{body}\n```\n\
             //- b.md\n# b resource type\n## Properties\n|Property|Type|\n|-|-|\n|id|String|\n\
             //- c.md\n# c resource type\n\nInherits from [b](b.md).\n## Properties\n|Property|Type|\n|-|-|\n|more|String|\n\
             //- d.md\n# d resource type\n## Properties\n|Property|Type|\n|-|-|\n|other|String|\n"
        );
        let docset = docset(&text);
        let model = model::link(&docset);
        let of = model.operations[0].success().unwrap().of;
        assert_eq!(of.map(|of| model.type_name(of)).as_deref(), Some(expected), "{text}");
    };
    let of = |name: &str| format!("\"@odata.type\": \"microsoft.graph.{name}\"");
    let told = |name: &str| format!("Returns `200 OK` and a [{name}]({name}.md).");
    let told_list = |name: &str| format!("Returns `200 OK` and a collection of [{name}]({name}.md) objects.");
    // The type derives from the told one, or the other way round.
    check("/a", &told("b"), &of("c"), "{\"id\": \"\"}", "b");
    check("/a", &told("c"), &of("b"), "{\"more\": \"\"}", "b");
    check("/a", &told_list("b"), &of("c"), "{\"value\": [{\"more\": \"\"}]}", "b collection");
    // Neither derives from the other: the members decide.
    check("/a", &told("d"), &of("c"), "{\"other\": \"\"}", "d");
    check(
        "/a",
        &told_list("d"),
        &of("c"),
        "{\"value\": [{\"other\": \"\", \"more@x\": 1, \"id@x\": 1}]}",
        "d collection",
    );
    check("/a", &told("d"), &of("c"), "{\"id\": \"\"}", "c");
    check("/a", &told("d"), &of("c"), "{\"@odata.context\": \"\"}", "c");
    // A path that ends in a key leads to one, if the prose says so too.
    let list = "{\"value\": [{\"id\": \"\"}]}";
    check("/a/{id}", &told("b"), &of("b"), list, "b");
    check("/a/{id}", &told_list("b"), &of("b"), list, "b collection");
    check("/a/{id}", "Returns `200 OK`.", &of("b"), list, "b collection");
    check("/a/find(id={id})", &told("b"), &of("b"), list, "b collection");
}

#[test]
fn a_later_section_tells_the_type_that_the_first_leaves_open() {
    check(
        "//- a.md\n# Get a\n## HTTP request\n```http\nGET /a/$value\nGET /a\n```\n## Response\n### Response for the content\n\
         Returns `200 OK` and the binary data.\n### Response for the metadata\nReturns `200 OK` and a [b](b.md).\n\
         ### Response for more\nReturns `200 OK` and a [c](c.md).\n\
         //- b.md\n# b resource type\n//- c.md\n# c resource type\n",
        "microsoft.graph.b {  }\nmicrosoft.graph.c {  }\nGET /a/$value /a -> 200 b",
    );
}

#[test]
fn permissions_may_stand_in_columns() {
    check(
        "//- a.md\n# Add a\n## Permissions\n|Supported resource|Delegated (work or school account)|Delegated (personal Microsoft account)|Application|\n\
         |-|-|-|-|\n|[application](b.md)|A.Read and B.Read|Not supported.|Not supported.|\n|user|A.Read and B.Read, C.Read|Not supported.|C.Read|\n\
         ## HTTP request\n```http\nGET /a\n```\n",
        "GET /a -> 200\n  DelegatedWork: A.Read+B.Read/C.Read\n  DelegatedPersonal: NotSupported\n  Application: C.Read",
    );
}

#[test]
fn permissions_of_all_cases_let_in() {
    let row = |account: &str, cell: &str| format!("|{account}|{cell}|\n");
    let table = |delegated: &str, application: &str| {
        let rows = row("Delegated (work or school account)", delegated) + &row("Application", application);
        format!("|Permission type|Permissions (from least to most privileged)|\n|-|-|\n{rows}\n")
    };
    let check = |tables: &str, delegated: &str, application: &str| {
        check(
            &format!("# Get a\n## Permissions\n{tables}\n## HTTP request\n```http\nGET /a\n```\n"),
            &format!("GET /a -> 200\n  DelegatedWork: {delegated}\n  Application: {application}"),
        );
    };
    let others = "### Of others\n".to_owned() + &table("A.Read.All, A.Read", "A.Read.All");
    check(&(table("A.Read", "Not supported.") + &others), "A.Read/A.Read.All", "A.Read.All");
    check(&(others.clone() + &table("Not supported.", "None.")), "A.Read.All/A.Read", "A.Read.All");
    check(
        &table("In a: A.Read<br/>In b: B.Read", "A.Read for a.</br>B.Read and C.Read"),
        "A.Read/B.Read",
        "A.Read/B.Read+C.Read",
    );
}

/// The parameters of the first operation, one a line: place, name and type.
fn parameters(text: &str) -> String {
    let docset = docset(text);
    let model = model::link(&docset);
    let shown =
        |found: &model::Parameter<'_>| format!("{:?} {} {}", found.place, found.name, model.type_name(found.of));
    model.operations[0].parameters.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[test]
fn query_options_are_named_in_prose() {
    let check = |section: &str, expected: &str| {
        let text =
            format!("# List a\n## HTTP request\n```http\nGET /a\n```\n## Optional query parameters\n{section}\n");
        assert_eq!(parameters(&text), expected, "{section}");
    };
    check(
        "Supports `$select`, `$orderBy`, and **$top**.",
        "Query $select String, Query $orderBy String, Query $top Int32",
    );
    check(
        "Supports the following:\n- `$count`\n- `$top` - How many.\n- $levels",
        "Query $count Boolean, Query $top Int32",
    );
    check("You can use `$expand=b($select=c)`.", "Query $expand String, Query $select String");
    check(
        "|Name|Description|\n|-|-|\n|\\$top|How many.|\n\nUse $top, or $skip.",
        "Query $top Int32, Query $skip Int32",
    );
    check("This does **not** support options (for example, $filter).", "");
    check("Supports `$select`. There is no support\nfor `$search`. `$filter` isn't supported.", "Query $select String");
    check("These are not supported:\n\n- $select\n- $filter\n\nUse $top.", "Query $top Int32");
    check("Costs $5, $value or $ nothing.", "");
}

#[test]
fn a_table_below_a_heading_of_its_own_explains_a_parameter() {
    let page = |titles: &str| {
        format!(
            "# List a\n## HTTP request\n```http\nGET /a\n```\n## Query parameters\n|Name|Description|\n|-|-|\n|$filter|Filters.|\n\n\
             ### What to filter by\n|{titles}|\n|-|-|\n|b|eq|\n"
        )
    };
    assert_eq!(parameters(&page("Attribute|Operators")), "Query $filter String");
    assert_eq!(parameters(&page("Value|Description")), "Query $filter String");
    assert_eq!(parameters(&page("Parameter|Description")), "Query $filter String, Query b String");
}

#[test]
fn a_section_may_say_that_there_is_no_body_or_no_json() {
    let check = |section: &str, expected: Option<Option<&str>>| {
        let text =
            format!("# Do a\n## HTTP request\n```http\nPOST /a\n```\n## Request body\n{section}\n## Response\nNone.\n");
        let docset = docset(&text);
        let model = model::link(&docset);
        assert_eq!(model.operations[0].body.as_ref().map(|body| body.media_type), expected, "{section}");
    };
    check("", None);
    check("This method does not require a request body.", None);
    check("This operation has no request content.", None);
    check("A message is sent already, so a request body is not necessary.", None);
    check("Supply the values.", Some(None));
    check("Include the binary data of the photo.", Some(Some("application/octet-stream")));
    check("Supply the binary data.\n\n|Name|Type|\n|-|-|\n|data|Binary|", Some(None));
}

#[test]
fn an_example_with_a_placeholder_shows_the_media_type() {
    let check = |header: &str, body: &str, expected: Option<&str>| {
        let text = format!(
            "# Add a\n## HTTP request\n```http\nPOST /a\n```\n## Example\n```http\nPOST /a\n{header}\n{body}\n```\n"
        );
        let docset = docset(&text);
        let model = model::link(&docset);
        let body = model.operations[0].body.as_ref().expect("a body");
        assert_eq!(body.media_type, expected, "{text}");
    };
    check("Content-Type: application/zip\n", "[Zip file of an app]", Some("application/zip"));
    check("Content-Type: image/jpeg\n", "{Raw bytes}", Some("image/jpeg"));
    check("Content-Type: application/json\n", "{Raw bytes}", None);
    check("Content-Type: text/plain\n", "{\"a\": 1}", Some("text/plain"));
    check("", "{\"a\": 1}", None);
}

#[test]
fn a_reference_is_no_representation() {
    let page = |path: &str, body: &str| {
        format!(
            "//- a.md\n# Add thing\n## HTTP request\n```http\nPOST {path}\n```\n## Request body\nSupply a [thing](thing.md).\n\
             ## Response\nReturns `201 Created` and a [thing](thing.md).\n## Example\n\
             <!-- {{ \"blockType\": \"request\", \"@odata.type\": \"microsoft.graph.thing\" }} -->\n```http\nPOST {path}\n\n{body}\n```\n\
             //- thing.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n"
        )
    };
    let check = |path: &str, body: &str, expected: &str| {
        let expected = format!("microsoft.graph.thing {{ name String }}\nPOST {path} ({expected}) -> 201 thing");
        check(&page(path, body), &expected);
    };
    check("/things/$ref", "{\"@odata.id\": \"https://a.b/things/1\"}", "");
    check("/things/$ref", "{\"@odata.type\": \"#microsoft.graph.thing\", \"@odata.id\": \"https://a.b/things/1\"}", "");
    check("/things", "{\"@odata.id\": \"https://a.b/things/1\", \"name\": \"a\"}", "thing");
    check("/things", "{\"@odata.type\": \"#microsoft.graph.thing\"}", "thing");
    check("/things", "{}", "thing");
}

#[test]
fn a_link_after_the_table_of_a_body_explains_it() {
    let page = |before: &str, after: &str| {
        format!(
            "//- a.md\n# Do it\n## HTTP request\n```http\nPOST /a\n```\n## Request body\n{before}\n\n|Name|Type|\n|-|-|\n|name|String|\n\n{after}\n\
             //- thing.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n"
        )
    };
    let check = |before: &str, after: &str, expected: &str| {
        check(&page(before, after), &format!("microsoft.graph.thing {{ name String }}\nPOST /a ({expected}) -> 200"));
    };
    check("Supply a [thing](thing.md).", "", "thing");
    check("Supply these.", "The names are those of a [thing](thing.md).", "name");
}

#[test]
fn a_table_of_scenarios_lists_no_parameters() {
    let text = "//- a.md\n# List a\n## HTTP request\n```http\nGET /a\n```\n## Optional query parameters\n\
                |Scenario|Example|\n|-|-|\n|All of one kind|`$filter=kind eq 'b'`|\n\n|Name|Description|\n|-|-|\n|$top|How many.|\n";
    let docset = docset(text);
    let names: Vec<&str> =
        model::link(&docset).operations[0].parameters.iter().map(|parameter| parameter.name).collect();
    assert_eq!(names, ["$top"]);
}

#[test]
fn routes_with_many_parameters_of_one_name_are_named_apart() {
    let route = "{id}".repeat(5_000);
    let docset = docset(&format!("# Get\n## HTTP request\n```http\nGET /a/{route}\n```\n"));
    let model = model::link(&docset);
    let route = &model.operations[0].routes[0];
    let names: std::collections::BTreeSet<&str> = route.parameters().map(|(name, _, _)| name).collect();
    assert_eq!(names.len(), 5_000);
    assert!(route.match_path(&format!("/a/{}", "x".repeat(10))).is_none());
}

#[test]
fn requests_with_sections_of_their_own_have_answers_of_their_own() {
    let page = |status: &str, of: &str, value: &str| {
        format!(
            "<!-- {{\"blockType\": \"response\", \"@odata.type\": \"{of}\"}} -->\n```http\nHTTP/1.1 {status}\n\n{value}\n```\n"
        )
    };
    let request = |name: &str, line: &str| {
        format!("<!-- {{\"blockType\": \"request\", \"name\": \"{name}\"}} -->\n```http\n{line}\n```\n")
    };
    let list = page("200 OK", "Collection(String)", "{\"value\": []}");
    let one = page("201 Created", "Edm.Int32", "1");
    check(
        &format!(
            "# Get sizes\n## HTTP request\n```http\nGET /sizes\nGET /all/sizes\n```\n## Response\nReturns `200 OK`.\n\
             ## Example\n### HTTP request\n{}### Response\n{list}## Get one\n### HTTP request\n{}### Response\n{one}\
             ## See whether it is there\n### HTTP request\n{}### Response\nReturns `204 No Content`.\n{}",
            request("a", "GET /sizes"),
            request("b", "GET /sizes/{size}"),
            request("c", "HEAD /sizes"),
            "<!-- {\"blockType\": \"response\"} -->\n```http\nHTTP/1.1 204 No Content\n```\n",
        ),
        "GET /sizes /all/sizes -> 200 String collection\nGET /sizes/{size} -> 201 Int32\nHEAD /sizes -> 204",
    );
    check(
        &format!(
            "# Get size\n## Get mine\n### HTTP request\n{}## Get one\n### HTTP request\n{}```http\nGET /any/size\n```\n## HTTP response\n{}",
            request("a", "GET /me/size"),
            request("b", "GET /sizes/{size}"),
            page("200 OK", "Edm.Int32", "1").replace("\"response\"", "\"response\", \"name\": [\"a\", \"b\"]"),
        ),
        "GET /me/size /sizes/{size} /any/size -> 200 Int32",
    );
}

#[test]
fn pages_of_very_many_requests_are_about_one_thing() {
    let operations = |count: usize| {
        let section = |number: usize| {
            format!(
                "## Get {number}\n### HTTP request\n<!-- {{\"blockType\": \"request\", \"name\": \"{number}\"}} -->\n```http\nGET /{number}\n```\n\
                 <!-- {{\"blockType\": \"response\"}} -->\n```http\nHTTP/1.1 204 No Content\n```\n"
            )
        };
        let docset = docset(&format!("# Get\n{}", (0..count).map(section).collect::<String>()));
        model::link(&docset).operations.len()
    };
    assert_eq!((operations(MAX_EXAMPLES), operations(MAX_EXAMPLES + 1)), (MAX_EXAMPLES, 1));
}

#[test]
fn urls_that_a_service_hands_out_say_nothing_of_the_operation() {
    let handed_out = "<!-- {\"blockType\": \"request\", \"name\": \"b\", \"opaqueUrl\": true} -->\n```http\nPUT https://up.example.com/1\n```\n\
                      ### Response\nReturns `202 Accepted`.\n<!-- {\"blockType\": \"response\", \"@odata.type\": \"String\"} -->\n```http\nHTTP/1.1 202 Accepted\n\n\"a\"\n```\n";
    let own = "<!-- {\"blockType\": \"request\", \"name\": \"a\"} -->\n```http\nPUT /a\n```\n\
               <!-- {\"blockType\": \"response\", \"@odata.type\": \"Edm.Int32\"} -->\n```http\nHTTP/1.1 200 OK\n\n1\n```\n";
    let start = "# Put a\n## HTTP request\n```http\nPUT /a\n```\n## Example\n";
    check(
        &format!("{start}{own}## Go on\n{handed_out}## Later\n### Response\nReturns `201 Created`.\n"),
        "PUT /a -> 200 Int32",
    );
    check(&format!("{start}{handed_out}"), "PUT /a -> 202 String");
}

#[test]
fn examples_of_the_routes_outdo_those_of_others() {
    let examples = |first: (&str, &str), second: (&str, &str)| {
        let exchange = |(path, of): (&str, &str)| {
            format!(
                "<!-- {{\"blockType\": \"request\", \"name\": \"{of}\"}} -->\n```http\nGET {path}\n```\n\
                 <!-- {{\"blockType\": \"response\", \"@odata.type\": \"{of}\"}} -->\n```http\nHTTP/1.1 200 OK\n\n1\n```\n"
            )
        };
        format!(
            "# Get a\n## HTTP request\n```http\nGET /a/{{id}}\n```\n## Examples\n{}{}",
            exchange(first),
            exchange(second)
        )
    };
    check(&examples(("/a/1", "Edm.Int32"), ("/a/1/part", "Edm.Double")), "GET /a/{id} -> 200 Int32");
    check(&examples(("/a/1/part", "Edm.Double"), ("/a/1", "Edm.Int32")), "GET /a/{id} -> 200 Int32");
    check(&examples(("/b", "Edm.Int32"), ("/b/part", "Edm.Double")), "GET /a/{id} -> 200 Int32");
}

#[test]
fn parameters_without_a_place_are_in_the_body_of_an_action_and_else_in_the_url() {
    let page = |method: &str, path: &str| {
        format!(
            "# Do a\n## HTTP request\n```http\n{method} {path}\n```\n## Parameters\n|Parameter|Type|Description|\n|-|-|-|\n|one|Int32|One.|\n|two|Boolean|Two.|\n"
        )
    };
    check(&page("POST", "/a"), "POST /a (one, two) -> 200");
    check(&page("POST", "/a(one={value})"), "POST /a(one={value}) (two) -> 200");
    check(&page("POST", "/ones/{two}"), "POST /ones/{two} (one) -> 200");
    check(&page("GET", "/a"), "GET /a -> 200");
    assert_eq!(parameters(&page("GET", "/a")), "Function one Int32, Function two Boolean");
    assert_eq!(parameters(&page("POST", "/a")), "");
    assert_eq!(parameters(&page("POST", "/a(one={value})")), "Function one Int32");
}

#[test]
fn what_an_update_or_a_creation_returns_is_sent_too_where_the_example_fits() {
    let page = |method: &str, status: &str, body: &str| {
        format!(
            "//- a.md\n# Do it\n## HTTP request\n```http\n{method} /things\n```\n## Request body\nSupply the values.\n\
             ## Response\nReturns `{status}` and a [thing](thing.md).\n## Example\n```http\n{method} /things\n\n{body}\n```\n\
             //- thing.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n"
        )
    };
    let thing = "microsoft.graph.thing { name String }";
    let check = |method: &str, status: &str, body: &str, expected: &str| {
        let code = status.split(' ').next().unwrap();
        check(&page(method, status, body), &format!("{thing}\n{method} /things ({expected}) -> {code} thing"));
    };
    check("PATCH", "200 OK", "{\"name\": \"a\", \"@a.b\": 1}", "thing");
    check("POST", "201 Created", "{\"name\": \"a\"}", "thing");
    check("POST", "200 OK", "{\"name\": \"a\"}", "");
    check("POST", "201 Created", "{\"name\": \"a\", \"other\": 1}", "");
    check("PATCH", "200 OK", "{}", "");
}

#[test]
fn routes_to_a_property_return_the_property() {
    let page = |routes: &str| {
        format!(
            "//- a.md\n# Get settings\n## HTTP request\n```http\n{routes}```\n## Response\nReturns `200 OK` and a [settings](b.md) object.\n\
             //- b.md\n# settings resource type\n## Properties\n|Property|Type|\n|-|-|\n|zone|String|\n|hours|[hours](c.md)|\n|photo|Stream|\n\
             //- c.md\n# hours resource type\n## Properties\n|Property|Type|\n|-|-|\n|start|String|\n"
        )
    };
    const TYPES: &str = "microsoft.graph.settings { zone String, hours hours, photo Stream }\n\
                         microsoft.graph.hours { start String }\n";
    let cases = [
        (
            "GET /me/settings\nGET /me/settings/zone\nGET /users/{id}/settings\nGET /users/{id}/settings/zone\nGET /me/settings/hours\n",
            "GET /me/settings /users/{id}/settings -> 200 settings\n\
             GET /me/settings/zone /users/{id}/settings/zone -> 200 String\n\
             GET /me/settings/hours -> 200 hours",
        ),
        // Without the whole beside it, or where it is the content of the whole, a route is what the page is about.
        ("GET /me/settings\nGET /you/zone\n", "GET /me/settings /you/zone -> 200 settings"),
        ("GET /me/settings\nGET /me/settings/photo\n", "GET /me/settings /me/settings/photo -> 200 settings"),
    ];
    for (routes, expected) in cases {
        check(&page(routes), &format!("{TYPES}{expected}"));
    }
}

#[test]
fn the_answer_with_a_body_has_the_type() {
    let check = |prose: &str, expected: &str| {
        let text = format!(
            "//- a.md\n# Update a\n## HTTP request\n```http\nPATCH /a\n```\n## Response\n{prose}\n\
             //- thing.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n"
        );
        check(&text, &format!("microsoft.graph.thing {{ name String }}\nPATCH /a -> {expected}"));
    };
    const LATER: &str = "If asked for it, returns `200 OK` and the [thing](thing.md).";
    check(&format!("Returns `204 No Content`. {LATER}"), "204 -> 200 thing");
    check(&format!("Returns `204 No Content`.\n\n{LATER}"), "204 -> 200 thing");
    check(&format!("Returns `204 No Content`. It does not return anything. {LATER}"), "204 -> 200 thing");
    check(
        "Returns `204 No Content`. Returns `200 OK` and a collection of [thing](thing.md) objects.",
        "204 -> 200 thing collection",
    );
    check("Returns `204 No Content`. If it fails, `404 Not Found`. See [thing](thing.md).", "204 -> 404");
    check("Returns `302 Found`. Or `204 No Content`. See [thing](thing.md).", "302 -> 204");
    // Things of a collection.
    check("Returns `200 OK` and the [thing](thing.md) items.", "200 thing collection");
    check("Returns `200 OK` and the **[thing](thing.md)** resources.", "200 thing collection");
    check("Returns `200 OK` and all [thing](thing.md) resources in a collection.", "200 thing collection");
    check("Returns `200 OK` and the [thing](thing.md) resource.", "200 thing");
}

#[test]
fn prose_tells_the_media_type_of_what_no_example_shows() {
    let check = |prose: &str, example: &str, expected: Option<&str>| {
        let text = format!(
            "# Get a\n## HTTP request\n```http\nGET /a\n```\n## Response\n{prose}\n## Example\n```http\nGET /a\n```\n{example}"
        );
        let docset = docset(&text);
        let model = model::link(&docset);
        assert_eq!(model.operations[0].success().unwrap().media_type, expected, "{text}");
    };
    let (bytes, text) = (Some("application/octet-stream"), Some("text/plain"));
    check("Returns `200 OK` and the binary data of the photo.", "", bytes);
    check("Returns `200 OK` and the contents of the file.", "", bytes);
    check("Returns `200 OK` and the count in plain text.", "", text);
    check("Returns `200 OK`.", "", None);
    check("Returns `204 No Content`. The binary data is gone.", "", None);
    let binary = "Returns `200 OK` and the binary data.";
    check(binary, "```http\nHTTP/1.1 200 OK\n```\n", bytes);
    check(binary, "```http\nHTTP/1.1 200 OK\n\n{}\n```\n", None);
    check(binary, "```http\nHTTP/1.1 200 OK\nContent-Type: image/png\n\n<image>\n```\n", Some("image/png"));
}

#[test]
fn a_query_may_lack_its_mark() {
    for url in ["/a?$filter=b", "/a/$filter=b", "/a&$filter=b", "/a$filter=b", "/a&$Filter=b&$top=1"] {
        check(&format!("# List a\n## HTTP request\n```http\nGET {url}\n```\n"), "GET /a -> 200");
    }
    for path in ["/a/$count", "/a/$value", "/a/{$filter=b}", "/a/$filters=b"] {
        let docset = docset(&format!("# List a\n## HTTP request\n```http\nGET {path}\n```\n"));
        assert_eq!(model::link(&docset).operations[0].routes[0].query, None, "{path}");
    }
}

#[test]
fn an_example_of_a_body_alone_is_of_the_success() {
    const ANNOTATION: &str = "<!-- {\"blockType\": \"response\", \"@odata.type\": \"Edm.Int32\"} -->\n";
    let check = |prose: &str, example: &str, expected: &str| {
        let text = format!(
            "# Do a\n## HTTP request\n```http\nPOST /a\n```\n## Response\n{prose}\n## Example\n### Request\n```http\nPOST /a\n```\n### Response\n{example}\n"
        );
        check(&text, &format!("POST /a -> {expected}"));
    };
    let annotated = |body: &str| format!("{ANNOTATION}```json\n{body}\n```");
    check("Returns `201 Created`.", &annotated("{\"value\": 1}"), "201 Int32");
    check("", &annotated("{\"value\": 1}"), "200 Int32");
    check("Returns `204 No Content`.", &annotated("{\"value\": 1}"), "204");
    check("Returns `204 No Content`. Else `200 OK`.", &annotated("{\"value\": 1}"), "204 -> 200 Int32");
    check("Returns `200 OK`.", &annotated("{\"error\": {}}"), "200");
    check("Returns `200 OK`.", &annotated("Location: b\n\n{\"value\": 1}"), "200");
    // By its place; what is no JSON by the letter may be headers.
    let thing = |body: &str| {
        format!(
            "//- a.md\n# Do a\n## HTTP request\n```http\nPOST /a\n```\n## Example\n### Request\n```http\nPOST /a\n```\n\
             ### Response\n```json\n{body}\n```\n//- thing.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n"
        )
    };
    const THING: &str = "microsoft.graph.thing { name String }\nPOST /a -> 200";
    support::facts::check(&thing("{\"@odata.type\": \"#microsoft.graph.thing\"}"), &format!("{THING} thing"));
    // What follows a response is no other one.
    let apart = "```json\n{}\n```\n```json\n{\"@odata.type\": \"#microsoft.graph.thing\"}";
    support::facts::check(&thing(&apart["```json\n".len()..]), THING);
    support::facts::check(&thing("{@odata.type: \"#microsoft.graph.thing\"}"), THING);
}
