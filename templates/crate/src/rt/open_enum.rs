//! Enumerations that may gain members.

/// An enumeration of strings. Members that this crate does not know are kept as they came.
pub trait OpenEnum: for<'a> From<&'a str> {
    /// Every documented member, in the page's order.
    const MEMBERS: &'static [&'static str];

    /// The member's name on the wire.
    fn as_str(&self) -> &str;
}

/// Writes an enumeration.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$member_meta:meta])*
                $member:ident = $text:literal,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$member_meta])*
                $member,
            )*
            /// A member that this crate does not know, kept as it came.
            Other(::std::boxed::Box<str>),
        }

        impl $name {
            /// Every documented member, in the page's order.
            pub const MEMBERS: &'static [&'static str] = &[$($text),*];

            /// The member's name on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$member => $text,)*
                    Self::Other(text) => text,
                }
            }

            /// `true` for a member that the page documents.
            pub fn is_known(&self) -> bool {
                !::std::matches!(self, Self::Other(_))
            }
        }

        impl $crate::rt::OpenEnum for $name {
            const MEMBERS: &'static [&'static str] = Self::MEMBERS;

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$member,)*
                    _ => Self::Other(text.into()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::rt::JsonValue for $name {
            fn read<'de, D>(input: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::rt::read_text(input, ::std::stringify!($name), |text| {
                    ::std::option::Option::Some(Self::from(text))
                })
            }

            fn write<S>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                output.serialize_str(self.as_str())
            }
        }

        $crate::json_serde!($name);
    };
}
