//! `[openapi]`: what the document says that no page does, and the forms it can have.

use super::Config;
use super::reader::{Reader, Spanned, Table};
use crate::targets::openapi::security;
use crate::targets::{Format, OpenApiVersion, ServerSettings};
use openapiv3::{APIKeyLocation, SecurityScheme};
use std::path::Path;

/// Reads the table.
pub(super) fn read(table: &mut Table<'_>, config: &mut Config, folder: &Path, reader: &mut Reader) {
    for path in table.names("overlays", reader).into_iter().flatten() {
        config.openapi_overlays.push(folder.join(path.value));
    }
    let settings = &mut config.settings.openapi;
    settings.title = table.text("title", reader);
    settings.version = table.text("version", reader);
    settings.description = table.text("description", reader);
    settings.servers = servers(table, reader);
    settings.docs_url = table.text("docs-url", reader);
    settings.terms_of_service = table.text("terms-of-service", reader);
    settings.only_reachable = table.flag("only-reachable", reader);
    settings.openapi_version = table.choice("openapi-version", &OpenApiVersion::ALL, reader).unwrap_or_default();
    settings.format = table.choice("format", &Format::ALL, reader).unwrap_or_default();
    settings.split = table.flag("split", reader);
    settings.discriminators = table.flag("discriminators", reader);
    if let Some(mut contact) = table.table("contact", reader) {
        settings.contact_name = contact.text("name", reader);
        settings.contact_url = contact.text("url", reader);
        settings.contact_email = contact.text("email", reader);
        contact.finish(reader);
    }
    // OpenAPI itself spells it the American way.
    for name in ["licence", "license"] {
        if let Some(mut licence) = table.table(name, reader) {
            settings.licence_name = licence.text("name", reader);
            settings.licence_url = licence.text("url", reader);
            licence.finish(reader);
        }
    }
    if let Some(mut oauth) = table.table("oauth2", reader) {
        settings.authorization_url = url(oauth.string("authorization-url", reader), reader);
        settings.token_url = url(oauth.string("token-url", reader), reader);
        settings.refresh_url = url(oauth.string("refresh-url", reader), reader);
        oauth.finish(reader);
    }
    let before = settings.security_schemes.len();
    for mut scheme in table.tables("security", reader) {
        if let Some(found) = security_scheme(&mut scheme, reader) {
            if settings.security_schemes[before..].iter().any(|(known, _)| *known == found.0) {
                reader.invalid(scheme.span, format!("two security schemes are called `{}`", found.0));
            } else {
                settings.security_schemes.push(found);
            }
        }
    }
    table.finish(reader);
}

/// `server`, or `[[openapi.servers]]`.
fn servers(table: &mut Table<'_>, reader: &mut Reader) -> Vec<ServerSettings> {
    let one = table.string("server", reader);
    let mut servers = Vec::new();
    for mut server in table.tables("servers", reader) {
        let said = server.string("url", reader);
        if said.is_none() {
            reader.invalid(server.span, "a server needs `url`".to_owned());
        }
        let description = server.text("description", reader);
        servers.extend(url(said, reader).map(|url| ServerSettings { url, description }));
        server.finish(reader);
    }
    if let Some(one) = one.as_ref().filter(|_| !servers.is_empty()) {
        reader.invalid(one.span, "`server` stands beside `servers`".to_owned()).help("write all of them as `servers`");
    }
    match servers.is_empty() {
        true => url(one, reader).map(|url| ServerSettings { url, description: None }).into_iter().collect(),
        false => servers,
    }
}

/// A URL with its scheme.
fn url(text: Option<Spanned<String>>, reader: &mut Reader) -> Option<String> {
    let text = text?;
    let is_url = text.value.split_once("://").is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty());
    if !is_url || text.value.contains(char::is_whitespace) {
        reader
            .invalid(text.span, format!("`{}` is no URL", text.value))
            .help("write it with its scheme: `https://...`");
        return None;
    }
    Some(text.value)
}

/// One of `[[openapi.security]]`, with its name.
fn security_scheme(table: &mut Table<'_>, reader: &mut Reader) -> Option<(String, SecurityScheme)> {
    const KINDS: [(&str, Kind); 3] =
        [("apiKey", Kind::ApiKey), ("http", Kind::Http), ("openIdConnect", Kind::OpenIdConnect)];
    const PLACES: [(&str, Place); 3] = [("header", Place::Header), ("query", Place::Query), ("cookie", Place::Cookie)];
    let before = reader.problems.len();
    let name = table.string("scheme", reader);
    let kind = table.choice("type", &KINDS, reader);
    let description = table.text("description", reader);
    let extensions = Default::default();
    let scheme = match kind {
        Some(Kind::ApiKey) => {
            let (key, place) = (table.text("name", reader), table.choice("in", &PLACES, reader));
            key.zip(place).map(|(name, place)| {
                let location = match place {
                    Place::Header => APIKeyLocation::Header,
                    Place::Query => APIKeyLocation::Query,
                    Place::Cookie => APIKeyLocation::Cookie,
                };
                SecurityScheme::APIKey { location, name, description, extensions }
            })
        }
        Some(Kind::Http) => {
            let bearer_format = table.text("bearer-format", reader);
            let scheme = table.text("http-scheme", reader);
            scheme.map(|scheme| SecurityScheme::HTTP { scheme, bearer_format, description, extensions })
        }
        Some(Kind::OpenIdConnect) => {
            let open_id_connect_url = url(table.string("url", reader), reader);
            open_id_connect_url.map(|open_id_connect_url| SecurityScheme::OpenIDConnect {
                open_id_connect_url,
                description,
                extensions,
            })
        }
        None => None,
    };
    table.finish(reader);
    if let Some(name) = name.as_ref().filter(|name| !is_scheme_name(&name.value)) {
        let message = format!("`{}` cannot be the name of a security scheme", name.value);
        let taken = security::KNOWN.join(", ");
        reader.invalid(name.span, message).help(format!("use letters, digits, `.`, `-` and `_`, and none of {taken}"));
    }
    // What is of the wrong type was reported as such.
    if (name.is_none() || scheme.is_none()) && reader.problems.len() == before {
        let finding = reader.invalid(table.span, "something of the security scheme is missing".to_owned());
        finding.help(
            "it needs `scheme` (its name), `type`, and `name` and `in` for `apiKey`, `http-scheme` for `http`, `url` for \
             `openIdConnect`",
        );
    }
    let name = name.filter(|name| is_scheme_name(&name.value))?;
    Some((name.value, scheme?))
}

fn is_scheme_name(name: &str) -> bool {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    is_word && !security::KNOWN.contains(&name)
}

#[derive(Clone, Copy)]
enum Kind {
    ApiKey,
    Http,
    OpenIdConnect,
}

#[derive(Clone, Copy)]
enum Place {
    Header,
    Query,
    Cookie,
}
