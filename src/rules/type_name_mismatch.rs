use super::Report;
use crate::span::Location;
use crate::syntax::{BlockType, Page, inline};

rule! {
    /// A heading that names another type than the annotation below it.
    ///
    /// ## Why
    /// Names are compared letter by letter where they are used. Readers who copy the one in the heading are refused.
    ///
    /// ## Example
    /// ````md
    /// # Customer resource type
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## JSON representation
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "id": "String"
    /// }
    /// ```
    /// ````
    Warning, Page(check)
}

/// What follows the name of a type in a heading.
const ENDINGS: [&str; 5] = [" resource type", " complex type", " entity type", " resource", " facet"];

fn check(page: &Page, report: &mut Report<'_>) {
    let Some(title) = page.title else { return };
    let resources = || page.annotations().filter(|annotation| annotation.block_type == BlockType::Resource);
    let types = || resources().filter_map(|annotation| annotation.type_name(&page.source));
    let short = |span| page.source[span].trim_start_matches('#').rsplit('.').next().unwrap_or_default();
    let Some(first) = types().next() else { return };
    let plain = inline::plain(&page.source[title.text]);
    let heading = plain.trim().trim_end_matches("(deprecated)").trim_end();
    let Some(named) = ENDINGS.iter().find_map(|ending| without_ending(heading, ending)).map(str::trim) else { return };
    let named_short = named.rsplit('.').next().unwrap_or(named);
    if !types().any(|span| short(span) == named_short) {
        report
            .at(
                Location::new(page.id, title.text),
                format!("the heading names the type `{named}`, but the annotation `{}`", short(first)),
            )
            .help("use one name in both places")
            .label(Location::new(page.id, first), "the annotated type");
    }
}

/// A text without its ending, whatever the letter case of that.
fn without_ending<'t>(text: &'t str, ending: &str) -> Option<&'t str> {
    let (rest, found) = text.split_at_checked(text.len().checked_sub(ending.len())?)?;
    found.eq_ignore_ascii_case(ending).then_some(rest)
}
