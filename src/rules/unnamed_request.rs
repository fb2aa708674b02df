use super::Report;
use super::annotations::member_after;
use super::messages::{messages, promise};
use crate::span::Span;
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;
use rustc_hash::FxHashSet;

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
    Warning, Page(check), Safe fix
}

fn check(page: &Page, report: &mut Report<'_>) {
    let mut names: Option<Names<'_>> = None;
    for example in messages(page).filter(|example| example.message.annotated && example.message.role == Role::Request) {
        if example.name().is_some_and(|name| !name.trim().is_empty()) {
            continue;
        }
        let at = promise(example);
        let finding = report.at(example.at(at), "the request has no name");
        finding.help("add a `name` that no other request has");
        let Some(annotation) = example.annotation() else { continue };
        // An empty name is there to be filled in; a broken annotation is to be mended first.
        if annotation.json.is_strict() && annotation.value("name", &page.source).is_none() {
            let name = names.get_or_insert_with(|| Names::of(page)).next();
            finding.fix(Span::at(at.end as usize), member_after(&page.source, annotation, at, "name", &name));
        }
    }
}

/// Names after that of the file, which no other page has: `customer_get`, `customer_get_2`.
struct Names<'p> {
    stem: String,
    number: u32,
    taken: FxHashSet<&'p str>,
}

impl<'p> Names<'p> {
    fn of(page: &'p Page) -> Self {
        let file = page.source.path.rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let names = page.annotations().flat_map(|annotation| annotation.names(&page.source));
        Names {
            stem: stem.replace(|c: char| !c.is_ascii_alphanumeric(), "_"),
            number: 0,
            taken: names.map(|span| &page.source[span]).collect(),
        }
    }

    /// A name that the page does not have yet.
    fn next(&mut self) -> String {
        loop {
            self.number += 1;
            let name = if self.number == 1 { self.stem.clone() } else { format!("{}_{}", self.stem, self.number) };
            if !self.taken.contains(name.as_str()) {
                return name;
            }
        }
    }
}
