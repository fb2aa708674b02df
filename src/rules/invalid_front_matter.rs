use super::Report;
use crate::span::Location;
use crate::syntax::Page;
use crate::syntax::front_matter::{self, Fault};

rule! {
    /// Front matter that is not YAML, or that has no line `---` at its end.
    ///
    /// ## Why
    /// The site drops all of it, or refuses to build the page.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: Upload: create a session
    /// ---
    ///
    /// # Create a session
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ---
    /// title: "Upload: create a session"
    /// ---
    ///
    /// # Create a session
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let Some((span, fault)) = &page.front_matter.fault else { return };
    let (message, help) = match fault {
        Fault::Unclosed => {
            ("the front matter has no end".to_owned(), "put a line `---` after its last entry".to_owned())
        }
        Fault::TooLong => {
            let limit = front_matter::MAX_LENGTH / 1024;
            (
                format!("the front matter is longer than {limit} KiB and was not read"),
                "is the line `---` at its end missing?".to_owned(),
            )
        }
        Fault::Repeated => {
            (format!("the front matter has the key `{}` twice", &page.source[*span]), "delete one of them".to_owned())
        }
        Fault::Yaml(fault) => (
            format!("the front matter is not valid YAML: {fault}"),
            "put values that hold a colon or a quotation mark in quotes".to_owned(),
        ),
    };
    report.at(Location::new(page.id, *span), message).help(help);
}
