//! The facts of a model as lines of text, to hold against expected ones.
#![allow(dead_code, reason = "not all tests of the model take all")]

use super::docset;
use apipage::model::{self, Grant, Model};
use apipage::syntax::Docset;
use std::fmt::Write as _;

/// The facts of a model, one a line.
fn facts(docset: &Docset) -> String {
    let model = model::link(docset);
    let mut out = String::new();
    for resource in &model.resources {
        let base = resource.base.as_ref().map_or(String::new(), |base| match base.resource {
            Some(id) => format!(": {}", model.resource(id).name),
            None => format!(": {}?", base.name),
        });
        let guessed = if resource.origin == model::Origin::Described { "" } else { " (guessed)" };
        let properties: Vec<String> = resource
            .properties
            .iter()
            .map(|property| format!("{} {}", property.name, model.type_name(property.of)))
            .collect();
        writeln!(out, "{}{base}{guessed} {{ {} }}", resource.name, properties.join(", ")).unwrap();
    }
    for found in &model.enums {
        let members: Vec<&str> = found.members.iter().map(|member| member.name).collect();
        writeln!(out, "{} = {}", found.name, members.join(" | ")).unwrap();
    }
    operations(&model, &mut out);
    for include in model.includes.iter().filter(|include| include.target.is_err()) {
        writeln!(out, "{} is not included", model.text(include.path_at)).unwrap();
    }
    for unknown in &model.unknown_types {
        writeln!(out, "{} is not known", unknown.name).unwrap();
    }
    out
}

fn operations(model: &Model<'_>, out: &mut String) {
    for operation in &model.operations {
        let routes: Vec<String> = operation.routes.iter().map(|route| route.path()).collect();
        write!(out, "{} {}", operation.method, routes.join(" ")).unwrap();
        if let Some(body) = &operation.body {
            let properties: Vec<&str> = body.properties.iter().map(|property| property.name).collect();
            write!(out, " ({})", body.of.map_or(properties.join(", "), |of| model.type_name(of))).unwrap();
        }
        for response in &operation.responses {
            let of = response.of.map_or(String::new(), |of| format!(" {}", model.type_name(of)));
            write!(out, " -> {}{of}", response.status).unwrap();
        }
        writeln!(out).unwrap();
        for row in model.permissions_of(operation.page) {
            let grant = match &row.grant {
                Grant::AnyOf(scopes) => scopes.iter().map(|scopes| scopes.join("+")).collect::<Vec<_>>().join("/"),
                other => format!("{other:?}"),
            };
            writeln!(out, "  {:?}: {grant}", row.account).unwrap();
        }
    }
}

/// Holds the facts of a docset against expected ones.
#[track_caller]
pub(crate) fn check(text: &str, expected: &str) {
    assert_eq!(facts(&docset(text)).trim_end(), expected.trim());
}
