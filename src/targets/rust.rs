//! What the targets that write Rust share: names, documentation, types.

pub mod cycles;
pub mod doc;
pub mod identifiers;
pub mod names;
pub mod serving;
pub mod shapes;
pub mod uses;

use crate::model::{Item, Model, Primitive, Property, ResourceId, Type};
use cycles::Cycles;
use names::Names;
use uses::Uses;

/// A type with more descendants than this gets no enum of them: a value of unknown type keeps its
/// properties in `extra`, and nobody matches on hundreds of variants.
pub const MAX_VARIANTS: usize = 64;

/// How a place holds a value: in an object that may leave it out, or always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `Prop<T>`: absent, null or a value.
    Optional,
    /// `T`.
    Required,
}

/// What every Rust target knows of the model: names and types. Writes types, and notes what must be
/// imported for them.
pub struct RustModel<'m> {
    /// The model.
    pub model: &'m Model<'m>,
    /// The names of everything.
    pub names: Names,
    cycles: Cycles,
    /// Whether values of each type have an enum of the types derived from it.
    polys: Vec<bool>,
}

impl<'m> RustModel<'m> {
    /// Names everything and finds what must be boxed.
    pub fn new(model: &'m Model<'m>) -> Self {
        let polys = polys(model);
        let cycles = Cycles::of(model, |id| polys[id.0 as usize]);
        let has_values = |id| model.selection.as_ref().is_none_or(|selection| selection.has_values_of(id));
        let polys =
            polys.iter().enumerate().map(|(index, poly)| *poly && has_values(ResourceId(index as u32))).collect();
        RustModel { model, names: Names::of(model), cycles, polys }
    }

    /// The type of a property. `inside` is the resource it is a property of, which decides whether the
    /// type would hold itself and must be boxed.
    pub fn property(
        &self,
        property: &Property<'_>,
        inside: Option<ResourceId>,
        presence: Presence,
        uses: &mut Uses,
    ) -> String {
        let value = self.value(property.of, uses);
        let boxed = match (property.of.of, inside) {
            (Item::Resource(id), Some(inside)) => {
                !property.of.collection && !self.is_poly(id) && self.cycles.same(id, inside)
            }
            _ => false,
        };
        let value = if boxed { format!("Box<{value}>") } else { value };
        match presence {
            Presence::Required => value,
            Presence::Optional => {
                format!("{}<{value}>", uses.add("crate::rt::Prop"))
            }
        }
    }

    /// The type of a value, a collection as `Vec`.
    pub fn value(&self, of: Type, uses: &mut Uses) -> String {
        let item = self.item(of.of, uses);
        if of.collection { format!("Vec<{item}>") } else { item }
    }

    /// The type of one value.
    pub fn item(&self, item: Item, uses: &mut Uses) -> String {
        match item {
            item if self.model.takes_any(item) => uses.add("serde_json::Value"),
            Item::Primitive(primitive) => primitive_type(primitive, uses),
            Item::Resource(id) => {
                let name = if self.is_poly(id) { self.names.poly(id) } else { self.names.resource(id) };
                uses.add(&name.path())
            }
            Item::Enum(id) => uses.add(&self.names.enumeration(id).path()),
            Item::Any => uses.add("serde_json::Value"),
        }
    }

    /// Whether values of a type may be of types derived from it, among which an enum tells them apart.
    pub fn is_poly(&self, id: ResourceId) -> bool {
        self.polys[id.0 as usize]
    }
}

/// The types that something is of, and that have derived types, but not too many.
fn polys(model: &Model<'_>) -> Vec<bool> {
    let mut used = vec![false; model.resources.len()];
    let mut mark = |of: Type| {
        if let Item::Resource(id) = of.of {
            used[id.0 as usize] = true;
        }
    };
    model.resources.iter().flat_map(|resource| &resource.properties).for_each(|property| mark(property.of));
    for operation in &model.operations {
        operation.responses.iter().filter_map(|response| response.of).for_each(&mut mark);
        if let Some(body) = &operation.body {
            body.of.into_iter().chain(body.properties.iter().map(|property| property.of)).for_each(&mut mark);
        }
    }
    let few = |index: usize| (1..=MAX_VARIANTS).contains(&model.descendants(ResourceId(index as u32)).len());
    used.iter().enumerate().map(|(index, used)| *used && few(index)).collect()
}

fn primitive_type(primitive: Primitive, uses: &mut Uses) -> String {
    match primitive {
        Primitive::String | Primitive::Url | Primitive::Stream => "String".into(),
        Primitive::Boolean => "bool".into(),
        Primitive::Byte => "u8".into(),
        Primitive::SByte => "i8".into(),
        Primitive::Int16 => "i16".into(),
        Primitive::Int32 => "i32".into(),
        Primitive::Int64 => "i64".into(),
        Primitive::Single => "f32".into(),
        Primitive::Double => "f64".into(),
        Primitive::Decimal => uses.add("crate::rt::Decimal"),
        Primitive::Date => uses.add("crate::rt::Date"),
        Primitive::TimeOfDay => uses.add("crate::rt::TimeOfDay"),
        Primitive::DateTimeOffset => uses.add("crate::rt::DateTimeOffset"),
        Primitive::Duration => uses.add("crate::rt::Duration"),
        Primitive::Guid => uses.add("crate::rt::Guid"),
        Primitive::Binary => uses.add("crate::rt::Binary"),
    }
}
