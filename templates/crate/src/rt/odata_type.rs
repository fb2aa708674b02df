//! The value of `@odata.type`.

use super::ParseError;
use super::json::json_text;
use std::fmt;
use std::str::FromStr;

/// Value of `@odata.type`: kept as it came (with or without `#`), compared without it.
#[derive(Clone)]
pub struct ODataType(Box<str>);

impl ODataType {
    /// The annotation of a type, in the form a service sends (`#microsoft.graph.customer`).
    pub fn new(name: &str) -> Self {
        ODataType(format!("#{}", name.trim_start_matches('#')).into())
    }

    /// As it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `#`.
    pub fn name(&self) -> &str {
        self.0.trim_start_matches('#')
    }

    /// `true` when it names the type `name`, either side with or without `#`.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name.trim_start_matches('#')
    }
}

impl PartialEq for ODataType {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for ODataType {}

impl FromStr for ODataType {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text.is_empty() || text == "#" {
            return Err(ParseError);
        }
        Ok(ODataType(text.into()))
    }
}

impl fmt::Display for ODataType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

json_text!(ODataType);
