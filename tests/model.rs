//! What pages say together: the whole model as JSON for the pages of the repository, and the types of small docsets.
//! `INSTA_UPDATE=always cargo test --test model` takes new snapshots.

mod support;

use apipage::model;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use support::docset;
use support::facts::check;

/// The pages below a folder of `docs-input`, as one text.
fn pages_of(folder: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-input");
    let mut open = vec![root.join(folder)];
    let mut text = String::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            writeln!(text, "//- {name}\n{}", fs::read_to_string(path).unwrap()).unwrap();
        }
    }
    text
}

fn check_json(name: &str, text: &str) {
    let docset = docset(text);
    let json = model::json::to_json(&model::link(&docset));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("model-{name}"), serde_json::to_string_pretty(&json).unwrap());
    });
}

#[test]
fn the_pages_of_the_repository() {
    check_json("docs-input", &pages_of(""));
}

#[test]
fn the_users_page_alone() {
    check_json("users-page", &pages_of("beta/api/customer-update.md"));
}

#[test]
fn includes_stand_where_they_are_included() {
    check(
        "//- api/a.md\n# Get a\n## Permissions\n[!INCLUDE [p](../includes/p.md)]\n## HTTP request\n[!include[h](../includes/h.md)]\n\
         //- includes/p.md\n|Permission type|Least privileged permissions|Higher privileged permissions|\n|:-|:-|:-|\n\
         |Delegated (work or school account)|A.Read|A.Write|\n|Application|Not supported.|Not supported.|\n\
         //- includes/h.md\n```http\nGET /a\n```\n",
        "GET /a -> 200\n  DelegatedWork: A.Read/A.Write\n  Application: NotSupported",
    );
}

#[test]
fn includes_that_do_not_end_or_lead_nowhere_are_left_out() {
    check(
        "//- api/a.md\n# Get a\n[!INCLUDE [x](../includes/b.md)]\n[!INCLUDE [x](../includes/none.md)]\n\
         [!INCLUDE [x](../../out.md)]\n[!INCLUDE [x](https://a.b/c.md)]\n## HTTP request\n```http\nGET /a\n```\n\
         //- includes/b.md\n[!INCLUDE [x](c.md)]\n//- includes/c.md\n[!INCLUDE [x](b.md)]\n[!INCLUDE [x](c.md)]\n",
        "GET /a -> 200\n../includes/none.md is not included\n../../out.md is not included\n\
         https://a.b/c.md is not included\nb.md is not included\nc.md is not included",
    );
}

#[test]
fn includes_that_multiply_are_bounded() {
    let mut text = "//- a.md\n# a resource type\n[!INCLUDE [x](includes/00.md)]\n".to_owned();
    for number in 0..40 {
        let include = format!("[!INCLUDE [x]({:02}.md)]\n", number + 1).repeat(10);
        write!(text, "//- includes/{number:02}.md\n{include}\n").unwrap();
    }
    let docset = docset(&text);
    assert_eq!(model::link(&docset).resources.len(), 1);
}

#[test]
fn a_page_keeps_all_its_own_sections() {
    let headings = "## Heading\n".repeat(20_000);
    check(
        &format!("# a resource type\n{headings}## Properties\n|Property|Type|\n|-|-|\n|x|String|\n"),
        "microsoft.graph.a { x String }",
    );
}

#[test]
fn base_types_are_annotated_or_told() {
    check(
        "//- a.md\n# a resource type\n## JSON representation\n<!-- {\"blockType\": \"resource\", \"@odata.type\": \"#microsoft.graph.a\", \"baseType\": \"b\"} -->\n```json\n{\"own\": \"String\"}\n```\n\
         //- b.md\n# b resource type\n\nA b. Inherits from [c](c.md).\n\
         //- c.md\n# c resource type\n\nA c, derived from the [missing](missing.md) type.\n",
        "microsoft.graph.a: microsoft.graph.b { own String }\nmicrosoft.graph.b: microsoft.graph.c {  }\n\
         microsoft.graph.c: missing? {  }",
    );
}

#[test]
fn types_that_derive_from_themselves_do_not() {
    check(
        "//- a.md\n# a resource type\n\nInherits from [b](b.md).\n//- b.md\n# b resource type\n\nInherits from [c](c.md).\n\
         //- c.md\n# c resource type\n\nInherits from [a](a.md).\n//- d.md\n# d resource type\n\nInherits from [d](d.md).\n",
        "microsoft.graph.a: microsoft.graph.b {  }\nmicrosoft.graph.b: microsoft.graph.c {  }\n\
         microsoft.graph.c: a? {  }\nmicrosoft.graph.d: d? {  }",
    );
}

