//! The names of the parameters in a path.

use super::{Piece, Segment};
use rustc_hash::FxHashMap;

/// A parameter's name as letters, digits and dashes: `id | userPrincipalName` gives
/// `id-or-userPrincipalName`.
pub(super) fn clean(written: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if !written.is_empty() && written.bytes().all(is_plain) {
        return written.to_owned();
    }
    let mut name = String::with_capacity(written.len());
    for word in
        written.replace('|', " or ").split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty())
    {
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.is_empty() { "value".into() } else { name }
}

/// Gives parameters of one name different ones, after the segment before each: `/users/{id}/messages/{id}`
/// has `user-id` and `message-id`.
pub(super) fn name_apart(segments: &mut [Segment<'_>]) {
    if are_apart(segments) {
        return;
    }
    let before: Vec<Option<String>> = (0..segments.len()).map(|index| singular(segments, index)).collect();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for piece in segments.iter().flat_map(|segment| &segment.pieces) {
        if let Piece::Parameter { name, .. } = piece {
            *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
        }
    }
    // The names that are used up, each with the last number that was given to tell others from it.
    let mut used: FxHashMap<String, usize> = FxHashMap::default();
    for (segment, before) in segments.iter_mut().zip(before) {
        let before = key_of(segment).or(before);
        for piece in &mut segment.pieces {
            let Piece::Parameter { name, .. } = piece else { continue };
            if counts[&name.to_ascii_lowercase()] > 1
                && let Some(before) = &before
            {
                *name = format!("{before}-{name}");
            }
            let wanted = name.clone();
            let mut number = used.get(&wanted.to_ascii_lowercase()).copied().unwrap_or(1);
            while used.contains_key(&name.to_ascii_lowercase()) {
                number += 1;
                *name = format!("{wanted}-{number}");
            }
            used.insert(wanted.to_ascii_lowercase(), number);
            used.insert(name.to_ascii_lowercase(), 1);
        }
    }
}

/// Whether there are few names, and no two are the same: as it mostly is.
fn are_apart(segments: &[Segment<'_>]) -> bool {
    const FEW: usize = 8;
    let mut names: [&str; FEW] = [""; FEW];
    let mut count = 0;
    for piece in segments.iter().flat_map(|segment| &segment.pieces) {
        let Piece::Parameter { name, .. } = piece else { continue };
        if count == FEW || names[..count].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            return false;
        }
        names[count] = name;
        count += 1;
    }
    true
}

/// What a key in brackets is one of, in the singular: `customers({id})` is one customer.
fn key_of(segment: &Segment<'_>) -> Option<String> {
    match segment.pieces.as_slice() {
        [Piece::Text(text), Piece::Parameter { .. }, ..] => {
            let name = text.trim_end_matches('\'').strip_suffix('(')?;
            (!name.is_empty() && !name.contains('(')).then(|| singular_of(clean(name)))
        }
        _ => None,
    }
}

/// The text of the segment before in the singular.
fn singular(segments: &[Segment<'_>], index: usize) -> Option<String> {
    match segments.get(index.checked_sub(1)?)?.pieces.first()? {
        Piece::Text(text) => Some(singular_of(clean(text.split('(').next().unwrap_or(text)))),
        Piece::Parameter { .. } => None,
    }
}

fn singular_of(text: String) -> String {
    if let Some(stem) = text.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let ends_in_ss = |stem: &&str| stem.ends_with("ss");
    let stem = text
        .strip_suffix("es")
        .filter(ends_in_ss)
        .or_else(|| text.strip_suffix('s').filter(|stem| !stem.ends_with('s')));
    stem.map(str::to_owned).unwrap_or(text)
}
