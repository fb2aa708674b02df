//! What tests share: docsets from text.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

use apipage::source::Source;
use apipage::span::FileId;
use apipage::syntax::{self, Docset};

/// The docset that a text describes. Lines `//- path.md` part its pages; a text without one is a single
/// page, `page.md`. `\xE9` stands for the byte E9, which is no UTF-8 by itself.
pub(crate) fn docset(text: &str) -> Docset {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(path) => files.push((path.trim().to_owned(), String::new())),
            None if files.is_empty() && line.trim().is_empty() => {}
            None => {
                if files.is_empty() {
                    files.push(("page.md".to_owned(), String::new()));
                }
                files.last_mut().expect("a file").1.push_str(line);
            }
        }
    }
    files.sort();
    let pages = files.iter().filter(|(path, _)| path.ends_with(".md"));
    let pages = pages.enumerate().map(|(index, (path, text))| {
        syntax::parse(FileId(index as u32), Source::from_bytes(path.as_str(), bytes(text)))
    });
    Docset { pages: pages.collect(), files: files.iter().map(|(path, _)| path.clone()).collect(), ..Docset::default() }
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 2..at + 4).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &rest[at + 4..];
            }
            None => {
                out.extend_from_slice(b"\\x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
