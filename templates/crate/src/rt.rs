//! Run-time support of the generated code; the same text in every generated crate.
//!
//! Everything that knows the pages is outside this module and made of its macros: `model!`,
//! `poly!`, `open_enum!` and `body!` write types; `operation!`, `routes!` and `response!` write
//! operations; `request!` and `service!` write the server; `client_calls!` writes the client.

mod binary;
mod body;
mod date_time;
mod debug;
mod decimal;
mod decode;
mod duration;
mod guid;
mod json;
mod model;
mod odata_type;
mod open_enum;
mod operation;
mod page;
mod poly;
mod prop;
mod route;

#[cfg(feature = "client")]
pub mod client;
#[cfg(any(feature = "server", feature = "client"))]
pub mod error;
pub mod odata;
#[cfg(any(feature = "server", feature = "client"))]
mod payload;
#[cfg(any(feature = "server", feature = "client"))]
mod response;
#[cfg(feature = "server")]
pub mod server;

pub use binary::Binary;
#[doc(hidden)]
pub use body::{missing, present, put_required, required};
pub use date_time::{Date, DateTimeOffset, TimeOfDay};
#[doc(hidden)]
pub use debug::DebugModel;
pub use decimal::Decimal;
pub use decode::{DecodeError, Unknown, decode, encode};
pub use duration::Duration;
pub use guid::Guid;
#[doc(hidden)]
pub use json::{AsJson, read_text};
pub use json::{JsonValue, ParseError};
pub use model::{Extra, Model};
#[doc(hidden)]
pub use model::{field, merge_extra, put, read_model, write_extra, write_model};
pub use odata_type::ODataType;
pub use open_enum::OpenEnum;
pub use operation::{Operation, PermissionKind, PermissionRow, Permissions};
pub use page::{ODataValue, Page};
#[cfg(any(feature = "server", feature = "client"))]
pub use payload::{Content, Media, Message, Payload, Redirect, Text};
pub use poly::Poly;
#[doc(hidden)]
pub use poly::{Entries, convert, read_entries, read_poly, write_derived};
pub use prop::Prop;
#[cfg(any(feature = "server", feature = "client"))]
#[doc(hidden)]
pub use response::undocumented_status;
pub use route::Route;
#[doc(hidden)]
pub use route::{fill_template, match_template};
