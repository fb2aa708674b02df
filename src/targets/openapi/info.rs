//! What no page says, or all pages together: title, version, server, where the pages are published.

use super::text::cleaned;
use crate::model::Model;
use crate::span::FileId;
use crate::syntax::http::Start;
use crate::targets::{OpenApiSettings, Settings};
use indexmap::IndexMap;
use openapiv3::{Contact, ExternalDocumentation, Info, License, SecurityScheme, Server};

/// The host whose terms, contact and documentation are known.
const GRAPH_HOST: &str = "graph.microsoft.com";

/// The service that the pages describe.
#[derive(Debug)]
pub(super) struct Service {
    /// The base URL, without a slash at its end.
    pub url: String,
    /// Scheme and host of it.
    origin: String,
    /// Whether it is Microsoft Graph.
    is_graph: bool,
    /// Whether it is a beta version.
    is_beta: bool,
    /// Where pages are published, without a slash at its end.
    docs_url: Option<String>,
    /// What the settings say.
    said: OpenApiSettings,
}

impl Service {
    /// The service: as the settings say, as the configuration of the docset says, else that of most example
    /// requests.
    pub(super) fn new(model: &Model<'_>, settings: &OpenApiSettings) -> Service {
        let said = settings.servers.first().map(|server| server.url.clone());
        let configured = said.or_else(|| model.docset.options.service_roots.first().cloned());
        let url = configured.unwrap_or_else(|| example_server(model)).trim_end_matches('/').to_owned();
        let host_at = url.find("://").map_or(0, |at| at + 3);
        let host_end = url[host_at..].find('/').map_or(url.len(), |end| host_at + end);
        let is_graph = url[host_at..host_end].eq_ignore_ascii_case(GRAPH_HOST);
        let default_docs = || is_graph.then(|| "https://learn.microsoft.com/graph/api".to_owned());
        let docs_url = settings.docs_url.clone().or_else(default_docs);
        Service {
            origin: url[..host_end].to_owned(),
            is_graph,
            is_beta: url.ends_with("/beta"),
            docs_url: docs_url.map(|url| url.trim_end_matches('/').to_owned()),
            said: settings.clone(),
            url,
        }
    }

    /// Where a person signs in.
    pub(super) fn authorization_url(&self) -> String {
        self.said.authorization_url.clone().unwrap_or_else(|| self.identity_url("authorize"))
    }

    /// Where tokens are given.
    pub(super) fn token_url(&self) -> String {
        self.said.token_url.clone().unwrap_or_else(|| self.identity_url("token"))
    }

    /// Where tokens are renewed, where the settings say so.
    pub(super) fn refresh_url(&self) -> Option<String> {
        self.said.refresh_url.clone()
    }

    /// The security schemes that no page knows of.
    pub(super) fn security_schemes(&self) -> &[(String, SecurityScheme)] {
        &self.said.security_schemes
    }

    fn identity_url(&self, endpoint: &str) -> String {
        let base = if self.is_graph { "https://login.microsoftonline.com/common" } else { &self.origin };
        format!("{base}/oauth2/v2.0/{endpoint}")
    }

    /// Where a page is published.
    pub(super) fn page_docs(
        &self,
        model: &Model<'_>,
        page: FileId,
        description: String,
    ) -> Option<ExternalDocumentation> {
        let path = &model.page(page).source.path;
        self.docs(path.strip_suffix(".md").unwrap_or(path), description)
    }

    /// Where the page at a path, without its ending, is published: `beta/api/customer-get` at `customer-get`,
    /// `beta/resources/customer` at `resources/customer`.
    pub(super) fn docs(&self, path: &str, description: String) -> Option<ExternalDocumentation> {
        let base = self.docs_url.as_ref()?;
        let segments: Vec<&str> = path.split('/').collect();
        let from = match segments.iter().rposition(|segment| matches!(*segment, "api" | "resources")) {
            Some(at) if segments[at] == "api" => at + 1,
            Some(at) => at,
            None => 0,
        };
        let encoded: Vec<String> = segments[from..].iter().map(|segment| percent_encoded(segment)).collect();
        let url = format!("{base}/{}{}", encoded.join("/"), self.view());
        Some(ExternalDocumentation { description: Some(description), url, ..ExternalDocumentation::default() })
    }

