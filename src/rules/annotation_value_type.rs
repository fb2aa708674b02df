use super::Report;
use super::names::list;
use crate::span::Location;
use crate::syntax::Page;
use crate::syntax::json::Kind;

rule! {
    /// A value in an annotation that is of another type than its key takes: `"truncated": "true"`.
    ///
    /// ## Why
    /// It is understood here. Tools that read annotations by their schema drop the key, or the whole annotation.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response", "truncated": "true" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response", "truncated": true } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Hint, Page(check), Safe fix
}

/// Keys that take `true` or `false`.
const FLAGS: [&str; 13] = [
    "truncated",
    "isCollection",
    "isEmpty",
    "expectError",
    "abstract",
    "isAbstract",
    "openType",
    "isOpenType",
    "isComposable",
    "isMediaEntity",
    "idempotent",
    "opaqueUrl",
    "mergePermissions",
];

/// Keys that take a list of strings.
const LISTS: [&str; 5] = ["optionalProperties", "nullableProperties", "sampleKeys", "requestUrls", "suppressions"];

fn check(page: &Page, report: &mut Report<'_>) {
    for annotation in page.annotations() {
        for member in annotation.json.root.iter().flat_map(|root| root.members()) {
            let (key, value) = (&page.source[member.name], &member.value);
            let at = Location::new(page.id, value.span);
            if !matches!(value.kind, Kind::Bool(_)) && FLAGS.contains(&key) {
                let finding = report.at(at, format!("`{key}` takes true or false, not {}", value.describe()));
                finding.help(format!("write {} without quotes", list(["true", "false"], "or")));
                if let Kind::String(span) = value.kind {
                    let flag = page.source[span].to_ascii_lowercase();
                    if matches!(flag.as_str(), "true" | "false") {
                        finding.fix(value.span, flag);
                    }
                }
            }
            if !matches!(value.kind, Kind::Array(_)) && LISTS.contains(&key) {
                let finding = report.at(at, format!("`{key}` takes a list of strings, not {}", value.describe()));
                finding.help("put the value in square brackets");
                if let Kind::String(_) = value.kind {
                    finding.fix(value.span, format!("[{}]", &page.source[value.span]));
                }
            }
        }
    }
}
