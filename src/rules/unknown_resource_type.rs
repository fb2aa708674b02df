use super::Report;
use super::links::{is_broken, link_at};
use super::messages::messages;
use super::names::{MAX_NAMES, closest, did_you_mean};
use crate::model::primitive::is_any;
use crate::model::{Model, Origin, Primitive};
use crate::span::{Location, Span};
use crate::syntax::construct::parameters::{Parameters, Place};
use crate::syntax::construct::{Methods, ResourceBlock};
use crate::syntax::json::{Kind, Value};
use crate::syntax::{Page, TypeRef};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

rule! {
    /// A type that no page describes.
    ///
    /// ## Why
    /// Nobody can know its properties. What is generated has an open object in its place.
    ///
    /// ## Example
    /// ````md
    /// //- customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |profile|companyProfil|Details of the company.|
    /// //- companyprofile.md
    /// # companyProfile resource type
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- customer.md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |profile|[companyProfile](companyprofile.md)|Details of the company.|
    /// //- companyprofile.md
    /// # companyProfile resource type
    /// ````
    Error, Docset(check) and Linked(check_page)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for mention in &model.unknown_types {
        let page = model.page(mention.at.file);
        let link = link_at(page, mention.at.span).filter(|_| mention.is_link);
        // A link that leads nowhere is reported as such.
        if link.is_some_and(|link| is_broken(model, page, link)) {
            continue;
        }
        report_unknown(model, mention.at, mention.name, link.is_some(), report);
    }
}

/// Types that bodies of examples name, of the namespaces that the pages describe: a service may return others. One that
/// the annotation names too is found there, and one that a list names in each item is found in the first.
fn check_bodies(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let namespaces = LazyCell::new(|| namespaces(model));
    let mut named = Vec::new();
    for example in messages(page) {
        let Some(root) = example.message.message.json() else { continue };
        named.clear();
        add_named(page, root, &mut named);
        let annotated = example.annotation().and_then(|annotation| annotation.type_name(&page.source));
        let annotated = annotated.map(|at| bare(&page.source[at]));
        let mut said: FxHashSet<&str> = FxHashSet::default();
        for at in &named {
            let name = bare(&page.source[*at]);
            let is_said = || annotated == Some(name) || said.contains(name);
            if is_unknown(model, page, name) && !is_said() && is_of_pages(&namespaces, name) {
                report_unknown(model, Location::new(page.id, *at), name, false, report);
                said.insert(name);
            }
        }
    }
}

/// The namespaces that pages describe, in lower case.
fn namespaces(model: &Model<'_>) -> FxHashSet<String> {
    let described = model.resources.iter().filter(|resource| resource.origin == Origin::Described);
    let written: FxHashSet<&str> = described.map(|resource| resource.name.namespace.as_ref()).collect();
    written.into_iter().map(str::to_ascii_lowercase).collect()
}

/// Whether a full name is in a namespace that pages describe, or in one that is spelt almost so.
fn is_of_pages(namespaces: &FxHashSet<String>, name: &str) -> bool {
    let Some((namespace, _)) = name.rsplit_once('.') else { return false };
    let known = namespaces.iter().map(String::as_str).filter(|_| namespaces.len() <= MAX_NAMES);
    namespaces.contains(&namespace.to_ascii_lowercase()) || closest(namespace, known).is_some()
}

/// The name without what may stand around it.
fn bare(name: &str) -> &str {
    let name = name.trim_start_matches('#');
    name.strip_prefix("Collection(").and_then(|name| name.strip_suffix(')')).unwrap_or(name)
}

/// Types that bodies and representations name within, tables of methods as what is returned, and tables of parameters.
fn check_page(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    let page = model.page(page.id);
    check_bodies(model, page, report);
    let mut named = Vec::new();
    for root in page.find::<ResourceBlock>().filter_map(|(_, block)| block.json.root.as_ref()) {
        root.members().iter().for_each(|member| add_named(page, &member.value, &mut named));
    }
    for at in named {
        if is_unknown(model, page, &page.source[at]) {
            report_unknown(model, Location::new(page.id, at), &page.source[at], false, report);
        }
    }
    let methods = page.find::<Methods>().flat_map(|(_, methods)| &methods.rows);
    let returned = methods.filter_map(|row| row.return_type.as_ref());
    let parameters = page.find::<Parameters>().filter(|(_, table)| table.place == Place::Function);
    let taken = parameters.flat_map(|(_, table)| &table.rows).filter_map(|row| row.type_name.as_ref());
    for named in returned.chain(taken) {
        let TypeRef::Name(at) = named.of else { continue };
        let name = &page.source[at];
        if is_type_name(name) && Primitive::parse(name).is_none() && model.lookup(page, name).is_none() {
            report_unknown(model, Location::new(page.id, at), name, false, report);
        }
    }
}

/// Adds the types that a value and what it holds name, as spans.
fn add_named(page: &Page, value: &Value, named: &mut Vec<Span>) {
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|item| add_named(page, item, named)),
        Kind::Object(members) => {
            if let Some(Value { kind: Kind::String(span), .. }) = value.get("@odata.type", &page.source) {
                named.push(*span);
            }
            members.iter().for_each(|member| add_named(page, &member.value, named));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number | Kind::String(_) => {}
    }
}

/// Whether a full name is that of no type, nor stands for one.
fn is_unknown(model: &Model<'_>, page: &Page, name: &str) -> bool {
    let name = name.trim_start_matches('#');
    // Most are known.
    if !name.contains('.') || model.lookup(model.page(page.id), name).is_some() {
        return false;
    }
    // `microsoft.graph.Json` stands for any value, as `Json` does.
    let is_any = name.rsplit('.').next().is_some_and(is_any);
    !is_any && name.split('.').all(is_type_name) && Primitive::parse(name).is_none()
}

fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn report_unknown(model: &Model<'_>, at: Location, name: &str, is_link: bool, report: &mut Report<'_>) {
    let name = name.trim_start_matches('#');
    let short = name.rsplit_once('.').map_or(name, |(_, short)| short);
    let described = model.resources.iter().filter(|resource| resource.origin == Origin::Described);
    let known = described.map(|resource| resource.name.name).chain(model.enums.iter().map(|found| found.name.name));
    let close = closest(short, known).or_else(|| closest(short, Primitive::canonical_names()));
    let help = did_you_mean(close, || match is_link {
        true => "link to the page that describes the type".to_owned(),
        false => "write a page that describes it, or correct the name".to_owned(),
    });
    report.at(at, format!("no page describes the type `{name}`")).help(help);
}
