//! What a response carries, the same for the server that writes it and the client that reads it.

use super::json::JsonValue;
use super::{DecodeError, Unknown, decode, encode};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::fmt;

/// A response before it is typed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Message {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub content: Content,
}

impl Message {
    /// A message of status 200 without headers.
    pub fn new(content: impl Into<Content>) -> Self {
        Message {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            content: content.into(),
        }
    }

    fn media_type(mut self, media_type: HeaderValue) -> Self {
        self.headers.insert(CONTENT_TYPE, media_type);
        self
    }
}

/// What an operation answers with.
pub trait Payload: Sized + Send {
    /// Makes the response.
    fn into_message(self) -> Message;

    /// Reads a response of success.
    fn from_message(message: Message, unknown: Unknown) -> Result<Self, DecodeError>;
}

/// JSON.
impl<T: JsonValue + Send> Payload for T {
    fn into_message(self) -> Message {
        let json = HeaderValue::from_static("application/json");
        let mut message = Message::new(encode(&self)).media_type(json);
        let etag = self
            .etag()
            .and_then(|etag| HeaderValue::from_str(etag).ok());
        if let Some(etag) = etag {
            message.headers.insert(ETAG, etag);
        }
        message
    }

    fn from_message(message: Message, unknown: Unknown) -> Result<Self, DecodeError> {
        decode(message.content.as_bytes()?, unknown)
    }
}

/// No body.
impl Payload for () {
    fn into_message(self) -> Message {
        Message::new(Bytes::new())
    }

    fn from_message(_: Message, _: Unknown) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// A text body, such as the answer to `$count`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Text(
    /// The text.
    pub String,
);

impl Payload for Text {
    fn into_message(self) -> Message {
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        Message::new(self.0.into_bytes()).media_type(plain)
    }

    fn from_message(message: Message, _: Unknown) -> Result<Self, DecodeError> {
        let bytes = message.content.as_bytes()?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Text(text.to_owned())),
            Err(error) => Err(DecodeError::without_position(error.to_string())),
        }
    }
}

/// An answer that consists of its `Location` header.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Redirect {
    /// Where to go on; percent-encoded, as it stands in the header.
    pub location: String,
}

impl Payload for Redirect {
    fn into_message(self) -> Message {
        let mut message = Message::new(Bytes::new());
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            message.headers.insert(LOCATION, location);
        }
        message
    }

    fn from_message(message: Message, _: Unknown) -> Result<Self, DecodeError> {
        let location = message.headers.get(LOCATION);
        match location.and_then(|location| location.to_str().ok()) {
            Some(location) => Ok(Redirect {
                location: location.to_owned(),
            }),
            None => Err(DecodeError::without_position("there is no Location header")),
        }
    }
}

/// Content of any media type: a file, a photo.
#[derive(Debug)]
pub struct Media {
    /// Its media type.
    pub media_type: HeaderValue,
    /// The content.
    pub content: Content,
}

impl Media {
    /// Content with its media type.
    pub fn new(media_type: HeaderValue, content: impl Into<Content>) -> Self {
        Media {
            media_type,
            content: content.into(),
        }
    }
}

impl Payload for Media {
    fn into_message(self) -> Message {
        Message::new(self.content).media_type(self.media_type)
    }

    fn from_message(message: Message, _: Unknown) -> Result<Self, DecodeError> {
        let unknown = HeaderValue::from_static("application/octet-stream");
        let media_type = message.headers.get(CONTENT_TYPE);
        Ok(Media {
            media_type: media_type.cloned().unwrap_or(unknown),
            content: message.content,
        })
    }
}

/// A body: in memory, or on a server also a stream.
pub struct Content(Source);

enum Source {
    Bytes(Bytes),
    #[cfg(feature = "server")]
    Stream(axum::body::Body),
}

impl Content {
    /// The bytes, if the content is in memory.
    pub fn as_bytes(&self) -> Result<&Bytes, DecodeError> {
        match &self.0 {
            Source::Bytes(bytes) => Ok(bytes),
            #[cfg(feature = "server")]
            Source::Stream(_) => Err(DecodeError::without_position("the body is a stream")),
        }
    }

    /// The content as an axum body, to be read piece by piece.
    #[cfg(feature = "server")]
    pub fn into_body(self) -> axum::body::Body {
        match self.0 {
            Source::Bytes(bytes) => bytes.into(),
            Source::Stream(body) => body,
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Bytes(bytes) => write!(formatter, "{} bytes", bytes.len()),
            #[cfg(feature = "server")]
            Source::Stream(_) => formatter.write_str("a stream"),
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Content(Source::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Content(Source::Bytes(bytes.into()))
    }
}

#[cfg(feature = "server")]
impl From<axum::body::Body> for Content {
    fn from(body: axum::body::Body) -> Self {
        Content(Source::Stream(body))
    }
}
