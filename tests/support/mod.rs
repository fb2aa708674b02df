//! What tests share: docsets from text.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

pub(crate) mod facts;
pub(crate) mod transcript;

use apipage::diagnostic::{Diagnostic, Safety};
use apipage::fix;
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

/// The fences of four ticks in a text, without those lines.
pub(crate) fn fences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        match &mut open {
            Some(fence) if line == "````" => {
                found.push(std::mem::take(fence));
                open = None;
            }
            Some(fence) => *fence += &format!("{line}\n"),
            None if line == "````md" => open = Some(String::new()),
            None => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed in:\n{text}");
    found
}

/// The docset with other texts for its pages.
pub(crate) fn with_texts(docset: &Docset, text: impl Fn(&Source) -> String) -> Docset {
    let page = |page: &syntax::Page| {
        let mut source = Source::new(page.source.path.clone(), text(&page.source));
        source.fault.clone_from(&page.source.fault);
        syntax::parse_dialect(page.id, source, &docset.options.dialect)
    };
    Docset {
        pages: docset.pages.iter().map(page).collect(),
        files: docset.files.clone(),
        options: docset.options.clone(),
    }
}

/// The docset with the fixes that findings offer, applied until they offer none.
pub(crate) fn fixed(docset: Docset, wanted: Safety, find: impl Fn(&Docset) -> Vec<Diagnostic>) -> Docset {
    let mut docset = docset;
    for _ in 0..8 {
        let findings = find(&docset);
        let offered = fix::offered(&findings, wanted);
        let mut applied = 0;
        let next = with_texts(&docset, |source| {
            let page = docset.pages.iter().find(|page| page.source.path == source.path).expect("the page");
            let (text, fixes) = (source.original(), offered.get(&page.id).into_iter().flatten().map(|(_, fix)| *fix));
            text.map_or(source.text().to_owned(), |text| fix::apply(text, fixes).text)
        });
        for (page, next) in docset.pages.iter().zip(&next.pages) {
            applied += usize::from(page.source.text() != next.source.text());
        }
        if applied == 0 {
            return docset;
        }
        docset = next;
    }
    panic!("there is no end to the fixes");
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
