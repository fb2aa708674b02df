//! What the rules on the docset as a whole ask of each page. It is gathered while the other rules look at the page: to
//! go through all pages once more for each of them takes longer than all else that they do.

use super::duplicate_request_name::version;
use super::messages::messages;
use super::suppression::{self, Suppression};
use super::{operation_not_listed, unexpected_base_url};
use crate::model::{ExampleRef, Model};
use crate::span::{FileId, Location, Span};
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;

/// What was gathered, in page order.
#[derive(Default)]
pub struct Survey<'d> {
    /// The names of annotated requests.
    pub(super) request_names: Vec<RequestName<'d>>,
    /// The annotated requests without a name.
    pub(super) unnamed: Vec<ExampleRef<'d>>,
    /// The names in all annotations, with the version that the page documents.
    pub(super) names: Vec<(&'d str, &'d str)>,
    /// The absolute URLs of annotated requests, and their hosts.
    pub(super) urls: Vec<(&'d Page, Span, &'d str)>,
    /// The titles of operations.
    pub(super) operations: Vec<Location>,
    /// The operations that tables of methods link to.
    pub(super) listed: Vec<FileId>,
    /// The suppressions.
    pub(super) suppressions: Vec<Suppression<'d>>,
}

/// The name of an annotated request.
pub(super) struct RequestName<'d> {
    pub(super) example: ExampleRef<'d>,
    pub(super) at: Location,
    /// The version that its page documents.
    pub(super) version: &'d str,
    /// The name, without white space around it.
    pub(super) name: &'d str,
}

impl<'d> Survey<'d> {
    /// Adds what rules ask of a page.
    pub(super) fn add(&mut self, model: &Model<'d>, page: &'d Page) {
        let version = version(page);
        self.add_requests(page, version);
        let names = page.annotations().flat_map(|annotation| annotation.names(&page.source));
        self.names.extend(names.map(|name| (version, &page.source[name])));
        self.urls.extend(unexpected_base_url::urls(page));
        self.operations.extend(operation_not_listed::title(page));
        self.listed.extend(operation_not_listed::listed(model, page));
    }

    /// Adds the suppressions of a page.
    pub(super) fn add_suppressions(&mut self, page: &'d Page) {
        self.suppressions.extend(suppression::of_page(page));
    }

    /// Adds what was gathered of the pages that follow.
    pub(super) fn append(&mut self, mut next: Survey<'d>) {
        self.request_names.append(&mut next.request_names);
        self.unnamed.append(&mut next.unnamed);
        self.names.append(&mut next.names);
        self.urls.append(&mut next.urls);
        self.operations.append(&mut next.operations);
        self.listed.append(&mut next.listed);
        self.suppressions.append(&mut next.suppressions);
    }

    fn add_requests(&mut self, page: &'d Page, version: &'d str) {
        let is_meant = |example: &ExampleRef<'_>| example.message.annotated && example.message.role == Role::Request;
        for example in messages(page).filter(is_meant) {
            let names = example.annotation().into_iter().flat_map(|annotation| annotation.names(&page.source));
            let mut names = names.peekable();
            if names.peek().is_none_or(|name| page.source[*name].trim().is_empty()) {
                self.unnamed.push(example);
            }
            self.request_names.extend(names.map(|span| {
                let name = page.source[span].trim();
                RequestName { example, at: example.at(span), version, name }
            }));
        }
    }
}
