//! What a page describes.

use super::{BlockType, Page, SectionKind, construct};

/// What a page describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// An operation.
    Operation,
    /// A resource, that is a type with properties.
    Resource,
    /// An enumeration, or several.
    Enum,
    /// Part of other pages.
    Fragment,
    /// Anything else.
    Concept,
}

impl PageKind {
    /// By what stands on a page, then by its folder.
    pub(super) fn of(page: &Page) -> Self {
        let path = &page.source.path;
        if path.starts_with("includes/") || path.contains("/includes/") {
            return PageKind::Fragment;
        }
        let in_api_folder = path.starts_with("api/") || path.contains("/api/");
        let title = page.title.map_or("", |title| &page.source[title.text]).trim();
        let is_titled = |end: &str| ends_with_ignoring_case(title, end);
        let has = |kind| page.sections.iter().any(|section| section.kind == Some(kind) && section.meant.is_none());
        let doc_type = page.front_matter.get("doc_type", &page.source).map_or("", |span| page.source[span].trim());
        let is_declared = doc_type == "apiPageType";
        let is_told = has(SectionKind::Response) || has(SectionKind::RequestBody) || has(SectionKind::RequestHeaders);
        // A heading alone may stand on any page.
        let has_request = || page.find::<construct::HttpRequest>().next().is_some();
        if has(SectionKind::HttpRequest) && (in_api_folder || is_declared || is_told || has_request())
            || is_declared && in_api_folder && is_told
        {
            PageKind::Operation
        } else if is_titled("enum type") && has(SectionKind::EnumValues) && !has(SectionKind::Properties) {
            // Some show a JSON representation too, which has nothing to show.
            PageKind::Enum
        } else if page.fences().any(|fence| fence.block_type() == Some(BlockType::Resource))
            || is_titled("resource type")
            || is_titled("complex type")
        {
            PageKind::Resource
        } else if is_titled("enum type") || is_titled("enum values") || has(SectionKind::EnumValues) {
            PageKind::Enum
        } else if has(SectionKind::Permissions)
            && (has(SectionKind::Response)
                || has(SectionKind::RequestBody)
                || in_api_folder && has(SectionKind::Examples))
        {
            PageKind::Operation
        } else if has(SectionKind::Properties) {
            PageKind::Resource
        } else {
            PageKind::Concept
        }
    }
}

/// Whether a title ends so, whatever its letter case.
pub(super) fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
}
