//! apipage
pub mod diagnostic;
#[macro_use]
pub mod rules;
pub mod model;
pub mod output;
pub mod render;
pub mod source;
pub mod span;
pub mod syntax;
pub mod targets;
