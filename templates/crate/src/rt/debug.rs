//! `Debug` of generated types: only what is present, and no secrets.

use super::{Extra, Prop};
use std::fmt;

/// Writes the `Debug` form of a generated type.
pub struct DebugModel<'a, 'b>(fmt::DebugStruct<'a, 'b>);

/// A property seen without its type, so that the code here exists once.
pub trait DebugProperty {
    /// The property, unless it is absent.
    fn present(&self) -> Option<&dyn fmt::Debug>;
}

impl<T: fmt::Debug> DebugProperty for Prop<T> {
    fn present(&self) -> Option<&dyn fmt::Debug> {
        if self.is_absent() { None } else { Some(self) }
    }
}

impl<'a, 'b> DebugModel<'a, 'b> {
    /// Begins with the name of the type.
    pub fn new(formatter: &'a mut fmt::Formatter<'b>, type_name: &str) -> Self {
        DebugModel(formatter.debug_struct(type_name))
    }

    /// Adds a property unless it is absent.
    pub fn property(&mut self, name: &str, property: &dyn DebugProperty) {
        if let Some(value) = property.present() {
            self.required(name, value);
        }
    }

    /// Adds a property that always has a value.
    pub fn required(&mut self, name: &str, value: &dyn fmt::Debug) {
        if is_secret(name) {
            self.0.field(name, &format_args!("[hidden]"));
        } else {
            self.0.field(name, value);
        }
    }

    /// Ends with the undeclared properties.
    pub fn finish(mut self, extra: &Extra) -> fmt::Result {
        for (name, value) in extra.iter().flat_map(|extra| extra.iter()) {
            self.required(name, value);
        }
        self.0.finish()
    }
}

/// Whether the value of a property with this name must not get into a log.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "secret", "token"]
        .iter()
        .any(|word| name.contains(word))
}
