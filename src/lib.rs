//! apipage
pub mod diagnostic;
pub mod source;
pub mod span;
pub mod model;
pub mod syntax;
