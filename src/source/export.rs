//! Reader for JSON exports: each object of the list, or of the lines, is a record with text.

use serde_json::{Map, Value};

use super::marks::MarkKind;
use super::rendition::Rendition;
use super::{Content, ReadError};
use crate::text::blocks::{self, BlockKind};

/// Fields that name a record.
const TITLES: &[&str] = &["title", "headline", "subject", "name"];

pub fn read(text: &str) -> Result<Content, ReadError> {
    let broken = |error: serde_json::Error| ReadError::Broken(format!("line {}: {}", error.line(), kind(&error)));
    let records = match serde_json::from_str::<Value>(text) {
        Ok(value) => records(value),
        // An object a line; a torn last line costs only itself.
        Err(error) => {
            let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            let objects: Vec<_> = lines.into_iter().filter_map(object).collect();
            if objects.is_empty() { return Err(broken(error)) } else { objects }
        }
    };
    let mut rendition = Rendition::default();
    for (at, record) in records.iter().enumerate() {
        rendition.mark(MarkKind::Row, &(at + 1).to_string());
        write(record, &mut rendition);
    }
    if rendition.is_empty() {
        return Err(ReadError::Broken("it holds no text".to_owned()));
    }
    Ok(Content::of_rendition(rendition))
}

fn kind(error: &serde_json::Error) -> &'static str {
    if error.is_eof() { "the file ends too early" } else { "it is no JSON" }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// The objects of a list, or of the first list inside an object, else the object itself.
fn records(value: Value) -> Vec<Map<String, Value>> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(object).collect(),
        Value::Object(map) => {
            let is_list = |value: &Value| value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
            match map.values().find(|value| is_list(value)) {
                Some(list) => records(list.clone()),
                None => vec![map],
            }
        }
        _ => Vec::new(),
    }
}

/// The title, then every field that holds words.
fn write(record: &Map<String, Value>, out: &mut Rendition) {
    let title = TITLES.iter().find_map(|name| record.get(*name)?.as_str().map(|title| (*name, title)));
    if let Some((_, title)) = title {
        out.block(BlockKind::Heading, title);
    }
    for (_, value) in record.iter().filter(|(name, _)| title.is_none_or(|(taken, _)| taken != name.as_str())) {
        let Some(text) = value.as_str().filter(|text| text.split_whitespace().count() >= 3) else { continue };
        for block in blocks::plain(text).blocks {
            out.block(block.kind, block.span.of(text));
        }
    }
}
