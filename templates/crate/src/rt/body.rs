//! Request bodies with required properties.

use super::JsonValue;
use super::json::AsJson;
use super::model::PropSeed;
use serde::de::{self, MapAccess};
use std::marker::PhantomData;

/// Reads one required property: `null` is refused here, absence is found later by [`missing`].
pub fn required<'de, A, T>(slot: &mut Option<T>, input: &mut A) -> Result<bool, A::Error>
where
    A: MapAccess<'de>,
    T: JsonValue,
{
    if slot.is_some() {
        return Err(de::Error::custom("property given more than once"));
    }
    *slot = input.next_value_seed(PropSeed(PhantomData))?.into_option();
    match slot {
        Some(_) => Ok(true),
        None => Err(de::Error::custom("required property must not be null")),
    }
}

/// Fails with the names of all required properties that did not appear.
pub fn missing<E: de::Error>(required: &[(&str, bool)]) -> Result<(), E> {
    let absent: Vec<&str> = required
        .iter()
        .filter(|(_, present)| !present)
        .map(|(name, _)| *name)
        .collect();
    match absent.as_slice() {
        [] => Ok(()),
        [name] => Err(E::custom(format_args!("missing required property: {name}"))),
        names => Err(E::custom(format_args!(
            "missing required properties: {}",
            names.join(", ")
        ))),
    }
}

/// The value of a required property, after [`missing`] has found nothing.
pub fn present<T, E: de::Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

/// Writes one required property.
pub fn put_required<S, T>(output: &mut S, key: &'static str, value: &T) -> Result<(), S::Error>
where
    S: serde::ser::SerializeMap,
    T: JsonValue,
{
    output.serialize_entry(key, &AsJson(value))
}

/// Writes a request body with required properties.
#[doc(hidden)]
#[macro_export]
macro_rules! body {
    (
        $(#[$meta:meta])*
        pub struct $name:ident: $type:literal {
            required $required:tt
            optional $optional:tt
        }
        $(apply to $target:ty;)?
    ) => {
        $crate::body! { @struct [$(#[$meta])*] $name $type $required $optional }
        $($crate::body! { @apply $name $target, $required $optional })?
    };

    (
        @struct [$($meta:tt)*] $name:ident $type:literal
        {
            $(
                $(#[$required_meta:meta])*
                pub $required:ident: $required_type:ty = $required_key:literal,
            )*
        }
        {
            $(
                $(#[$optional_meta:meta])*
                pub $optional:ident: $optional_type:ty = $optional_key:literal,
            )*
        }
    ) => {
        $($meta)*
        #[derive(Clone, PartialEq)]
        pub struct $name {
            /// `@odata.type`: the name of the type, when the JSON says it.
            pub odata_type: $crate::rt::Prop<$crate::rt::ODataType>,
            $(
                $(#[$required_meta])*
                pub $required: $required_type,
            )*
            $(
                $(#[$optional_meta])*
                pub $optional: $optional_type,
            )*
            /// Properties and annotations that the page does not declare.
            pub extra: $crate::rt::Extra,
        }

        impl $name {
            /// A body with every required property and nothing else.
            // An action may have any number of required parameters.
            #[allow(clippy::too_many_arguments)]
            pub fn new($($required: impl ::std::convert::Into<$required_type>),*) -> Self {
                Self {
                    odata_type: $crate::rt::Prop::Absent,
                    $($required: $required.into(),)*
                    $($optional: $crate::rt::Prop::Absent,)*
                    extra: ::std::option::Option::None,
                }
            }
        }

        const _: () = {
            /// What has been read so far: a required property may still be missing.
            #[derive(Default)]
            struct Partial {
                odata_type: $crate::rt::Prop<$crate::rt::ODataType>,
                $($required: ::std::option::Option<$required_type>,)*
                $($optional: $optional_type,)*
                extra: $crate::rt::Extra,
            }

            impl $crate::rt::Model for Partial {
                const TYPE: &'static str = $type;

                fn read_property<'de, A>(
                    &mut self,
                    key: &str,
                    input: &mut A,
                ) -> ::std::result::Result<bool, A::Error>
                where
                    A: ::serde::de::MapAccess<'de>,
                {
                    match key {
                        "@odata.type" => $crate::rt::field(&mut self.odata_type, input),
                        $($required_key => $crate::rt::required(&mut self.$required, input),)*
                        $($optional_key => $crate::rt::field(&mut self.$optional, input),)*
                        _ => ::std::result::Result::Ok(false),
                    }
                }

                fn write_properties<S>(&self, _: &mut S) -> ::std::result::Result<(), S::Error>
                where
                    S: ::serde::ser::SerializeMap,
                {
                    // Only read, never written.
                    ::std::result::Result::Ok(())
                }

                fn odata_type(&self) -> ::std::option::Option<&$crate::rt::ODataType> {
                    self.odata_type.as_ref()
                }

                fn extra(&self) -> &$crate::rt::Extra {
                    &self.extra
                }

                fn extra_mut(&mut self) -> &mut $crate::rt::Extra {
                    &mut self.extra
                }
            }

            impl $crate::rt::JsonValue for $name {
                fn read<'de, D>(input: D) -> ::std::result::Result<Self, D::Error>
                where
                    D: ::serde::Deserializer<'de>,
                {
                    let partial: Partial = $crate::rt::read_model(input)?;
                    $crate::rt::missing(&[$(($required_key, partial.$required.is_some())),*])?;
                    ::std::result::Result::Ok(Self {
                        odata_type: partial.odata_type,
                        $(
                            $required: $crate::rt::present(partial.$required, $required_key)?,
                        )*
                        $($optional: partial.$optional,)*
                        extra: partial.extra,
                    })
                }

                fn write<S>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error>
                where
                    S: ::serde::Serializer,
                {
                    let mut map = output.serialize_map(::std::option::Option::None)?;
                    $crate::rt::put(&mut map, "@odata.type", &self.odata_type)?;
                    $($crate::rt::put_required(&mut map, $required_key, &self.$required)?;)*
                    $($crate::rt::put(&mut map, $optional_key, &self.$optional)?;)*
                    $crate::rt::write_extra(&self.extra, &mut map)?;
                    ::serde::ser::SerializeMap::end(map)
                }
            }
        };

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut debug = $crate::rt::DebugModel::new(formatter, ::std::stringify!($name));
                debug.property("odata_type", &self.odata_type);
                $(debug.required(::std::stringify!($required), &self.$required);)*
                $(debug.property(::std::stringify!($optional), &self.$optional);)*
                debug.finish(&self.extra)
            }
        }

        $crate::json_serde!($name);
    };

    (
        @apply $name:ident $target:ty,
        {
            $(
                $(#[$required_meta:meta])*
                pub $required:ident: $required_type:ty = $required_key:literal,
            )*
        }
        {
            $(
                $(#[$optional_meta:meta])*
                pub $optional:ident: $optional_type:ty = $optional_key:literal,
            )*
        }
    ) => {
        impl $name {
            /// Applies this body to a stored resource: present properties are merged, absent ones
            /// are left alone.
            pub fn apply(self, target: &mut $target) {
                target.odata_type.patch(self.odata_type);
                $(target.$required.merge($crate::rt::Prop::Value(self.$required));)*
                $(target.$optional.merge(self.$optional);)*
                $crate::rt::merge_extra(&mut target.extra, self.extra);
            }
        }
    };
}
