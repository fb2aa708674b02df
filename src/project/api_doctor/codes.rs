//! API Doctor's error codes, and the rules that find the same.
//!
//! Pages that suppress a finding quote its message, not its code. So each line also has words that the messages of the
//! code have; of several lines that fit, the first counts.

/// A code, words of its messages, and the rules that find the same.
pub(super) struct Code {
    pub(super) name: &'static str,
    pub(super) words: &'static [&'static str],
    pub(super) rules: &'static [&'static str],
}

const fn code(name: &'static str, words: &'static [&'static str], rules: &'static [&'static str]) -> Code {
    Code { name, words, rules }
}

/// All of them, by what they are about.
pub(super) const CODES: &[Code] = &[
    // Front matter and headings.
    code(
        "RequiredYamlHeaderMissing",
        &["required YAML header"],
        &["front-matter-missing", "front-matter-key-missing", "front-matter-value-empty"],
    ),
    code("IncorrectYamlHeaderFormat", &[], &["invalid-front-matter"]),
    code("MissingHeaderBlock", &["before a valid header"], &["missing-title"]),
    code("RequiredDocumentHeaderMissing", &["required document header is missing"], &["missing-section"]),
    code("DocumentHeaderInWrongCase", &["header", "wrong case"], &["heading-case"]),
    code("MisspeltDocumentHeader", &[], &["misspelt-heading"]),
    code("DocumentHeaderInWrongPosition", &["document header", "wrong position"], &["section-out-of-order"]),
    code("ExtraDocumentHeaderFound", &["extra document header"], &[]),
    code("TabHeaderError", &[], &["tab-group-not-closed"]),
    code("NamespaceMismatch", &["namespace specified on page level"], &["namespace-mismatch"]),
    // Annotations and examples.
    code("MissingMetadataBlock", &[], &["missing-annotation"]),
    code("AnnotationParserException", &[], &["invalid-annotation"]),
    code("MarkdownParserError", &[], &["invalid-annotation", "unknown-block-type"]),
    code("JsonParserException", &[], &["invalid-json-in-example", "invalid-json-in-resource"]),
    code(
        "HttpParserError",
        &[],
        &["malformed-http-request-line", "malformed-http-status-line", "malformed-http-header"],
    ),
    code("DuplicateMethodIdentifier", &["duplicate method identifier"], &["duplicate-request-name"]),
    code("UnpairedRequest", &["unable to locate the corresponding response"], &["unpaired-request"]),
    code("ResponseResourceTypeMissing", &["resource type on method is missing"], &["missing-response-type"]),
    code("HttpBodyExpected", &["body missing from response"], &["missing-response-body"]),
    code("IncorrectSampleKey", &[], &["sample-key-not-in-url"]),
    code("InvalidContentType", &[], &[]),
    code("UnsupportedContentType", &[], &[]),
    code("NonStandardHeaderUsed", &[], &[]),
    code("InvalidHttpMethod", &[], &[]),
    code("UrlLengthExceedsMaximum", &[], &[]),
    code("AmbiguousExample", &["hard-coded key"], &[]),
    // Bodies against types.
    code("RequiredPropertiesMissing", &["could not find key property"], &["unknown-key-property"]),
    code("RequiredPropertiesMissing", &["missing these required properties"], &["missing-required-property"]),
    code("RequiredPropertiesMissing", &["doesn't have a matching property"], &[]),
    code("AdditionalPropertyDetected", &["found in markdown table but not in resource"], &["property-not-in-json"]),
    code("AdditionalPropertyDetected", &["not described in markdown table"], &["undocumented-property"]),
    code("AdditionalPropertyDetected", &["was not expected"], &["unknown-property"]),
    code("NullPropertyValue", &["had a null value"], &["null-property"]),
    code("ExpectedNonArrayValue", &["but property was an array"], &["array-not-expected"]),
    code("ExpectedArrayValue", &["expected an array"], &["array-expected"]),
    code("ArrayTypeMismatch", &["array expected members to be of type"], &["property-type-mismatch"]),
    code("ExpectedTypeDifferent", &["expected type", "but actual was"], &["property-type-mismatch"]),
    code("ExpectedTypeDifferent", &["type mismatch between example and table"], &["property-type-mismatch"]),
    code("ExpectedTypeDifferent", &["inconsistent types between parameter"], &["property-type-mismatch"]),
    code("MissingCollectionProperty", &["failed to locate collection property"], &["missing-collection-property"]),
    code("CollectionArrayEmpty", &["contained an empty array"], &["collection-empty"]),
    code("CollectionArrayNotEmpty", &["contained a non-empty array"], &["collection-not-empty"]),
    code("InvalidEnumeratedValueString", &[], &["invalid-enum-value"]),
    code("InvalidUrlString", &["invalid absolute URL value"], &["invalid-url"]),
    code("InvalidUrlString", &["base URL"], &["unexpected-base-url"]),
    code("InvalidDateTimeString", &[], &["invalid-date-time"]),
    // Types.
    code("ResourceTypeNotFound", &["referenced base type", "not defined"], &["unknown-base-type"]),
    code("ResourceTypeNotFound", &["referenced type", "not defined"], &["unknown-resource-type"]),
    code("ResourceTypeNotFound", &["unable to locate a definition for resource type"], &["unknown-resource-type"]),
    code("ResourceTypeNotFound", &["missing resource: resource"], &["unknown-resource-type"]),
    code("EmptyResourceBaseType", &[], &["unknown-base-type"]),
    code("TypeNameMismatch", &[], &["request-path-mismatch"]),
    code("ParameterParserError", &[], &["bad-table-columns"]),
    code("UnmappedDocumentElements", &["unable to map some markdown elements"], &[]),
    code("Unknown", &["potential enums in resource example"], &[]),
    // Links.
    code("LinkDestinationNotFound", &["FileNotFound"], &["broken-link", "link-case-mismatch"]),
    code("LinkDestinationNotFound", &["BookmarkMissing"], &["broken-anchor"]),
    code("LinkDestinationOutsideDocSet", &["link outside of doc set"], &["link-outside-docset"]),
    code("MissingLinkSourceId", &[], &["undefined-reference"]),
    code("LinkFormatInvalid", &[], &["broken-link"]),
    code("OrphanedDocumentPage", &[], &[]),
];

/// The code of a message, which is compared without blanks and letter case.
pub(super) fn of_message(message: &str) -> Option<&'static Code> {
    let message = folded(message);
    let fits = |code: &&Code| {
        let says = !code.words.is_empty() && code.words.iter().all(|words| message.contains(&folded(words)));
        says || message.starts_with(&folded(code.name)) && code.name != "Unknown"
    };
    CODES.iter().find(fits)
}

fn folded(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).flat_map(char::to_lowercase).collect()
}
