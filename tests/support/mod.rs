//! What tests share: docsets from text.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

pub(crate) mod transcript;

use apipage::project::config;
use apipage::source::Source;
use apipage::span::FileId;
use apipage::syntax::{self, Docset, Options};
use std::path::Path;

/// The docset that a text describes. Lines `//- path.md` part its pages; a text without one is a single
/// page, `page.md`. A file `apipage.toml` is its configuration. `\xE9` stands for the byte E9, which is no UTF-8 by itself.
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
    let options = options(&files);
    let pages = files.iter().filter(|(path, _)| path.ends_with(".md"));
    let pages = pages.enumerate().map(|(index, (path, text))| {
        let source = Source::from_bytes(path.as_str(), bytes(text));
        syntax::parse_dialect(FileId(index as u32), source, &options.dialect)
    });
    let pages = pages.collect();
    Docset { pages, files: files.iter().map(|(path, _)| path.clone()).collect(), options }
}

/// What the configuration among some files says of the docset.
fn options(files: &[(String, String)]) -> Options {
    let Some((path, text)) = files.iter().find(|(path, _)| path == "apipage.toml") else { return Options::default() };
    let (config, problems) = config::read(&Source::new(path, text), Path::new("/docs"));
    assert!(problems.is_empty(), "{problems:?} in:\n{text}");
    config.docset
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
