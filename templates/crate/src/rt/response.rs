//! Writes the enum of an operation's responses.

use super::DecodeError;
use http::StatusCode;

/// The error of a status that the page does not document.
pub fn undocumented_status(status: StatusCode) -> DecodeError {
    DecodeError::without_position(format!("status {} is not documented", status.as_u16()))
}

/// Writes the enum of an operation's responses, one variant for each status of success.
#[doc(hidden)]
#[macro_export]
macro_rules! response {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $status:literal => $variant:ident $(($payload:ty))?,
            )*
        }
        $(from $source:ty => $target:ident;)?
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant $(($payload))?,
            )*
        }

        $(
            impl ::std::convert::From<$source> for $name {
                fn from(value: $source) -> Self {
                    Self::$target(value.into())
                }
            }
        )?

        impl $crate::rt::Payload for $name {
            fn into_message(self) -> $crate::rt::Message {
                let (status, mut message) = match self {
                    $(
                        Self::$variant $(($crate::response!(@name payload $payload)))? => (
                            ::http::StatusCode::from_u16($status),
                            $crate::rt::Payload::into_message(
                                ($($crate::response!(@name payload $payload))?)
                            ),
                        ),
                    )*
                };
                // The generator writes no status that is not one.
                message.status = status.unwrap_or(::http::StatusCode::OK);
                message
            }

            fn from_message(
                message: $crate::rt::Message,
                unknown: $crate::rt::Unknown,
            ) -> ::std::result::Result<Self, $crate::rt::DecodeError> {
                // An enum without bodies does not need it.
                let _ = unknown;
                match message.status.as_u16() {
                    $(
                        $status => ::std::result::Result::Ok(
                            Self::$variant $((
                                <$payload as $crate::rt::Payload>::from_message(message, unknown)?
                            ))?
                        ),
                    )*
                    _ => ::std::result::Result::Err(
                        $crate::rt::undocumented_status(message.status)
                    ),
                }
            }
        }
    };

    // Names a value once for each payload; `macro_rules!` wants the payload mentioned for that.
    (@name $name:ident $payload:ty) => { $name };
}
