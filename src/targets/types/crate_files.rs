//! The crate around the generated modules: manifest, root, run-time support.

use super::WithHeader;
use crate::targets::rust::RustModel;
use crate::targets::{Artifacts, Settings, Template, server};
use serde::Serialize;

/// The run-time support: the same text in every generated crate, with tests of its own.
pub(super) const SUPPORT: &[Template] = &[
    template!("crate/rustfmt.toml"),
    template!("crate/src/rt.rs"),
    template!("crate/src/rt/binary.rs"),
    template!("crate/src/rt/body.rs"),
    template!("crate/src/rt/client.rs"),
    template!("crate/src/rt/client/call.rs"),
    template!("crate/src/rt/client/connection.rs"),
    template!("crate/src/rt/client/error.rs"),
    template!("crate/src/rt/client/reqwest.rs"),
    template!("crate/src/rt/client/retry.rs"),
    template!("crate/src/rt/client/transport.rs"),
    template!("crate/src/rt/date_time.rs"),
    template!("crate/src/rt/debug.rs"),
    template!("crate/src/rt/decimal.rs"),
    template!("crate/src/rt/decode.rs"),
    template!("crate/src/rt/duration.rs"),
    template!("crate/src/rt/error.rs"),
    template!("crate/src/rt/guid.rs"),
    template!("crate/src/rt/json.rs"),
    template!("crate/src/rt/model.rs"),
    template!("crate/src/rt/odata.rs"),
    template!("crate/src/rt/odata_type.rs"),
    template!("crate/src/rt/open_enum.rs"),
    template!("crate/src/rt/operation.rs"),
    template!("crate/src/rt/page.rs"),
    template!("crate/src/rt/path_template.rs"),
    template!("crate/src/rt/payload.rs"),
    template!("crate/src/rt/poly.rs"),
    template!("crate/src/rt/prop.rs"),
    template!("crate/src/rt/response.rs"),
    template!("crate/src/rt/route.rs"),
    template!("crate/src/rt/server.rs"),
    template!("crate/src/rt/server/auth.rs"),
    template!("crate/src/rt/server/config.rs"),
    template!("crate/src/rt/server/context.rs"),
    template!("crate/src/rt/server/pipeline.rs"),
    template!("crate/src/rt/server/reply.rs"),
    template!("crate/src/rt/server/request.rs"),
    template!("crate/src/rt/server/routing.rs"),
    template!("crate/src/rt/server/service.rs"),
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
    example: Option<server::ExampleView>,
}

pub(super) fn add<'m>(rust: &RustModel<'m>, settings: &'m Settings, out: &mut Artifacts<'m>) {
    let manifest = ManifestView {
        name: format!("{:?}", settings.crate_name()),
        version: "\"0.1.0\"".into(),
        contract: settings.has_target("contract"),
    };
    out.render("Cargo.toml", None, "crate/Cargo.toml.tera", WithHeader::new(settings, None, manifest));
    let has_server = settings.has_target("server");
    let root = RootView {
        server: has_server,
        client: settings.has_target("client"),
        crate_module: settings.crate_module(),
        example: server::example(rust).filter(|_| has_server),
    };
    out.render("src/lib.rs", None, "crate/lib.rs.tera", WithHeader::new(settings, None, root));
    for template in SUPPORT {
        out.copy(template.path.trim_start_matches("crate/"), template);
    }
}
