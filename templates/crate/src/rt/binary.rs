//! `Edm.Binary`.

use super::ParseError;
use super::json::json_text;
use std::fmt::{self, Write};
use std::str::FromStr;

/// `Edm.Binary`: base64 on the wire. Takes the standard and the URL-safe alphabet, padded or not;
/// writes the standard alphabet with padding.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub struct Binary(pub Vec<u8>);

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(character: u8) -> Option<u32> {
    match character {
        b'A'..=b'Z' => Some(u32::from(character - b'A')),
        b'a'..=b'z' => Some(u32::from(character - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(character - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

impl FromStr for Binary {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = text.trim_end_matches('=');
        let padding = text.len() - digits.len();
        if padding > 2 || digits.len() % 4 == 1 {
            return Err(ParseError);
        }
        let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
        let (mut buffer, mut bits) = (0u32, 0);
        for character in digits.bytes() {
            buffer = buffer << 6 | digit(character).ok_or(ParseError)?;
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                bytes.push((buffer >> bits) as u8);
            }
        }
        Ok(Binary(bytes))
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.chunks(3) {
            let byte = |position: usize| u32::from(chunk.get(position).copied().unwrap_or(0));
            let group = byte(0) << 16 | byte(1) << 8 | byte(2);
            for position in 0..4 {
                let digit = (group >> (18 - 6 * position) & 63) as usize;
                // Three bytes make four digits; padding stands for the digits without a byte.
                let present = position <= chunk.len();
                formatter.write_char(if present {
                    ALPHABET[digit] as char
                } else {
                    '='
                })?;
            }
        }
        Ok(())
    }
}

json_text!(Binary);
