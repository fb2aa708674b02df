//! What a run produces: files by path.

use std::collections::BTreeMap;

/// The files of a run: path below the output folder, and text. Sorted, so that nothing depends on the
/// order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);
