//! Taking values out of TOML tables, noting what is of the wrong type and what nobody took.

use super::{INVALID_CONFIGURATION, UNKNOWN_CONFIGURATION_KEY, UNMATCHED_PATTERN, closest};
use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::rules::Levels;
use crate::source::{Fault, Source};
use crate::span::{FileId, Location, Span};
use toml::de::{DeTable, DeValue};

/// What was wrong so far.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Diagnostic>,
}

/// A table of the file.
pub(super) struct Table<'t> {
    /// Where it stands.
    pub(super) span: Span,
    name: String,
    /// What nobody took yet.
    entries: Vec<(Spanned<String>, Value<'t>)>,
    /// The keys that were asked for: what can stand here.
    known: Vec<&'static str>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// A value of any type.
pub(super) struct Value<'t>(toml::Spanned<DeValue<'t>>);

impl Value<'_> {
    /// A list of strings; `key` is what it is called.
    pub(super) fn strings(self, key: &str, reader: &mut Reader) -> Option<Vec<Spanned<String>>> {
        let at = self.span();
        let DeValue::Array(items) = self.0.into_inner() else {
            reader.invalid(at, format!("`{key}` is a list of strings"));
            return None;
        };
        let mut texts = Vec::new();
        for item in items {
            let at = span(item.span());
            match item.into_inner() {
                DeValue::String(text) => texts.push(Spanned { value: text.into_owned(), span: at }),
                other => {
                    reader.invalid(at, format!("`{key}` is a list of strings, not of {}", other.type_str()));
                }
            }
        }
        Some(texts)
    }

    /// A list of at least one string, none of them blank.
    pub(super) fn names(self, key: &str, reader: &mut Reader) -> Option<Vec<Spanned<String>>> {
        let (at, before) = (self.span(), reader.problems.len());
        let mut texts = self.strings(key, reader)?;
        texts.retain(|text| {
            let is_blank = text.value.trim().is_empty();
            if is_blank {
                reader.invalid(text.span, format!("`{key}` holds an empty string"));
            }
            !is_blank
        });
        if texts.is_empty() && reader.problems.len() == before {
            reader.invalid(at, format!("`{key}` is an empty list"));
        }
        Some(texts).filter(|texts| !texts.is_empty())
    }

    pub(super) fn span(&self) -> Span {
        span(self.0.span())
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        self.0.get_ref().as_str()
    }
}

impl Reader {
    /// Reads the file as far as it is TOML.
    pub(super) fn parse<'t>(&mut self, source: &'t Source) -> Option<Table<'t>> {
        if let Some(fault @ (Fault::Unreadable(_) | Fault::TooLarge { .. })) = &source.fault {
            self.invalid(Span::default(), format!("the configuration could not be read: {}", fault.describe()));
            return None;
        }
        let (table, errors) = DeTable::parse_recoverable(source.text());
        for error in errors {
            self.invalid(error.span().map(span).unwrap_or_default(), format!("not TOML: {}", error.message()));
        }
        Some(Table::new(String::new(), Span::default(), table.into_inner()))
    }

    pub(super) fn invalid(&mut self, at: Span, message: String) -> &mut Diagnostic {
        self.push(&INVALID_CONFIGURATION, at, message)
    }

    pub(super) fn unknown(&mut self, at: Span, message: String) -> &mut Diagnostic {
        self.push(&UNKNOWN_CONFIGURATION_KEY, at, message)
    }

    pub(super) fn unmatched(&mut self, at: Span, message: String) -> &mut Diagnostic {
        self.push(&UNMATCHED_PATTERN, at, message)
    }

    /// The problems in text order, at the levels of this run.
    pub(super) fn finish(mut self, levels: &Levels) -> Vec<Diagnostic> {
        for problem in &mut self.problems {
            problem.level = levels.of(problem.lint);
        }
        self.problems.retain(|problem| problem.level != Level::Off);
        self.problems.sort_by_key(|problem| problem.at);
        self.problems
    }

    /// Adds to the last problem what was probably meant, or what there is.
    pub(super) fn suggest(&mut self, name: &str, known: &[&str], noun: &str) {
        let help = match closest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if noun == "rule" => "`apipage rules` lists all rules".to_owned(),
            None => {
                let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                format!("what can stand here: {}", names.join(", "))
            }
        };
        if let Some(problem) = self.problems.last_mut() {
            problem.help(help);
        }
    }

    fn push(&mut self, lint: &'static Lint, at: Span, message: String) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(lint, Location::new(FileId::default(), at), message));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }
}

