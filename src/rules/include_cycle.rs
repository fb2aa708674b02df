use super::Report;
use crate::model::view::{MAX_INCLUDE_DEPTH, MAX_PARTS};
use crate::model::{IncludeFault, IncludeUse, LeftOut, Model};
use crate::span::{FileId, Location, Span};

rule! {
    /// Files that include each other.
    ///
    /// ## Why
    /// The text would never end. The include that closes the circle is left out of the page.
    ///
    /// ## Example
    /// ````md
    /// //- includes/notice.md
    /// [!INCLUDE [terms](terms.md)]
    /// //- includes/terms.md
    /// [!INCLUDE [notice](notice.md)]
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- includes/notice.md
    /// [!INCLUDE [terms](terms.md)]
    /// //- includes/terms.md
    /// Terms apply.
    /// ````
    Error, Docset(check)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for include in &model.includes {
        match &include.target {
            Err(IncludeFault::Cycle(chain)) => cycle(model, include, chain, report),
            Err(IncludeFault::TooDeep) => too_deep(include.at, report),
            _ => {}
        }
    }
    for left_out in &model.left_out {
        match left_out {
            LeftOut::TooDeep(at) => too_deep(*at, report),
            LeftOut::TooMany(page) => {
                let message =
                    format!("the page has more than {MAX_PARTS} sections from includes; the others are left out");
                report.at(Location::new(*page, Span::at(0)), message).help("include less, or part the page");
            }
        }
    }
}

fn too_deep(at: Location, report: &mut Report<'_>) {
    let message = format!("includes are nested deeper than {MAX_INCLUDE_DEPTH} levels; this one is left out");
    report.at(at, message).help("include the file from a page further up");
}

fn cycle(model: &Model<'_>, include: &IncludeUse, chain: &[FileId], report: &mut Report<'_>) {
    let path = |file: FileId| &model.page(file).source.path;
    let (first, last) = (chain.first().copied().unwrap_or_default(), include.at.file);
    let message = if chain.len() == 1 {
        format!("`{}` includes itself", path(last))
    } else {
        format!("`{}` includes `{}`, which leads back to it", path(last), path(first))
    };
    let finding = report.at(include.at, message);
    finding.help("delete one of these includes");
    for pair in chain.windows(2) {
        let leads = |step: &&IncludeUse| step.at.file == pair[0] && step.target == Ok(pair[1]);
        if let Some(step) = model.includes.iter().find(leads) {
            finding.label(step.at, format!("`{}` includes `{}` here", path(pair[0]), path(pair[1])));
        }
    }
}
