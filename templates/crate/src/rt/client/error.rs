//! Why a call failed.

use super::BoxError;
use crate::rt::DecodeError;
use crate::rt::error::ODataError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// Why a call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The service answered with an error body.
    Api {
        /// Status.
        status: StatusCode,
        /// Headers.
        headers: HeaderMap,
        /// Body.
        error: Box<ODataError>,
    },
    /// The service answered with a status that the page does not document, or with an error that
    /// has no readable body.
    Unexpected {
        /// Status.
        status: StatusCode,
        /// Headers.
        headers: HeaderMap,
        /// Body as it came.
        body: Bytes,
    },
    /// The body of a success could not be read.
    Decode {
        /// Where and why.
        error: DecodeError,
        /// Body as it came.
        body: Bytes,
    },
    /// There was no answer.
    Transport(BoxError),
    /// There was no token.
    Token(BoxError),
    /// The request could not be built.
    Request(String),
}

impl Error {
    /// The status, when there was an answer that is an error.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Error::Api { status, .. } | Error::Unexpected { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Graph's error code, when there was one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Error::Api { error, .. } => Some(&error.error.code),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api { status, error, .. } => {
                let (code, message) = (&error.error.code, &error.error.message);
                write!(formatter, "{} {code}: {message}", status.as_u16())
            }
            Error::Unexpected { status, body, .. } => {
                let (status, length) = (status.as_u16(), body.len());
                write!(formatter, "unexpected answer {status} ({length} bytes)")
            }
            Error::Decode { error, .. } => {
                write!(formatter, "the answer could not be read: {error}")
            }
            Error::Transport(error) => write!(formatter, "no answer: {error}"),
            Error::Token(error) => write!(formatter, "no token: {error}"),
            Error::Request(reason) => write!(formatter, "bad request: {reason}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Decode { error, .. } => Some(error),
            Error::Transport(error) | Error::Token(error) => Some(&**error),
            _ => None,
        }
    }
}
