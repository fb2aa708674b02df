use super::Report;
use super::annotations::member_after;
use super::duplicate_request_name::version;
use super::messages::{messages, promise};
use crate::model::{ExampleRef, Model};
use crate::span::Span;
use crate::syntax::construct::examples::Role;
use crate::syntax::{Docset, Page};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

rule! {
    /// A `request` annotation without a name.
    ///
    /// ## Why
    /// Responses and generated snippets refer to a request by its name.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Warning, Docset(check), Safe fix
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    let mut names: Option<Names<'_>> = None;
    for page in &model.docset.pages {
        let requests = |example: &ExampleRef<'_>| example.message.annotated && example.message.role == Role::Request;
        for example in messages(page).filter(requests) {
            if example.name().is_some_and(|name| !name.trim().is_empty()) {
                continue;
            }
            let at = promise(example);
            let finding = report.at(example.at(at), "the request has no name");
            finding.help("add a `name` that no other request has");
            let Some(annotation) = example.annotation() else { continue };
            // An empty name is there to be filled in; a broken annotation is to be mended first.
            if annotation.json.is_strict() && annotation.value("name", &page.source).is_none() {
                let name = names.get_or_insert_with(|| Names::of(model.docset)).next(page);
                finding.fix(Span::at(at.end as usize), member_after(&page.source, annotation, at, "name", &name));
            }
        }
    }
}

/// Names for requests: the first that no request has yet.
struct Names<'d> {
    taken: FxHashSet<(&'d str, Cow<'d, str>)>,
    /// How often a name after a file was given, in a version.
    given: FxHashMap<(&'d str, String), u32>,
}

impl<'d> Names<'d> {
    fn of(docset: &'d Docset) -> Self {
        let of_page = |page: &'d Page| {
            let names = page.annotations().flat_map(|annotation| annotation.names(&page.source));
            names.map(move |span| (version(page), Cow::Borrowed(&page.source[span])))
        };
        Names { taken: docset.pages.iter().flat_map(of_page).collect(), given: FxHashMap::default() }
    }

    /// A name after the file of the page.
    fn next(&mut self, page: &'d Page) -> String {
        let file = page.source.path.rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let number = self.given.entry((version(page), stem.clone())).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { stem.clone() } else { format!("{stem}_{number}") };
            if self.taken.insert((version(page), Cow::Owned(name.clone()))) {
                return name;
            }
        }
    }
}
