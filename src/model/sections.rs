//! Which type of a page a section tells of, where the page describes several.

use super::view::Part;
use super::{Item, Model, ResourceId};
use crate::syntax::construct::ResourceBlock;
use crate::syntax::{Block, Page, Section};
use rustc_hash::FxHashMap;

/// A heading longer than this (in bytes) names no type: each of its sections looks into it.
const MAX_HEADING: usize = 200;

/// The types that the JSON representations on a page name.
#[derive(Debug, Default)]
pub struct ShownTypes {
    /// By their names without namespace, in lower case; empty for a page about one type.
    by_name: FxHashMap<String, ResourceId>,
}

impl ShownTypes {
    /// Finds the types of a page.
    pub fn of<'d>(model: &Model<'d>, page: &'d Page, parts: &[Part<'d>]) -> ShownTypes {
        let mut by_name = FxHashMap::default();
        let blocks = || parts.iter().flat_map(|part| part.find::<ResourceBlock>().map(move |block| (part, block)));
        if blocks().nth(1).is_none() {
            return ShownTypes::default();
        }
        for (part, block) in blocks() {
            let Some(Block::Fence(fence)) = part.section.blocks.get(block.block) else { continue };
            let name = fence.annotation.as_ref().and_then(|found| found.type_name(&part.page.source));
            if let Some(Item::Resource(id)) = name.and_then(|at| model.lookup(page, &part.page.source[at])) {
                by_name.insert(model.resource(id).name.name.to_lowercase(), id);
            }
        }
        if by_name.len() < 2 {
            by_name.clear();
        }
        ShownTypes { by_name }
    }

    /// The type that the heading of a section names, else that of the section it lies in, and so on.
    pub fn named<'p>(&self, part: &Part<'p>) -> Option<ResourceId> {
        if self.by_name.is_empty() {
            return None;
        }
        let source = &part.page.source;
        let outer = |section: &&'p Section| part.page.sections.get(section.parent?);
        let headings = std::iter::successors(Some(part.section), outer).filter_map(|section| section.heading);
        let texts = headings.map(|heading| &source[heading.text]).filter(|text| text.len() <= MAX_HEADING);
        texts
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .find_map(|word| self.by_name.get(&word.to_lowercase()).copied())
    }
}
