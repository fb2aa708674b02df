use super::Report;
use super::links::{is_broken, link_at};
use super::names::{closest, did_you_mean};
use crate::model::{Model, Origin, Primitive};

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
    Error, Docset(check)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for mention in &model.unknown_types {
        let page = model.page(mention.at.file);
        let link = link_at(page, mention.at.span).filter(|_| mention.is_link);
        // A link that leads nowhere is reported as such.
        if link.is_some_and(|link| is_broken(model, page, link)) {
            continue;
        }
        let name = mention.name.trim_start_matches('#');
        let short = name.rsplit_once('.').map_or(name, |(_, short)| short);
        let described = model.resources.iter().filter(|resource| resource.origin == Origin::Described);
        let known = described.map(|resource| resource.name.name).chain(model.enums.iter().map(|found| found.name.name));
        let close = closest(short, known).or_else(|| closest(short, Primitive::canonical_names()));
        let help = did_you_mean(close, || match link {
            Some(_) => "link to the page that describes the type".to_owned(),
            None => "write a page that describes it, or correct the name".to_owned(),
        });
        report.at(mention.at, format!("no page describes the type `{name}`")).help(help);
    }
}
