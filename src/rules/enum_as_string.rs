use super::Report;
use super::names::list;
use crate::model::{Item, Model, Origin, Primitive, Resource};

rule! {
    /// A String property whose description lists the values that it takes.
    ///
    /// ## Why
    /// It is an enumeration, but clients do not get one: they compare strings, and misspell them.
    ///
    /// ## Example
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|String|The state. Possible values are: `active`, `blocked`.|
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # customer resource type
    ///
    /// ## Properties
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |status|customerStatus|The state. Possible values are: `active`, `blocked`.|
    ///
    /// ### customerStatus values
    /// |Member|Description|
    /// |:---|:---|
    /// |active|Buys.|
    /// |blocked|May not buy.|
    /// ````
    Hint, Resource(check)
}

/// So many values are named in the message.
const SHOWN: usize = 3;

fn check(_: &Model<'_>, resource: &Resource<'_>, report: &mut Report<'_>) {
    if resource.origin != Origin::Described {
        return;
    }
    for property in resource.properties.iter().filter(|property| property.of.of == Item::Primitive(Primitive::String)) {
        let values = &property.facts.values;
        if values.len() < 2 || !values.iter().all(|value| is_member(value)) {
            continue;
        }
        let shown = list(values.iter().copied().take(SHOWN), if values.len() <= SHOWN { "and" } else { "," });
        let shown = if values.len() <= SHOWN { shown } else { format!("{} …", shown.replace(" , ", ", ")) };
        report
            .at(
                property.type_at,
                format!("`{}` is a String, but its description lists the values {shown}", property.name),
            )
            .help("define an enumeration, and name it as the type")
            .label(property.at, "the property");
    }
}

/// Whether a value could be the name of a member.
fn is_member(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_alphabetic()) && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
