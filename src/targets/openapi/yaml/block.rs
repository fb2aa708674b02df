//! Values as YAML in block style, straight to where they stand: what a document holds many thousands of.
//!
//! What documents do not hold (keys that are no strings, bytes, variants with values) is refused, and the library
//! writes the whole then. It decides about doubtful scalars too, see [`super::scalar`].

use super::{library, scalar};
use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::fmt::{self, Display};

/// A value that is none of a document.
#[derive(Debug)]
pub(super) struct Unusual;

impl Display for Unusual {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no value of a document")
    }
}

impl std::error::Error for Unusual {}

impl Error for Unusual {
    fn custom<T: Display>(_: T) -> Unusual {
        Unusual
    }
}

type Result<T = ()> = std::result::Result<T, Unusual>;

/// A value as YAML, each line after `indent` blanks, without a line break at its end.
pub(super) fn text(value: &impl Serialize, indent: usize) -> Result<String> {
    let mut writer = Writer { text: String::with_capacity(1024), column: indent, place: Place::Line };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

const BLANKS: &str = "                                ";

/// Where the next value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// On a line of its own.
    Line,
    /// Behind a dash.
    Dash,
    /// Behind a key and its colon.
    Value,
    /// Where a key goes.
    Key,
}

struct Writer {
    text: String,
    /// The blanks before a line.
    column: usize,
    place: Place,
}

impl Writer {
    fn new_line(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut blanks = self.column;
        while blanks > 0 {
            let some = blanks.min(BLANKS.len());
            self.text.push_str(&BLANKS[..some]);
            blanks -= some;
        }
    }

    /// Goes to where a scalar or an empty collection begins.
    fn begin_scalar(&mut self) -> Result {
        match self.place {
            Place::Line => self.new_line(),
            Place::Dash => {}
            Place::Value => self.text.push(' '),
            Place::Key => return Err(Unusual),
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str) -> Result {
        self.begin_scalar()?;
        self.text.push_str(text);
        Ok(())
    }

    fn number(&mut self, number: impl Display) -> Result {
        use fmt::Write;
        self.begin_scalar()?;
        write!(self.text, "{number}").map_err(Unusual::custom)
    }

    fn key(&mut self, name: &str) -> Result {
        let start = self.text.len();
        scalar::push_key(&mut self.text, name);
        // A longer one would need a mark before it.
        if self.text.len() - start > scalar::LONGEST_KEY {
            return Err(Unusual);
        }
        self.text.push(':');
        self.place = Place::Value;
        Ok(())
    }

    fn block(&mut self, empty: &'static str) -> Result<Block<'_>> {
        let (outer, place) = (self.column, self.place);
        match place {
            Place::Line => {}
            Place::Dash | Place::Value => self.column += 2,
            Place::Key => return Err(Unusual),
        }
        Ok(Block { writer: self, outer, place, is_empty: true, empty })
    }
}

/// A mapping or a sequence.
struct Block<'w> {
    writer: &'w mut Writer,
    /// The column of what it stands in.
    outer: usize,
    place: Place,
    is_empty: bool,
    /// What it is when nothing is in it.
    empty: &'static str,
}

impl Block<'_> {
    /// Goes to where the next entry begins: behind a dash the first one follows at once.
    fn begin_entry(&mut self) {
        let is_first = std::mem::replace(&mut self.is_empty, false);
        if !(is_first && self.place == Place::Dash) {
            self.writer.new_line();
        }
    }

    fn close(self) -> Result {
        self.writer.column = self.outer;
        if self.is_empty {
            self.writer.place = self.place;
            return self.writer.scalar(self.empty);
        }
        Ok(())
    }
}

impl SerializeSeq for Block<'_> {
    type Ok = ();
    type Error = Unusual;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.begin_entry();
        self.writer.text.push_str("- ");
        self.writer.place = Place::Dash;
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl SerializeMap for Block<'_> {
    type Ok = ();
    type Error = Unusual;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result {
        self.begin_entry();
        self.writer.place = Place::Key;
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl SerializeStruct for Block<'_> {
    type Ok = ();
    type Error = Unusual;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result {
        self.begin_entry();
        self.writer.key(key)?;
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result {
        self.close()
    }
}

/// Methods that write numbers.
macro_rules! numbers {
    ($($method:ident: $type:ty)*) => {
        $(fn $method(self, value: $type) -> Result {
            self.number(value)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unusual;
    type SerializeSeq = Block<'w>;
    type SerializeMap = Block<'w>;
    type SerializeStruct = Block<'w>;
    type SerializeTuple = Impossible<(), Unusual>;
    type SerializeTupleStruct = Impossible<(), Unusual>;
    type SerializeTupleVariant = Impossible<(), Unusual>;
    type SerializeStructVariant = Impossible<(), Unusual>;

    numbers! {
        serialize_i8: i8
        serialize_i16: i16
        serialize_i32: i32
        serialize_i64: i64
        serialize_u8: u8
        serialize_u16: u16
        serialize_u32: u32
        serialize_u64: u64
    }

    fn serialize_f32(self, value: f32) -> Result {
        self.scalar(&library(&value))
    }

    fn serialize_f64(self, value: f64) -> Result {
        self.scalar(&library(&value))
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.scalar(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result {
        if self.place == Place::Key {
            return self.key(value);
        }
        self.begin_scalar()?;
        scalar::push_value(&mut self.text, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result {
        Err(Unusual)
    }

    fn serialize_none(self) -> Result {
        self.scalar("null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.scalar("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.scalar("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result {
        Err(Unusual)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Block<'w>> {
        self.block("[]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        Err(Unusual)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct> {
        Err(Unusual)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Unusual)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Block<'w>> {
        self.block("{}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Block<'w>> {
        self.block("{}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(Unusual)
    }
}
