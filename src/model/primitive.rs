//! The primitive types of OData, and the many ways in which pages spell them.

/// A primitive type, as the OData Common Schema Definition Language 4.01 (section 3.3) defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is named as in OData")]
pub enum Primitive {
    String,
    /// A string that is a URL; OData has no type for it, pages do.
    Url,
    Boolean,
    Byte,
    SByte,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Date,
    TimeOfDay,
    DateTimeOffset,
    Duration,
    Guid,
    Binary,
    Stream,
}

use Primitive::*;

/// Canonical names.
const NAMES: &[(&str, Primitive)] = &[
    ("String", String),
    ("Boolean", Boolean),
    ("Byte", Byte),
    ("SByte", SByte),
    ("Int16", Int16),
    ("Int32", Int32),
    ("Int64", Int64),
    ("Single", Single),
    ("Double", Double),
    ("Decimal", Decimal),
    ("Date", Date),
    ("TimeOfDay", TimeOfDay),
    ("DateTimeOffset", DateTimeOffset),
    ("Duration", Duration),
    ("Guid", Guid),
    ("Binary", Binary),
    ("Stream", Stream),
];

/// Spellings that pages use beside the canonical ones, in lower case.
const SYNONYMS: &[(&str, Primitive)] = &[
    ("url", Url),
    ("uri", Url),
    ("bool", Boolean),
    ("int", Int32),
    ("integer", Int32),
    ("short", Int16),
    ("long", Int64),
    ("number", Double),
    ("numeric", Double),
    ("float", Single),
    ("datetime", DateTimeOffset),
    ("timestamp", DateTimeOffset),
    ("time", TimeOfDay),
    ("uuid", Guid),
    ("bytes", Binary),
    ("text", String),
];

impl Primitive {
    /// The primitive that a name stands for, whatever its spelling; `Edm.` may stand before it.
    pub fn parse(name: &str) -> Option<Primitive> {
        let name = name.trim().trim_start_matches('#');
        let name = name.get(..4).filter(|start| start.eq_ignore_ascii_case("edm.")).map_or(name, |_| &name[4..]);
        let canonical = NAMES.iter().find(|(canonical, _)| canonical.eq_ignore_ascii_case(name));
        let synonym = || SYNONYMS.iter().find(|(synonym, _)| synonym.eq_ignore_ascii_case(name));
        canonical.or_else(synonym).map(|(_, primitive)| *primitive)
    }

    /// The canonical name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, primitive)| *primitive == self).map_or("String", |(name, _)| name)
    }

    /// The primitive of exactly this canonical name.
    pub fn canonical(name: &str) -> Option<Primitive> {
        NAMES.iter().find(|(canonical, _)| *canonical == name).map(|(_, primitive)| *primitive)
    }

    /// The canonical names of all.
    pub fn canonical_names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Whether JSON has it as a number.
    pub fn is_number(self) -> bool {
        matches!(self, Byte | SByte | Int16 | Int32 | Int64 | Single | Double | Decimal)
    }
}

/// Whether a name stands for a value of any type.
pub fn is_any(name: &str) -> bool {
    const NAMES: [&str; 8] =
        ["json", "object", "any", "edm.any", "untyped", "edm.untyped", "edm.primitivetype", "edm.complextype"];
    let name = name.trim();
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_pages_are_known() {
        for (name, expected) in [
            ("String", Some(String)),
            ("string", Some(String)),
            ("Edm.Int32", Some(Int32)),
            ("edm.DateTime", Some(DateTimeOffset)),
            ("GUID", Some(Guid)),
            ("bool", Some(Boolean)),
            ("customer", None),
            ("", None),
        ] {
            assert_eq!(Primitive::parse(name), expected, "{name}");
        }
        assert_eq!(Url.name(), "String");
    }
}
