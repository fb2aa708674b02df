//! The JSON representation of a resource, with the annotation that names its type.

use super::Context;
use crate::syntax::json;
use crate::syntax::{Block, BlockType};

/// An annotated JSON representation.
#[derive(Debug)]
pub struct ResourceBlock {
    /// The index of its fence among the blocks of the section.
    pub block: usize,
    /// The representation.
    pub json: json::Document,
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
