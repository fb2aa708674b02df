use super::Report;
use crate::source::Fault;
use crate::span::{Location, Span};
use crate::syntax::Page;

rule! {
    /// A file that could not be read as it is.
    ///
    /// ## Why
    /// Pages are UTF-8. What is not is shown as � by the site; a file that cannot be read at all is missing from
    /// what is generated. (In the example, `\xE9` stands for that byte, an é in Latin-1.)
    ///
    /// ## Example
    /// ````md
    /// # Caf\xE9
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Café
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let Some(fault) = &page.source.fault else { return };
    let (span, message, help) = match fault {
        Fault::Unreadable(reason) => {
            (Span::at(0), format!("the file could not be read: {reason}"), "check that it exists and may be read")
        }
        Fault::NotUtf8 { offset } => {
            let start = *offset as usize;
            (
                Span::new(start, start + '\u{FFFD}'.len_utf8()),
                "the file is not UTF-8 from here on".to_owned(),
                "save it as UTF-8",
            )
        }
        Fault::Utf16 => (Span::at(0), "the file is UTF-16, which sites do not show".to_owned(), "save it as UTF-8"),
        Fault::TooLarge { size } => (
            Span::at(0),
            format!("the file has {size} bytes, which is too large to be a page"),
            "split it, or leave it out of the docset",
        ),
    };
    report.at(Location::new(page.id, span), message).help(help);
}
