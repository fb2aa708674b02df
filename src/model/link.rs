//! Pages to model: declare the names, resolve what refers to them, put the operations together.

use super::{Model, declare, examples, guess, operations, paths::PathIndex, view};
use crate::syntax::{Docset, PageKind};

/// Links the pages of a docset.
pub fn link(docset: &Docset) -> Model<'_> {
    let paths = PathIndex::new(docset);
    let includes = view::includes(docset, &paths);
    let mut model = Model {
        docset,
        resources: Vec::new(),
        enums: Vec::new(),
        operations: Vec::new(),
        includes,
        unknown_types: Vec::new(),
        paths,
        parts: Vec::new(),
        exchanges: Vec::new(),
        names: Default::default(),
        page_types: vec![None; docset.pages.len()],
    };
    let pages: Vec<_> = docset
        .pages
        .iter()
        .filter(|page| page.kind() != PageKind::Fragment)
        .map(|page| (page, view::parts(docset, &model.includes, page)))
        .collect();
    for (page, parts) in &pages {
        declare::page(&mut model, page, parts);
    }
    for (page, parts) in &pages {
        declare::properties(&mut model, page, parts);
    }
    declare::bases(&mut model);
    declare::unions(&mut model);
    for (page, parts) in &pages {
        if page.kind() == PageKind::Operation {
            operations::page(&mut model, page, parts);
        }
    }
    operations::owners(&mut model, &pages);
    guess::fill(&mut model);
    let mut parts: Vec<_> = docset.pages.iter().map(|_| Vec::new()).collect();
    for (page, found) in pages {
        parts[page.id.index()] = found;
    }
    model.exchanges = parts.iter().map(|parts| examples::pair(parts)).collect();
    model.parts = parts;
    model
}
