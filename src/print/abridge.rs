//! Hints where code is generated: a few of each rule, and the number of the others. They say where a page may mislead
//! its readers, not that the output is wrong; by the hundred, at each build, they would bury what matters.

use crate::diagnostic::{Diagnostic, Level, plural};
use std::collections::BTreeMap;

/// The hints of a rule that are shown.
pub const SHOWN: usize = 10;

/// Takes all but the first hints of each rule out. What there is to say of the others, a line for each rule.
pub fn abridge(findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    findings.retain(|finding| {
        if finding.level != Level::Hint {
            return true;
        }
        let count = counts.entry(finding.lint.name).or_default();
        *count += 1;
        *count <= SHOWN
    });
    let others = counts.into_iter().filter(|(_, count)| *count > SHOWN);
    others.map(|(rule, count)| say(rule, count - SHOWN)).collect()
}

fn say(rule: &str, others: usize) -> String {
    format!("{} of `{rule}`: `apipage check --select {rule}` shows them", plural(others, "more hint"))
}
