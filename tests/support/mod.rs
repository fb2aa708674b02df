//! What several tests share.

#![allow(unreachable_pub, reason = "each test is a crate that nothing else uses")]

use apipage::source::Source;
use apipage::span::FileId;
use apipage::syntax::{self, Docset, Options};

/// The pages of a text in which a line `//- path.md` begins each; a text without such a line is the one page
/// `page.md`. Pages are sorted by path, as those of a run are.
pub fn docset(text: &str) -> Docset {
    let mut pages: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(path) => pages.push((path.trim().to_owned(), String::new())),
            None if pages.is_empty() && line.trim().is_empty() => {}
            None if pages.is_empty() => pages.push(("page.md".to_owned(), line.to_owned())),
            None => {
                if let Some((_, text)) = pages.last_mut() {
                    text.push_str(line);
                }
            }
        }
    }
    pages.sort();
    let files = pages.iter().map(|(path, _)| path.clone()).collect();
    let parse = |(index, (path, text))| syntax::parse(FileId(index as u32), Source::new(path, text));
    Docset { pages: pages.into_iter().enumerate().map(parse).collect(), files, options: Options::default() }
}
