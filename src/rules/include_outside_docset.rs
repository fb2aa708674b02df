use super::Report;
use crate::model::{IncludeFault, Model};

rule! {
    /// An include that leaves the docset root.
    ///
    /// ## Why
    /// What lies outside the root is not read, so the text is missing from the page. A page that includes files
    /// from anywhere on the disk could also show what is not meant for readers.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../../includes/beta-disclaimer.md)]
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- beta/api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../../includes/beta-disclaimer.md)]
    /// //- includes/beta-disclaimer.md
    /// This API is subject to change.
    /// ````
    Error, Docset(check)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for include in model.includes.iter().filter(|include| include.target == Err(IncludeFault::Outside)) {
        let path = model.text(include.path_at);
        report
            .at(include.path_at, format!("the include `{path}` leaves the docset, so it is not read"))
            .help("move the file into the docset, or choose the folder above as its root");
    }
}
