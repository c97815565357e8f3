//! Takes the kinds, gives JSON Schemas of the files in `constraints/`, with which editors complete and check them.
//!
//! The tables are those of `tables`, which a test holds against what the reader takes; the keys of kinds are what the
//! kinds say of themselves. A schema knows one file at a time: whether an id exists, only the reader can say.

mod tables;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{About, KeyShape};
use tables::{Declarations, Generator, Length, OneOrMany, Quantity, Settings, Step, Waivers};

/// A sort of file in `constraints/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// Goals, risks, inputs and constraints.
    Declarations,
    /// `settings.toml`.
    Settings,
    /// `waivers.toml`.
    Waivers,
}

/// The schema of a sort of file, in JSON Schema draft 7, which is what the editors for TOML know.
pub fn schema(of: Document, kinds: &[&'static About]) -> Value {
    match of {
        Document::Declarations => {
            let mut schema = root::<Declarations>();
            constraint_by_kind(&mut schema, kinds);
            schema
        }
        Document::Settings => {
            let mut schema = root::<Settings>();
            let efforts = kinds.iter().filter(|kind| kind.shape.searches()).map(|kind| {
                let effort =
                    json!({ "description": kind.summary, "allOf": [{ "$ref": "#/definitions/Effort" }] });
                (kind.id.to_owned(), effort)
            });
            let kind = &mut schema["properties"]["kind"];
            kind["properties"] = efforts.collect::<Map<_, _>>().into();
            kind["additionalProperties"] = false.into();
            schema
        }
        Document::Waivers => root::<Waivers>(),
    }
}

fn root<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    // Keys of kinds take these, also where no table does.
    generator.subschema_for::<Generator>();
    generator.subschema_for::<Quantity>();
    generator.subschema_for::<Length>();
    generator.subschema_for::<OneOrMany>();
    generator.subschema_for::<Step>();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    schema
}

/// A constraint has one schema a kind, told apart by `kind`; what all have is said once.
fn constraint_by_kind(schema: &mut Value, kinds: &[&'static About]) {
    let Some(definitions) = schema["definitions"].as_object_mut() else { return };
    let Some(common) = definitions.remove("Constraint") else { return };
    let Some(properties) = common["properties"].as_object() else { return };
    let shared = properties.iter().map(|(key, _)| {
        let place = format!("#/definitions/constraint.{key}");
        (key.clone(), json!({ "$ref": place }))
    });
    let shared: Map<String, Value> = shared.collect();
    let of_kinds: Vec<Value> = kinds.iter().map(|kind| of_kind(kind, &common, &shared)).collect();
    for (key, value) in properties {
        definitions.insert(format!("constraint.{key}"), value.clone());
    }
    let description = common["description"].clone();
    definitions.insert("Constraint".to_owned(), json!({ "description": description, "oneOf": of_kinds }));
}

fn of_kind(kind: &About, common: &Value, shared: &Map<String, Value>) -> Value {
    let mut properties = shared.clone();
    let says = json!({ "const": kind.id, "description": kind.summary });
    properties.insert("kind".to_owned(), says);
    if !kind.shape.searches() {
        properties.remove("cases");
        properties.remove("budget");
    }
    for key in kind.keys {
        properties.insert(key.name.to_owned(), of_key(key.shape, key.says));
    }
    let mut required = common["required"].as_array().cloned().unwrap_or_default();
    required.extend(kind.keys.iter().filter(|key| key.required).map(|key| Value::from(key.name)));
    json!({
        "title": kind.id,
        "type": "object",
        "properties": properties,
        "required": required,
        "oneOf": [{ "required": ["target"] }, { "required": ["targets"] }],
        "additionalProperties": false,
    })
}

/// What stands behind a key of a kind.
fn of_key(shape: KeyShape, says: &str) -> Value {
    let reference = |name: &str| json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] });
    let mut schema = match shape {
        KeyShape::Expression | KeyShape::ExpressionOver(_) | KeyShape::Call(_) | KeyShape::Path => {
            json!({ "type": "string", "minLength": 1 })
        }
        KeyShape::Text => json!({ "type": "string" }),
        KeyShape::Words => reference("OneOrMany"),
        KeyShape::Flag => json!({ "type": "boolean" }),
        KeyShape::AtMost(_) | KeyShape::Size | KeyShape::Time => reference("Quantity"),
        KeyShape::Length => reference("Length"),
        KeyShape::Steps => {
            json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/Step" } })
        }
        KeyShape::Date => json!({ "type": "string", "format": "date" }),
        KeyShape::Table => {
            json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/OneOrMany" } })
        }
    };
    schema["description"] = says.into();
    schema
}

/// TOML has no null, so nothing may be one.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|it| it != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(any)) = map.get_mut("anyOf") {
                any.retain(|it| it["type"] != "null");
                if any.len() == 1 {
                    let only = map.remove("anyOf");
                    map.insert("allOf".to_owned(), only.unwrap_or_default());
                }
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}
