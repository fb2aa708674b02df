use super::Report;
use super::links::{Lead, close_file};
use crate::model::paths::{Found, Target};
use crate::model::{IncludeFault, Model};

rule! {
    /// An include whose file is not there.
    ///
    /// ## Why
    /// The text is missing from the page, and what it says (a permission table, say) from what is generated.
    /// Includes that need not be there can be exempted with `optional-includes`; those below `snippets` folders are,
    /// by `generated-includes`.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../includes/beta-disclamer.md)]
    /// //- includes/beta-disclaimer.md
    /// This API is subject to change.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../includes/beta-disclaimer.md)]
    ///
    /// [!INCLUDE [sample](../includes/snippets/csharp/update-customer.md)]
    /// //- includes/beta-disclaimer.md
    /// This API is subject to change.
    /// ````
    Error, Docset(check) and Link(check_inline)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for include in &model.includes {
        let Err(IncludeFault::Missing(path)) = &include.target else { continue };
        if !matches!(model.paths.find(path), Found::Missing) {
            let message = format!("the include `{path}` is no Markdown page");
            report.at(include.path_at, message).help("include a file that ends in `.md`");
            continue;
        }
        let from = &model.page(include.path_at.file).source.path;
        report.at(include.path_at, format!("the include `{path}` does not exist")).help(help(model, from, path));
    }
}

/// Includes in the middle of a line, or in a cell.
fn check_inline(model: &Model<'_>, lead: &Lead<'_>, report: &mut Report<'_>) {
    let Target::File { path, .. } = lead.target else { return };
    let is_missing = || lead.is_missing(model, path) && !model.docset.options.is_optional_include(path);
    if lead.is_inline_include && is_missing() {
        let help = help(model, &lead.page.source.path, path);
        report.at(lead.at(), format!("the include `{path}` does not exist")).help(help);
    }
}

fn help(model: &Model<'_>, from: &str, path: &str) -> String {
    match close_file(model, from, path) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "create the file, correct the path, or list it in `optional-includes`".to_owned(),
    }
}
