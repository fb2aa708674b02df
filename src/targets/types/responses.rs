//! What operations answer with: an enum for each, one variant for each status of success.

use super::{WithHeader, source_page};
use crate::syntax::http::reason_phrase;
use crate::targets::rust::shapes::Payload;
use crate::targets::rust::uses::Uses;
use crate::targets::rust::{RustModel, doc};
use crate::targets::{Artifacts, Settings};
use serde::Serialize;

#[derive(Serialize)]
struct ModulesView {
    modules: Vec<String>,
    exports: Vec<String>,
}

#[derive(Serialize)]
struct ResponsesView {
    title: String,
    uses: Vec<String>,
    operations: Vec<ResponseView>,
}

#[derive(Serialize)]
struct ResponseView {
    link_title: String,
    constant: String,
    name: String,
    variants: Vec<VariantView>,
    from: Option<FromView>,
}

#[derive(Serialize)]
struct VariantView {
    docs: String,
    status: u16,
    name: String,
    payload: Option<String>,
}

#[derive(Serialize)]
struct FromView {
    of: String,
    variant: String,
}

/// Adds the response enums of all operations.
pub(super) fn add<'m>(rust: &RustModel<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let view = ModulesView { modules: rust.names.modules(), exports: rust.names.exports() };
    let view = WithHeader::new(settings, None, view);
    out.render("src/responses.rs", None, "responses/modules.rs.tera", view);
    for group in &rust.names.groups {
        let mut uses = Uses::defining(rust.names.defined("crate::responses", group, &["Response"]));
        uses.add("crate::response");
        let operations = group.operations.iter().map(|index| response(rust, *index, &mut uses)).collect();
        let view = ResponsesView { title: doc::line(&group.title), operations, uses: uses.paths() };
        let page = source_page(rust, group);
        let view = WithHeader::new(settings, page.as_deref(), view);
        out.render(format!("src/responses/{}.rs", group.module), None, "responses/group.rs.tera", view);
    }
}

fn response(rust: &RustModel<'_>, index: usize, uses: &mut Uses) -> ResponseView {
    let names = rust.names.operation(index);
    let title = doc::line(rust.model.operations[index].title);
    let shapes = rust.response_shapes(index);
    let mut from = None;
    let variants = shapes.into_iter().map(|shape| {
        let of = rust.payload_type(&shape.payload, uses);
        // The first response that carries something is the usual one.
        if let (None, Some(of)) = (&from, &of) {
            from = Some(FromView { of: of.clone(), variant: shape.variant.clone() });
        }
        let boxed = matches!(shape.payload, Payload::Resource(id) if !rust.is_poly(id));
        VariantView {
            docs: format!("`{}`", format!("{} {}", shape.status, reason_phrase(shape.status)).trim()),
            status: shape.status,
            name: shape.variant,
            payload: of.map(|of| if boxed { format!("Box<{of}>") } else { of }),
        }
    });
    let variants = variants.collect();
    ResponseView {
        link_title: if title.is_empty() { names.function.clone() } else { title },
        constant: names.constant.clone(),
        name: format!("{}Response", names.type_name),
        variants,
        from,
    }
}
