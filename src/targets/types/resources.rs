//! Resources as structs, and the enums that tell derived types apart.

use super::{FieldView, WithHeader, field_names};
use crate::model::{Property, ResourceId};
use crate::targets::rust::identifiers::Unique;
use crate::targets::rust::uses::Uses;
use crate::targets::rust::{Presence, RustModel, doc};
use crate::targets::{Artifacts, Settings};
use serde::Serialize;

/// Functions that every type has from traits: an accessor of the same name would hide them.
const TAKEN_FUNCTIONS: &[&str] =
    &["clone", "eq", "ne", "fmt", "default", "read", "write", "etag", "read_as", "from", "into"];

#[derive(Serialize)]
struct ResourceView {
    title: String,
    uses: Vec<String>,
    docs: Vec<String>,
    name: String,
    /// As a string literal.
    type_name: String,
    open: bool,
    fields: Vec<FieldView>,
    poly: Option<PolyView>,
}

#[derive(Serialize)]
struct PolyView {
    name: String,
    variants: Vec<VariantView>,
    shared: Vec<FieldView>,
}

#[derive(Serialize)]
struct VariantView {
    docs: String,
    name: String,
    of: String,
}

pub(super) fn add<'m>(rust: &RustModel<'m>, id: ResourceId, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let resource = rust.model.resource(id);
    let name = rust.names.resource(id);
    let mut uses = Uses::defining(vec![name.path(), rust.names.poly(id).path()]);
    uses.add("crate::model");
    let fields = fields(rust, id, &mut uses);
    let poly = rust.is_poly(id).then(|| poly(rust, id, &fields, &mut uses));
    let page = &rust.model.page(resource.at.file).source.path;
    let view = ResourceView {
        title: doc::line(resource.name.name),
        docs: docs(rust, id),
        name: name.identifier.clone(),
        type_name: format!("{:?}", resource.name.to_string()),
        open: resource.is_open || rust.model.is_open(id),
        fields,
        poly,
        uses: uses.paths(),
    };
    let path = format!("src/{}", name.file());
    out.render(path, Some(resource.at.file), "types/resource.rs.tera", WithHeader::new(settings, Some(page), view));
}

fn docs(rust: &RustModel<'_>, id: ResourceId) -> Vec<String> {
    let resource = rust.model.resource(id);
    let mut docs = doc::lines(resource.description);
    if docs.is_empty() {
        docs.push(format!("The resource {}.", doc::line(resource.name.name)));
    }
    docs.push(String::new());
    let kind = if resource.is_abstract { ", an abstract type" } else { "" };
    let base = resource.base.as_ref().and_then(|base| base.resource).map(|base| rust.names.resource(base));
    let derived = match (base, resource.is_abstract) {
        (Some(base), true) => format!(" derived from [`{}`]({})", base.identifier, base.path()),
        (Some(base), false) => format!(", derived from [`{}`]({})", base.identifier, base.path()),
        (None, _) => String::new(),
    };
    docs.push(format!("`{}`{kind}{derived}.", doc::code(&resource.name.to_string())));
    docs
}

fn fields(rust: &RustModel<'_>, id: ResourceId, uses: &mut Uses) -> Vec<FieldView> {
    let properties = rust.model.all_properties(id);
    let names = field_names(properties.iter().map(|property| property.name));
    let field = |(property, name): (&Property<'_>, String)| FieldView {
        docs: field_docs(rust, id, property),
        name,
        of: rust.property(property, Some(id), Presence::Optional, uses),
        key: format!("{:?}", property.name),
    };
    properties.into_iter().zip(names).map(field).collect()
}

fn field_docs(rust: &RustModel<'_>, id: ResourceId, property: &Property<'_>) -> Vec<String> {
    let mut docs = doc::lines(property.description);
    if docs.is_empty() {
        docs.push(format!("The property `{}`.", doc::code(property.name)));
    }
    let declares = |level: &ResourceId| rust.model.resource(*level).properties.iter().any(|own| own.at == property.at);
    let declared_by = rust.model.ancestry(id).find(declares);
    if let Some(base) = declared_by.filter(|base| *base != id) {
        let base = rust.names.resource(base);
        docs.extend([String::new(), format!("Inherited from [`{}`]({}).", base.identifier, base.path())]);
    }
    docs
}

/// The enum of a type and those derived from it.
fn poly(rust: &RustModel<'_>, id: ResourceId, fields: &[FieldView], uses: &mut Uses) -> PolyView {
    uses.add("crate::poly");
    let base = rust.names.resource(id);
    let full_name = |id| doc::code(&rust.model.resource(id).name.to_string());
    let mut variant_names = Unique::default();
    let mut variants = vec![VariantView {
        docs: format!("`{}`, or a type that this crate does not know.", full_name(id)),
        name: variant_names.name(base.identifier.clone()),
        of: base.identifier.clone(),
    }];
    let descendants = rust.model.descendants(id);
    for derived in &descendants {
        let name = rust.names.resource(*derived);
        variants.push(VariantView {
            docs: format!("`{}`.", full_name(*derived)),
            name: variant_names.name(name.identifier.clone()),
            of: uses.add(&name.path()),
        });
    }
    // A derived type may box what the base does not; then there is no one type to give out.
    let in_all = |field: &&FieldView| {
        !TAKEN_FUNCTIONS.contains(&field.name.as_str())
            && descendants.iter().all(|derived| {
                let own = self::fields(rust, *derived, &mut Uses::default());
                own.iter().any(|other| other.name == field.name && other.of == field.of)
            })
    };
    let shared = fields.iter().filter(in_all).map(|field| FieldView {
        docs: field.docs.clone(),
        name: field.name.clone(),
        of: field.of.clone(),
        key: field.key.clone(),
    });
    PolyView { name: rust.names.poly(id).identifier.clone(), variants, shared: shared.collect() }
}
