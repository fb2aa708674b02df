//! Which part of a model is written: all of it, or some operations and types with all that they lead to.
//!
//! Names are made from the whole model, so that nothing is called otherwise because something else is left out.

use super::{EnumId, Item, Model, ResourceId, Type};

/// What is written of a model.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    operations: Vec<bool>,
    resources: Vec<bool>,
    /// Resources that values may be of, and not only derive from.
    values: Vec<bool>,
    enums: Vec<bool>,
}

impl Selection {
    /// Nothing of a model.
    pub fn none(model: &Model<'_>) -> Selection {
        Selection {
            operations: vec![false; model.operations.len()],
            resources: vec![false; model.resources.len()],
            values: vec![false; model.resources.len()],
            enums: vec![false; model.enums.len()],
        }
    }

    /// Whether an operation is part of it, by its index.
    pub fn has_operation(&self, index: usize) -> bool {
        self.operations[index]
    }

    /// Whether a resource is part of it.
    pub fn has_resource(&self, id: ResourceId) -> bool {
        self.resources[id.0 as usize]
    }

    /// Whether something in it is of this resource, or of one that derives from it.
    pub fn has_values_of(&self, id: ResourceId) -> bool {
        self.values[id.0 as usize]
    }

    /// Whether an enumeration is part of it.
    pub fn has_enum(&self, id: EnumId) -> bool {
        self.enums[id.0 as usize]
    }

    /// Adds an operation, with the types of all that it takes and gives.
    ///
    /// `has_variants` says of a type whether code for it names the types that derive from it.
    pub fn add_operation(&mut self, model: &Model<'_>, index: usize, has_variants: &dyn Fn(ResourceId) -> bool) {
        if std::mem::replace(&mut self.operations[index], true) {
            return;
        }
        let operation = &model.operations[index];
        let body = operation.body.iter();
        let sent = body.flat_map(|body| body.of.into_iter().chain(body.properties.iter().map(|property| property.of)));
        let returned = operation.responses.iter().filter_map(|response| response.of);
        let parameters = operation.parameters.iter().map(|parameter| parameter.of);
        let types: Vec<Type> = sent.chain(returned).chain(parameters).collect();
        types.into_iter().for_each(|of| self.add_item(model, of.of, has_variants));
    }

    /// Adds a type, with those of its properties, that from which it derives, and its variants.
    pub fn add_item(&mut self, model: &Model<'_>, item: Item, has_variants: &dyn Fn(ResourceId) -> bool) {
        let mut open = vec![(item, true)];
        while let Some((item, is_value)) = open.pop() {
            let id = match item {
                Item::Resource(id) => id,
                Item::Enum(id) => {
                    self.enums[id.0 as usize] = true;
                    continue;
                }
                Item::Primitive(_) | Item::Any => continue,
            };
            if is_value && !std::mem::replace(&mut self.values[id.0 as usize], true) && has_variants(id) {
                open.extend(model.descendants(id).into_iter().map(|derived| (Item::Resource(derived), false)));
            }
            if !std::mem::replace(&mut self.resources[id.0 as usize], true) {
                let resource = model.resource(id);
                open.extend(resource.properties.iter().map(|property| (property.of.of, true)));
                let base = resource.base.as_ref().and_then(|base| base.resource);
                open.extend(base.map(|base| (Item::Resource(base), false)));
            }
        }
    }
}

impl Model<'_> {
    /// Whether an operation is written, by its index.
    pub fn has_operation(&self, index: usize) -> bool {
        self.selection.as_ref().is_none_or(|selection| selection.has_operation(index))
    }

    /// The resources that are written.
    pub fn selected_resources(&self) -> impl Iterator<Item = ResourceId> {
        let all = (0..self.resources.len() as u32).map(ResourceId);
        let all = all.filter(|id| !self.is_shown_as_string(self.resource(*id)));
        all.filter(|id| self.selection.as_ref().is_none_or(|selection| selection.has_resource(*id)))
    }

    /// The enumerations that are written.
    pub fn selected_enums(&self) -> impl Iterator<Item = EnumId> {
        let all = (0..self.enums.len() as u32).map(EnumId);
        all.filter(|id| self.selection.as_ref().is_none_or(|selection| selection.has_enum(*id)))
    }
}
