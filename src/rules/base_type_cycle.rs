use super::Report;
use crate::model::{Item, Model, Resource};

rule! {
    /// A type that derives from itself, directly or by way of others.
    ///
    /// ## Why
    /// Nothing can be its own base. One of the links is dropped, and what it should bring is not inherited.
    ///
    /// ## Example
    /// ````md
    /// //- a.md
    /// # a resource type
    ///
    /// Inherits from [b](b.md).
    /// //- b.md
    /// # b resource type
    ///
    /// Inherits from [a](a.md).
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- a.md
    /// # a resource type
    ///
    /// Inherits from [b](b.md).
    /// //- b.md
    /// # b resource type
    /// ````
    Error, Resource(check)
}

fn check(model: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    let Some(base) = resource.base.as_ref().filter(|base| base.resource.is_none()) else { return };
    let Some(Item::Resource(found)) = model.lookup(model.page(base.at.file), base.name) else { return };
    let chain: Vec<&Resource<'_>> = model.ancestry(found).map(|id| model.resource(id)).collect();
    let Some(end) = chain.iter().position(|step| step.name == resource.name) else { return };
    let message = if end == 0 {
        format!("`{}` is its own base type", resource.name.name)
    } else {
        format!("`{}` derives from `{}`, which leads back to it", resource.name.name, chain[0].name.name)
    };
    let finding = report.at(base.at, message);
    finding.help("delete one of these base types");
    for step in &chain[..end] {
        if let Some(base) = &step.base {
            finding.label(base.at, format!("`{}` derives from `{}` here", step.name.name, base.name));
        }
    }
}