#[test]
fn enumerations_have_pages_headings_or_sentences() {
    check(
        "//- a.md\n# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n\
         |one|[one](one.md)|One.|\n|two|two|Two.|\n|three|three|Possible values are: `x`, `y`.|\n|four|[one](one.md#four-values)|Four.|\n\
         ### two values\n|Member|\n|-|\n|p|\n|q|\n\
         //- one.md\n# one enum type\n## Members\n|Member|\n|-|\n|m|\n### four values\n|Value|\n|-|\n|n|\n",
        "microsoft.graph.a { one one, two two, three three, four four }\nmicrosoft.graph.two = p | q\n\
         microsoft.graph.one = m\nmicrosoft.graph.four = n\nmicrosoft.graph.three = x | y",
    );
}

#[test]
fn an_anchor_that_no_heading_has_leads_to_no_type() {
    check(
        "//- a.md\n# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n\
         |one|[one](#one-value)|Possible values are: `x`, `y`.|\n|two|[two](kinds.md#two-values)|Possible values are: `p`, `q`.|\n\
         |self|[a](#a-resource-type)|One more.|\n\
         //- kinds.md\n# Kinds enum values\n### three values\n|Member|\n|-|\n|m|\n### four values\n|Member|\n|-|\n|n|\n",
        "microsoft.graph.a { one one, two two, self a }\nmicrosoft.graph.three = m\nmicrosoft.graph.four = n\n\
         microsoft.graph.one = x | y\nmicrosoft.graph.two = p | q",
    );
}

#[test]
fn values_beside_a_broken_link_make_an_enumeration() {
    check(
        "# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n\
         |one|[one](one.md)|Possible values are: `x`, `y`.|\n|two|[see there](two.md)|Possible values are: `x`, `y`.|\n",
        "microsoft.graph.a { one one, two any value }\nmicrosoft.graph.one = x | y",
    );
}

#[test]
fn what_is_shown_as_a_string_is_no_object() {
    check(
        "//- a.md\n# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n\
         |state|tokenState|Its state.|\n|kind|[other.kind](kind.md)|Its kind.|\n|part|part|Its part.|\n\
         ## JSON representation\n<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.a\"} -->\n\
         ```json\n{\"state\": \"String\", \"kind\": \"other.kind\", \"part\": {\"@odata.type\": \"part\"}}\n```\n\
         //- a-get.md\n# Get a\n## HTTP request\n```http\nGET /a\n```\n## Response\nReturns `200 OK` and an [a](a.md).\n\
         ## Example\n### Response\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"kind\": \"Person\"}\n```\n",
        "microsoft.graph.a { state String, kind String, part part }\n\
         microsoft.graph.tokenState (guessed) {  }\nother.kind (guessed) {  }\nmicrosoft.graph.part (guessed) {  }\n\
         GET /a -> 200 a\ntokenState is not known\nother.kind is not known\npart is not known",
    );
}

#[test]
fn a_representation_shows_what_its_parts_have() {
    check(
        "# a resource type\n## Properties\n|Property|Type|\n|-|-|\n|terms|[terms](terms)|\n\
         ## JSON representation\n<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.a\"} -->\n\
         ```json\n{\"terms\": {\"startDateTime\": \"String (timestamp)\", \"days\": 30}}\n```\n",
        "microsoft.graph.a { terms terms }\nmicrosoft.graph.terms (guessed) { startDateTime DateTimeOffset, days Int64 }\n\
         terms is not known",
    );
}

#[test]
fn a_response_may_stand_for_the_representation() {
    check(
        "# a resource type\n## JSON representation\n<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.a\"} -->\n\
         ```json\n{\"@odata.context\": \"https://a.b/$metadata#as\", \"value\": [{\"name\": \"Ada\"}]}\n```\n",
        "microsoft.graph.a { name String }",
    );
}

