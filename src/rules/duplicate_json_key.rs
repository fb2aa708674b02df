use super::Report;
use crate::model::ExampleRef;
use crate::span::Location;
use crate::syntax::Page;
use crate::syntax::construct::ResourceBlock;
use crate::syntax::json::{Kind, Member, Value};

rule! {
    /// One key twice in a JSON object.
    ///
    /// ## Why
    /// Parsers keep the last, the first, or refuse the text. Readers see two values and do not know which holds.
    ///
    /// ## Example
    /// ````md
    /// ## JSON representation
    ///
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "status": "String",
    ///   "status": "Int32"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## JSON representation
    ///
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` json
    /// {
    ///   "status": "String"
    /// }
    /// ```
    /// ````
    Warning, Page(check) and Message(check_message)
}

fn check(page: &Page, report: &mut Report<'_>) {
    let representations = page.find::<ResourceBlock>().map(|(_, block)| &block.json);
    let annotations = page.annotations().map(|annotation| &annotation.json);
    for value in representations.chain(annotations).filter_map(|json| json.root.as_ref()) {
        walk(page, value, report);
    }
}

fn check_message(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if let Some(value) = example.message.message.json() {
        walk(example.page, value, report);
    }
}

fn walk(page: &Page, value: &Value, report: &mut Report<'_>) {
    let mut marks = 0;
    for (index, member) in value.members().iter().enumerate() {
        let name = &page.source[member.name];
        let same = |other: &&Member| other.name.len() == name.len() && &page.source[other.name] == name;
        let mark = mark(name);
        let before = if marks & mark == 0 { &[] } else { &value.members()[..index] };
        marks |= mark;
        if let Some(first) = before.iter().find(same) {
            report
                .at(Location::new(page.id, member.name), format!("the key `{name}` stands in this object twice"))
                .help("delete one of them")
                .label(Location::new(page.id, first.name), "it stands here first");
        }
        if matches!(member.value.kind, Kind::Object(_) | Kind::Array(_)) {
            walk(page, &member.value, report);
        }
    }
    value.items().iter().for_each(|item| walk(page, item, report));
}

/// A bit for a name. Names of different bits differ, which spares most comparisons.
fn mark(name: &str) -> u64 {
    let last = name.bytes().next_back().unwrap_or_default();
    1 << ((usize::from(last) + name.len()) % 64)
}
