//! `[[front-matter]]` and `[sections]`: how the pages of this docset are written.

use super::Config;
use super::reader::{Reader, Spanned, Table};
use crate::syntax::dialect;
use crate::syntax::options::FrontMatterDemand;

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
    let doc_types = doc_types.map(texts).unwrap_or_default();
    config.docset.front_matter.push(FrontMatterDemand { doc_types, required, values });
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
