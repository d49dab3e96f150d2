//! What a page says of itself: in its head, in JSON-LD, in microdata, and in the lines around its headline.
//!
//! Each statement counts only where it is about the page: not that of a photo, an author, a comment or another
//! article inside it.

use super::tree::{Element, Id, Tree};
use crate::source::Fields;
use crate::source::dateline::{self, Line};
use crate::source::json_ld::{Graph, Known, is_article};
use crate::source::metadata::{Metadata, iso_date};
use crate::text::words::readable;

/// Names of fields in the order in which they count. Each system for publishing has its own.
const TITLES: &[&str] = &[
    "citation_title",
    "og:title",
    "headline",
    "title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "twitter:title",
];
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "rnews:datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dc.issued",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_date",
    "published-date",
    "publisheddate",
    "published_time",
    "published_at",
    "published",
    "date_published",
    "article_date_original",
    "article.published",
    "article:post_date",
    "originalpublicationdate",
    "first_published",
    "bt:pubdate",
    "og:pubdate",
    "pubdate",
    "pub_date",
    "pdate",
    "ptime",
    "utime",
    "dcsext.articlefirstpublished",
    "shareaholic:article_published_time",
    "vr:published_time",
    "bi3dpubdate",
    "displaydate",
    "release_date",
    "issue_date",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date",
    "datecreated",
    "creation_date",
];
const AUTHORS: &[&str] = &[
    "author",
    "authors",
    "citation_author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "creator",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "article:author_name",
];
const PUBLISHERS: &[&str] = &[
    "publisher",
    "og:site_name",
    "organization",
    "institution",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "agency",
    "issuer",
    "application-name",
];
const LANGUAGES: &[&str] =
    &["lang", "inlanguage", "og:locale", "language", "content-language", "dc.language", "dcterms.language"];

/// What is known of a page, and what its words suggest.
pub fn of(tree: &Tree, lines: &[Line]) -> (Metadata, Metadata) {
    let head = Head::of(tree);
    let titles: Vec<String> = head
        .all(TITLES)
        .chain(head.title.as_deref())
        .chain(lines.iter().find(|line| line.is_headline).map(|line| line.text.as_str()))
        .map(str::to_owned)
        .collect();
    let addresses: Vec<String> = [head.address(), tree.saved_from.clone()].into_iter().flatten().collect();
    let known = Known { addresses: &addresses, titles: &titles };
    let graph = head.graph.fields(&known);
    let item = microdata(tree, &titles);
    let get =
        |names: &[&str]| names.iter().find_map(|name| head.first(name).or_else(|| graph.get(name)).or_else(|| item.get(name)));
    let publisher = get(PUBLISHERS);
    let (title, site) = head.title.as_deref().map_or((None, None), |title| {
        let (title, site) = split_title(title);
        (Some(title.to_owned()), site.map(str::to_owned))
    });
    let title = get(TITLES).map(|title| without_site(&title, publisher.as_deref())).or(title);
    let headline = || lines.iter().find(|line| line.is_headline).map(|line| line.text.clone());
    let dates = DATES.iter().flat_map(|name| head.every(name).map(str::to_owned).chain(graph.get(name)).chain(item.get(name)));
    let date = dates.take(64).find_map(|date| stamp(&date)).or_else(|| dateline::of_times(lines));
    let metadata = Metadata {
        title: title.or_else(headline),
        author: head.people().or_else(|| graph.get("author")).or_else(|| item.get("author")),
        publisher: publisher.or(site),
        date,
        lang: get(LANGUAGES),
        url: addresses.first().cloned().or_else(|| graph.get("url")).or_else(|| item.get("url")),
        ..Metadata::from_fields(&head.judged())
    };
    let guessed = Metadata { date: dateline::of_words(lines), ..Metadata::default() };
    (metadata, guessed)
}

/// A date, or the seconds since 1970 of one.
fn stamp(value: &str) -> Option<String> {
    const OF_SECONDS: usize = 10;
    const OF_MILLISECONDS: usize = 13;
    let value = value.trim();
    if value.bytes().all(|b| b.is_ascii_digit()) && matches!(value.len(), OF_SECONDS | OF_MILLISECONDS) {
        let moment = time::OffsetDateTime::from_unix_timestamp(value[..OF_SECONDS].parse().ok()?).ok()?;
        return Some(moment.date().to_string());
    }
    iso_date(value)
}