impl<'t> Table<'t> {
    fn new(name: String, at: Span, table: DeTable<'t>) -> Self {
        let entry = |(key, value): (toml::Spanned<_>, _)| {
            let span = span(key.span());
            (Spanned { value: std::borrow::Cow::into_owned(key.into_inner()), span }, Value(value))
        };
        let mut entries: Vec<_> = table.into_iter().map(entry).collect();
        entries.sort_by_key(|(key, _)| key.span);
        Table { span: at, name, entries, known: Vec::new() }
    }

    pub(super) fn table(&mut self, key: &'static str, reader: &mut Reader) -> Option<Table<'t>> {
        let (span, value) = self.take(key)?;
        match value.0.into_inner() {
            DeValue::Table(table) => Some(Table::new(self.name_of(key), span, table)),
            other => self.wrong_type(key, "a table", &other, span, reader),
        }
    }

    /// The tables that are each headed by `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str, reader: &mut Reader) -> Vec<Table<'t>> {
        let Some((at, value)) = self.take(key) else { return Vec::new() };
        let name = self.name_of(key);
        let items = match value.0.into_inner() {
            DeValue::Array(items) => items,
            _ => {
                reader.invalid(at, format!("`{key}` is a list of tables")).help(format!("head each by `[[{name}]]`"));
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for item in items {
            let at = span(item.span());
            match item.into_inner() {
                DeValue::Table(table) => tables.push(Table::new(name.clone(), at, table)),
                other => {
                    reader.invalid(at, format!("`{key}` is a list of tables, not of {}", other.type_str()));
                }
            }
        }
        tables
    }

    fn name_of(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    pub(super) fn string(&mut self, key: &'static str, reader: &mut Reader) -> Option<Spanned<String>> {
        let (span, value) = self.take(key)?;
        match value.0.into_inner() {
            DeValue::String(text) => Some(Spanned { value: text.into_owned(), span }),
            other => self.wrong_type(key, "a string", &other, span, reader),
        }
    }

    pub(super) fn text(&mut self, key: &'static str, reader: &mut Reader) -> Option<String> {
        self.string(key, reader).map(|text| text.value)
    }

    /// `true` or `false`; `false` where the key is not there.
    pub(super) fn flag(&mut self, key: &'static str, reader: &mut Reader) -> bool {
        let Some((span, value)) = self.take(key) else { return false };
        match value.0.into_inner() {
            DeValue::Boolean(flag) => flag,
            other => self.wrong_type(key, "a Boolean", &other, span, reader).unwrap_or(false),
        }
    }

    /// What one of some names stands for.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, all: &[(&str, T)], reader: &mut Reader) -> Option<T> {
        let name = self.string(key, reader)?;
        let found = all.iter().find(|(known, _)| *known == name.value);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            let (last, others) = known.split_last().unwrap_or((&"", &[]));
            reader.invalid(name.span, format!("`{key}` is one of {} and {last}", others.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    pub(super) fn strings(&mut self, key: &'static str, reader: &mut Reader) -> Option<Vec<Spanned<String>>> {
        self.take(key)?.1.strings(key, reader)
    }

    /// See [`Value::names`].
    pub(super) fn names(&mut self, key: &'static str, reader: &mut Reader) -> Option<Vec<Spanned<String>>> {
        self.take(key)?.1.names(key, reader)
    }

    /// All that nobody took.
    pub(super) fn rest(&mut self) -> Vec<(Spanned<String>, Value<'t>)> {
        std::mem::take(&mut self.entries)
    }

    /// Reports what nobody took.
    pub(super) fn finish(&mut self, reader: &mut Reader) {
        let place = if self.name.is_empty() { "table".to_owned() } else { format!("setting of `[{}]`", self.name) };
        for (key, _) in self.rest() {
            reader.unknown(key.span, format!("no {place} is called `{}`", key.value));
            reader.suggest(&key.value, &self.known, "key");
        }
    }

    fn take(&mut self, key: &'static str) -> Option<(Span, Value<'t>)> {
        self.known.push(key);
        let index = self.entries.iter().position(|(found, _)| found.value == key)?;
        let (_, value) = self.entries.remove(index);
        Some((value.span(), value))
    }

    fn wrong_type<T>(
        &self,
        key: &str,
        expected: &str,
        found: &DeValue<'_>,
        at: Span,
        reader: &mut Reader,
    ) -> Option<T> {
        reader.invalid(at, format!("`{key}` is {expected}, not {}", with_article(found.type_str())));
        None
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
