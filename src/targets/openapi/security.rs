//! Permissions as security requirements.

use super::info::Service;
use super::plan::PlannedPath;
use super::schemas::Context;
use crate::model::{Grant, Operation, Permission};
use crate::syntax::construct::permissions::Account;
use indexmap::IndexMap;
use openapiv3::{
    AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, OAuth2Flows, ReferenceOr, SecurityRequirement,
    SecurityScheme,
};
use std::collections::BTreeSet;

const DELEGATED: &str = "oauth2Delegated";
const APPLICATION: &str = "oauth2Application";
const BEARER: &str = "bearerAuth";

/// The names of the schemes that pages know of.
pub const KNOWN: [&str; 3] = [DELEGATED, APPLICATION, BEARER];

/// Who may call an operation: each alternative of its permissions, the least privileged first, or
/// whoever has a token, or what else the settings know of. A page that says nothing is never read as "anyone".
pub(super) fn requirements(context: &Context<'_>, operation: &Operation<'_>) -> Vec<SecurityRequirement> {
    let permissions = context.model.permissions_of(operation.page);
    let mut all: Vec<SecurityRequirement> = Vec::new();
    for scheme in [DELEGATED, APPLICATION] {
        let mut found: Vec<&[&str]> = Vec::new();
        for scopes in alternatives(&permissions, scheme) {
            if !found.contains(&scopes) {
                found.push(scopes);
            }
        }
        all.extend(found.into_iter().map(|scopes| {
            IndexMap::from([(scheme.to_owned(), scopes.iter().map(|scope| (*scope).to_owned()).collect())])
        }));
    }
    all.push(IndexMap::from([(BEARER.to_owned(), Vec::new())]));
    all.extend(context.service.security_schemes().iter().map(|(name, _)| IndexMap::from([(name.clone(), Vec::new())])));
    all
}

/// The sets of scopes with each of which permissions let an operation be called by a scheme; one that is empty where
/// nothing but the scheme is said.
fn alternatives<'p, 'm>(permissions: &'p [Permission<'m>], scheme: &str) -> Vec<&'p [&'m str]> {
    let grants = || permissions.iter().filter(|row| scheme_of(row.account) == scheme).map(|row| &row.grant);
    let named = grants().flat_map(|grant| match grant {
        Grant::AnyOf(alternatives) => alternatives.as_slice(),
        Grant::NotSupported | Grant::Unspecified => &[],
    });
    let sound = named.filter(|scopes| !scopes.is_empty() && scopes.iter().all(|scope| is_scope(scope)));
    let mut found: Vec<&[&str]> = sound.map(|scopes| scopes.as_slice()).collect();
    if found.is_empty() && grants().any(|grant| *grant == Grant::Unspecified) {
        found.push(&[]);
    }
    found
}

fn scheme_of(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork | Account::DelegatedPersonal => DELEGATED,
        Account::Application => APPLICATION,
    }
}

fn is_scope(scope: &str) -> bool {
    !scope.is_empty() && scope.len() <= 200 && scope.chars().all(|c| c.is_ascii_alphanumeric() || "._-:/".contains(c))
}

/// The schemes that some operation uses, with the scopes that it names.
pub(super) fn schemes(
    context: &Context<'_>,
    paths: &[PlannedPath<'_>],
) -> IndexMap<String, ReferenceOr<SecurityScheme>> {
    let service = context.service;
    let operations = paths.iter().flat_map(|path| &path.operations).map(|planned| planned.operation);
    let permissions: Vec<_> = operations.map(|operation| context.model.permissions_of(operation.page)).collect();
    let declared = KNOWN.into_iter().filter_map(|name| {
        let alternatives: Vec<&[&str]> =
            permissions.iter().flat_map(|permissions| alternatives(permissions, name)).collect();
        // Whoever has a token may call any operation.
        if alternatives.is_empty() && (name != BEARER || paths.is_empty()) {
            return None;
        }
        let scopes: BTreeSet<&str> = alternatives.into_iter().flatten().copied().collect();
        let scopes = scopes.into_iter().map(|scope| (scope.to_owned(), format!("The permission {scope}."))).collect();
        Some((name.to_owned(), ReferenceOr::Item(scheme(name, service, scopes))))
    });
    // Of a document without operations, none is used.
    let others = service.security_schemes().iter().filter(|_| !paths.is_empty());
    declared.chain(others.map(|(name, scheme)| (name.clone(), ReferenceOr::Item(scheme.clone())))).collect()
}

fn scheme(name: &str, service: &Service, scopes: IndexMap<String, String>) -> SecurityScheme {
    let token_url = service.token_url();
    let extensions = IndexMap::new();
    match name {
        DELEGATED => SecurityScheme::OAuth2 {
            description: Some("Delegated permissions (work, school or personal account).".to_owned()),
            flows: OAuth2Flows {
                authorization_code: Some(AuthorizationCodeOAuth2Flow {
                    authorization_url: service.authorization_url(),
                    token_url,
                    refresh_url: service.refresh_url(),
                    scopes,
                    extensions: IndexMap::new(),
                }),
                ..OAuth2Flows::default()
            },
            extensions,
        },
        APPLICATION => SecurityScheme::OAuth2 {
            description: Some("Application permissions.".to_owned()),
            flows: OAuth2Flows {
                client_credentials: Some(ClientCredentialsOAuth2Flow {
                    refresh_url: service.refresh_url(),
                    token_url,
                    scopes,
                    extensions: IndexMap::new(),
                }),
                ..OAuth2Flows::default()
            },
            extensions,
        },
        _ => SecurityScheme::HTTP {
            scheme: "bearer".to_owned(),
            bearer_format: None,
            description: Some("Authorization: Bearer {token}.".to_owned()),
            extensions,
        },
    }
}
