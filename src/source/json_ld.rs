//! Metadata that pages carry as JSON-LD, by the vocabulary of schema.org.

use serde_json::Value;

use super::Fields;

/// How deep an article may lie in a graph.
const DEEPEST: usize = 4;

/// Adds the fields of the first article that a script names.
pub fn read(script: &str, fields: &mut Fields) {
    if let Ok(value) = serde_json::from_str::<Value>(script.trim())
        && let Some(article) = article(&value, DEEPEST)
    {
        for (from, to) in
            [("headline", "headline"), ("datePublished", "datepublished"), ("inLanguage", "inlanguage"), ("url", "url")]
        {
            if let Some(text) = article.get(from).and_then(text) {
                fields.add(to, &text);
            }
        }
        for (from, to) in [("author", "author"), ("publisher", "publisher")] {
            if let Some(name) = article.get(from).and_then(name) {
                fields.add(to, &name);
            }
        }
    }
}

fn article(value: &Value, depth: usize) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| article(item, depth.checked_sub(1)?)),
        Value::Object(map) => {
            let is_article = |kind: &Value| {
                text(kind).is_some_and(|kind| {
                    kind.ends_with("Article") || matches!(kind.as_str(), "Report" | "BlogPosting" | "WebPage")
                })
            };
            let kinds = map.get("@type");
            let is_one =
                kinds.is_some_and(|kind| is_article(kind) || kind.as_array().is_some_and(|all| all.iter().any(is_article)));
            if is_one { Some(value) } else { map.get("@graph").and_then(|graph| article(graph, depth.checked_sub(1)?)) }
        }
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A name, or the `name` of a person or an organisation, or of several.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(map) => map.get("name").and_then(text),
        value => text(value),
    }
}
