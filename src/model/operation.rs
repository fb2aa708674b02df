//! Operations as the model has them.

use super::{Exchange, Property, ResourceId, Route, Type};
use crate::span::{FileId, Location};
use crate::syntax::construct::parameters::Place;
use crate::syntax::construct::permissions::Account;
use std::sync::Arc;

/// An operation: one method on one set of routes, as one page describes it.
#[derive(Debug)]
pub struct Operation<'d> {
    /// The page.
    pub page: FileId,
    /// The title of the page.
    pub title: &'d str,
    /// Where the title stands.
    pub at: Location,
    /// What it does, in Markdown.
    pub description: &'d str,
    /// The HTTP method, upper case.
    pub method: &'static str,
    /// The property of what the page is about to which its routes lead on, if they do.
    pub property: Option<&'d str>,
    /// The routes under which it is reached; the first is the primary one.
    pub routes: Arc<[Route<'d>]>,
    /// Its parameters in path, query, function call and headers, as the tables list them.
    pub parameters: Vec<Parameter<'d>>,
    /// Whether the page's headers table lists `Authorization`, or it has a permission table:
    /// [`Model::permissions_of`](super::Model::permissions_of).
    pub needs_authorization: bool,
    /// The request body, if it takes one.
    pub body: Option<Body<'d>>,
    /// Its responses by status; success first.
    pub responses: Vec<Response<'d>>,
    /// Its examples.
    pub exchanges: Arc<[Exchange<'d>]>,
    /// The resource it belongs to.
    pub owner: Option<ResourceId>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter<'d> {
    /// Its name.
    pub name: &'d str,
    /// Where the name stands.
    pub at: Location,
    /// Where it stands in a request.
    pub place: Place,
    /// Its type.
    pub of: Type,
    /// What it is, in Markdown.
    pub description: &'d str,
    /// Whether it must be given.
    pub required: bool,
}

/// A row of a permission table.
#[derive(Clone, Debug)]
pub struct Permission<'d> {
    /// Who calls.
    pub account: Account,
    /// Where the row's label stands.
    pub at: Location,
    /// What lets them in.
    pub grant: Grant<'d>,
}

/// What a permission row grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant<'d> {
    /// Any one of these sets of scopes; least privileged first.
    AnyOf(Vec<Vec<&'d str>>),
    /// This kind of caller is not let in.
    NotSupported,
    /// The page does not say. Never to be read as "anyone".
    Unspecified,
}

/// The body of a request.
#[derive(Debug)]
pub struct Body<'d> {
    /// Where the page speaks of it.
    pub at: Location,
    /// The properties of its table; empty when there is none.
    pub properties: Vec<Property<'d>>,
    /// The type whose representation is sent, if it is one.
    pub of: Option<Type>,
    /// What is sent when it is not JSON: the media type of the example request.
    pub media_type: Option<&'d str>,
    /// What the page says of it, in Markdown.
    pub description: &'d str,
}

/// A response of an operation.
#[derive(Clone, Debug)]
pub struct Response<'d> {
    /// The status code.
    pub status: u16,
    /// Where the page names the status.
    pub at: Location,
    /// The type in the body; `None` for no body.
    pub of: Option<Type>,
    /// The media type of the body when it is not JSON.
    pub media_type: Option<&'d str>,
    /// Whether the collection is wrapped in an object, as `value`; always so for JSON collections.
    pub description: &'d str,
}

impl Operation<'_> {
    /// The success response: the first, if it is one.
    pub fn success(&self) -> Option<&Response<'_>> {
        self.responses.iter().find(|response| response.is_success())
    }
}

impl Response<'_> {
    /// Whether its status ends a request well. One below 200 ends none.
    pub fn is_success(&self) -> bool {
        (200..400).contains(&self.status)
    }
}
