//! The words of the format, as data: which headings open which section, which column titles mean what.
//!
//! Pages come in two house dialects (hand-written ones, and generated ones with "Prerequisites") and
//! several generations. All their synonyms stand here, and nowhere else.

use super::inline;
use super::invisible::{is_invisible, visible};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named as the heading it stands for")]
pub enum SectionKind {
    Permissions,
    HttpRequest,
    PathParameters,
    QueryParameters,
    FunctionParameters,
    RequestHeaders,
    RequestBody,
    Response,
    Examples,
    /// "Request" below "Examples".
    ExampleRequest,
    /// "Response" below "Examples".
    ExampleResponse,
    Methods,
    Properties,
    Relationships,
    JsonRepresentation,
    /// "x values", "x enumeration", "Members": one enumeration.
    EnumValues,
    DerivedTypes,
    ErrorResponses,
    ResponseHeaders,
    Remarks,
    SeeAlso,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as the column it stands for")]
pub enum Column {
    Name,
    Type,
    Value,
    Description,
    Required,
    Nullable,
    ReadOnly,
    /// Permission tables: who calls.
    PermissionType,
    /// Permission tables, two columns: all permissions, least privileged first.
    Permissions,
    /// The same, most privileged first.
    PermissionsReversed,
    LeastPrivileged,
    HigherPrivileged,
    ReturnType,
}

impl Column {
    /// How many there are.
    pub(super) const COUNT: usize = Column::ReturnType as usize + 1;
}

/// Headings without marks, and the sections they open.
const HEADINGS: &[(&str, SectionKind)] = {
    use SectionKind::*;
    &[
        ("permissions", Permissions),
        ("prerequisites", Permissions),
        ("http request", HttpRequest),
        ("http requests", HttpRequest),
        ("path parameters", PathParameters),
        ("function parameters", FunctionParameters),
        ("parameters", FunctionParameters),
        ("request parameters", FunctionParameters),
        ("query parameters", QueryParameters),
        ("optional query parameters", QueryParameters),
        ("odata query parameters", QueryParameters),
        ("optional odata query parameters", QueryParameters),
        ("query string parameters", QueryParameters),
        ("request headers", RequestHeaders),
        ("optional request headers", RequestHeaders),
        ("request body", RequestBody),
        ("request body parameters", RequestBody),
        ("response", Response),
        ("http response", Response),
        ("response headers", ResponseHeaders),
        ("error response", ErrorResponses),
        ("error responses", ErrorResponses),
        ("error handling", ErrorResponses),
        ("errors", ErrorResponses),
        ("example", Examples),
        ("examples", Examples),
        ("methods", Methods),
        ("tasks", Methods),
        ("properties", Properties),
        ("instance attributes", Properties),
        ("relationships", Relationships),
        ("navigation", Relationships),
        ("navigation properties", Relationships),
        ("json representation", JsonRepresentation),
        ("representation", JsonRepresentation),
        ("members", EnumValues),
        ("derived types", DerivedTypes),
        ("remarks", Remarks),
        ("see also", SeeAlso),
        ("related content", SeeAlso),
        ("related topics", SeeAlso),
    ]
};

/// Headings that start with these words, whatever follows ("Example 1: …", "HTTP request (to replace …)").
const HEADING_STARTS: &[(&str, SectionKind)] = &[
    ("example ", SectionKind::Examples),
    ("examples ", SectionKind::Examples),
    ("http request ", SectionKind::HttpRequest),
    ("permissions ", SectionKind::Permissions),
    ("tasks on ", SectionKind::Methods),
];

/// Last words of a heading that names an enumeration ("riskLevel values").
const ENUM_ENDINGS: &[&str] =
    &["values", "enumeration values", "enumeration", "enumerated values", "flags", "members", "options", "enum"];

/// Column titles, folded to lower case.
const COLUMNS: &[(&str, Column)] = {
    use Column::*;
    &[
        ("name", Name),
        ("property", Name),
        ("properties", Name),
        ("property name", Name),
        ("parameter", Name),
        ("parameters", Name),
        ("parameter name", Name),
        ("required parameter", Name),
        ("query parameter", Name),
        ("relationship", Name),
        ("relationship name", Name),
        ("navigation", Name),
        ("navigation property", Name),
        ("header", Name),
        ("header name", Name),
        ("member", Name),
        ("members", Name),
        ("method", Name),
        ("function", Name),
        ("common task", Name),
        ("common tasks", Name),
        ("task", Name),
        ("type", Type),
        ("return type", ReturnType),
        ("http method", ReturnType),
        ("rest path", ReturnType),
        ("value", Value),
        ("values", Value),
        ("int value", Value),
        ("numeric value", Value),
        ("description", Description),
        ("descriptions", Description),
        ("required", Required),
        ("required?", Required),
        ("required (y/n)", Required),
        ("nullable", Nullable),
        ("nullable?", Nullable),
        ("readonly", ReadOnly),
        ("read-only", ReadOnly),
        ("read only", ReadOnly),
        ("permission type", PermissionType),
        ("supported permission type", PermissionType),
        ("permissions", Permissions),
        ("permission", Permissions),
        ("permission(s)", Permissions),
        ("permissions (from least to most privileged)", Permissions),
        ("permission (from least to most privileged)", Permissions),
        ("permissions (from most to least privileged)", PermissionsReversed),
        ("permission (from most to least privileged)", PermissionsReversed),
        ("least privileged permissions", LeastPrivileged),
        ("least privileged permission", LeastPrivileged),
        ("higher privileged permissions", HigherPrivileged),
        ("higher privileged permission", HigherPrivileged),
    ]
};

/// The words of a docset: those of the format, and what its pages say instead of them.
#[derive(Clone, Debug, Default)]
pub struct Dialect {
    /// Headings without marks, and the sections they open.
    synonyms: Vec<(String, SectionKind)>,
}

impl Dialect {
    /// The section that a heading opens, `None` when there is no name for it.
    pub fn section_kind(&self, heading: &str) -> Option<SectionKind> {
        let heading = bare(heading);
        let own = self.synonyms.iter().find(|(name, _)| name.eq_ignore_ascii_case(&heading)).map(|(_, kind)| *kind);
        own.or_else(|| known(&heading)).or_else(|| {
            let starts = |start: &str| heading.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start));
            let starting = HEADING_STARTS.iter().find(|(start, _)| starts(start));
            starting.map(|(_, kind)| *kind)
        })
    }

    /// Takes a heading for one that opens a section. The error is the section that it opens already, if that is
    /// another.
    pub fn add(&mut self, heading: &str, kind: SectionKind) -> Result<(), SectionKind> {
        match self.section_kind(heading) {
            Some(other) if other != kind => Err(other),
            Some(_) => Ok(()),
            None => {
                self.synonyms.push((bare(heading).into_owned(), kind));
                Ok(())
            }
        }
    }
}

