//! Pages to model: declare the names, resolve what refers to them, put the operations together.

use super::{Model, bases, declare, derived, guess, operations, paths::PathIndex, resolve, view};
use crate::syntax::{Docset, PageKind};
use rayon::prelude::*;
use std::sync::Arc;

/// Links the pages of a docset.
pub fn link(docset: &Docset) -> Model<'_> {
    let paths = PathIndex::new(docset);
    let includes = view::includes(docset, &paths);
    // What needs no other page is done side by side; what adds to the model, in page order.
    let ((pages, read), (left_out, are_of_types)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) = docset
        .pages
        .par_iter()
        .filter(|page| page.kind() != PageKind::Fragment)
        .map(|page| {
            let (parts, left_out) = view::parts(docset, &includes, page);
            let read = operations::read(&parts);
            let is_of_types = declare::is_of_types(page, &parts);
            (((page, parts), read), (left_out, is_of_types))
        })
        .unzip();
    let mut model = Model {
        docset,
        resources: Vec::new(),
        enums: Vec::new(),
        operations: Vec::new(),
        includes,
        left_out: left_out.into_iter().flatten().collect(),
        unknown_types: Vec::new(),
        selection: None,
        paths,
        parts: Vec::new(),
        exchanges: Vec::new(),
        names: Default::default(),
        page_types: vec![None; docset.pages.len()],
    };
    let of_types: Vec<_> = pages.iter().zip(are_of_types).filter(|(_, is_of_types)| *is_of_types).collect();
    for ((page, parts), _) in &of_types {
        declare::page(&mut model, page, parts);
    }
    for ((page, parts), _) in &of_types {
        declare::aliases(&mut model, page, parts);
    }
    let mut derived = Vec::new();
    let mut listed = Vec::new();
    resolve::read_pages(
        &mut model,
        &of_types,
        |names, ((page, parts), _)| declare::told(names, page, parts),
        |model, ((page, _), _), told| {
            let Some(told) = told else { return };
            derived.push((told.of, told.derived));
            listed.push((told.of, told.operations));
            told.of_types.into_iter().for_each(|told| declare::add_properties(model, page, told));
        },
    );
    derived::told_by_bases(&mut model, derived);
    bases::resolve(&mut model);
    bases::unions(&mut model);
    let of_operations: Vec<_> =
        pages.iter().zip(&read).filter(|((page, _), _)| page.kind() == PageKind::Operation).collect();
    resolve::read_pages(
        &mut model,
        &of_operations,
        |names, ((page, parts), read)| operations::page(names, page, parts, read),
        |model, _, operations| model.operations.extend(operations),
    );
    operations::owners(&mut model, listed);
    guess::fill(&mut model);
    model.parts.resize_with(docset.pages.len(), Vec::new);
    model.exchanges.resize_with(docset.pages.len(), Arc::default);
    for ((page, parts), read) in pages.into_iter().zip(read) {
        model.parts[page.id.index()] = parts;
        model.exchanges[page.id.index()] = read.exchanges;
    }
    model
}
