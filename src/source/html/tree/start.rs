//! What start tags open, and what they close before that.

use html5gum::{HtmlString, StartTag, State};

use super::builder::Builder;
use super::{Element, Id, Kind};
use crate::source::html::elements::{
    breaks_out, ends_paragraph, is_heading, is_integration_point, is_metadata, is_scope, is_special, is_void,
};

impl Builder {
    pub fn start(&mut self, tag: StartTag<()>) -> Option<State> {
        let is_closed = tag.self_closing;
        let name = owned(tag.name);
        let attributes: Vec<_> = tag.attributes.into_iter().map(|(key, value)| (owned(key), owned(value.value))).collect();
        if self.is_in_foreign() {
            let is_html_font =
                name == "font" && attributes.iter().any(|(key, _)| matches!(key.as_str(), "color" | "face" | "size"));
            if !breaks_out(&name) && !is_html_font {
                let element = Element { name, attributes, is_foreign: true, ..Element::default() };
                if is_closed {
                    self.push(element)
                } else {
                    self.open(element)
                };
                return None;
            }
            let depth = self.open.iter().rposition(|&id| !self.is_foreign(id) || is_integration_point(self.name(id)));
            self.close_down_to(depth.unwrap_or(0) + 1);
        }
        if !self.makes_room(&name, &attributes) {
            return None;
        }
        let is_foreign = matches!(name.as_str(), "svg" | "math");
        let is_whole = is_void(&name) || is_closed && (is_foreign || self.is_xml);
        let state = if is_whole { None } else { state_behind(&name) };
        let element = Element { name, attributes, is_foreign, ..Element::default() };
        if is_whole {
            self.push(element)
        } else {
            self.open(element)
        };
        state
    }

    /// Opens and closes what a start tag implies. False where the tag opens nothing itself.
    fn makes_room(&mut self, name: &str, attributes: &[(String, String)]) -> bool {
        match name {
            "html" if self.html.is_some() => self.add_attributes(self.html, attributes),
            "html" => {
                self.html =
                    Some(self.open(Element { name: name.to_owned(), attributes: attributes.to_vec(), ..Element::default() }));
            }
            "head" if self.body.is_none() && self.head.is_none() => {
                self.needs_html();
                self.head =
                    Some(self.open(Element { name: name.to_owned(), attributes: attributes.to_vec(), ..Element::default() }));
            }
            "head" => {}
            "body" if self.body.is_some() => self.add_attributes(self.body, attributes),
            "body" => {
                self.needs_body();
                self.add_attributes(self.body, attributes);
            }
            _ => {
                if is_metadata(name) {
                    self.needs_html();
                } else {
                    self.needs_body();
                    self.closes_before(name);
                }
                return true;
            }
        }
        false
    }

    fn add_attributes(&mut self, id: Option<Id>, attributes: &[(String, String)]) {
        if let Some(id) = id
            && let Kind::Element(element) = &mut self.tree.nodes[id].kind
        {
            let known = std::mem::take(&mut element.attributes);
            let is_new = |(key, _): &&(String, String)| !known.iter().any(|(known, _)| known == key);
            let new: Vec<_> = attributes.iter().filter(is_new).cloned().collect();
            element.attributes = known.into_iter().chain(new).collect();
        }
    }

    fn needs_html(&mut self) {
        if self.html.is_none() {
            self.html = Some(self.open(Element { name: "html".to_owned(), ..Element::default() }));
        }
    }

    pub fn needs_body(&mut self) {
        if self.body.is_none() {
            self.needs_html();
            self.close_down_to(2);
            self.body = Some(self.open(Element { name: "body".to_owned(), ..Element::default() }));
        }
    }

    /// Closes the elements that end where one of this name begins.
    fn closes_before(&mut self, name: &str) {
        let is_table = |open: &str| matches!(open, "table" | "template" | "html");
        if ends_paragraph(name) && self.paragraphs > 0 {
            self.close("p", |open| is_scope(open) || open == "button");
        }
        if is_heading(name) && is_heading(self.name(self.current())) {
            self.close_block_down_to(self.open.len() - 1);
        }
        match name {
            "li" => self.close("li", |open| is_special(open) && !matches!(open, "li" | "address" | "div" | "p")),
            "dd" | "dt" => {
                let stops = |open: &str| is_special(open) && !matches!(open, "dd" | "dt" | "address" | "div" | "p");
                if let Some(depth) = self.depth_of(|open| matches!(open, "dd" | "dt"), stops) {
                    self.close_block_down_to(depth);
                }
            }
            "option" | "optgroup" => self.close("option", |open| open == "select"),
            "a" | "button" | "nobr" => self.close(name, is_scope),
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" | "col" => {
                let closed = |open: &str| match name {
                    "td" | "th" => matches!(open, "td" | "th" | "caption"),
                    "tr" => matches!(open, "tr" | "caption" | "colgroup"),
                    _ => matches!(open, "tbody" | "thead" | "tfoot" | "caption" | "colgroup"),
                };
                if let Some(depth) = self.depth_of(closed, is_table) {
                    self.close_down_to(depth);
                } else if let Some(depth) = self.depth_of(|open| matches!(open, "tr" | "td" | "th"), is_table)
                    && !matches!(name, "td" | "th")
                {
                    self.close_down_to(depth);
                }
                self.pending.clear();
            }
            "table" => self.pending.clear(),
            _ if !ends_paragraph(name) => self.goes_on(),
            _ => {}
        }
    }

    /// Formatting that a block closed goes on.
    pub fn goes_on(&mut self) {
        for id in std::mem::take(&mut self.pending) {
            self.reopen(id);
        }
    }
}

/// How the tokenizer reads what stands behind a start tag.
fn state_behind(name: &str) -> Option<State> {
    Some(match name {
        "textarea" | "title" => State::RcData,
        "plaintext" => State::PlainText,
        "script" => State::ScriptData,
        "style" | "iframe" | "xmp" | "noembed" | "noframes" | "noscript" => State::RawText,
        _ => return None,
    })
}

fn owned(text: HtmlString) -> String {
    String::from_utf8(text.0).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
