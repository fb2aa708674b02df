//! Redirections to what a client wants: beside them stands what it gets that follows them.

use super::bodies::octet_stream;
use crate::model::route::Piece;
use crate::model::{Operation, Response, Route};
use crate::syntax::phrases::Phrases;
use openapiv3::Response as ResponseItem;

/// What tells that something is the content.
static CONTENT: Phrases = Phrases::new(&["download", "contents of", "content of", "bytes of"]);

/// What a client gets that follows the redirection of an operation, if its page says that it is the content.
pub(super) fn followed(operation: &Operation<'_>, response: &Response<'_>) -> Option<ResponseItem> {
    let is_redirection = operation.method == "GET" && matches!(response.status, 301 | 302 | 303 | 307 | 308);
    (is_redirection && leads_to_content(operation, response)).then(|| ResponseItem {
        description: "OK. What a client gets that follows the redirection.".to_owned(),
        content: octet_stream(None),
        ..ResponseItem::default()
    })
}

/// Whether the page speaks of the content where it tells of the redirection, has a title as "Download a file", or a path
/// that leads to the content.
fn leads_to_content(operation: &Operation<'_>, response: &Response<'_>) -> bool {
    let word = operation.title.split_whitespace().next().unwrap_or_default();
    let tells_of_redirection = operation.description.to_ascii_lowercase().contains("redirect");
    word.eq_ignore_ascii_case("download")
        || CONTENT.are_in(response.description)
        || tells_of_redirection && CONTENT.are_in(operation.description)
        || operation.routes.iter().all(is_of_content)
}

fn is_of_content(route: &Route<'_>) -> bool {
    let last = route.segments.last().and_then(|segment| segment.pieces.last());
    matches!(last, Some(Piece::Text("content" | "$value")))
}
