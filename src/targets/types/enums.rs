//! Enumerations as open enums: a member that nobody knew when the page was written is kept.

use super::WithHeader;
use crate::model::EnumId;
use crate::targets::rust::identifiers::{self, Unique};
use crate::targets::rust::{RustModel, doc};
use crate::targets::{Artifacts, Settings};
use serde::Serialize;

#[derive(Serialize)]
struct EnumView {
    title: String,
    docs: Vec<String>,
    type_name: String,
    name: String,
    members: Vec<MemberView>,
}

#[derive(Serialize)]
struct MemberView {
    docs: Vec<String>,
    name: String,
    /// As a string literal.
    text: String,
}

pub(super) fn add<'m>(rust: &RustModel<'m>, id: EnumId, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let found = rust.model.enumeration(id);
    let name = rust.names.enumeration(id);
    let mut unique = Unique::with(&["other"]);
    let members = found.members.iter().map(|member| {
        let docs = doc::lines(member.description);
        MemberView {
            docs: if docs.is_empty() { vec![format!("`{}`.", doc::code(member.name))] } else { docs },
            name: unique.name(identifiers::type_name(member.name)),
            text: format!("{:?}", member.name),
        }
    });
    let docs = doc::lines(found.description);
    let view = EnumView {
        title: doc::line(found.name.name),
        docs: if docs.is_empty() { vec!["An enumeration.".into()] } else { docs },
        type_name: doc::code(&found.name.to_string()),
        name: name.identifier.clone(),
        members: members.collect(),
    };
    let page = &rust.model.page(found.at.file).source.path;
    let path = format!("src/{}", name.file());
    out.render(path, Some(found.at.file), "types/enum.rs.tera", WithHeader::new(settings, Some(page), view));
}
