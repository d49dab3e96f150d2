//! CSL-JSON: what Zotero, Pandoc and other reference managers exchange.

use serde::Deserialize;
use serde_json::Value;

use super::{Entry, HEAD, MOST_ENTRIES, Read, files};
use crate::source::Metadata;

/// An item as far as we need it. Programs write the fields in many ways, so each is read apart.
#[derive(Deserialize)]
struct Item {
    id: Value,
    #[serde(rename = "type")]
    kind: Value,
    #[serde(flatten)]
    fields: serde_json::Map<String, Value>,
}

/// Reads a JSON file. One that holds no items of a bibliography is some other JSON and has no
/// entries.
pub fn read(text: &str, folder: &str) -> Read {
    if !may_be(&text[..text.floor_char_boundary(HEAD as usize)]) {
        return Read::default();
    }
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Read { is_broken: true, ..Read::default() } };
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut object) => match object.remove("items").or_else(|| object.remove("references")) {
            Some(Value::Array(items)) => items,
            _ => vec![Value::Object(object)],
        },
        _ => Vec::new(),
    };
    let mut read = Read::default();
    for (key, entry) in items.into_iter().filter_map(|item| entry(item, folder)) {
        if read.entries.len() >= MOST_ENTRIES && !read.entries.contains_key(&key) {
            read.is_full();
            break;
        }
        read.entries.insert(key, entry);
    }
    read
}

/// The first item of a bibliography has its fields. A short beginning may end before them.
pub fn may_be(head: &str) -> bool {
    head.len() < HEAD as usize / 2 || head.contains("\"id\"") && head.contains("\"type\"")
}

fn entry(item: Value, folder: &str) -> Option<(String, Entry)> {
    let item: Item = serde_json::from_value(item).ok()?;
    let key = text(&item.id)?;
    item.kind.as_str()?;
    let get = |names: &[&str]| names.iter().find_map(|name| item.fields.get(*name)).and_then(text);
    let custom = |name: &str| item.fields.get("custom").and_then(|custom| custom.get(name));
    let named = item.fields.get("file").or_else(|| custom("file"));
    let entry = Entry {
        metadata: Metadata {
            title: get(&["title"]),
            author: item.fields.get("author").and_then(people),
            publisher: get(&["container-title", "publisher"]),
            date: item.fields.get("issued").and_then(date),
            lang: get(&["language"]),
            url: get(&["URL", "url"]),
            reliability: custom("reliability").and_then(text),
            credibility: custom("credibility").and_then(text),
            origin: custom("origin").and_then(text).or_else(|| get(&["original-publisher"])),
            ..Metadata::default()
        },
        doi: get(&["DOI", "doi"]),
        pages: get(&["page"]).as_deref().and_then(Entry::pages_of),
        files: named.map(|named| paths(named, folder)).unwrap_or_default(),
    };
    Some((key, entry))
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => crate::text::words::readable(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// One path or a list of them.
fn paths(value: &Value, folder: &str) -> Vec<String> {
    match value {
        Value::String(field) => files::of_field(field, folder),
        Value::Array(parts) => parts.iter().filter_map(Value::as_str).filter_map(|part| files::path(part, folder)).collect(),
        _ => Vec::new(),
    }
}

/// `Lindqvale, Sanne and Ode, Ruth`, as BibTeX has it.
fn people(value: &Value) -> Option<String> {
    let name = |person: &Value| {
        let part = |name: &str| person.get(name).and_then(text);
        match (part("family"), part("given")) {
            (Some(family), Some(given)) => Some(format!("{family}, {given}")),
            (family, _) => family.or_else(|| part("literal")),
        }
    };
    let names: Vec<String> = value.as_array()?.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// `{"date-parts": [[2024, 3, 27]]}`, where the numbers may be text, or the date in words.
fn date(value: &Value) -> Option<String> {
    let parts = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let Some(parts) = parts else {
        return ["raw", "literal"].iter().find_map(|name| value.get(*name)).and_then(text);
    };
    let numbers: Vec<u32> = parts.iter().map_while(|part| text(part)?.parse().ok()).collect();
    match numbers[..] {
        [year, month, day, ..] => Some(format!("{year:04}-{month:02}-{day:02}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year] => Some(format!("{year:04}")),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_become_entries() {
        let text = r#"[{"id": "cable118", "type": "report", "title": "Cranes", "publisher": "Ministry",
            "author": [{"family": "Vale", "given": "Sanne"}, {"literal": "The Desk"}],
            "issued": {"date-parts": [["2024", 3, 27]]}, "DOI": "10.1/x", "URL": "https://a.example",
            "custom": {"file": "sources/cable.md", "reliability": "B"}},
            {"id": 7, "type": "book", "file": ["/z/a.pdf", "b.pdf"]}, {"id": "no type"}, 3]"#;
        let read = read(text, "refs");
        assert!(!read.is_broken);
        let cable = &read.entries["cable118"];
        assert_eq!(cable.metadata.author.as_deref(), Some("Vale, Sanne and The Desk"));
        assert_eq!(cable.metadata.date.as_deref(), Some("2024-03-27"));
        assert_eq!(cable.metadata.reliability.as_deref(), Some("B"));
        assert_eq!((cable.files.as_slice(), cable.doi.as_deref()), (&["refs/sources/cable.md".to_owned()][..], Some("10.1/x")));
        assert_eq!(read.entries["7"].files, ["/z/a.pdf", "refs/b.pdf"]);
        assert_eq!(read.entries.len(), 2);
    }

    #[test]
    fn other_json_is_no_bibliography() {
        for text in ["{}", "[]", "3", "null", r#"{"name": "x", "items": [1]}"#, r#"[{"id": {}, "type": "x"}]"#] {
            assert_eq!(read(text, ""), Read::default(), "{text}");
        }
        assert!(read("[{", "").is_broken && read("[[[[", "").is_broken);
    }
}
