//! Operations as data, with their request bodies and routes: one file a resource.

use super::{FieldView, WithHeader, field_names};
use crate::model::{Grant, Permission, Property};
use crate::syntax::construct::permissions::Account;
use crate::targets::rust::names::Group;
use crate::targets::rust::shapes::{BodyShape, PathShape};
use crate::targets::rust::uses::Uses;
use crate::targets::rust::{Presence, RustModel, doc};
use crate::targets::{Artifacts, Settings};
use serde::Serialize;

#[derive(Serialize)]
struct OperationModulesView {
    modules: Vec<String>,
    exports: Vec<String>,
    constants: Vec<String>,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    uses: Vec<String>,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    docs: Vec<String>,
    constant: String,
    link_title: String,
    // From here on as literals.
    id: String,
    title: String,
    method: String,
    paths: String,
    success: String,
    consumes: String,
    required: String,
    auth_required: bool,
    permissions: Vec<PermissionView>,
    body: Option<BodyView>,
    routes: Option<RoutesView>,
}

#[derive(Serialize)]
struct PermissionView {
    account: &'static str,
    grant: String,
}

#[derive(Serialize)]
struct BodyView {
    name: String,
    type_name: String,
    required: Vec<FieldView>,
    optional: Vec<FieldView>,
    applies_to: Option<String>,
}

#[derive(Serialize)]
struct RoutesView {
    name: String,
    variants: Vec<RouteView>,
}

#[derive(Serialize)]
struct RouteView {
    path: String,
    index: usize,
    name: String,
    parameters: Vec<ParameterView>,
}

#[derive(Serialize)]
struct ParameterView {
    written: String,
    name: String,
}

pub(super) fn add<'m>(rust: &RustModel<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let operations = rust.names.groups.iter().flat_map(|group| &group.operations);
    let mut constants: Vec<String> = operations.map(|index| rust.names.operation(*index).constant.clone()).collect();
    constants.sort();
    let view = OperationModulesView { modules: rust.names.modules(), exports: rust.names.exports(), constants };
    out.render("src/ops.rs", None, "ops/modules.rs.tera", WithHeader::new(settings, None, view));
    for group in &rust.names.groups {
        let mut uses = Uses::defining(rust.names.defined("crate::ops", group, &["Body", "Route"]));
        uses.add("crate::operation");
        let operations = group.operations.iter().map(|index| operation(rust, *index, &mut uses)).collect();
        let view = GroupView { title: doc::line(&group.title), operations, uses: uses.paths() };
        let path = format!("src/ops/{}.rs", group.module);
        out.render(
            path,
            None,
            "ops/group.rs.tera",
            WithHeader::new(settings, source_page(rust, group).as_deref(), view),
        );
    }
}

/// The page that a group's files name in their header: that of the resource, else of the only operation.
pub(in crate::targets) fn source_page(rust: &RustModel<'_>, group: &Group) -> Option<String> {
    let page = match (group.owner, group.operations.as_slice()) {
        (Some(owner), _) => rust.model.resource(owner).at.file,
        (None, [only]) => rust.model.operations[*only].page,
        (None, _) => return None,
    };
    Some(rust.model.page(page).source.path.clone())
}

fn operation(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> OperationView {
    let operation = &rust.model.operations[index];
    let names = rust.names.operation(index);
    let shape = rust.body_shape(index);
    let own = matches!(shape, BodyShape::Own { .. });
    let required = operation.body.iter().filter(|_| own).flat_map(|body| &body.properties);
    let required = required.filter(|property| property.facts.required).map(|property| property.name);
    let consumes = match &shape {
        BodyShape::None => None,
        BodyShape::Media(media_type) => Some(media_type.as_str()),
        _ => Some("application/json"),
    };
    let title = doc::line(operation.title);
    OperationView {
        docs: rust.operation_docs(index),
        constant: names.constant.clone(),
        link_title: if title.is_empty() { operation.method.to_owned() } else { title },
        id: format!("{:?}", names.function.trim_start_matches("r#")),
        title: format!("{:?}", operation.title),
        method: format!("{:?}", operation.method),
        paths: literals(operation.routes.iter().map(|route| route.path())),
        success: rust
            .response_shapes(index)
            .iter()
            .map(|shape| shape.status.to_string())
            .collect::<Vec<_>>()
            .join(", "),
        consumes: literals(consumes.into_iter()),
        required: literals(required),
        auth_required: operation.needs_authorization,
        permissions: permissions(&rust.model.permissions_of(operation.page)),
        body: body(rust, index, shape, uses),
        routes: routes(rust, index, uses),
    }
}

fn literals(texts: impl Iterator<Item = impl AsRef<str>>) -> String {
    texts.map(|text| format!("{:?}", text.as_ref())).collect::<Vec<_>>().join(", ")
}

fn permissions(permissions: &[Permission<'_>]) -> Vec<PermissionView> {
    let rows = permissions.iter().map(|row| PermissionView {
        account: match row.account {
            Account::DelegatedWork => "DelegatedWork",
            Account::DelegatedPersonal => "DelegatedPersonal",
            Account::Application => "Application",
        },
        grant: match &row.grant {
            // Scopes that are needed together stand in one text, as OAuth writes them.
            Grant::AnyOf(alternatives) => {
                format!("AnyOf({})", literals(alternatives.iter().map(|scopes| scopes.join(" "))))
            }
            Grant::NotSupported => "NotSupported".into(),
            Grant::Unspecified => "Unspecified".into(),
        },
    });
    rows.collect()
}

fn body(rust: &RustModel<'_>, index: usize, shape: BodyShape, uses: &mut Uses) -> Option<BodyView> {
    let BodyShape::Own { name, resource } = shape else { return None };
    uses.add("crate::body");
    let body = rust.model.operations[index].body.as_ref()?;
    let names = field_names(body.properties.iter().map(|property| property.name));
    let mut view = BodyView {
        name,
        // A body that is of no type, as that of an action, says nothing of `@odata.type`.
        type_name: resource.map_or("\"\"".into(), |id| format!("{:?}", rust.model.resource(id).name.to_string())),
        required: Vec::new(),
        optional: Vec::new(),
        applies_to: resource.map(|id| uses.add(&rust.names.resource(id).path())),
    };
    for (property, name) in body.properties.iter().zip(names) {
        let (fields, presence) = if property.facts.required {
            (&mut view.required, Presence::Required)
        } else {
            (&mut view.optional, Presence::Optional)
        };
        fields.push(FieldView {
            docs: field_docs(property),
            name,
            of: rust.property(property, resource, presence, uses),
            key: format!("{:?}", property.name),
        });
    }
    Some(view)
}

fn field_docs(property: &Property<'_>) -> Vec<String> {
    let docs = doc::lines(property.description);
    if docs.is_empty() { vec![format!("The property `{}`.", doc::code(property.name))] } else { docs }
}

fn routes(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> Option<RoutesView> {
    let PathShape::Routes { name, variants } = rust.path_shape(index) else { return None };
    uses.add("crate::routes");
    let variants = variants.into_iter().enumerate().map(|(index, variant)| RouteView {
        path: doc::code(&variant.path),
        index,
        name: variant.name,
        parameters: variant
            .parameters
            .into_iter()
            .map(|parameter| ParameterView { written: doc::code(&parameter.written), name: parameter.name })
            .collect(),
    });
    Some(RoutesView { name, variants: variants.collect() })
}