/// Words and what they mean, by length: few have the same.
struct Meanings<T>(Vec<Vec<(&'static str, T)>>);

impl<T> Meanings<T> {
    fn new(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_length: Vec<Vec<(&str, T)>> = Vec::new();
        for (word, meaning) in words {
            if by_length.len() <= word.len() {
                by_length.resize_with(word.len() + 1, Vec::new);
            }
            by_length[word.len()].push((word, meaning));
        }
        Meanings(by_length)
    }

    /// What a text means, whatever its letter case.
    fn find(&self, text: &str) -> Option<&T> {
        let found = self.0.get(text.len())?.iter().find(|(word, _)| word.eq_ignore_ascii_case(text))?;
        Some(&found.1)
    }
}

/// The section of a heading that the format knows word by word.
pub fn known_section(heading: &str) -> Option<SectionKind> {
    known(&bare(heading))
}

fn known(heading: &str) -> Option<SectionKind> {
    static KINDS: LazyLock<Meanings<SectionKind>> = LazyLock::new(|| Meanings::new(HEADINGS.iter().copied()));
    KINDS.find(heading).copied()
}

/// The first heading that opens a section, as it is usually spelt; empty for sections that have none of their own.
pub fn usual_heading(kind: SectionKind) -> &'static str {
    let heading = HEADINGS.iter().find(|(_, other)| *other == kind).map_or("", |(name, _)| name);
    canonical_heading(heading).unwrap_or_default()
}

/// Whether a heading without marks is a known one in its canonical spelling.
pub fn is_canonical(heading: &str) -> bool {
    static KNOWN: LazyLock<FxHashSet<String>> = LazyLock::new(|| headings().map(in_sentence_case).collect());
    KNOWN.contains(heading)
}

/// The canonical spelling of a known heading, sentence case ("HTTP request").
pub fn canonical_heading(heading: &str) -> Option<&'static str> {
    static CANONICAL: LazyLock<Meanings<String>> =
        LazyLock::new(|| Meanings::new(headings().map(|name| (name, in_sentence_case(name)))));
    CANONICAL.find(&bare(heading)).map(String::as_str)
}

fn in_sentence_case(name: &str) -> String {
    let name = name.replace("odata", "OData").replace("http", "HTTP").replace("json", "JSON");
    name[..1].to_uppercase() + &name[1..]
}

