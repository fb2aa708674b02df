//! Pages of a collection, and values that stand in a wrapper of their own.

use super::decode::{Step, blame};
use super::json::AsJson;
use super::model::{Extra, field, put, write_extra};
use super::{JsonValue, Prop};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// One page of a collection.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// `@odata.context`.
    pub context: Prop<String>,
    /// `@odata.count`: the total over all pages, when `$count=true` was asked for.
    pub count: Prop<i64>,
    /// `@odata.nextLink`: where the next page is; opaque, to be used whole.
    pub next_link: Prop<String>,
    /// `@odata.deltaLink`: where changes since this answer can be asked for.
    pub delta_link: Prop<String>,
    /// The items of this page.
    pub value: Vec<T>,
    /// Other annotations.
    pub extra: Extra,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Page {
            context: Prop::Absent,
            count: Prop::Absent,
            next_link: Prop::Absent,
            delta_link: Prop::Absent,
            value: Vec::new(),
            extra: None,
        }
    }
}

impl<T> From<Vec<T>> for Page<T> {
    fn from(value: Vec<T>) -> Self {
        Page {
            value,
            ..Page::default()
        }
    }
}

impl<T: JsonValue> JsonValue for Page<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_map(PageVisitor(PhantomData))
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut map = output.serialize_map(None)?;
        put(&mut map, "@odata.context", &self.context)?;
        put(&mut map, "@odata.count", &self.count)?;
        put(&mut map, "@odata.nextLink", &self.next_link)?;
        put(&mut map, "@odata.deltaLink", &self.delta_link)?;
        map.serialize_entry("value", &AsJson(&self.value))?;
        write_extra(&self.extra, &mut map)?;
        map.end()
    }
}

impl<T: JsonValue> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.write(output)
    }
}

impl<'de, T: JsonValue> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::read(input)
    }
}

struct PageVisitor<T>(PhantomData<T>);

impl<'de, T: JsonValue> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a collection page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Page<T>, A::Error> {
        let mut page = Page::default();
        let mut value = Prop::Absent;
        while let Some(key) = input.next_key::<String>()? {
            match key.as_str() {
                "@odata.context" => field(&mut page.context, &mut input),
                "@odata.count" => field(&mut page.count, &mut input),
                "@odata.nextLink" => field(&mut page.next_link, &mut input),
                "@odata.deltaLink" => field(&mut page.delta_link, &mut input),
                "value" => field(&mut value, &mut input),
                _ => read_extra(&mut page.extra, &key, &mut input),
            }
            .inspect_err(|_| blame(Step::Key(key)))?;
        }
        page.value = value
            .into_option()
            .ok_or_else(|| de::Error::missing_field("value"))?;
        Ok(page)
    }
}

/// A value that is not an object, in the wrapper that OData gives it: `{"value": "text"}`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ODataValue<T> {
    /// `@odata.context`.
    pub context: Prop<String>,
    /// The value; `Null` when the service has none.
    pub value: Prop<T>,
    /// Other annotations.
    pub extra: Extra,
}

impl<T> From<T> for ODataValue<T> {
    fn from(value: T) -> Self {
        ODataValue {
            context: Prop::Absent,
            value: Prop::Value(value),
            extra: None,
        }
    }
}

impl<T: JsonValue> JsonValue for ODataValue<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_map(ValueVisitor(PhantomData))
    }

    fn write<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut map = output.serialize_map(None)?;
        put(&mut map, "@odata.context", &self.context)?;
        put(&mut map, "value", &self.value)?;
        write_extra(&self.extra, &mut map)?;
        map.end()
    }
}

struct ValueVisitor<T>(PhantomData<T>);

impl<'de, T: JsonValue> Visitor<'de> for ValueVisitor<T> {
    type Value = ODataValue<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the property \"value\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<ODataValue<T>, A::Error> {
        let mut wrapper = ODataValue {
            context: Prop::Absent,
            value: Prop::Absent,
            extra: None,
        };
        while let Some(key) = input.next_key::<String>()? {
            match key.as_str() {
                "@odata.context" => field(&mut wrapper.context, &mut input),
                "value" => field(&mut wrapper.value, &mut input),
                _ => read_extra(&mut wrapper.extra, &key, &mut input),
            }
            .inspect_err(|_| blame(Step::Key(key)))?;
        }
        if wrapper.value.is_absent() {
            return Err(de::Error::missing_field("value"));
        }
        Ok(wrapper)
    }
}

fn read_extra<'de, A>(extra: &mut Extra, key: &str, input: &mut A) -> Result<bool, A::Error>
where
    A: MapAccess<'de>,
{
    let value = input.next_value()?;
    extra.get_or_insert_default().insert(key.to_owned(), value);
    Ok(true)
}
