//! The crate around the generated modules: manifest, root, run-time support.

use super::WithHeader;
use crate::targets::{Artifacts, Settings, Template};
use serde::Serialize;

/// The run-time support: the same text in every generated crate, with tests of its own.
pub(super) const SUPPORT: &[Template] = &[
    template!("crate/src/rt.rs"),
];

#[derive(Serialize)]
struct ManifestView {
    /// As string literals.
    name: String,
    version: String,
    contract: bool,
}

#[derive(Serialize)]
struct RootView {
    server: bool,
    client: bool,
    crate_module: String,
}

pub(super) fn add<'m>(settings: &'m Settings, out: &mut Artifacts<'m>) {
    let manifest = ManifestView {
        name: format!("{:?}", settings.crate_name()),
        version: "\"0.1.0\"".into(),
        contract: settings.has_target("contract"),
    };
    out.render("Cargo.toml", None, "crate/Cargo.toml.tera", WithHeader::new(settings, None, manifest));
    let root = RootView {
        server: settings.has_target("server"),
        client: settings.has_target("client"),
        crate_module: settings.crate_module(),
    };
    out.render("src/lib.rs", None, "crate/lib.rs.tera", WithHeader::new(settings, None, root));
    for template in SUPPORT {
        out.copy(template.path.trim_start_matches("crate/"), template);
    }
}