/// All known headings, folded, for suggestions.
pub fn headings() -> impl Iterator<Item = &'static str> {
    HEADINGS.iter().map(|(name, _)| *name)
}

/// The known heading that a misspelt one is meant for: one or two letters of a long word differ, not letter case alone.
pub fn misspelt(heading: &str) -> Option<&'static str> {
    let heading = bare(heading).to_lowercase();
    let meant = closest(&heading, HEADINGS.iter().map(|(name, _)| *name))?;
    canonical_heading(meant)
}

/// The same of the headings that stand below an example.
pub fn misspelt_in_example(heading: &str) -> Option<&'static str> {
    let heading = bare(heading).to_lowercase();
    match closest(&heading, ["request", "response"].into_iter())? {
        "request" => Some("Request"),
        _ => Some("Response"),
    }
}

/// The name that so few edits make of a word that it must be meant.
fn closest(word: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // Two letters of a short word make another word.
    let limit = |name: &str| if name.len() < 10 { 1 } else { 2 };
    let near = names.filter(|name| name.len() > 6 && name.len().abs_diff(word.len()) <= limit(name));
    // One edit puts another letter in the place of one at most.
    let letters_of_word = letters(word);
    let near = near.filter(|name| (letters(name) ^ letters_of_word).count_ones() as usize <= 2 * limit(name));
    let distances = near.map(|name| (strsim::osa_distance(name, word), name));
    distances.filter(|(distance, name)| (1..=limit(name)).contains(distance)).min().map(|(_, name)| name)
}

/// Which letters a text in lower case has: a bit for each.
fn letters(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, letter| letters | 1 << (letter - b'a'))
}

/// The enumeration that a heading names: "riskLevel values" gives `riskLevel`.
pub fn enum_heading(heading: &str) -> Option<&str> {
    let heading = heading.trim().trim_end_matches(':');
    let (name, ending) = heading.split_once(' ')?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    let is_ending = ENUM_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending.trim()));
    (is_name && is_ending).then_some(name)
}

/// What a column holds, by its title.
pub fn column(title: &str) -> Option<Column> {
    static MEANINGS: LazyLock<Meanings<Column>> = LazyLock::new(|| Meanings::new(COLUMNS.iter().copied()));
    MEANINGS.find(&bare(title)).copied()
}

/// A text without emphasis, code marks, links and a colon at the end.
fn bare(text: &str) -> Cow<'_, str> {
    fn inner(text: &str) -> &str {
        text.trim().trim_end_matches(':').trim_end()
    }
    let text = inline::plain(text);
    if !text.is_ascii() && text.contains(is_invisible) {
        return Cow::Owned(inner(&visible(&text)).to_owned());
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(inner(text)),
        Cow::Owned(text) => Cow::Owned(inner(&text).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_meaning() {
        for (heading, kind) in [
            ("HTTP Request", Some(SectionKind::HttpRequest)),
            ("**Permissions**", Some(SectionKind::Permissions)),
            ("Prerequisites", Some(SectionKind::Permissions)),
            ("Example 2: Get all", Some(SectionKind::Examples)),
            ("Properties:", Some(SectionKind::Properties)),
            ("History", None),
        ] {
            assert_eq!(Dialect::default().section_kind(heading), kind, "{heading}");
        }
    }

    #[test]
    fn a_docset_has_words_of_its_own() {
        let mut dialect = Dialect::default();
        assert_eq!(dialect.add("Payload", SectionKind::RequestBody), Ok(()));
        assert_eq!(dialect.add("payload:", SectionKind::Response), Err(SectionKind::RequestBody));
        assert_eq!(dialect.add("Example 1", SectionKind::Remarks), Err(SectionKind::Examples));
        assert_eq!(dialect.section_kind("**PAYLOAD**"), Some(SectionKind::RequestBody));
        assert_eq!(dialect.section_kind("Response"), Some(SectionKind::Response));
        assert_eq!(usual_heading(SectionKind::HttpRequest), "HTTP request");
    }

    #[test]
    fn canonical_headings_are_in_sentence_case() {
        for (heading, canonical) in [
            ("HTTP Request", "HTTP request"),
            ("json Representation", "JSON representation"),
            ("Optional OData Query parameters", "Optional OData query parameters"),
            ("see Also", "See also"),
        ] {
            assert_eq!(canonical_heading(heading), Some(canonical), "{heading}");
        }
    }

    #[test]
    fn enumerations_are_known_by_their_heading() {
        assert_eq!(enum_heading("riskLevel values "), Some("riskLevel"));
        assert_eq!(enum_heading("Possible values of x"), None);
    }
}
