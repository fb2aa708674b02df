//! What front matter must hold: what the configuration says, else what pages of the API usually have.

use crate::syntax::options::FrontMatterDemand;
use crate::syntax::{Docset, Page, PageKind};
use std::borrow::Cow;

/// The keys of pages of the API where the configuration names none for every page.
const USUAL: &[&str] = &["title", "description", "author", "doc_type"];

/// The keys that this page must have.
pub(super) fn required<'d>(docset: &'d Docset, page: &Page) -> Cow<'d, [&'d str]> {
    // Most configurations say nothing of it.
    if docset.options.front_matter.is_empty() {
        return Cow::Borrowed(if is_of_api(page) { USUAL } else { &[] });
    }
    let holds = page.kind() != PageKind::Fragment && configured(docset).is_some() || is_of_api(page);
    let everywhere = if holds { usual(docset) } else { Vec::new() };
    let here = demands(docset, page).filter(|demand| !demand.doc_types.is_empty());
    unique(everywhere.into_iter().chain(here.flat_map(keys))).into()
}

/// The keys that must have a value where a page has them.
pub(super) fn filled<'d>(docset: &'d Docset, page: &Page) -> Vec<&'d str> {
    unique(usual(docset).into_iter().chain(required(docset, page).iter().copied()))
}

/// The keys that every page of the API must have.
pub(super) fn usual(docset: &Docset) -> Vec<&str> {
    configured(docset).unwrap_or_else(|| USUAL.to_vec())
}

/// The lists of values that a key of this page may have: it is to be in each.
pub(super) fn allowed<'d>(docset: &'d Docset, page: &Page, key: &str) -> impl Iterator<Item = &'d [String]> {
    demands(docset, page)
        .flat_map(|demand| &demand.values)
        .filter(move |(name, _)| name == key)
        .map(|(_, values)| values.as_slice())
}

/// Whether a page describes a part of the API.
pub(super) fn is_of_api(page: &Page) -> bool {
    matches!(page.kind(), PageKind::Operation | PageKind::Resource | PageKind::Enum)
}

/// What is demanded of this page. Parts of other pages need no front matter.
fn demands<'d>(docset: &'d Docset, page: &Page) -> impl Iterator<Item = &'d FrontMatterDemand> {
    let doc_type = || page.front_matter.get("doc_type", &page.source).map_or("", |span| &page.source[span]);
    let is_named = move |name: &String| name.eq_ignore_ascii_case(doc_type());
    let is_meant = move |demand: &&FrontMatterDemand| {
        page.kind() != PageKind::Fragment && (demand.doc_types.is_empty() || demand.doc_types.iter().any(is_named))
    };
    docset.options.front_matter.iter().filter(is_meant)
}

/// The keys that the configuration demands of every page, if it says anything of that.
fn configured(docset: &Docset) -> Option<Vec<&str>> {
    let demands = docset.options.front_matter.iter();
    let mut general = demands.filter(|demand| demand.doc_types.is_empty() && demand.required.is_some()).peekable();
    general.peek().is_some().then(|| unique(general.flat_map(keys)))
}

fn keys(demand: &FrontMatterDemand) -> impl Iterator<Item = &str> {
    demand.required.iter().flatten().map(String::as_str)
}

fn unique<'d>(keys: impl Iterator<Item = &'d str>) -> Vec<&'d str> {
    let mut found: Vec<&str> = Vec::new();
    for key in keys {
        if !found.contains(&key) {
            found.push(key);
        }
    }
    found
}
