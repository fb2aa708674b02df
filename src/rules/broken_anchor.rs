use super::Report;
use super::links::Lead;
use super::names::closest;
use crate::model::Model;
use crate::model::paths::{self, Target};
use crate::span::Span;
use crate::syntax::{Page, PageKind, inline};

rule! {
    /// A link to a place on a page that the page does not have.
    ///
    /// ## Why
    /// Readers land at the top of the page and have to search. Headings make anchors: lower case, without
    /// punctuation, with dashes for blanks; so do `<a name="…">` and `id="…"`.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// See the [states](../resources/customer.md#customerstate-values).
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ### customerStatus values
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-get.md
    /// # Get customer
    ///
    /// See the [states](../resources/customer.md#customerstatus-values).
    /// //- resources/customer.md
    /// # customer resource type
    ///
    /// ### customerStatus values
    /// ````
    Error, Link(check), Unsafe fix
}

fn check(model: &Model<'_>, lead: &Lead<'_>, report: &mut Report<'_>) {
    let (target, anchor) = match lead.target {
        // A fragment may mean a heading of the page that includes it.
        Target::Anchor(_) if lead.page.kind() == PageKind::Fragment => return,
        Target::Anchor(anchor) => (lead.page, anchor),
        Target::File { path, anchor: Some(anchor) } => match model.paths.page(path) {
            Some(target) => (target, anchor),
            None => return,
        },
        Target::File { .. } | Target::Outside | Target::External => return,
    };
    if lead.is_include || anchor.is_empty() || anchor.starts_with("tab/") {
        return;
    }
    // Most anchors are those of a heading, which needs no list of all.
    if headings(model, target).any(|heading| paths::is_slug(&inline::plain(heading), anchor)) {
        return;
    }
    let is_meant = |known: &str| known.eq_ignore_ascii_case(anchor);
    let anchors = anchors(model, target);
    if anchors.iter().any(|known| is_meant(known))
        || files(model, target).any(|file| html_anchors(file.source.text()).any(is_meant))
    {
        return;
    }
    let finding = report.at(lead.at(), format!("`{}` has no heading for the anchor `#{anchor}`", target.source.path));
    match closest(&anchor.to_lowercase(), anchors.iter().map(String::as_str)) {
        Some(close) => {
            finding.help(format!("did you mean `#{close}`?"));
            let (written, at) = (&lead.page.source[lead.link.target], lead.link.target);
            if let Some(start) = written.find('#').filter(|start| written[start + 1..] == *anchor) {
                finding.unsafe_fix(Span::new(at.start as usize + start + 1, at.end as usize), close);
            }
        }
        None => {
            finding.help("correct the anchor, or link to the page without it");
        }
    }
}

/// The anchors that the headings of a page make, with those of its includes.
fn anchors(model: &Model<'_>, page: &Page) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for heading in headings(model, page) {
        let plain = slug(heading);
        // A second heading of one text gets a number.
        let before = found.iter().filter(|known| **known == plain).count();
        if before > 0 {
            found.push(format!("{plain}-{before}"));
        }
        found.push(plain);
    }
    found
}

/// The headings of a page, with those of its includes.
fn headings<'m>(model: &'m Model<'_>, page: &'m Page) -> impl Iterator<Item = &'m str> {
    let title = page.title.map(|title| &page.source[title.text]);
    let parts = model.parts(page.id).iter().map(|part| (part.page, part.section));
    // Fragments have no parts of their own.
    let own = page.sections.iter().map(move |section| (page, section));
    let own = own.take(if parts.len() == 0 { usize::MAX } else { 0 });
    let below = parts.chain(own).filter_map(|(file, section)| Some(&file.source[section.heading?.text]));
    title.into_iter().chain(below)
}

/// A page and the files that it includes.
fn files<'m>(model: &'m Model<'_>, page: &'m Page) -> impl Iterator<Item = &'m Page> {
    let included = model.parts(page.id).iter().map(|part| part.page).filter(|file| file.id != page.id);
    std::iter::once(page).chain(included)
}

fn slug(heading: &str) -> String {
    paths::slug(&inline::plain(heading))
}

/// The values of `name` and `id` in HTML tags.
fn html_anchors(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.flat_map(|tag| [" name=", " id="].into_iter().filter_map(move |key| tag.split_once(key))).map(|(_, value)| {
        let value = value.trim_start_matches(['"', '\'']);
        value.split(['"', '\'', ' ', '/']).next().unwrap_or_default()
    })
}