#[test]
fn derived_types_are_listed_below_many_words() {
    let check_lead = |lead: &str, base: &str| {
        check(
            &format!(
                "//- a.md\n# a resource type\n\nAn a.\n\n{lead}\n- [b resource type](b.md)\n- [c](c.md)\n\
                 //- b.md\n# b resource type\n//- c.md\n# c resource type\n"
            ),
            &format!("microsoft.graph.a {{  }}\nmicrosoft.graph.b{base} {{  }}\nmicrosoft.graph.c{base} {{  }}"),
        );
    };
    let derived = ": microsoft.graph.a";
    check_lead("This is the base type for the following kinds of letters:", derived);
    check_lead("These are derived from the **a** resource type:", derived);
    check_lead("The following types inherit from a:", derived);
    check_lead("This is an abstract type from which the following types are derived.\n", derived);
    check_lead("The names are derived from the following:", "");
    check_lead("Its letters are derived.  See also:", "");
}

#[test]
fn derived_types_may_be_linked_to_on_the_site() {
    check(
        "//- a.md\n# a resource type\n\nThis is the base type for more special letters like [b](https://a.b/api/resources/b?view=1) and [c](/api/resources/c).\n\
         //- b.md\n# b resource type\n//- c.md\n# c resource type\n\
         //- get.md\n# Get a\n## HTTP request\n```http\nGET /as\n```\n## Response\n\
         Returns `200 OK` and a list of [b](https://a.b/api/resources/b?view=1) objects.\n",
        "microsoft.graph.a {  }\nmicrosoft.graph.b: microsoft.graph.a {  }\nmicrosoft.graph.c: microsoft.graph.a {  }\n\
         GET /as -> 200 b collection",
    );
}

#[test]
fn subtypes_are_derived_types() {
    let pages = |told: &str| format!("//- a.md\n# a resource type\n\n{told}\n//- b.md\n# b resource type\n");
    let derived = "microsoft.graph.a {  }\nmicrosoft.graph.b: microsoft.graph.a {  }";
    check(&pages("A letter. Subtypes include [b](b.md)."), derived);
    check(&pages("Implementations of this type include:\n\n- [b](b.md)"), derived);
}

#[test]
fn a_table_of_a_body_leaves_others_to_explain_it() {
    let page = |table: &str| {
        format!(
            "# Create a\n## HTTP request\n```http\nPOST /a\n```\n## Request body\n\
             |Kind|Needs|\n|-|-|\n|one|All|\n|two|None|\n\n{table}"
        )
    };
    check(&page("|Property|Type|\n|-|-|\n|name|String|\n"), "POST /a (name) -> 200");
    check(&page(""), "POST /a (one, two) -> 200");
}

#[test]
fn derived_types_may_follow_a_colon() {
    check(
        "//- a.md\n# a resource type\n\nThis is the base type for the following letters: [b](b.md), [c](c.md). See [d](d.md).\n\
         //- b.md\n# b resource type\n//- c.md\n# c resource type\n//- d.md\n# d resource type\n",
        "microsoft.graph.a {  }\nmicrosoft.graph.b: microsoft.graph.a {  }\nmicrosoft.graph.c: microsoft.graph.a {  }\n\
         microsoft.graph.d {  }",
    );
}

#[test]
fn a_section_of_a_page_derives_for_itself() {
    check(
        "//- a.md\n# a resource type\n## Derived types\n- [e](d.md#e)\n- [c](c.md)\n\
         //- c.md\n# c resource type\n//- d.md\n# d resource type\n",
        "microsoft.graph.a {  }\nmicrosoft.graph.c: microsoft.graph.a {  }\nmicrosoft.graph.d {  }",
    );
}

#[test]
fn navigation_tables_list_relationships() {
    check(
        "//- a.md\n# a resource type\n## Navigation\n|Navigation|Return Type|Description|\n|-|-|-|\n\
         |[unit](unit.md)|unit|Its unit.|\n|[units](unit.md)|units|Its units.|\n|[entries](entry.md)|entries|All.|\n\
         //- unit.md\n# unit resource type\n//- entry.md\n# entry resource type\n",
        "microsoft.graph.a { unit unit, units unit collection, entries entry collection }\nmicrosoft.graph.entry {  }\n\
         microsoft.graph.unit {  }",
    );
}

