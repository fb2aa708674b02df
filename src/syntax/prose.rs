//! What sentences of a description say: required, read-only, nullable, possible values.

use super::inline;
use super::phrases::{Phrases, Signs};
use crate::source::Source;
use crate::span::Span;
use std::borrow::Cow;

/// What a description says of its property. A value is a place in the text, or the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<V> {
    /// "Required."
    pub required: bool,
    /// "Optional."
    pub optional: bool,
    /// "Read-only."
    pub read_only: bool,
    /// "Nullable." or "Not nullable."
    pub nullable: Option<bool>,
    /// "Deprecated."
    pub deprecated: bool,
    /// "Inherited from …"
    pub inherited: bool,
    /// The values after "Possible values are".
    pub values: Vec<V>,
}

impl<V> Default for Facts<V> {
    fn default() -> Self {
        Facts {
            required: false,
            optional: false,
            read_only: false,
            nullable: None,
            deprecated: false,
            inherited: false,
            values: Vec::new(),
        }
    }
}

impl Facts<Span> {
    /// With the values as text.
    pub fn in_text<'s>(&self, source: &'s Source) -> Facts<&'s str> {
        Facts {
            required: self.required,
            optional: self.optional,
            read_only: self.read_only,
            nullable: self.nullable,
            deprecated: self.deprecated,
            inherited: self.inherited,
            values: self.values.iter().map(|value| &source[*value]).collect(),
        }
    }
}

/// What a word in a description tells.
#[derive(Clone, Copy)]
enum Told {
    Required,
    Optional,
    ReadOnly,
    NotNullable,
    Nullable,
    Deprecated,
    Inherited,
    Values,
}

/// The words to look for.
static WORDS: Signs<8> = Signs::new(&[
    ("required", Told::Required as usize),
    (" optional.", Told::Optional as usize),
    ("read-only", Told::ReadOnly as usize),
    ("read only.", Told::ReadOnly as usize),
    ("readonly", Told::ReadOnly as usize),
    ("not nullable", Told::NotNullable as usize),
    ("non-nullable", Told::NotNullable as usize),
    ("nullable", Told::Nullable as usize),
    ("deprecated", Told::Deprecated as usize),
    ("inherited from", Told::Inherited as usize),
    ("inherits from", Told::Inherited as usize),
    // A list of values has one of these before it.
    ("value", Told::Values as usize),
    ("one of", Told::Values as usize),
    ("either `", Told::Values as usize),
]);

/// Reads the description at `span`.
pub fn read(source: &Source, span: Span) -> Facts<Span> {
    let description = &source[span];
    let told = WORDS.told_in(description);
    let says = |what: Told| told[what as usize];
    let lower = || description.to_ascii_lowercase();
    let starts_with = |word: &str| description.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let values = if says(Told::Values) { values(description) } else { Vec::new() };
    Facts {
        required: says(Told::Required) && is_required(&lower()),
        optional: says(Told::Optional) || starts_with("optional"),
        read_only: says(Told::ReadOnly),
        nullable: if says(Told::NotNullable) { Some(false) } else { says(Told::Nullable).then_some(true) },
        deprecated: says(Told::Deprecated),
        inherited: says(Told::Inherited),
        values: values.into_iter().filter_map(|value| source.span_of(value)).collect(),
    }
}

/// "Required" at the start or as a sentence, but not after "not", "if" or "when".
fn is_required(lower: &str) -> bool {
    lower.match_indices("required").any(|(at, word)| {
        let marked = lower[..at].trim_end();
        let before = marked.trim_end_matches(['*', '_', ' ']);
        let after = lower[at + word.len()..].trim_start_matches(['*', '_']);
        let starts = before.is_empty() || marked.ends_with(['.', '>', '|', '(', ']', ')', ';', ':', '*', '_']);
        let ends = after.is_empty() || after.starts_with(['.', ',', ';', ')']) || after.starts_with(" when creating");
        let is_sentence = starts
            && (ends
                || before.is_empty()
                    && !after.starts_with(" if")
                    && !after.starts_with(" when")
                    && !after.starts_with(" for"));
        let negated = before.ends_with("not") || before.ends_with("n't");
        is_sentence && !negated
    })
}

