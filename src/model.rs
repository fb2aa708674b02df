//! stand-in
use crate::syntax::Docset;

/// stand-in
pub struct Model<'d> {
    /// stand-in
    pub docset: &'d Docset,
}

/// stand-in
pub fn link(docset: &Docset) -> Model<'_> {
    Model { docset }
}

/// stand-in
pub mod json {
    /// stand-in
    pub fn to_json(model: &super::Model<'_>) -> serde_json::Value {
        serde_json::json!({ "pages": model.docset.pages.len() })
    }
}
