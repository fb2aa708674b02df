//! The three-state property.

use super::{JsonValue, OpenEnum};
use std::fmt;
use std::ops::Deref;

/// A property that may be absent, explicitly `null`, or have a value.
///
/// In a `PATCH` body *absent* leaves the stored value alone and *null* clears it. In a response
/// *absent* means "not selected" and *null* means "has no value". A `Prop<T>` takes no more room
/// than an `Option<T>` when `T` has a niche (`String`, `Vec`, `Box`, `bool`, enums).
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub enum Prop<T> {
    /// The property does not appear in the JSON.
    #[default]
    Absent,
    /// The property appears with the value `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Prop<T> {
    /// `true` when the property does not appear in the JSON.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Prop::Absent)
    }

    /// `true` when the property is an explicit `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Prop::Null)
    }

    /// The value, if there is one: absent and null both give `None`.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Prop::Value(value) => Some(value),
            Prop::Absent | Prop::Null => None,
        }
    }

    /// The value by mutable reference, if there is one.
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Prop::Value(value) => Some(value),
            Prop::Absent | Prop::Null => None,
        }
    }

    /// The value's `Deref` target: an `Option<&str>` from a `Prop<String>`, an `Option<&[T]>` from
    /// a `Prop<Vec<T>>`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(|value| &**value)
    }

    /// The value, if there is one: absent and null both give `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Prop::Value(value) => Some(value),
            Prop::Absent | Prop::Null => None,
        }
    }

    /// `Absent` gives `None`, `Null` gives `Some(None)`, a value gives `Some(Some(value))`.
    pub fn into_patch(self) -> Option<Option<T>> {
        match self {
            Prop::Absent => None,
            Prop::Null => Some(None),
            Prop::Value(value) => Some(Some(value)),
        }
    }

    /// Overwrites `self` unless `patch` is absent.
    pub fn patch(&mut self, patch: Prop<T>) {
        if !patch.is_absent() {
            *self = patch;
        }
    }

    /// The rule of `PATCH` for one property: absent keeps, null clears, a value replaces, and an
    /// object is merged property by property into the object that is there.
    pub fn merge(&mut self, patch: Prop<T>)
    where
        T: JsonValue,
    {
        match (self, patch) {
            (_, Prop::Absent) => {}
            (Prop::Value(stored), Prop::Value(patch)) => stored.merge(patch),
            (slot, patch) => *slot = patch,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Prop<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Prop::Absent => formatter.write_str("absent"),
            Prop::Null => formatter.write_str("null"),
            Prop::Value(value) => value.fmt(formatter),
        }
    }
}

impl<T> From<T> for Prop<T> {
    fn from(value: T) -> Self {
        Prop::Value(value)
    }
}

impl<T> From<Option<T>> for Prop<T> {
    /// `None` becomes `Null`.
    fn from(value: Option<T>) -> Self {
        value.map_or(Prop::Null, Prop::Value)
    }
}

impl<T> From<T> for Prop<Box<T>> {
    fn from(value: T) -> Self {
        Prop::Value(Box::new(value))
    }
}

impl From<&str> for Prop<String> {
    fn from(value: &str) -> Self {
        Prop::Value(value.to_owned())
    }
}

impl<T: OpenEnum> From<&str> for Prop<T> {
    fn from(value: &str) -> Self {
        Prop::Value(T::from(value))
    }
}