/// Words that lead in a list of values, in lower case.
static LEADS: Phrases = Phrases::new(&[
    "possible values are",
    "possible values:",
    "possible values include",
    "possible value is",
    "possible value are",
    "possible values for",
    "possible values",
    "supported values are",
    "supported values for",
    "allowed values are",
    "allowed values:",
    "valid values are",
    "valid values:",
    "can be one of the following",
    "one of the following values",
    "one of the following string values",
    "value can be `",
    "value can be <ul",
    "values: `",
    "either `",
    "one of:",
    "one of `",
]);

/// The values that a description lists after a lead-in: in code marks, or in straight quotes where it has none.
fn values(description: &str) -> Vec<&str> {
    let Some(lead) = LEADS.find(description).map(|lead| lead.start) else { return Vec::new() };
    if is_negated(&description[..lead]) {
        return Vec::new();
    }
    let list = &description[lead..];
    if list.contains('`') { marked_values(list) } else { quoted_values(list) }
}

/// The values in code marks after a lead-in, up to the end of the sentence.
/// Members that need a request header follow in a second list, which counts too.
fn marked_values(list: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = list;
    while let Some(tick) = rest.find('`') {
        // A sentence that ends before the next value ends the list, unless the evolvable members follow.
        let between = &rest[..tick];
        if found.len() == 1 && is_range(between) {
            return Vec::new();
        }
        if !found.is_empty() && ends_list(between) && !between.contains("nclude-unknown-enum-members") {
            let evolvable =
                rest.find("nclude-unknown-enum-members").and_then(|at| rest[at..].find("): ").map(|to| at + to));
            match evolvable.filter(|_| found.contains(&"unknownFutureValue")) {
                Some(at) => {
                    rest = &rest[at..];
                    continue;
                }
                None => break,
            }
        }
        let Some((value, length)) = inline::code_span(&rest[tick..]) else { break };
        if is_value(value) && !found.contains(&value) {
            found.push(value);
        }
        rest = &rest[tick + length..];
    }
    let is_either = list.starts_with(['e', 'E']);
    if is_either && is_predicate(rest) { Vec::new() } else { found }
}

/// The values in straight quotes up to the end of the sentence: "a" or "b". One alone is no list.
fn quoted_values(list: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = list;
    while let Some((between, value, after)) = quoted(rest) {
        if ends_list(between) {
            break;
        }
        if found.len() == 1 && is_range(between) {
            return Vec::new();
        }
        if is_value(value) && !found.contains(&value) {
            found.push(value);
        }
        rest = after;
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// What stands before, between and after the first two straight quotes. An apostrophe is none.
fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let is_opening = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    let open = memchr::memchr2_iter(b'"', b'\'', text.as_bytes()).find(is_opening)?;
    let quote = text[open..].chars().next()?;
    let (value, after) = text[open + 1..].split_once(quote)?;
    Some((&text[..open], value, after))
}

/// Whether a sentence goes on to say something of what it lists: "Either `id` or `name` must be given."
fn is_predicate(rest: &str) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    matches!(word, "is" | "are" | "must" | "can" | "may" | "should" | "needs" | "has")
}

static NEGATIONS: Phrases = Phrases::new(&["cannot", "can't", "must not", "may not"]);

/// Whether the sentence that leads in a list says which values there are not: "Cannot be one of …".
fn is_negated(before: &str) -> bool {
    let sentence = before.rsplit(". ").next().unwrap_or(before);
    NEGATIONS.are_in(sentence)
}

/// Whether what stands between two values makes them the ends of a range, not members: "`c1` through `c25`".
fn is_range(between: &str) -> bool {
    ["through", "to", "up to", "until", "-", "–"].iter().any(|word| between.trim().eq_ignore_ascii_case(word))
}

fn ends_list(between: &str) -> bool {
    // What brackets say of a value, such as "(default)", is no part of the list.
    if let Some((before, rest)) = between.split_once('(')
        && let Some((_, after)) = rest.split_once(')')
    {
        return ends_list(before) || ends_list(after);
    }
    // Values that each have a line of their own are explained there.
    if between.trim_end().ends_with("br>")
        || between.trim_end().ends_with("br/>")
        || between.trim_end().ends_with("<li>")
    {
        return false;
    }
    between.contains(". ")
        || between.trim_end().ends_with('.') && between.trim() != "."
        || between.as_bytes().windows(7).any(|word| word.eq_ignore_ascii_case(b"default"))
}