/// What stands in elements for metadata, by name in lower case.
#[derive(Default)]
struct Head {
    fields: Vec<(String, String)>,
    title: Option<String>,
    canonical: Option<String>,
    base: Option<String>,
    graph: Graph,
}

/// Fields of one page that are kept.
const MOST_FIELDS: usize = 2000;

impl Head {
    fn of(tree: &Tree) -> Self {
        let mut head = Self::default();
        for (id, element) in tree.elements() {
            if element.is_foreign || head.fields.len() >= MOST_FIELDS {
                continue;
            }
            match element.name.as_str() {
                "html" => {
                    let lang = element.attribute("lang").or_else(|| element.attribute("xml:lang"));
                    head.add("lang", lang.unwrap_or_default());
                }
                "title" if head.title.is_none() => {
                    head.title = Some(readable(&tree.text(id, 4096))).filter(|title| !title.is_empty());
                }
                "meta" => head.meta(tree, id, element),
                "base" => head.base = head.base.take().or_else(|| element.attribute("href").map(str::to_owned)),
                "link" if head.canonical.is_none() && element.words("rel").any(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    head.canonical = element.attribute("href").map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
                }
                "script"
                    if element
                        .attribute("type")
                        .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json")) =>
                {
                    head.graph.read(&tree.text(id, usize::MAX));
                }
                _ => {}
            }
        }
        head
    }

    /// A `meta` element may name its field in several ways. In an item it speaks of that.
    fn meta(&mut self, tree: &Tree, id: Id, element: &Element) {
        let Some(value) = element.attribute("content") else { return };
        for name in ["name", "property", "http-equiv"] {
            for field in element.words(name) {
                self.add(field, value);
            }
        }
        if item_around(tree, id).is_none() {
            for field in element.words("itemprop").filter(|field| *field != "url" && *field != "name") {
                self.add(field, value);
            }
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        let value = readable(value);
        if !value.is_empty() {
            self.fields.push((name.to_lowercase(), value));
        }
    }

    fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn first(&self, name: &str) -> Option<String> {
        self.every(name).next().map(str::to_owned)
    }

    fn all<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = &'s str> {
        names.iter().flat_map(|name| self.every(name))
    }

    /// The canonical address, or that of Open Graph.
    fn address(&self) -> Option<String> {
        let shared = self.first("og:url");
        let around = [shared.as_deref(), self.base.as_deref()];
        let canonical = self.canonical.as_deref().and_then(|href| absolute(href, &around));
        canonical.or_else(|| shared.as_deref().and_then(|href| absolute(href, &[self.base.as_deref()])))
    }

    /// All authors that are names and not addresses.
    fn people(&self) -> Option<String> {
        AUTHORS.iter().find_map(|name| {
            let mut people: Vec<&str> = Vec::new();
            for person in self.every(name).filter(|person| !person.contains("://") && !person.starts_with('@')).take(64) {
                if !people.contains(&person) {
                    people.push(person);
                }
            }
            (!people.is_empty()).then(|| people.join(", "))
        })
    }

    /// How an archive judged the page.
    fn judged(&self) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in &self.fields {
            if matches!(
                name.as_str(),
                "reliability" | "credibility" | "classification" | "marking" | "tlp" | "archive-url" | "archived"
            ) {
                fields.add(name, value);
            }
        }
        fields
    }
}

/// An address with its scheme and host, which another of the page may lend it.
fn absolute(href: &str, around: &[Option<&str>]) -> Option<String> {
    let href = href.trim();
    if href.starts_with("http://") || href.starts_with("https://") {
        return Some(href.to_owned());
    }
    if let Some(rest) = href.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    let path = href.strip_prefix('/')?;
    let origin = around.iter().flatten().find_map(|address| {
        let (scheme, rest) = address.split_once("://")?;
        Some(format!("{scheme}://{}", rest.split('/').next()?))
    })?;
    Some(format!("{origin}/{path}"))
}

