//! Reader for JSON exports: each object of the list, or of the lines, is a record with text.

use serde_json::{Map, Value};

use super::marks::MarkKind;
use super::metadata::Metadata;
use super::rendition::Rendition;
use super::{Content, Fields, ReadError};
use crate::text::blocks::{self, BlockKind};

/// Fields that name a record.
const TITLES: &[&str] = &["title", "headline", "subject", "name"];

/// Shorter values are names, dates and codes rather than text.
const LEAST_WORDS: usize = 3;

pub fn read(text: &str) -> Result<Content, ReadError> {
    let broken = |error: serde_json::Error| ReadError::Broken(format!("line {}: {}", error.line(), kind(&error)));
    let mut rendition = Rendition::default();
    let mut metadata = Metadata::default();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(map)) => match map.values().find_map(list) {
            Some(records) => {
                metadata = Metadata::from_fields(&own_fields(&map));
                write_all(records, &mut rendition);
            }
            None => write_all(&[Value::Object(map)], &mut rendition),
        },
        Ok(value) => write_all(list(&value).unwrap_or_default(), &mut rendition),
        // An object a line; a torn last line costs only itself.
        Err(error) => {
            let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            if !lines.iter().any(Value::is_object) {
                return Err(broken(error));
            }
            write_all(&lines, &mut rendition);
        }
    }
    if rendition.is_empty() {
        return Err(ReadError::Broken("it holds no text".to_owned()));
    }
    Ok(Content { metadata, ..Content::of_rendition(rendition) })
}

fn kind(error: &serde_json::Error) -> &'static str {
    if error.is_eof() { "the file ends too early" } else { "it is no JSON" }
}

/// The first list of objects, however deep it lies.
fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(items) if items.iter().any(Value::is_object) => Some(items),
        Value::Object(map) => map.values().find_map(list),
        _ => None,
    }
}

/// What an object says of all its records.
fn own_fields(map: &Map<String, Value>) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in map.iter().filter_map(|(name, value)| Some((name, value.as_str()?))) {
        fields.add(name, value);
    }
    fields
}

fn write_all(records: &[Value], out: &mut Rendition) {
    for (at, record) in records.iter().filter_map(Value::as_object).enumerate() {
        out.mark(MarkKind::Row, &(at + 1).to_string());
        write(record, out);
    }
}

/// The title, then every field that holds words.
fn write(record: &Map<String, Value>, out: &mut Rendition) {
    let title = TITLES.iter().find_map(|name| record.get(*name)?.as_str().map(|title| (*name, title)));
    if let Some((_, title)) = title {
        out.block(BlockKind::Heading, title);
    }
    for (_, value) in record.iter().filter(|(name, _)| title.is_none_or(|(taken, _)| taken != name.as_str())) {
        write_words(value, out);
    }
}

fn write_words(value: &Value, out: &mut Rendition) {
    match value {
        Value::String(text) if text.split_whitespace().count() >= LEAST_WORDS => {
            for block in blocks::plain(text).blocks {
                out.block(block.kind, block.span.of(text));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| write_words(item, out)),
        Value::Object(map) => map.values().for_each(|item| write_words(item, out)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Body;

    fn shown(json: &str) -> Vec<String> {
        let Ok(Content { body: Body::Rendition(rendition), .. }) = read(json) else { panic!("{json}") };
        let (text, layout, marks) = rendition.finish("a.json", &Metadata::default());
        let row = |at: usize| marks.iter().filter(|mark| mark.at <= at).count();
        layout.blocks.iter().map(|b| format!("{} {}", row(b.span.start), b.span.of(&text))).collect()
    }

    #[test]
    fn records_and_their_text_may_lie_deep() {
        let json =
            r#"{"v":{"items":[{"name":"Mill","body":{"parts":["It closed in May.","x"]}},{"text":"It burned in June."}]}}"#;
        assert_eq!(shown(json), ["1 Mill", "1 It closed in May.", "2 It burned in June."]);
    }

    #[test]
    fn lines_are_records_and_a_torn_one_is_left_out() {
        assert_eq!(shown("{\"t\":\"It closed in May.\"}\n{\"t\":\"It bur"), ["1 It closed in May."]);
    }
}