#[test]
fn types_may_be_named_in_bold_and_in_the_plural() {
    let page = |body: &str, response: &str| {
        format!(
            "//- a.md\n# unit resource type\n## Properties\n|Property|Type|\n|-|-|\n|name|String|\n\
             //- api.md\n# Create unit\n## HTTP request\n```http\nPOST /units\n```\n\
             ## Request body\n{body}\n\n## Response\n{response}\n"
        )
    };
    let check = |body: &str, response: &str, expected: &str| {
        check(&page(body, response), &format!("microsoft.graph.unit {{ name String }}\nPOST /units {expected}"));
    };
    check("Supply a **units** object.", "Returns `201 Created` and a **units** object.", "(unit) -> 201 unit");
    check("Supply it.", "Returns `200 OK` and a **unit** collection in the body.", "() -> 200 unit collection");
    check("Supply it.", "Returns `200 OK` and the **unit** header.", "() -> 200");
    check("Supply the **name** property.", "Returns `200 OK` and a **part** object.", "() -> 200");
}

#[test]
fn keys_in_brackets_are_named_after_their_own_segment() {
    check(
        "# Get part\n## HTTP request\n```http\nGET /companies({id})/units('{id}')/parts/{id}\n```\n",
        "GET /companies({company-id})/units('{unit-id}')/parts/{part-id} -> 200",
    );
}

#[test]
fn pages_of_enumerations_describe_no_resource() {
    check(
        "//- one.md\n# one enum type\n## Members\n|Member|\n|-|\n|m|\n## JSON representation\n\
         <!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.one\"} -->\n```json\n{\"@odata.type\": \"#microsoft.graph.one\"}\n```\n",
        "microsoft.graph.one = m",
    );
}

#[test]
fn notes_after_names_are_no_part_of_them() {
    check(
        "//- a.md\n# a resource type\n## Properties\n|Property|Type|Description|\n|-|-|-|\n\
         |old (deprecated)|String|Old.|\n|**new** (preview)|[kind](#kind-values) |New.|\n|two words|String|No name.|\n\
         ### kind values\n|Member|\n|-|\n|x (default)|\n|y|\n",
        "microsoft.graph.a { old String, new kind }\nmicrosoft.graph.kind = x | y",
    );
}

#[test]
fn parameters_of_functions_name_enumerations() {
    check(
        "//- a.md\n# Get a\n## HTTP request\n```http\nGET /a(on='{on}')\n```\n## Function parameters\n\
         |Parameter|Type|Description|\n|-|-|-|\n|on|options|Possible values are: `x`, `y`.|\n|by|unknown|Any.|\n",
        "microsoft.graph.options = x | y\nGET /a(on='{on}') -> 200",
    );
}

#[test]
fn slices_of_one_type_are_put_together() {
    check(
        "//- a.md\n# thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|a|String|\n\
         //- b.md\n# Thing resource type\n## Properties\n|Property|Type|\n|-|-|\n|a|Int32|\n|b|String|\n",
        "microsoft.graph.thing { a String, b String }",
    );
}

#[test]
fn namespaces_keep_types_apart() {
    check(
        "//- a.md\n# thing resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|\n|-|-|\n|a|sub.thing|\n|b|microsoft.graph.sub.thing|\n\
         //- b.md\n# thing resource type\n\nNamespace: microsoft.graph.sub\n\n## Properties\n|Property|Type|\n|-|-|\n|a|thing|\n|b|[thing](a.md)|\n",
        "microsoft.graph.thing { a thing, b thing }\nmicrosoft.graph.sub.thing { a thing, b thing }",
    );
}

#[test]
fn what_no_page_describes_is_guessed() {
    check(
        "//- a.md\n# Create thing\n## HTTP request\n```http\nPOST /things\n```\n## Request body\n|Property|Type|Description|\n|-|-|-|\n|name|String|Required.|\n\
         ## Response\nReturns `201 Created` and a [thing](thing.md) object in the response body.\n## Examples\n\
         ```http\nPOST /things\n\n{\"name\": \"x\"}\n```\n```http\nHTTP/1.1 201 Created\n\n{\"id\": 1, \"name\": \"x\", \"a@b\": 2}\n```\n",
        "microsoft.graph.thing (guessed) { name String, id Int64 }\nPOST /things (name) -> 201 thing\nthing is not known",
    );
}

#[test]
fn a_response_is_told_of_in_many_words() {
    let check_told = |told: &str, of: &str| {
        check(
            &format!(
                "//- a.md\n# a resource type\n//- get.md\n# Get\n## HTTP request\n```http\nGET /b\n```\n## Response\nReturns `200 OK` and {told}.\n"
            ),
            &format!("microsoft.graph.a {{  }}\nGET /b -> 200{of}"),
        );
    };
    check_told("String collection object in the response body", " String collection");
    check_told("a list of strings", " String collection");
    check_told("an array of GUIDs", " Guid collection");
    check_told("an updated `a` object in the response body", " a");
    check_told("a collection of `a` in the response body", " a collection");
    check_told("the `id` property", "");
}

