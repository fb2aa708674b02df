//! New names for requests.

use super::duplicate_request_name::version;
use super::survey::Survey;
use crate::syntax::Page;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Gives each request a name that no other one of its version has.
pub(super) struct RequestNames<'d> {
    taken: FxHashSet<(&'d str, Cow<'d, str>)>,
    /// The last number that was put after a stem, in a version.
    numbers: FxHashMap<(&'d str, String), u32>,
}

impl<'d> RequestNames<'d> {
    pub(super) fn of(survey: &Survey<'d>) -> Self {
        let taken = survey.names.iter().map(|(version, name)| (*version, Cow::Borrowed(*name))).collect();
        RequestNames { taken, numbers: FxHashMap::default() }
    }

    /// The stem itself or, where that is taken, with a number.
    pub(super) fn next(&mut self, page: &'d Page, stem: &str) -> String {
        let number = self.numbers.entry((version(page), stem.to_owned())).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { stem.to_owned() } else { format!("{stem}_{number}") };
            if self.taken.insert((version(page), Cow::Owned(name.clone()))) {
                return name;
            }
        }
    }
}
