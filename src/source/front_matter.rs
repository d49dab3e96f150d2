//! YAML front matter: named fields at the head of a Markdown or text file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Fields by lower-case name; values are plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// Sets a field unless it is known already; the first mention wins. Empty values are none.
    pub fn add(&mut self, name: &str, value: &str) {
        let value = crate::text::words::readable(value);
        if !value.is_empty() {
            self.0.entry(name.to_lowercase()).or_insert(value);
        }
    }

    /// Reads a YAML mapping. Anything that is not one yields no fields.
    #[must_use]
    pub fn from_yaml(yaml: &str) -> Self {
        let mut fields = Self::default();
        let parsed: Result<BTreeMap<String, serde_json::Value>, _> = serde_saphyr::from_str(yaml);
        for (name, value) in parsed.unwrap_or_default() {
            if let Some(value) = as_text(&value) {
                fields.add(&name, &value);
            }
        }
        fields
    }
}

fn as_text(value: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(as_text).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Object(_) => None,
    }
}

/// The YAML between `---` lines at the start of a text, if there is any.
#[must_use]
pub fn find(text: &str) -> Option<Span> {
    let start = ["---\n", "---\r\n"].iter().find(|open| text.starts_with(**open))?.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(Span::new(start, at));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_becomes_text_fields() {
        let text = "---\ntitle: \"A: b\"\nDate: 2024-03-19\ncredibility: 2\nauthors: [A, B]\n---\nBody";
        let fields = Fields::from_yaml(find(text).unwrap().of(text));
        assert_eq!(fields.get("title").as_deref(), Some("A: b"));
        assert_eq!(fields.get("date").as_deref(), Some("2024-03-19"));
        assert_eq!(fields.get("credibility").as_deref(), Some("2"));
        assert_eq!(fields.get("authors").as_deref(), Some("A, B"));
    }

    #[test]
    fn broken_yaml_is_no_metadata() {
        assert_eq!(Fields::from_yaml("title: [unclosed"), Fields::default());
        assert_eq!(find("---\nnever closed"), None);
    }
}
