//! `[generate] include`: what of the docset is written.

use super::reader::{Reader, Spanned};
use super::{INVALID_CONFIGURATION, closest};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::span::{FileId, Location};
use crate::targets::selection::{self, Pattern};
use anyhow::{Result, anyhow, bail};

/// Patterns of what is written; everything where there is none.
#[derive(Clone, Debug, Default)]
pub struct Include {
    patterns: Vec<(Spanned<String>, Pattern)>,
}

impl Include {
    /// Builds patterns; what is none is reported and left out.
    pub(super) fn new(texts: Vec<Spanned<String>>, reader: &mut Reader) -> Include {
        let mut patterns = Vec::new();
        for text in texts {
            match Pattern::new(&text.value) {
                Ok(pattern) => patterns.push((text, pattern)),
                Err(why) => {
                    reader.invalid(text.span, not_a_pattern(&text.value, &why));
                }
            }
        }
        Include { patterns }
    }

    /// Lets only what the patterns mean be written of a model, and reports those that mean nothing.
    pub(in crate::project) fn select(&self, model: &mut Model<'_>, file: FileId) -> Vec<Diagnostic> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let patterns: Vec<Pattern> = self.patterns.iter().map(|(_, pattern)| pattern.clone()).collect();
        let (selected, unmatched) = selection::select(model, &patterns);
        let report = |index: usize| {
            let (text, _) = &self.patterns[index];
            let message = nothing(&text.value);
            let mut finding = Diagnostic::new(&INVALID_CONFIGURATION, Location::new(file, text.span), message);
            finding.help(suggestion(model, &text.value));
            finding
        };
        let problems = unmatched.into_iter().map(report).collect();
        model.selection = Some(selected);
        problems
    }
}

/// Lets only what patterns of the command line mean be written of a model.
pub fn select(model: &mut Model<'_>, texts: &[String]) -> Result<()> {
    let read = |text: &String| Pattern::new(text).map_err(|why| anyhow!(not_a_pattern(text, &why)));
    let patterns = texts.iter().map(read).collect::<Result<Vec<_>>>()?;
    let (selected, unmatched) = selection::select(model, &patterns);
    if let Some(text) = unmatched.first().map(|index| &texts[*index]) {
        bail!("{} ({})", nothing(text), suggestion(model, text));
    }
    model.selection = Some(selected);
    Ok(())
}

fn not_a_pattern(text: &str, why: &str) -> String {
    format!("`{text}` is no pattern of what to include: {why}")
}

fn nothing(text: &str) -> String {
    format!("nothing is called `{text}`: no type, tag, operation or path")
}

fn suggestion(model: &Model<'_>, text: &str) -> String {
    let names = selection::names(model);
    match closest(text, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`apipage model` lists what there is".to_owned(),
    }
}
