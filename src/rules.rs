//! What is wrong with a docset: one file a rule, and the list of them.
//!
//! A rule's file says everything about it: its doc comment is its documentation (`apipage explain`)
//! and its test (the example must raise it, "Use instead" must not), then its level, what it looks at,
//! and the check. To add a rule, write its file and put its name into the list.

use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::model::{ExampleRef, Model, Operation, Resource};
use crate::span::Location;
use crate::syntax::Page;
use collections::Collection;
use held::Held;
use links::Lead;
use representations::Description;
use suppression::Suppression;
use survey::Survey;
use urls::{Fit, Request};

pub use levels::Levels;
pub(crate) use missing_section::demanded as demanded_sections;
pub use run::{Memory, check, check_linked, check_texts};

/// Declares the rule of a file: `/// documentation`, then `Level, What(check)` or `Level, What(check) and Other(check)`,
/// (`Marked(check, b"word")` for one that looks at pages with a word only),
/// then `, Safe fix` or `, Unsafe fix` for a rule whose findings may offer one, then `; explains output` for a rule
/// whose findings `generate` shows too, because the output rests on a guess, or `; only explains output` where `check`
/// says the same by another rule.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $level:ident, $($kind:ident($check:path $(, $word:literal)?))and+ $(, $safety:ident fix)? $(; $($when:ident)+)?) => {
        pub(super) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            lint: $crate::diagnostic::Lint {
                name: {
                    const START: usize = $crate::rules::last_name(module_path!());
                    const BYTES: [u8; module_path!().len() - START] = $crate::rules::kebab(module_path!(), START);
                    match std::str::from_utf8(&BYTES) {
                        Ok(name) => name,
                        Err(_) => panic!("the name of a module is UTF-8"),
                    }
                },
                level: $crate::diagnostic::Level::$level,
                doc: concat!($($doc, "\n"),+),
                fix: [$(Some($crate::diagnostic::Safety::$safety),)? None][0],
            },
            checks: &[$($crate::rules::Check::$kind($check $(, $word)?)),+],
            scopes: $crate::rules::scopes(stringify!($($($when)+)?)),
        };
    };
}

macro_rules! rules {
    ($($file:ident)+) => {
        $(mod $file;)+

        /// All rules, by name.
        pub static RULES: &[&Rule] = &[$(&$file::RULE),+];
    };
}

// What several rules share.
mod annotations;
mod certainty;
mod collections;
mod demands;
mod dialects;
mod exchanges;
mod faults;
mod held;
mod levels;
mod links;
mod marks;
mod messages;
mod names;
mod representations;
mod request_names;
mod run;
mod suppression;
mod survey;
mod tags;
mod urls;

rules! {
    annotation_value_type
    api_version_mismatch
    array_expected
    array_not_expected
    backslash_in_link
    bad_table
    bad_table_columns
    bad_table_row
    base_type_cycle
    body_not_allowed
    bold_heading
    broken_anchor
    broken_link
    collection_empty
    collection_not_empty
    content_length_mismatch
    doc_type_mismatch
    duplicate_enum_member
    duplicate_json_key
    duplicate_operation
    duplicate_property
    duplicate_request_name
    duplicate_resource
    duplicate_response
    duplicate_section
    enum_as_string
    expected_error_missing
    front_matter_key_missing
    front_matter_missing
    front_matter_value_empty
    guessed_type
    heading_case
    heading_level_skipped
    include_cycle
    include_outside_docset
    invalid_annotation
    invalid_date_time
    invalid_enum_value
    invalid_front_matter
    invalid_json_in_example
    invalid_json_in_resource
    invalid_url
    invisible_character
    link_case_mismatch
    link_outside_docset
    malformed_http_header
    malformed_http_request_line
    malformed_http_status_line
    missing_annotation
    missing_blank_line
    missing_collection_property
    missing_content_type
    missing_http_request
    missing_include
    missing_key_property
    missing_required_property
    missing_response_body
    missing_response_type
    missing_section
    missing_title
    misspelt_heading
    namespace_mismatch
    noncanonical_type
    null_property
    odata_type_mismatch
    operation_not_listed
    orphan_annotation
    orphan_response
    path_parameter_mismatch
    path_too_long
    permission_label
    permission_name_malformed
    permission_not_supported_spelling
    permission_order
    permission_row_missing
    placeholder_in_url
    property_not_in_json
    property_type_mismatch
    reason_phrase_mismatch
    request_method_mismatch
    request_path_mismatch
    request_property_not_in_table
    response_names_unknown_request
    response_status_mismatch
    response_type_mismatch
    sample_key_not_in_url
    section_out_of_order
    smart_quote_in_code
    tab_group_not_closed
    title_mismatch
    todo_placeholder
    type_name_mismatch
    unbraced_parameter
    unclosed_comment
    unclosed_fence
    unclosed_tag
    undeclared_collection
    undefined_reference
    undocumented_property
    unencoded_url
    unexpected_base_url
    unexpected_end_tag
    unexpected_error_response
    unexpected_front_matter_value
    unknown_annotation_key
    unknown_base_type
    unknown_block_type
    unknown_key_property
    unknown_optional_property
    unknown_property
    unknown_resource_type
    unnamed_request
    unpaired_request
    unreadable_file
    unrooted_path
    unused_suppression
}

