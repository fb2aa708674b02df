//! Segments that are meant as a parameter though braces do not say so: an identifier of an example, a word in
//! parentheses, names that do not all stand in one pair of braces.

/// How a segment is written that is meant as a parameter, though not in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbraced<'d> {
    /// A GUID, which is an object of an example.
    Identifier,
    /// This word in parentheses.
    InParentheses(&'d str),
    /// Names with `|` between them, of which the first stands in braces alone: `{id}|name` for `{id | name}`.
    Alternatives(&'d str),
}

impl<'d> Unbraced<'d> {
    /// Whether a segment of a path may be something of the kind. Most paths have none.
    pub fn may_be_in(path: &str) -> bool {
        let path = path.as_bytes();
        memchr::memchr2(b'(', b'|', path).is_some() || memchr::memchr_iter(b'-', path).nth(DASHES_OF_GUID - 1).is_some()
    }

    /// Reads a segment. Most are nothing of the kind.
    pub fn read(segment: &'d str) -> Option<Unbraced<'d>> {
        let segment = segment.trim();
        if segment.starts_with('(') {
            return word_in_parentheses(segment).map(Unbraced::InParentheses);
        }
        if is_guid(segment.as_bytes()) {
            return Some(Unbraced::Identifier);
        }
        are_alternatives(segment).then_some(Unbraced::Alternatives(segment))
    }
}

/// The word in `(team-id)`. What a function takes, and a key, stand right after a name (`customers(id)`): OData has no
/// segment that begins with a parenthesis.
fn word_in_parentheses(segment: &str) -> Option<&str> {
    let word = segment.strip_prefix('(')?.strip_suffix(')')?.trim();
    (word.starts_with(|c: char| c.is_ascii_alphabetic()) && is_word(word)).then_some(word)
}

const DASHES_OF_GUID: usize = 4;

fn is_guid(segment: &[u8]) -> bool {
    segment.len() == 36
        && segment.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn are_alternatives(segment: &str) -> bool {
    if !segment.starts_with(['{', '<']) || memchr::memchr(b'|', segment.as_bytes()).is_none() {
        return false;
    }
    let braced = |name: &str| {
        let inner = name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        inner.or_else(|| name.strip_prefix('<').and_then(|name| name.strip_suffix('>'))).is_some_and(is_word)
    };
    let mut names = segment.split('|').map(str::trim);
    names.next().is_some_and(braced) && names.all(|name| braced(name) || is_word(name))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(segment: &str, expected: Option<Unbraced<'_>>) {
        assert_eq!(Unbraced::read(segment), expected, "{segment}");
        assert!(expected.is_none() || Unbraced::may_be_in(segment), "{segment}");
    }

    #[test]
    fn identifiers_of_examples_are_parameters() {
        check("acdefc6b-2dc6-4e71-b1e9-6d9810ab1793", Some(Unbraced::Identifier));
        check("ACDEFC6B-2DC6-4E71-B1E9-6D9810AB1793", Some(Unbraced::Identifier));
        check("acdefc6b-2dc6-4e71-b1e9-6d9810ab179g", None);
        check("acdefc6b-2dc6-4e71-b1e9-6d9810ab1793a", None);
        check("acdefc6b2dc6-4e71-b1e9-6d98-10ab1793", None);
        check("id=acdefc6b-2dc6-4e71-b1e9-6d9810ab1793", None);
    }

    #[test]
    fn a_word_in_parentheses_is_a_parameter() {
        check("(team-id)", Some(Unbraced::InParentheses("team-id")));
        check("( team_id )", Some(Unbraced::InParentheses("team_id")));
        for segment in
            ["getUsage(period='D7')", "customers(id)", "(period='D7')", "(a,b)", "('id')", "(1)", "()", "(id", "("]
        {
            check(segment, None);
        }
    }

    #[test]
    fn names_beside_braces_are_one_parameter() {
        for segment in ["{user-id}|user-principal-name", "{user-id} | user-principal-name", "{id}|name|<other>"] {
            check(segment, Some(Unbraced::Alternatives(segment)));
        }
        for segment in
            ["{id | name}", "me|{id}", "me|users", "{id}|", "|{id}", "{id}|range(a='{b}')", "{a}{b}|c", "|", ""]
        {
            check(segment, None);
        }
    }
}
