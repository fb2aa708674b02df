//! Patterns of pages, as in `.gitignore`.

use super::reader::{Reader, Spanned};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Component, Path};

/// Patterns of pages, relative to the folder of the configuration. Of those that fit a page, the last holds.
pub struct Patterns {
    all: Gitignore,
    /// Each pattern by itself, to tell which of them fit nothing.
    each: Vec<(Spanned<String>, Gitignore)>,
}

impl Default for Patterns {
    fn default() -> Self {
        Patterns { all: Gitignore::empty(), each: Vec::new() }
    }
}

impl Patterns {
    /// Builds patterns; what is none is reported and left out.
    pub(super) fn new(texts: Vec<Spanned<String>>, folder: &Path, reader: &mut Reader) -> Self {
        let mut all = GitignoreBuilder::new(folder);
        let mut each = Vec::new();
        for text in texts {
            match pattern(&text.value, folder) {
                Ok(pattern) => {
                    // Just now it was read alone.
                    let _ = all.add_line(None, &text.value);
                    each.push((text, pattern));
                }
                Err(why) => {
                    reader.invalid(text.span, format!("`{}` is no pattern of pages: {why}", text.value));
                }
            }
        }
        Patterns { all: all.build().unwrap_or_else(|_| Gitignore::empty()), each }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether they fit a page or a folder that it is in.
    pub fn fit(&self, path: &Path) -> bool {
        matched(&self.all, path).is_ignore()
    }

    /// The patterns that fit none of some pages.
    pub(super) fn unmatched<'p>(&'p self, pages: &'p [impl AsRef<Path>]) -> impl Iterator<Item = &'p Spanned<String>> {
        let fits_none = |pattern: &Gitignore| pages.iter().all(|page| matched(pattern, page.as_ref()).is_none());
        self.each.iter().filter(move |(_, pattern)| fits_none(pattern)).map(|(text, _)| text)
    }
}

fn matched<'p>(patterns: &'p Gitignore, path: &Path) -> Match<&'p ignore::gitignore::Glob> {
    // A page elsewhere (by a link, say) is none of this folder's.
    match path.starts_with(patterns.path()) {
        true => patterns.matched_path_or_any_parents(path, false),
        false => Match::None,
    }
}

/// A pattern alone, or why it is none.
fn pattern(text: &str, folder: &Path) -> Result<Gitignore, String> {
    if Path::new(text.trim_start_matches('!')).components().any(|part| part == Component::ParentDir) {
        return Err("it leaves the folder of apipage.toml".to_owned());
    }
    let mut builder = GitignoreBuilder::new(folder);
    let pattern =
        builder.add_line(None, text).and_then(|builder| builder.build()).map_err(|error| error.to_string())?;
    if pattern.is_empty() {
        return Err("it is empty, or a comment".to_owned());
    }
    Ok(pattern)
}
