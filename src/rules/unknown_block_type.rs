use super::Report;
use super::names::{closest, did_you_mean, list};
use crate::span::Location;
use crate::syntax::{BlockType, Page};

rule! {
    /// A `blockType` that the format does not have.
    ///
    /// ## Why
    /// The fence is not read as what it is: a request becomes no example, a representation no type.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "requst", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Error, Page(check), Unsafe fix
}

const KNOWN: [&str; 7] = ["request", "response", "resource", "example", "ignored", "samples", "permissions"];

fn check(page: &Page, report: &mut Report<'_>) {
    for annotation in page.annotations() {
        let BlockType::Unknown(span) = annotation.block_type else { continue };
        let written = page.source[span].trim_matches(['"', '\'']);
        let close = closest(written.trim(), KNOWN);
        let finding = report.at(Location::new(page.id, span), format!("there is no block type `{written}`"));
        finding.help(did_you_mean(close, || format!("use {}", list(KNOWN, "or"))));
        if let Some(close) = close {
            finding.unsafe_fix(span, page.source[span].replace(written, close));
        }
    }
}
