//! The "HTTP request" section: the templates under which an operation is reached.

use super::Context;
use crate::syntax::http::{self, RequestLine};
use crate::syntax::{BlockType, SectionKind};

/// The request templates of a section.
#[derive(Debug)]
pub struct HttpRequest {
    /// Every line that starts with a method, in all fences of the section.
    pub templates: Vec<RequestLine>,
}

pub(super) fn read(context: &Context<'_>) -> Option<HttpRequest> {
    if !context.is(&[SectionKind::HttpRequest, SectionKind::Permissions]) {
        return None;
    }
    let is_template = |kind| !matches!(kind, Some(BlockType::Response | BlockType::Resource | BlockType::Example));
    let templates: Vec<_> = context
        .section
        .fences()
        .filter(|fence| is_template(fence.block_type()))
        .flat_map(|fence| http::request_lines(context.source, fence.body))
        .collect();
    (!templates.is_empty()).then_some(HttpRequest { templates })
}
