//! Actions done to a document.

use super::soundness::fault;
use super::{Action, Change, INVALID_OVERLAY, Overlay, UNMATCHED_OVERLAY_TARGET};
use crate::diagnostic::Diagnostic;
use crate::targets::OpenApiVersion;
use serde_json::Value;
use serde_json_path::PathElement;

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Item(usize),
    Member(String),
}

/// Applies overlays to a document, in their order, and tells what could not be done. An error among these says that
/// the document cannot be relied on.
pub(in super::super) fn apply(document: &mut Value, overlays: &[Overlay], version: OpenApiVersion) -> Vec<Diagnostic> {
    let actions: Vec<&Action> = overlays.iter().flat_map(|overlay| &overlay.actions).collect();
    let original = document.clone();
    let mut problems = Vec::new();
    for action in &actions {
        match act(document, action) {
            Ok(0) => {
                let message = format!("`{}` is nowhere in the document", action.written);
                let mut finding = Diagnostic::new(&UNMATCHED_OVERLAY_TARGET, action.at, message);
                finding.help("correct it, or delete the action");
                problems.push(finding);
            }
            Ok(_) => {}
            Err(why) => problems.push(Diagnostic::new(&INVALID_OVERLAY, action.at, why)),
        }
    }
    if let Some(why) = fault(document, version) {
        problems.extend(blame(original, &actions, version, &why));
    }
    problems
}

/// Finds the action that broke the document for good, by doing all of them again with a look after each.
fn blame(mut document: Value, actions: &[&Action], version: OpenApiVersion, why: &str) -> Option<Diagnostic> {
    let mut breaks = None;
    for action in actions {
        // What cannot be done was told already.
        let _ = act(&mut document, action);
        match fault(&document, version) {
            Some(_) => breaks = breaks.or(Some(action)),
            None => breaks = None,
        }
    }
    let action = breaks?;
    Some(Diagnostic::new(&INVALID_OVERLAY, action.at, format!("after this action, the document is broken: {why}")))
}

/// Does an action wherever its target is; how often that was, or why it cannot be done.
fn act(document: &mut Value, action: &Action) -> Result<usize, String> {
    let mut places: Vec<Vec<Step>> =
        action.target.query_located(document).locations().map(|path| path.iter().map(step).collect()).collect();
    places.sort();
    places.dedup();
    match &action.change {
        // The last first, so that places before it stay what they are.
        Change::Remove => places.iter().rev().try_for_each(|place| remove(document, place))?,
        Change::Update(update) => {
            for place in &places {
                let Some(target) = at(document, place) else { continue };
                self::update(target, update, &action.written)?;
            }
        }
    }
    Ok(places.len())
}

fn step(element: &PathElement<'_>) -> Step {
    match element {
        PathElement::Name(name) => Step::Member((*name).to_owned()),
        PathElement::Index(index) => Step::Item(*index),
    }
}

fn at<'v>(document: &'v mut Value, place: &[Step]) -> Option<&'v mut Value> {
    place.iter().try_fold(document, |value, step| match step {
        Step::Item(index) => value.get_mut(*index),
        Step::Member(name) => value.get_mut(name),
    })
}

fn remove(document: &mut Value, place: &[Step]) -> Result<(), String> {
    let Some((last, parent)) = place.split_last() else {
        return Err("the whole document cannot be removed".to_owned());
    };
    match (at(document, parent), last) {
        (Some(Value::Array(items)), Step::Item(index)) if *index < items.len() => {
            items.remove(*index);
        }
        (Some(Value::Object(members)), Step::Member(name)) => {
            // The others keep their order.
            members.shift_remove(name);
        }
        _ => {}
    }
    Ok(())
}

/// Merges into an object, or adds to a list.
fn update(target: &mut Value, update: &Value, name: &str) -> Result<(), String> {
    match target {
        Value::Object(_) if !update.is_object() => {
            Err(format!("`{name}` is an object, and `update` is {}, not an object", kind(update)))
        }
        Value::Object(_) => merge(target, update, name),
        Value::Array(items) => {
            match update {
                Value::Array(more) => items.extend(more.iter().cloned()),
                one => items.push(one.clone()),
            }
            Ok(())
        }
        _ => Err(format!("`{name}` is {}: only objects and lists can be updated", kind(target))
            + "; make the target the object that it is in"),
    }
}

/// Members of objects one by one, lists after each other, anything else in place of the old.
fn merge(target: &mut Value, update: &Value, name: &str) -> Result<(), String> {
    match (target, update) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                match old.get_mut(key) {
                    Some(known) => merge(known, value, &format!("{name}['{key}']"))?,
                    None => drop(old.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => old.extend(new.iter().cloned()),
        (old, new) if is_single(old) && is_single(new) => *old = new.clone(),
        (old, new) => {
            return Err(format!("`{name}` is {} in the document, and {} in `update`", kind(old), kind(new)));
        }
    }
    Ok(())
}

fn is_single(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a Boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
