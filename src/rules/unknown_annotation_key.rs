use super::Report;
use super::names::{closest, did_you_mean};
use crate::span::Location;
use crate::syntax::{BlockType, Page};

rule! {
    /// A key of an annotation that the format does not have.
    ///
    /// ## Why
    /// It has no effect, and what it should say is not said.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "response", "truncatd": true } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "response", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Warning, Page(check), Safe fix
}

/// The keys of annotations above fences and tables.
const KEYS: [&str; 38] = [
    "blockType",
    "name",
    "@odata.type",
    "@type",
    "@type.aka",
    "@property.aka",
    "baseType",
    "abstract",
    "isAbstract",
    "openType",
    "isOpenType",
    "keyProperty",
    "isMediaEntity",
    "optionalProperties",
    "nullableProperties",
    "isCollection",
    "collectionProperty",
    "isEmpty",
    "truncated",
    "expectError",
    "opaqueUrl",
    "isComposable",
    "idempotent",
    "target",
    "sampleKeys",
    "longRunningResponseType",
    "scopes",
    "apiVersions",
    "tags",
    "requestUrls",
    "mergePermissions",
    "@odata.annotations",
    "suppressions",
    "namespace",
    "description",
    "type",
    "section",
    "method",
];

/// The keys of annotations of pages.
const PAGE_KEYS: [&str; 16] = [
    "type",
    "title",
    "description",
    "keywords",
    "canonicalUrl",
    "section",
    "tocPath",
    "tocIndex",
    "tocBookmarks",
    "headerAdditions",
    "footerAdditions",
    "suppressions",
    "namespace",
    "@odata.annotations",
    "blockType",
    "name",
];

fn check(page: &Page, report: &mut Report<'_>) {
    for annotation in page.annotations() {
        let known: &[&str] = if annotation.block_type == BlockType::Page { &PAGE_KEYS } else { &KEYS };
        for member in annotation.json.root.iter().flat_map(|root| root.members()) {
            let key = &page.source[member.name];
            if known.contains(&key) || key.trim().is_empty() {
                continue;
            }
            let close = closest(key, known.iter().copied());
            let finding = report.at(Location::new(page.id, member.name), format!("annotations have no key `{key}`"));
            finding.help(did_you_mean(close, || "delete it".to_owned()));
            // One that is there already is not meant a second time.
            if let Some(close) = close.filter(|close| annotation.value(close, &page.source).is_none()) {
                finding.fix(member.name, close);
            }
        }
    }
}
