//! The settings as other programs and people want to read about them: a JSON schema of the file, the
//! section of an editor's extension, and the table of the documentation.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::model::Judge;
use super::table::{Kind, SETTINGS, Setting};
use crate::rules::yardstick::Standard;
use crate::rules::{Level, Profile, RULES};

/// The JSON schema of `corroborate.toml`.
#[must_use]
pub fn of_file() -> Value {
    let own = SETTINGS.iter().filter(|setting| !setting.is_of_user);
    let properties: Map<String, Value> = own.map(|setting| (setting.name.to_owned(), in_file(setting))).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "corroborate.toml",
        "description": "Settings of corroborate for a workspace",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

/// The settings as the `properties` of an extension of VS Code.
#[must_use]
pub fn of_vscode() -> Value {
    let property = |setting: &Setting| {
        let mut property = described(shape(setting.kind, true), "markdownDescription", setting.doc);
        put(&mut property, "default", default(setting));
        put(&mut property, "scope", "resource".into());
        (format!("corroborate.{}", setting.name), property)
    };
    Value::Object(SETTINGS.iter().filter(|setting| !setting.is_of_user).map(property).collect())
}

/// The settings as a table in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut table = "| setting | type | default | what it says |\n|---|---|---|---|\n".to_owned();
    for Setting { name, kind, default, summary, is_of_user, .. } in SETTINGS {
        let whose = if *is_of_user { " (in the user's own file only)" } else { "" };
        let default = if *default == "null" { "not set".to_owned() } else { format!("`{default}`") };
        // Writing into a string cannot fail.
        let _ = writeln!(table, "| `{name}` | {} | {default} | {summary}{whose} |", kind.words());
    }
    table
}

fn in_file(setting: &Setting) -> Value {
    let mut property = described(shape(setting.kind, false), "description", setting.doc);
    let default = default(setting);
    if !default.is_null() {
        put(&mut property, "default", default);
    }
    property
}

fn default(setting: &Setting) -> Value {
    serde_json::from_str(setting.default).unwrap_or_default()
}

fn described(mut property: Value, how: &str, doc: &str) -> Value {
    put(&mut property, how, doc.into());
    property
}

fn put(property: &mut Value, name: &str, value: Value) {
    if let Some(fields) = property.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// What a value looks like. In editors a setting can be null, which TOML does not know.
fn shape(kind: Kind, can_be_null: bool) -> Value {
    let globs = json!({ "type": "array", "items": { "type": "string" } });
    match kind {
        Kind::Globs => globs,
        Kind::MaybeGlobs if can_be_null => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
        Kind::MaybeGlobs => globs,
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Megabytes => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Kind::MaybeOneOf(names) if can_be_null => {
            let names: Vec<Value> = names.iter().map(|name| Value::from(*name)).chain([Value::Null]).collect();
            json!({ "type": ["string", "null"], "enum": names })
        }
        Kind::OneOf(names) | Kind::MaybeOneOf(names) => json!({ "type": "string", "enum": names }),
        Kind::Names => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::Rules => rules(),
        Kind::Model => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "judge": { "type": "string", "enum": Judge::ALL.map(Judge::name) },
                "path": { "type": "string" },
            },
        }),
        Kind::Yardstick => {
            let percent = json!({ "type": "integer", "minimum": 0, "maximum": 100 });
            let range = json!({ "type": "array", "items": percent, "minItems": 2, "maxItems": 2 });
            json!({
                "anyOf": [
                    { "type": "string", "enum": Standard::ALL.map(Standard::name) },
                    { "type": "object", "additionalProperties": range },
                ],
            })
        }
        Kind::Overrides => json!({
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["notes"],
                "properties": {
                    "notes": described(globs, "description", "Globs of the notes for which it holds."),
                    "profile": { "type": "string", "enum": Profile::ALL.map(Profile::name) },
                    "rules": rules(),
                },
            },
        }),
    }
}

fn rules() -> Value {
    let levels = Level::ALL.map(Level::name);
    let rule = |code: &str, summary: &str| (code.to_owned(), json!({ "description": summary, "enum": levels }));
    let properties: Map<String, Value> = RULES.iter().map(|it| rule(it.code, it.summary)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}
