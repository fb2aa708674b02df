//! `Edm.Guid`.

use super::ParseError;
use super::json::json_text;
use std::fmt;
use std::str::FromStr;

/// `Edm.Guid`: 16 bytes, written in lower case.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Guid(pub [u8; 16]);

const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl FromStr for Guid {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.as_bytes();
        if text.len() != 36 || HYPHENS.iter().any(|&position| text[position] != b'-') {
            return Err(ParseError);
        }
        let mut bytes = [0u8; 16];
        let digits = (0..36).filter(|position| !HYPHENS.contains(position));
        for (number, position) in digits.enumerate() {
            let digit = char::from(text[position]).to_digit(16).ok_or(ParseError)?;
            bytes[number / 2] = bytes[number / 2] << 4 | digit as u8;
        }
        Ok(Guid(bytes))
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().enumerate() {
            if matches!(position, 4 | 6 | 8 | 10) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

json_text!(Guid);
