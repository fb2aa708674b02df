//! Permissions as security requirements.

use super::info::Service;
use super::plan::PlannedPath;
use crate::model::{Grant, Operation};
use crate::syntax::construct::permissions::Account;
use indexmap::IndexMap;
use openapiv3::{
    AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, OAuth2Flows, ReferenceOr, SecurityRequirement, SecurityScheme,
};
use std::collections::BTreeSet;

const DELEGATED: &str = "oauth2Delegated";
const APPLICATION: &str = "oauth2Application";
const BEARER: &str = "bearerAuth";

/// Who may call an operation: each alternative of its permissions, the least privileged first, or
/// whoever has a token. A page that says nothing is never read as "anyone".
pub(super) fn requirements(operation: &Operation<'_>) -> Vec<SecurityRequirement> {
    let mut all: Vec<SecurityRequirement> = Vec::new();
    for scheme in [DELEGATED, APPLICATION] {
        let grants = || operation.permissions.iter().filter(|row| scheme_of(row.account) == scheme).map(|row| &row.grant);
        let named = grants().flat_map(|grant| match grant {
            Grant::AnyOf(alternatives) => alternatives.as_slice(),
            Grant::NotSupported | Grant::Unspecified => &[],
        });
        let mut found: Vec<SecurityRequirement> = Vec::new();
        for scopes in named.filter(|scopes| !scopes.is_empty() && scopes.iter().all(|scope| is_scope(scope))) {
            let requirement = IndexMap::from([(scheme.to_owned(), scopes.iter().map(|scope| (*scope).to_owned()).collect())]);
            if !found.contains(&requirement) {
                found.push(requirement);
            }
        }
        if found.is_empty() && grants().any(|grant| *grant == Grant::Unspecified) {
            found.push(IndexMap::from([(scheme.to_owned(), Vec::new())]));
        }
        all.extend(found);
    }
    all.push(IndexMap::from([(BEARER.to_owned(), Vec::new())]));
    all
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
pub(super) fn schemes(service: &Service, paths: &[PlannedPath<'_>]) -> IndexMap<String, ReferenceOr<SecurityScheme>> {
    let mut used: IndexMap<&str, BTreeSet<String>> = IndexMap::new();
    for planned in paths.iter().flat_map(|path| &path.operations) {
        for (scheme, scopes) in requirements(planned.operation).into_iter().flatten() {
            let name = [DELEGATED, APPLICATION, BEARER].into_iter().find(|name| *name == scheme);
            used.entry(name.unwrap_or(BEARER)).or_default().extend(scopes);
        }
    }
    let declared = [DELEGATED, APPLICATION, BEARER].into_iter().filter_map(|name| {
        let scopes = used.get(name)?;
        let scopes = scopes.iter().map(|scope| (scope.clone(), format!("The permission {scope}."))).collect();
        Some((name.to_owned(), ReferenceOr::Item(scheme(name, service, scopes))))
    });
    declared.collect()
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
                    refresh_url: None,
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
                    refresh_url: None,
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
