//! apipage
pub mod diagnostic;
#[macro_use]
pub mod rules;
pub mod source;
pub mod span;
pub mod model;
pub mod syntax;
pub mod targets;