/// The item (microdata) in which an element stands.
fn item_around(tree: &Tree, id: Id) -> Option<Id> {
    const DEEPEST: usize = 256;
    tree.ancestors(id).take(DEEPEST).find(|(_, element)| element.attribute("itemscope").is_some()).map(|(id, _)| id)
}

/// The properties of the item that is the page's article.
fn microdata(tree: &Tree, titles: &[String]) -> Fields {
    let mut items: Vec<Item> = Vec::new();
    // Items that are open, of any kind, with the article that each is.
    let mut open: Vec<(Id, Option<usize>)> = Vec::new();
    for (id, element) in tree.elements() {
        while open.last().is_some_and(|(end, _)| *end <= id) {
            open.pop();
        }
        let is_item = element.attribute("itemscope").is_some();
        if let Some((_, Some(at))) = open.last() {
            for name in element.words("itemprop") {
                items[*at].add(tree, id, element, name, is_item);
            }
        }
        if is_item {
            let kind = element.attribute("itemtype").unwrap_or_default();
            let is_own = kind.split_whitespace().any(|kind| is_article(kind.rsplit('/').next().unwrap_or_default()));
            // What is a property of an article is another one.
            let is_own = is_own && open.iter().all(|(_, at)| at.is_none()) && items.len() < MOST_FIELDS;
            if is_own {
                items.push(Item::default());
            }
            open.push((tree.nodes[id].end, is_own.then(|| items.len() - 1)));
        }
    }
    let is_titled = |item: &Item| {
        item.0
            .get("headline")
            .is_some_and(|headline| titles.iter().any(|title| title.contains(&headline) || headline.contains(title.as_str())))
    };
    let only = items.len() == 1;
    items.into_iter().find(|item| only || is_titled(item)).map(|item| item.0).unwrap_or_default()
}

#[derive(Default)]
struct Item(Fields);

impl Item {
    fn add(&mut self, tree: &Tree, id: Id, element: &Element, name: &str, is_item: bool) {
        const LONGEST: usize = 300;
        let name = match name.to_ascii_lowercase().as_str() {
            known @ ("headline" | "datepublished" | "datecreated" | "inlanguage" | "url" | "author" | "publisher") => {
                known.to_owned()
            }
            "name" => "headline".to_owned(),
            "mainentityofpage" => "url".to_owned(),
            "creator" => "author".to_owned(),
            _ => return,
        };
        let value = if is_item {
            let inside = id + 1..tree.nodes[id].end.min(id + LONGEST);
            let is_name = |inner: &Id| tree.element(*inner).is_some_and(|e| e.words("itemprop").any(|word| word == "name"));
            let named = inside.into_iter().find(is_name);
            named.map(|inner| value_of(tree, inner)).unwrap_or_default()
        } else if name == "url" {
            element
                .attribute("href")
                .or_else(|| element.attribute("content"))
                .or_else(|| element.attribute("itemid"))
                .unwrap_or_default()
                .to_owned()
        } else {
            value_of(tree, id)
        };
        if name != "url" || value.contains("://") {
            self.0.add(&name, &value);
        }
    }
}

/// The value of a property: what the markup says, else the words.
fn value_of(tree: &Tree, id: Id) -> String {
    const LONGEST: usize = 300;
    let attribute = tree.element(id).and_then(|element| element.attribute("content").or_else(|| element.attribute("datetime")));
    attribute.map_or_else(|| readable(&tree.text(id, LONGEST)), str::to_owned)
}

/// "Headline | Site" in a page's title.
fn split_title(title: &str) -> (&str, Option<&str>) {
    match title.rsplit_once(" | ").or_else(|| title.rsplit_once(" — ")).or_else(|| title.rsplit_once(" – ")) {
        Some((headline, site)) if headline.len() > site.len() => (headline.trim(), Some(site.trim())),
        _ => (title, None),
    }
}

/// A title without the publisher's name behind it.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    let bare = publisher.and_then(|publisher| title.strip_suffix(publisher)).map(str::trim_end);
    let bare = bare.and_then(|title| title.strip_suffix(['|', '-', '–', '—', '·', ':'])).map(str::trim_end);
    bare.filter(|title| !title.is_empty()).unwrap_or(title).to_owned()
}
