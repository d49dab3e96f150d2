//! XML as a plain run of starts, ends and texts, whatever is wrong with it.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// One step through a document. Names are without their prefix.
#[derive(Debug)]
pub enum Node<'x> {
    Start(Element<'x>),
    End(String),
    Text(String),
}

#[derive(Debug)]
pub struct Element<'x> {
    pub name: String,
    start: BytesStart<'x>,
}

impl Element<'_> {
    /// An attribute's value by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// Walks through a document. It ends at the first mistake that cannot be passed over; an empty
/// element is a start and an end.
pub fn walk(text: &str) -> impl Iterator<Item = Node<'_>> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    std::iter::from_fn(move || {
        loop {
            return match reader.read_event().ok()? {
                Event::Start(start) | Event::Empty(start) => {
                    Some(Node::Start(Element { name: start.local_name().into_inner().to_owned(), start }))
                }
                Event::End(end) => Some(Node::End(end.local_name().into_inner().to_owned())),
                Event::Text(text) => Some(Node::Text(text.into_inner().into_owned())),
                Event::CData(text) => Some(Node::Text(text.into_inner().into_owned())),
                Event::GeneralRef(name) => {
                    let c = name.resolve_char_ref().ok().flatten().map(String::from);
                    let named = resolve_predefined_entity(name.borrow().into_inner().as_ref()).map(str::to_owned);
                    Some(Node::Text(c.or(named).unwrap_or_default()))
                }
                Event::Eof => None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
        }
    })
}

/// The texts of the elements that `names` lists, first mention each: the metadata parts of office
/// files.
pub fn fields(text: &str, names: &[(&str, &str)]) -> super::Fields {
    let mut fields = super::Fields::default();
    let mut open: Option<&str> = None;
    let mut value = String::new();
    for node in walk(text) {
        match node {
            Node::Start(element) => {
                open = names.iter().find(|(name, _)| *name == element.name).map(|(_, field)| *field);
                value.clear();
            }
            Node::Text(text) if open.is_some() => value.push_str(&text),
            Node::Text(_) => {}
            Node::End(_) => {
                if let Some(field) = open.take() {
                    fields.add(field, &value);
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        walk(text)
            .map(|node| match node {
                Node::Start(e) => format!("<{}{}>", e.name, e.attribute("val").map(|v| format!("={v}")).unwrap_or_default()),
                Node::End(name) => format!("</{name}>"),
                Node::Text(text) => text,
            })
            .collect()
    }

    #[test]
    fn entities_prefixes_and_empty_elements_are_resolved() {
        assert_eq!(shown("<w:p w:val=\"a&amp;b\"><w:br/>x &lt;&#233;&unknown; y</w:p>"), "<p=a&b><br></br>x <é y</p>");
    }

    #[test]
    fn broken_xml_ends_early() {
        assert_eq!(shown("<a>x</b>y"), "<a>x</b>y");
        assert_eq!(shown("<a>x<"), "<a>x");
    }
}
