//! What several tests need.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

use apipage::source::Source;
use apipage::span::FileId;
use apipage::syntax::{Docset, parse};

/// The docset in one text: a line `//- path.md` starts each page.
pub fn docset(text: &str) -> Docset {
    let mut pages: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(path) => pages.push((path.trim().to_owned(), String::new())),
            None => {
                if let Some((_, page)) = pages.last_mut() {
                    page.push_str(line);
                }
            }
        }
    }
    pages.sort();
    let files = pages.iter().map(|(path, _)| path.clone()).collect();
    let parsed = pages.into_iter().enumerate();
    let pages = parsed.map(|(index, (path, text))| parse(FileId(index as u32), Source::new(path, text))).collect();
    Docset { pages, files, options: Default::default() }
}
