use super::Report;
use crate::span::Location;
use crate::syntax::{Block, BlockType, Page};

rule! {
    /// An annotation that no fence follows.
    ///
    /// ## Why
    /// It says what the next block is, and there is none: the fence was lost, or something stands in between.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    ///
    /// Here is a request.
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// Here is a request.
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for block in page.blocks() {
        let Block::Annotation(annotation) = block else { continue };
        let what = match annotation.block_type {
            BlockType::Request => "request",
            BlockType::Response => "response",
            BlockType::Resource => "resource",
            BlockType::Example => "example",
            // These also stand above prose, tables and includes, or for the whole page.
            BlockType::Ignored | BlockType::Samples | BlockType::Permissions | BlockType::Page => continue,
            // Its type is what has to be mended first.
            BlockType::Unknown(_) => continue,
        };
        report
            .at(
                Location::new(page.id, annotation.block_type_span(&page.source)),
                format!("no fence follows the `{what}` annotation"),
            )
            .help("put the annotation right above its fence, or delete it");
    }
}
