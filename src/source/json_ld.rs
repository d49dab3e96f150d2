//! Metadata that pages carry as JSON-LD, by the vocabulary of schema.org.

use serde_json::{Map, Value};

use super::Fields;

/// How deep objects may lie in lists and graphs, and how many are looked at.
const DEEPEST: usize = 6;
const MOST_OBJECTS: usize = 2000;

/// The objects of all scripts of a page.
#[derive(Debug, Default)]
pub struct Graph(Vec<Map<String, Value>>);

/// What is known of the page otherwise, by which its own object is told from others.
pub struct Known<'k> {
    pub addresses: &'k [String],
    pub titles: &'k [String],
}

impl Graph {
    /// Adds the objects of a script.
    pub fn read(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let script = script.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
        let parsed = serde_json::from_str::<Value>(script)
            // Line ends inside of strings are wrong, and common.
            .or_else(|_| serde_json::from_str(&script.replace(char::is_control, " ")));
        if let Ok(value) = parsed {
            self.add(value, DEEPEST);
        }
    }

    fn add(&mut self, value: Value, depth: usize) {
        if depth == 0 || self.0.len() >= MOST_OBJECTS {
            return;
        }
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.add(item, depth - 1)),
            Value::Object(mut map) => {
                let inside = [map.remove("@graph"), map.get("mainEntity").cloned()];
                self.0.push(map);
                inside.into_iter().flatten().for_each(|value| self.add(value, depth - 1));
            }
            _ => {}
        }
    }

    /// The fields of the page's own article, then those of the page as a web page.
    pub fn fields(&self, known: &Known<'_>) -> Fields {
        let mut fields = Fields::default();
        for is_one in [is_article as fn(&str) -> bool, is_page] {
            if let Some(own) = self.own(is_one, known) {
                self.add_fields(own, &mut fields);
            }
        }
        fields
    }

    /// The object of a kind that is about the page: by its address, then its headline; else the only one that does
    /// not say that it is about another.
    fn own(&self, is_one: fn(&str) -> bool, known: &Known<'_>) -> Option<&Map<String, Value>> {
        let all: Vec<_> = self.0.iter().filter(|object| types(object).any(is_one)).collect();
        let is_here = |object: &&&Map<String, Value>| addresses(object).any(|address| known.has_address(&address));
        let is_titled = |object: &&&Map<String, Value>| titles(object).any(|title| known.has_title(&title));
        let says_other = |object: &&&Map<String, Value>| {
            !known.addresses.is_empty()
                && addresses(object).next().is_some()
                && !known.titles.is_empty()
                && titles(object).next().is_some()
        };
        let found = all.iter().find(|object| is_here(object) && is_titled(object));
        let found = found.or_else(|| all.iter().find(is_titled)).or_else(|| all.iter().find(is_here));
        found.or_else(|| all.first().filter(|object| all.len() == 1 && !says_other(object))).copied()
    }

    fn add_fields(&self, object: &Map<String, Value>, fields: &mut Fields) {
        let texts =
            [("headline", "headline"), ("name", "headline"), ("datePublished", "datepublished"), ("inLanguage", "inlanguage")];
        for (from, to) in texts {
            if let Some(text) = object.get(from).and_then(text) {
                fields.add(to, &text);
            }
        }
        if let Some(address) = addresses(object).next() {
            fields.add("url", &address);
        }
        for (from, to) in [("author", "author"), ("creator", "author"), ("publisher", "publisher")] {
            if let Some(name) = object.get(from).and_then(|value| self.name(value)) {
                fields.add(to, &name);
            }
        }
    }

    /// A name, or the `name` of a person or an organisation, or of several. One may stand elsewhere in the graph.
    fn name(&self, value: &Value) -> Option<String> {
        match value {
            Value::Array(items) => {
                let names: Vec<String> =
                    items.iter().take(64).filter(|item| !item.is_array()).filter_map(|item| self.name(item)).collect();
                (!names.is_empty()).then(|| names.join(", "))
            }
            Value::Object(map) => map.get("name").and_then(text).or_else(|| {
                let id = map.get("@id")?;
                self.0
                    .iter()
                    .find(|object| object.get("@id") == Some(id) && object.contains_key("name"))?
                    .get("name")
                    .and_then(text)
            }),
            value => text(value),
        }
    }
}

impl Known<'_> {
    fn has_address(&self, address: &str) -> bool {
        let bare = bare_address(address);
        self.addresses.iter().any(|known| bare_address(known) == bare)
    }

    /// Pages shorten their headlines, and put their names behind them.
    fn has_title(&self, title: &str) -> bool {
        const SHORTEST: usize = 12;
        let title = title.to_lowercase();
        self.titles.iter().any(|known| {
            let known = known.to_lowercase();
            known == title
                || title.len() >= SHORTEST && known.contains(&title)
                || known.len() >= SHORTEST && title.contains(&known)
        })
    }
}

/// An address without what differs between copies of it.
fn bare_address(address: &str) -> &str {
    let address = address.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address)
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let many = kind.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let of_schema = |kind: &'_ str| kind.rsplit('/').next().map_or(0, |last| kind.len() - last.len());
    kind.and_then(Value::as_str).into_iter().chain(many).map(move |kind| &kind[of_schema(kind)..])
}

/// Kinds of creative works that a page is made of.
pub fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("Posting") && kind != "JobPosting"
        || matches!(kind, "Report" | "Review" | "CreativeWork" | "GovernmentDocument" | "PressRelease")
}

fn is_page(kind: &str) -> bool {
    kind.ends_with("Page")
}

/// Where an object says that it is: its address, or the page of which it is the main thing.
fn addresses(object: &Map<String, Value>) -> impl Iterator<Item = String> {
    let page = object.get("mainEntityOfPage");
    let of_page = [page, page.and_then(|page| page.get("@id")), page.and_then(|page| page.get("url"))];
    let all = [object.get("url"), of_page[0], of_page[1], of_page[2], object.get("@id")];
    all.into_iter().flatten().filter_map(Value::as_str).filter(|address| address.contains("://")).map(str::to_owned)
}

fn titles(object: &Map<String, Value>) -> impl Iterator<Item = String> {
    ["headline", "name", "alternativeHeadline"].into_iter().filter_map(|name| object.get(name).and_then(text))
}

/// A text; of several the first. Some write markup in it.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(super::html::unescape(text)),
        Value::Array(items) => items.first().and_then(Value::as_str).map(super::html::unescape),
        Value::Object(map) => map.get("@value").and_then(Value::as_str).map(super::html::unescape),
        _ => None,
    }
}
