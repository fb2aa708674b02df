//! Example requests and responses: fences that hold HTTP messages.

use super::Context;
use crate::syntax::http::{self, Message, Start};
use crate::syntax::{Block, BlockType, Fence, SectionKind};

/// The example messages of a section, in text order.
#[derive(Debug)]
pub struct Examples {
    /// The messages.
    pub messages: Vec<ExampleMessage>,
}

/// An example message.
#[derive(Debug)]
pub struct ExampleMessage {
    /// Whether it is a request or a response.
    pub role: Role,
    /// Whether its annotation says so; otherwise it was known by its text.
    pub annotated: bool,
    /// Whether its annotation says that it is to be ignored: it is shown, but nothing is held against it.
    pub ignored: bool,
    /// The index of its fence among the blocks of the section.
    pub block: usize,
    /// The message.
    pub message: Message,
}

/// The side of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A request.
    Request,
    /// A response.
    Response,
}

pub(super) fn read(context: &Context<'_>) -> Option<Examples> {
    let mut messages = Vec::with_capacity(context.section.fences().count());
    for (block, found) in context.section.blocks.iter().enumerate() {
        if let Block::Fence(fence) = found {
            messages.extend(read_fence(context, block, fence, messages.is_empty()));
        }
    }
    (!messages.is_empty()).then_some(Examples { messages })
}

fn read_fence(context: &Context<'_>, block: usize, fence: &Fence, is_first: bool) -> Option<ExampleMessage> {
    let block_type = fence.block_type();
    let in_example = context.is(&[SectionKind::Examples, SectionKind::ExampleRequest, SectionKind::ExampleResponse]);
    let role = match block_type {
        Some(BlockType::Request) => Some(Role::Request),
        Some(BlockType::Response) => Some(Role::Response),
        None | Some(BlockType::Ignored | BlockType::Unknown(_)) if in_example => None,
        _ => return None,
    };
    let message = http::parse(context.source, fence.body)?;
    let annotated = role.is_some();
    let role = match role {
        Some(role) => role,
        None => role_by_text(context, fence, &message, is_first)?,
    };
    Some(ExampleMessage { role, annotated, ignored: block_type == Some(BlockType::Ignored), block, message })
}

/// What a fence without a telling annotation is: by its first line, if it is written as HTTP. JSON that is
/// first below a heading "Response" is the body of one; what follows a response goes on with it.
fn role_by_text(context: &Context<'_>, fence: &Fence, message: &Message, is_first: bool) -> Option<Role> {
    const LANGUAGES: [&str; 5] = ["", "http", "msgraph-interactive", "msgraph", "json"];
    let info = &context.source[fence.info];
    if !LANGUAGES.iter().any(|language| language.eq_ignore_ascii_case(info)) {
        return None;
    }
    match message.start {
        Start::Request(_) => Some(Role::Request),
        Start::Status(_) => Some(Role::Response),
        Start::Other(_) if !is_first => None,
        Start::Other(_) => {
            let json = message.body.as_ref().filter(|body| body.is_json).and_then(|body| body.json.as_ref());
            // What is no JSON by the letter may as well be a list of headers.
            (json.is_some_and(|json| json.is_strict()) && context.is(&[SectionKind::ExampleResponse]))
                .then_some(Role::Response)
        }
    }
}
