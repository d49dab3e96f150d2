//! Reader for EPUB: the chapters in the order of the spine, with the page marks of print editions.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::metadata::Metadata;
use super::rendition::Rendition;
use super::xml::{Node, fields, walk};
use super::{Content, ReadError, html};

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if archive.part("META-INF/encryption.xml")?.is_some_and(|text| text.contains("EncryptedData") && text.contains("html")) {
        return Err(ReadError::Encrypted);
    }
    let container = archive.needed("META-INF/container.xml")?;
    let package = walk(&container).find_map(|node| match node {
        Node::Start(element) if element.name == "rootfile" => element.attribute("full-path"),
        _ => None,
    });
    let package = package.ok_or_else(|| ReadError::Broken("it names no package".to_owned()))?;
    let text = archive.needed(&package)?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut rendition = Rendition::default();
    let mut notices = BTreeSet::new();
    for chapter in chapters(&text, folder) {
        if rendition.is_full() {
            break;
        }
        if let Some(page) = archive.part(&chapter)? {
            notices.extend(html::add(&page, &mut rendition));
        }
    }
    let names = [("title", "title"), ("creator", "author"), ("publisher", "publisher"), ("date", "date"), ("language", "lang")];
    let metadata = Metadata::from_fields(&fields(&text, &names));
    Ok(Content { metadata, notices: notices.into_iter().collect(), ..Content::of_rendition(rendition) })
}

/// The paths of the chapters in reading order.
fn chapters(package: &str, folder: &str) -> Vec<String> {
    let mut items = BTreeMap::new();
    let mut spine = Vec::new();
    for node in walk(package) {
        let Node::Start(element) = node else { continue };
        match element.name.as_str() {
            "item" => {
                if let (Some(id), Some(href)) = (element.attribute("id"), element.attribute("href")) {
                    items.insert(id, href);
                }
            }
            "itemref" => spine.extend(element.attribute("idref")),
            _ => {}
        }
    }
    // A chapter that the spine names twice is read once.
    let mut seen = BTreeSet::new();
    spine.retain(|id| seen.insert(id.clone()));
    let path = |href: &String| if folder.is_empty() { href.clone() } else { format!("{folder}/{href}") };
    spine.iter().filter_map(|id| items.get(id)).map(path).collect()
}
