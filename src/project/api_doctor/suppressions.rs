//! What pages suppress in their annotations: the text of messages.

use super::codes::{self, Code};
use super::draft::Draft;
use super::settings::escaped;
use crate::diagnostic::Level;
use crate::project::discover;
use crate::source::Source;
use crate::span::FileId;
use crate::syntax::json::Value;
use crate::syntax::{self, BlockType};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What stands above the levels of pages that suppress messages.
const COMMENT: &str =
    "`suppressions` in these pages. `<!-- apipage-ignore RULE: why -->` above a block there would silence less";

/// Turns off, on each page that suppresses messages, the rules that find the same; whether there are such pages.
pub(super) fn carry(folder: &Path, draft: &mut Draft) -> bool {
    let read = |page: &String| (page.clone(), messages(&discover::read(&folder.join(page))));
    let found: Vec<(String, Vec<String>)> =
        draft.pages.par_iter().map(read).filter(|(_, messages)| !messages.is_empty()).collect();
    let mut pages: BTreeMap<BTreeSet<&'static str>, Vec<String>> = BTreeMap::new();
    for (page, messages) in &found {
        let mut rules = BTreeSet::new();
        for message in messages {
            match codes::of_message(text(message)) {
                Some(Code { rules: silenced, .. }) if !silenced.is_empty() => rules.extend(silenced.iter().copied()),
                Some(code) => {
                    let what = format!("suppression of `{}`", code.name);
                    draft.leave_out(&what, None, "apipage does not look for this", page);
                }
                None => {
                    draft.leave_out("suppression", None, "which rule finds the same cannot be told from its text", page)
                }
            }
        }
        if !rules.is_empty() {
            pages.entry(rules).or_default().push(format!("/{}", escaped(page)));
        }
    }
    for (rules, pages) in pages {
        draft.set_on(pages, rules.into_iter().map(|rule| (rule, Level::Off)).collect(), COMMENT);
    }
    !found.is_empty()
}

/// The messages that a page suppresses.
fn messages(source: &Source) -> Vec<String> {
    if !source.text().contains("suppressions") {
        return Vec::new();
    }
    let page = syntax::parse(FileId::default(), Source::new(&source.path, source.text()));
    let annotations = page.annotations().filter(|annotation| annotation.block_type == BlockType::Page);
    let lists = annotations.filter_map(|annotation| annotation.value("suppressions", &page.source));
    let text = |value: &Value| value.as_str(&page.source).map(|text| text.trim().to_owned());
    lists.flat_map(Value::items).filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// A message without its level and the place that it is about: `Error: path/method/property:` and a line end.
fn text(message: &str) -> &str {
    let first = message.split(['\n', '\r']).next().unwrap_or_default();
    let is_place = first.trim_end().ends_with(':') && first.len() < message.len();
    if is_place { message[first.len()..].trim_start() } else { message }
}
