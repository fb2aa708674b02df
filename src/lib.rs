//! apipage

pub mod cli;
pub mod diagnostic;
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
