//! The JSON files of API Doctor. Comments, trailing commas and a byte order mark are read without a word, as it does.

use super::draft::Draft;
use super::settings;
use crate::project::discover;
use crate::source::{Fault, Source};
use crate::span::Span;
use crate::syntax::json::{self, Document, FaultKind, Value};
use std::path::Path;

/// A file that holds configuration of API Doctor.
#[derive(Debug)]
pub(super) struct File {
    /// Its path, from the folder of `apipage.toml`.
    pub(super) path: String,
    pub(super) source: Source,
    document: Document,
}

impl File {
    /// Reads a file; `None` where it is no configuration.
    pub(super) fn read(folder: &Path, path: &str, draft: &mut Draft) -> Option<File> {
        if !path.to_ascii_lowercase().ends_with(".json") {
            return None;
        }
        let source = discover::read(&folder.join(path));
        if let Some(Fault::Unreadable(why)) = &source.fault {
            draft.problem(path.to_owned(), &format!("could not be read ({why}); mend it and run this again"));
        }
        let start = if source.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let document = json::parse(&source, Span::new(start, source.text().len()));
        let file = File { path: path.to_owned(), source, document };
        if !file.is_configuration() {
            return None;
        }
        if let Some(fault) = file.fault() {
            let what = fault.kind.describe();
            let what = format!("{what}; mend it and run this again (what could be read of the file was used)");
            draft.problem(file.place(fault.span), &what);
        }
        file.root().is_some().then_some(file)
    }

    /// A place in the file, for people.
    pub(super) fn place(&self, span: Span) -> String {
        let at = self.source.position(span.start);
        format!("{}:{}:{}", self.path, at.line, at.column)
    }

    /// The object that the file holds.
    pub(super) fn root(&self) -> Option<&Value> {
        self.document.root.as_ref().filter(|root| !root.members().is_empty())
    }

    /// Whether one of API Doctor's keys stands in it, at the top or, in a file that is broken, anywhere.
    fn is_configuration(&self) -> bool {
        let is_known = |name: &str| settings::is_top(name);
        match self.root() {
            Some(root) if self.fault().is_none() => root.members().iter().any(|one| is_known(&self.source[one.name])),
            _ => self.source.text().split(['"', '\'']).any(is_known),
        }
    }

    /// The first fault that API Doctor does not forgive.
    fn fault(&self) -> Option<&json::Fault> {
        use FaultKind::{Comment, SingleQuotes, TrailingComma, UnquotedName};
        let is_forgiven = |kind| matches!(kind, TrailingComma | Comment | SingleQuotes | UnquotedName);
        self.document.faults.iter().find(|fault| !is_forgiven(fault.kind))
    }
}
