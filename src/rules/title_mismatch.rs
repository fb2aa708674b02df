use super::Report;
use super::todo_placeholder::is_placeholder;
use crate::span::Location;
use crate::syntax::{Page, inline};

rule! {
    /// A title in the front matter that differs from the page's heading.
    ///
    /// ## Why
    /// Search results and the page itself name one thing differently.
    ///
    /// ## Example
    /// ````md
    /// ---
    /// title: "Get client"
    /// ---
    ///
    /// # Get customer
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ---
    /// title: "Get customer"
    /// ---
    ///
    /// # Get customer
    /// ````
    Hint, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let (Some(title), Some(heading)) = (page.front_matter.get("title", &page.source), page.title) else { return };
    let (named, shown) = (page.source[title].trim(), inline::plain(&page.source[heading.text]));
    if named == shown || named.is_empty() || is_placeholder(named) || words(named).eq(words(&shown)) {
        return;
    }
    report
        .at(Location::new(page.id, title), format!("the title is `{named}`, but the heading is `{}`", shown.trim()))
        .help("use one of the two in both places")
        .label(Location::new(page.id, heading.text), "the heading of the page");
}

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