/// A rule: what it is called, and how it finds what it is about.
#[derive(Debug)]
pub struct Rule {
    /// Name, level and documentation.
    pub lint: Lint,
    /// What it looks at.
    pub checks: &'static [Check],
    /// The runs that it takes part in.
    pub scopes: &'static [Scope],
}

/// What a rule looks at, and thereby how it is scheduled: rules run side by side, page by page. What several rules
/// look at is found once for all of them.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One page, by its text alone.
    Page(fn(&Page, &mut Report<'_>)),
    /// One example message of a page, by the text alone.
    Message(fn(ExampleRef<'_>, &mut Report<'_>)),
    /// One page, by its text alone, that has a word which few have.
    Marked(fn(&Page, &mut Report<'_>), &'static [u8]),
    /// One page, with what the model knows of others.
    Linked(fn(&Model<'_>, &Page, &mut Report<'_>)),
    /// One link of a page in which something may be wrong.
    Link(fn(&Model<'_>, &Lead<'_>, &mut Report<'_>)),
    /// What one page says of the properties of its type, twice: in tables, and in a JSON representation.
    Description(fn(&Model<'_>, &Description<'_>, &mut Report<'_>)),
    /// One JSON value of a page that has a type.
    Held(fn(&Model<'_>, &Held<'_, '_>, &mut Report<'_>)),
    /// One response that is a collection, or is said to be one.
    Collection(fn(&Model<'_>, &Collection<'_>, &mut Report<'_>)),
    /// One example request that does not fit the HTTP request section.
    Request(fn(&Model<'_>, &Request<'_>, &Fit<'_, '_>, &mut Report<'_>)),
    /// One operation.
    Operation(fn(&Model<'_>, &Operation<'_>, &mut Report<'_>)),
    /// One resource.
    Resource(fn(&Model<'_>, &Resource<'_>, &mut Report<'_>)),
    /// The docset as a whole.
    Docset(fn(&Model<'_>, &mut Report<'_>)),
    /// The docset as a whole, by what was gathered of each page.
    Surveyed(fn(&Model<'_>, &Survey<'_>, &mut Report<'_>)),
    /// One suppression that silenced nothing that the other rules found.
    Suppression(fn(&Suppression<'_>, &mut Report<'_>)),
}

/// Which rules to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All.
    Check,
    /// Those that say where generated output rests on a guess.
    Generate,
}

/// The runs that a rule takes part in, by the words at the end of its declaration.
const fn scopes(words: &str) -> &'static [Scope] {
    match words.as_bytes() {
        b"" => &[Scope::Check],
        b"explains output" => &[Scope::Check, Scope::Generate],
        b"only explains output" => &[Scope::Generate],
        _ => panic!("a rule explains output, only explains output, or neither"),
    }
}

/// Where a rule puts its findings.
pub struct Report<'r> {
    lint: &'static Lint,
    levels: &'r Levels,
    found: &'r mut Vec<Diagnostic>,
    /// The last finding on a page where the rule is off: a rule may be off on some pages only.
    silent: Option<Diagnostic>,
}

impl Report<'_> {
    /// Adds a finding, to which help, labels and a fix may be given.
    pub fn at(&mut self, at: Location, message: impl Into<String>) -> &mut Diagnostic {
        self.at_level(at, message, self.lint.level)
    }

    /// Adds a finding that weighs more or less than most of the rule's. A level that the configuration
    /// sets holds for all of them.
    pub fn at_level(&mut self, at: Location, message: impl Into<String>, level: Level) -> &mut Diagnostic {
        let mut diagnostic = Diagnostic::new(self.lint, at, message);
        let configured = self.levels.on(self.lint, at.file);
        diagnostic.level = if configured == self.lint.level { level } else { configured };
        if diagnostic.level == Level::Off {
            return self.silent.insert(diagnostic);
        }
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.lint.name == name)
}

/// Where the last name of a module path starts.
const fn last_name(path: &str) -> usize {
    let bytes = path.as_bytes();
    let mut at = bytes.len();
    while at > 0 && bytes[at - 1] != b':' {
        at -= 1;
    }
    at
}

/// The name from `start` on, with dashes for underscores.
const fn kebab<const LENGTH: usize>(path: &str, start: usize) -> [u8; LENGTH] {
    let bytes = path.as_bytes();
    let mut name = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        name[at] = if bytes[start + at] == b'_' { b'-' } else { bytes[start + at] };
        at += 1;
    }
    name
}
