//! `[[front-matter]]` and `[sections]`: how the pages of this docset are written.

use super::Config;
use super::reader::{Reader, Spanned, Table};
use crate::syntax::options::FrontMatterDemand;
use crate::syntax::{Page, dialect};
use std::collections::BTreeSet;

/// Reads one table of `[[front-matter]]`.
pub(super) fn front_matter(table: &mut Table<'_>, config: &mut Config, reader: &mut Reader) {
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(|text| text.value).collect::<Vec<_>>();
    let doc_types = table.names("doc-types", reader);
    let required = table.names("required", reader).map(texts);
    let mut values = Vec::new();
    if let Some(mut allowed) = table.table("values", reader) {
        for (key, value) in allowed.rest() {
            let list = value.names(&key.value, reader);
            values.extend(list.map(|list| (key.value, texts(list))));
        }
    }
    table.finish(reader);
    let doc_types = doc_types.unwrap_or_default();
    config.doc_types.extend(doc_types.iter().cloned());
    let doc_types = texts(doc_types);
    config.docset.front_matter.push(FrontMatterDemand { doc_types, required, values });
}

/// Says which types of pages no page has.
pub(super) fn find_doc_types(config: &Config, pages: &[Page], reader: &mut Reader) {
    if config.doc_types.is_empty() {
        return;
    }
    let written = |page: &'_ Page| page.front_matter.get("doc_type", &page.source).map(|at| page.source[at].to_owned());
    let known: BTreeSet<String> = pages.iter().filter_map(written).collect();
    for name in
        config.doc_types.iter().filter(|name| !known.iter().any(|known| known.eq_ignore_ascii_case(&name.value)))
    {
        reader.unmatched(name.span, format!("no page has the `doc_type` `{}`", name.value));
        reader.suggest(&name.value, &known.iter().map(String::as_str).collect::<Vec<_>>(), "type");
    }
}

/// Reads `[sections]`: by the usual heading of a section, other headings that mean it.
pub(super) fn sections(table: &mut Table<'_>, config: &mut Config, reader: &mut Reader) {
    for (key, value) in table.rest() {
        let Some(kind) = dialect::known_section(&key.value) else {
            reader.unknown(key.span, format!("no section is called `{}`", key.value));
            reader.suggest(&key.value, &dialect::headings().collect::<Vec<_>>(), "section");
            continue;
        };
        for heading in value.names(&key.value, reader).into_iter().flatten() {
            if let Err(other) = config.docset.dialect.add(&heading.value, kind) {
                let usual = dialect::usual_heading(other);
                reader.invalid(heading.span, format!("`{}` means the section \"{usual}\" already", heading.value));
            }
        }
    }
}