#[test]
fn a_single_object_in_a_wrapper_shows_its_type() {
    let page = |body: &str| {
        format!(
            "# Get thing\n## HTTP request\n```http\nGET /thing\n```\n## Response\nReturns `200 OK` and a [thing](thing.md) object.\n\
             ## Examples\n```http\nGET /thing\n```\n```http\nHTTP/1.1 200 OK\n\n{body}\n```\n"
        )
    };
    let model = |properties: &str| {
        format!("microsoft.graph.thing (guessed) {{ {properties} }}\nGET /thing -> 200 thing\nthing is not known")
    };
    check(&page("{\"@odata.context\": \"c\", \"value\": {\"id\": 1}}"), &model("id Int64"));
    check(&page("{\"value\": {\"id\": 1}, \"unit\": \"m\"}"), &model("value any value, unit String"));
}

#[test]
fn translated_headings_keep_the_anchors_of_the_original() {
    check(
        "//- a.md\n# <a name=\"a-resource-type\"></a>Ressourcentyp a\n## <a name=\"properties\"></a>Eigenschaften\n\
         |Eigenschaft|Typ|Beschreibung|\n|-|-|-|\n|name|String|Der Name.|\n\
         ## <a name=\"json-representation\"></a>JSON-Darstellung\n\
         <!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.a\"} -->\n```json\n{\"name\": \"String\"}\n```\n\
         //- get.md\n# a abrufen\n## <a name=\"http-request\"></a>HTTP-Anforderung\n```http\nGET /a\n```\n\
         ## <a id=\"response\"></a>Antwort\nGibt `200 OK` und ein [a](a.md)-Objekt zurück.\n",
        "microsoft.graph.a { name String }\nGET /a -> 200 a",
    );
}

#[test]
fn a_type_has_the_other_names_that_its_annotation_gives_it() {
    check(
        "//- a.md\n# a resource type\n## JSON representation\n<!-- {\"blockType\": \"resource\", \"@type\": \"microsoft.graph.a\", \"@type.aka\": \"old.first, second b\"} -->\n\
         ```json\n{\"id\": \"String\"}\n```\n## Properties\n|Property|Type|\n|-|-|\n|x|old.first|\n|y|second|\n|z|b|\n\
         //- b.md\n# b resource type\n",
        "microsoft.graph.a { x a, y a, z b, id String }\nmicrosoft.graph.b {  }",
    );
}

#[test]
fn a_column_may_say_what_is_read_only() {
    for title in ["ReadOnly", "Read-only", "Read only"] {
        let docset = docset(&format!(
            "//- a.md\n# a resource type\n## Properties\n|Property|Type|{title}|Description|\n|-|-|-|-|\n\
             |id|String|Yes|The key.|\n|name|String|No|The name.|\n|size|Int32||Read-only.|\n"
        ));
        let model = model::link(&docset);
        let read_only = model.resources[0].properties.iter().map(|property| property.facts.read_only);
        assert_eq!(read_only.collect::<Vec<_>>(), [true, false, true], "{title}");
    }
}

#[test]
fn a_page_of_two_types_has_a_table_of_each() {
    let json = |of: &str, member: &str| {
        format!(
            "<!-- {{\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{of}\"}} -->\n```json\n{{\"{member}\": \"String\"}}\n```\n"
        )
    };
    let table = |name: &str| format!("|Property|Type|\n|-|-|\n|{name}|String|\n");
    let page = |second: &str| {
        format!(
            "//- a.md\n# a resource type\n## Properties\n{}## JSON representation\n{}{second}\n{}### JSON representation\n{}",
            table("one"),
            json("a", "one"),
            table("two"),
            json("b", "more"),
        )
    };
    let apart = "microsoft.graph.a { one String }\nmicrosoft.graph.b { two String, more String }";
    check(&page("## b resource type\n### Properties"), apart);
    check(&page("## The `B`\n### Properties"), apart);
    check(&page("## Properties\n### More"), "microsoft.graph.a { one String, two String }\nmicrosoft.graph.b {  }");
}
