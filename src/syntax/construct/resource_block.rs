//! The JSON representation of a resource, with the annotation that names its type.

use super::Context;
use crate::source::Source;
use crate::syntax::json::{self, Value};
use crate::syntax::{Block, BlockType};

/// An annotated JSON representation.
#[derive(Debug)]
pub struct ResourceBlock {
    /// The index of its fence among the blocks of the section.
    pub block: usize,
    /// The representation.
    pub json: json::Document,
}

impl ResourceBlock {
    /// The object that it shows: where a response stands for the representation, the first one in that.
    pub fn object(&self, source: &Source) -> Option<&Value> {
        let root = self.json.root.as_ref()?;
        let list = root.get("@odata.context", source).and_then(|_| root.get("value", source));
        Some(list.and_then(|list| list.items().first()).unwrap_or(root))
    }
}

pub(super) fn read(context: &Context<'_>) -> impl Iterator<Item = ResourceBlock> {
    let blocks = context.section.blocks.iter().enumerate();
    blocks.filter_map(|(block, found)| match found {
        Block::Fence(fence) if fence.block_type() == Some(BlockType::Resource) => {
            Some(ResourceBlock { block, json: json::parse(context.source, fence.body) })
        }
        _ => None,
    })
}
