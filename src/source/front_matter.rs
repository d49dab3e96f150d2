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

    /// Reads a YAML mapping. Anything that is not one yields no fields, and says why.
    ///
    /// This happens in the server's own process: the text is short, and the parser's budget bounds how deep it is
    /// nested and how much its aliases make of it.
    pub fn from_yaml(yaml: &str) -> Result<Self, String> {
        if yaml.len() > LONGEST {
            return Err(format!("it is larger than {} KB", LONGEST >> 10));
        }
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! { max_depth: 16, max_aliases: 100, max_anchors: 100, max_merge_keys: 10 },
            alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 1_000, max_replay_stack_depth: 16 },
            with_snippet: false,
        };
        let parsed: Result<BTreeMap<String, serde_json::Value>, _> = serde_saphyr::from_str_with_options(yaml, options);
        let mut fields = Self::default();
        for (name, value) in parsed.map_err(|_| "it is no list of fields in YAML".to_owned())? {
            if let Some(value) = as_text(&value) {
                fields.add(&name, &value);
            }
        }
        Ok(fields)
    }

    /// The fields of a front matter, with a notice if it is no such thing as people write. Text between two lines of
    /// dashes need not be meant as one.
    #[must_use]
    pub fn of_front_matter(yaml: &str) -> (Self, Option<String>) {
        let long = || format!("its front matter was not read: it is larger than {} KB", LONGEST >> 10);
        (Self::from_yaml(yaml).unwrap_or_default(), (yaml.len() > LONGEST).then(long))
    }
}

/// Metadata is short. In bytes.
pub const LONGEST: usize = 64 << 10;

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
        let fields = Fields::from_yaml(find(text).unwrap().of(text)).unwrap();
        assert_eq!(fields.get("title").as_deref(), Some("A: b"));
        assert_eq!(fields.get("date").as_deref(), Some("2024-03-19"));
        assert_eq!(fields.get("credibility").as_deref(), Some("2"));
        assert_eq!(fields.get("authors").as_deref(), Some("A, B"));
    }

    #[test]
    fn broken_yaml_is_no_metadata() {
        assert!(Fields::from_yaml("title: [unclosed").is_err());
        assert!(Fields::from_yaml("a: &a [x,x,x]\nb: &b [*a,*a,*a,*a]\n").is_ok());
        let grown = format!("a: &a \"{}\"\ntitle: [{}]\n", "x".repeat(9000), "*a,".repeat(200));
        assert!(Fields::from_yaml(&grown).is_err());
        assert!(Fields::from_yaml(&format!("title: {}", "[".repeat(9000))).is_err());
        let long = format!("title: {}\n", "x".repeat(LONGEST));
        assert_eq!(Fields::of_front_matter(&long).1.as_deref(), Some("its front matter was not read: it is larger than 64 KB"));
        assert_eq!(find("---\nnever closed"), None);
    }
}
