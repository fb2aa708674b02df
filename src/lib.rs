//! apipage compiles API reference pages written in Markdown, in the style of the Microsoft Graph
//! reference, into OpenAPI, Rust types, axum handlers and a typed client; and it says what is wrong
//! with the pages.
//!
//! # Architecture
//!
//! Five stages, five nouns: **Source → Page → Model → Diagnostics | Artifacts → Files**.
//!
//! ```text
//!    page.md ─┐                                     (all pages in parallel)
//!             │ source::Source      owns the text
//!             ▼
//!       syntax::parse ──────────► syntax::Page      spans into its own text, no strings
//!             │
//!             ▼                                     (pages in parallel, added in page order)
//!       model::link ────────────► model::Model      names are slices of the pages
//!             │
//!      ┌──────┴───────────┐                         (rules and templates in parallel)
//!      ▼                  ▼
//!  rules::check     targets::artifacts ─► render::render ─► output::Files
//!      │                                                       │
//!      ▼                                                       ▼
//!  Vec<Diagnostic> ─► print::{human, json, sarif, …}    write │ compare
//! ```
//!
//! Everything left of the last arrow is pure: no file access, no printing, no failure. A page is a
//! function of its text alone, and a model of its pages. What cannot be understood stays in the tree
//! and in the model as a fact (a fault of a JSON text, an include without a target, a guessed type);
//! only rules turn facts into diagnostics.
//!
//! # Layers
//!
//! A module imports only from lower rows; `tests/layering.rs` holds this.
//!
//! ```text
//!   7  cli, main                  commands
//!   6  builder                    for build scripts
//!   5  project                    disk, git, configuration
//!   4  render, output, print      templates; files; terminals
//!   3  rules │ targets            neither sees the other
//!   2  model
//!   1  syntax │ fingerprint
//!   0  span, source, diagnostic, fix
//! ```
//!
//! Below row 4 nothing reads files or the environment, prints, or knows the template engine. Only
//! [`syntax::markdown`] knows the Markdown parser, and only [`mod@print`] turns offsets into lines.
//!
//! # One place per feature
//!
//! * A **rule** is a file in `src/rules/` and a word in its list. Its doc comment is what
//!   `apipage explain` prints, and its examples are its tests.
//! * A **fix** is offered by a rule with its finding. [`mod@fix`] applies fixes to a text, and
//!   [`project::Project::fix`] to the pages of a docset, round by round.
//! * A **target** is a file in `src/targets/`, its templates in `templates/`, and a word in its list.
//! * A **construct** of pages is a file in `src/syntax/construct/` and a line in its list.
//! * The **words of the format** (headings, column titles, their synonyms) are data in
//!   [`syntax::dialect`].
//! * The **settings of API Doctor**, and its error codes, are data in `src/project/api_doctor/`.
//!
//! # Use
//!
//! From a build script, see [`Builder`]. From the command line, see `apipage help`.

pub mod builder;
pub mod cli;
pub mod diagnostic;
pub mod fingerprint;
pub mod fix;
pub mod model;
pub mod output;
pub mod print;
pub mod project;
pub mod render;
pub mod rules;
pub mod source;
pub mod span;
pub mod syntax;
pub mod targets;

pub use builder::{Builder, Error};