/// Whether a text is a value of its own; `null` is the lack of one.
fn is_value(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+');
    !text.is_empty() && text != "null" && text.len() <= 120 && text.chars().all(word) && !text.starts_with('$')
}

/// A description without the placeholders of the page template (`**TODO: …**`).
pub fn without_placeholders(description: &str) -> Cow<'_, str> {
    if !description.contains("**TODO") {
        return Cow::Borrowed(description);
    }
    let mut text = String::with_capacity(description.len());
    let mut rest = description;
    while let Some(start) = rest.find("**TODO") {
        text.push_str(rest[..start].trim_end());
        text.push(' ');
        let end = rest[start + 2..].find("**").map_or(rest.len(), |end| start + 2 + end + 2);
        rest = rest[end..].trim_start();
    }
    text.push_str(rest);
    Cow::Owned(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(description: &str, expected: &str) {
        let source = Source::new("p.md", description);
        let facts = read(&source, source.span()).in_text(&source);
        let mut shown = Vec::new();
        shown.extend(facts.required.then(|| "required".to_owned()));
        shown.extend(facts.optional.then(|| "optional".to_owned()));
        shown.extend(facts.read_only.then(|| "read-only".to_owned()));
        shown.extend(facts.nullable.map(|nullable| format!("nullable={nullable}")));
        shown.extend((!facts.values.is_empty()).then(|| facts.values.join("/")));
        assert_eq!(shown.join(" "), expected, "{description}");
    }

    #[test]
    fn sentences_are_read_for_what_they_say() {
        check("**TODO: Add Description** Required.", "required");
        check("The name. Required.", "required");
        check("Required. The name.", "required");
        check("Not required.", "");
        check("This is required if x.", "");
        check("Optional. Read-only.", "optional read-only");
        check("Not nullable.", "nullable=false");
        check("Nullable.", "nullable=true");
        check("Possible values are: `a`, `b`, and `c`. See `d`.", "a/b/c");
        check("Possible values are:</br>`a` — The first. </br>`b`  — The second. </br> `c` — Last. See `d`.", "a/b/c");
        check("Cannot begin with `x` or be one of the following values: `a`, `b`.", "");
        check("Must be one of `a`, `b`, or `c`. If unspecified, treated as `d`.", "a/b/c");
        check("Must not be one of `a` or `b`.", "");
        check("One of `a`, `b`.", "a/b");
        check("The kind. Either `view`, `edit`, or `embed`.", "view/edit/embed");
        check("Either `id` or `name` must be given.", "");
        check("The state. Values: `open`, `closed`.", "open/closed");
        check("The value can be ``Eligible`` or ``Active``. See `x`.", "Eligible/Active");
        check("The value can be <ul><li>`Add`: It adds.</li><li>`Remove`: It removes.</li></ul>", "Add/Remove");
        check("Use one of the following string values: `None`, `All` (which gets more).", "None/All");
        check("Names one of the files in `a`.", "");
        check("The kind. The possible values are: `low`, `high`. Default is `low`.", "low/high");
        check(
            "The possible values are: `low` (default), `high` (may cost more. Ask first.), and `off`.",
            "low/high/off",
        );
        check("The possible values are: `low`, `high` (default). See `x`.", "low/high");
        check("The possible values are: `low`, `high` (costs more). The default (if any) is `off`.", "low/high");
        check("The possible values are: `null` (default value), `blocked`, `left`.", "blocked/left");
        check("The allowed values are `c1` through `c25`.", "");
        check("Possible values are: \"low\", \"high\" or \"off\". The default is \"off\".", "low/high/off");
        check("The user's state. Possible values are 'on' (the user's choice) and 'off'.", "on/off");
        check("Possible values:<br/>\"On\" - It runs.<br/>\"Off\" - It doesn't.", "On/Off");
        check("Possible values are numbers. See \"a\" or \"b\".", "");
        check("Possible values are \"1\" to \"9\".", "");
        check("Possible values are strings such as \"a\".", "");
        check("Possible values are `a`, or \"b\", or `c`.", "a/c");
        check("Allowed values are: `a`, `b` to `d`.", "a/b/d");
        check(
            "Possible values are: `a`, `unknownFutureValue`, `b`. Use the `Prefer: include-unknown-enum-members` request header to get the following values in this [evolvable enum](/x): `b`.",
            "a/unknownFutureValue/b",
        );
    }
}
