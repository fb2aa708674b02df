//! The names of the parameters in a path.

use super::{Piece, Segment};
use crate::model::any_case::AnyCase;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A parameter's name as letters, digits and dashes: `id | userPrincipalName` gives
/// `id-or-userPrincipalName`.
pub(super) fn clean(written: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if written.split('-').all(|word| !word.is_empty() && word.bytes().all(is_plain)) {
        return Cow::Borrowed(written);
    }
    let mut name = String::with_capacity(written.len());
    for (index, alternative) in written.split('|').enumerate() {
        let or = (index > 0).then_some("or");
        let words = alternative.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        for word in or.into_iter().chain(words) {
            if !name.is_empty() {
                name.push('-');
            }
            name.push_str(word);
        }
    }
    if name.is_empty() { Cow::Borrowed("value") } else { Cow::Owned(name) }
}

/// Gives parameters of one name different ones, after the segment before each: `/users/{id}/messages/{id}`
/// has `user-id` and `message-id`.
pub(super) fn name_apart(segments: &mut [Segment<'_>]) {
    if are_apart(segments) {
        return;
    }
    let mut counts: FxHashMap<AnyCase<Cow<'_, str>>, usize> = FxHashMap::default();
    for piece in segments.iter().flat_map(|segment| &segment.pieces) {
        if let Piece::Parameter { name, .. } = piece {
            *counts.entry(AnyCase(name.clone())).or_default() += 1;
        }
    }
    // The names that are used up, each with the last number that was given to tell others from it.
    let mut used: FxHashMap<AnyCase<Cow<'_, str>>, usize> = FxHashMap::default();
    let mut before = None;
    for segment in segments {
        let after = singular(segment);
        let before = key_of(segment).or(std::mem::replace(&mut before, after));
        for piece in segment.pieces.as_mut_slice() {
            let Piece::Parameter { name, .. } = piece else { continue };
            let mut wanted = AnyCase(name.clone());
            if counts[&wanted] > 1
                && let Some(before) = &before
            {
                wanted = AnyCase(Cow::Owned([before, "-", name].concat()));
            }
            if let Some(mut number) = used.get(&wanted).copied() {
                let mut given = wanted.clone();
                while used.contains_key(&given) {
                    number += 1;
                    given = AnyCase(Cow::Owned(format!("{}-{number}", wanted.0)));
                }
                used.insert(wanted, number);
                wanted = given;
            }
            *name = wanted.0.clone();
            used.insert(wanted, 1);
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
fn key_of<'d>(segment: &Segment<'d>) -> Option<Cow<'d, str>> {
    match segment.pieces.as_slice() {
        [Piece::Text(text), Piece::Parameter { .. }, ..] => {
            let name = text.trim_end_matches('\'').strip_suffix('(')?;
            (!name.is_empty() && !name.contains('(')).then(|| singular_of(clean(name)))
        }
        _ => None,
    }
}

/// The text of a segment in the singular.
fn singular<'d>(segment: &Segment<'d>) -> Option<Cow<'d, str>> {
    match *segment.pieces.first()? {
        Piece::Text(text) => Some(singular_of(clean(text.split('(').next().unwrap_or(text)))),
        Piece::Parameter { .. } => None,
    }
}

fn singular_of(text: Cow<'_, str>) -> Cow<'_, str> {
    if let Some(stem) = text.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    let ends_in_ss = |stem: &&str| stem.ends_with("ss");
    let stem = text
        .strip_suffix("es")
        .filter(ends_in_ss)
        .or_else(|| text.strip_suffix('s').filter(|stem| !stem.ends_with('s')));
    let length = stem.unwrap_or(&text).len();
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..length]),
        Cow::Owned(mut text) => {
            text.truncate(length);
            Cow::Owned(text)
        }
    }
}