    /// The version of the published pages, where they have several.
    fn view(&self) -> &'static str {
        match (self.docs_url.as_deref(), self.is_beta) {
            (Some(url), true) if url.contains("//learn.microsoft.com/graph") => "?view=graph-rest-beta",
            (Some(url), false) if url.contains("//learn.microsoft.com/graph") => "?view=graph-rest-1.0",
            _ => "",
        }
    }

    /// `info`.
    pub(super) fn info(&self, settings: &Settings) -> Info {
        let said = &settings.openapi;
        let title = said.title.clone().unwrap_or_else(|| match (self.is_graph, self.is_beta) {
            (true, true) => "Microsoft Graph (beta)".to_owned(),
            (true, false) => "Microsoft Graph".to_owned(),
            (false, _) => format!("{} API", folder(&settings.docset)),
        });
        let version = if self.is_beta { "1.0.0-beta" } else { "1.0.0" };
        let (contact, licence) = match self.is_graph {
            true => (
                ("Microsoft Graph", "https://developer.microsoft.com/graph"),
                ("Microsoft APIs Terms of Use", "https://learn.microsoft.com/legal/microsoft-apis/terms-of-use"),
            ),
            false => ((title.as_str(), self.origin.as_str()), ("Terms of the service", self.origin.as_str())),
        };
        Info {
            description: Some(said.description.clone().unwrap_or_else(|| self.description(settings))),
            contact: Some(Contact {
                name: Some(said.contact_name.clone().unwrap_or_else(|| contact.0.to_owned())),
                url: Some(said.contact_url.clone().unwrap_or_else(|| contact.1.to_owned())),
                email: said.contact_email.clone(),
                ..Contact::default()
            }),
            license: Some(License {
                name: said.licence_name.clone().unwrap_or_else(|| licence.0.to_owned()),
                url: Some(said.licence_url.clone().unwrap_or_else(|| licence.1.to_owned())),
                ..License::default()
            }),
            version: said.version.clone().unwrap_or_else(|| version.to_owned()),
            terms_of_service: said.terms_of_service.clone(),
            extensions: IndexMap::new(),
            title,
        }
    }

    fn description(&self, settings: &Settings) -> String {
        let mut text =
            format!("OpenAPI description generated from the Markdown API pages in {}.", folder(&settings.docset));
        if self.is_beta {
            text.push_str(" APIs under the /beta version are subject to change. Use of them in production applications is not supported.");
        }
        text
    }

    /// `servers`.
    pub(super) fn servers(&self) -> Vec<Server> {
        let version = if self.is_beta { " (beta)" } else { "" };
        let usual = format!("The service{version}.");
        let server = |url: &str, description: Option<String>| Server {
            url: url.trim_end_matches('/').to_owned(),
            description: Some(description.unwrap_or_else(|| usual.clone())),
            ..Server::default()
        };
        match self.said.servers.as_slice() {
            [] => vec![server(&self.url, None)],
            said => said.iter().map(|said| server(&said.url, said.description.clone())).collect(),
        }
    }

    /// `externalDocs` of the document.
    pub(super) fn overview(&self) -> Option<ExternalDocumentation> {
        let base = self.docs_url.as_ref()?;
        let page = if base.contains("//learn.microsoft.com/graph") { "/overview" } else { "" };
        let url = format!("{base}{page}{}", self.view());
        let description = Some("The pages from which this document was generated.".to_owned());
        Some(ExternalDocumentation { description, url, ..ExternalDocumentation::default() })
    }
}

/// The last folder of a path, in words that suit a title.
fn folder(path: &str) -> String {
    let name = path.trim_end_matches(['/', '\\', '.']).rsplit(['/', '\\']).next().unwrap_or_default();
    cleaned(name).unwrap_or_else(|| "docs".to_owned())
}

/// Scheme, host and version that most example requests have; the first such, if several are as common.
fn example_server(model: &Model<'_>) -> String {
    let mut count: IndexMap<String, usize> = IndexMap::new();
    for request in
        model.operations.iter().flat_map(|operation| operation.exchanges.iter()).filter_map(|exchange| exchange.request)
    {
        if let Start::Request(line) = request.message.message.start
            && let Some(server) = server_of(&request.page.source[line.url])
        {
            *count.entry(server).or_default() += 1;
        }
    }
    let most = count.values().copied().max();
    let common = count.into_iter().find(|(_, uses)| Some(*uses) == most);
    common.map_or_else(|| "https://localhost".to_owned(), |(server, _)| server)
}

/// Scheme, host and version of a URL: those of the path's first segments that name a version.
fn server_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let mut segments = rest.split(['/', '?']);
    let host = segments.next()?;
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    if !matches!(scheme, "http" | "https") || !is_host {
        return None;
    }
    let version = segments.next().filter(|segment| matches!(*segment, "beta" | "v1.0"));
    Some(version.map_or_else(|| format!("{scheme}://{host}"), |version| format!("{scheme}://{host}/{version}")))
}

/// A segment of a URL's path.
fn percent_encoded(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
