//! What end tags close.

use super::builder::{Builder, MOST_REOPENED};
use super::{DOCUMENT, Element, Id};
use crate::source::html::elements::{is_formatting, is_heading, is_scope, is_special};

impl Builder {
    pub fn end(&mut self, name: &str) {
        match name {
            // What comes behind them still belongs to the body.
            "body" | "html" => return,
            "br" => {
                self.needs_body();
                self.push(Element { name: name.to_owned(), ..Element::default() });
                return;
            }
            "head" => {
                if self.body.is_none() && self.head.is_some() {
                    self.close_down_to(2);
                }
                return;
            }
            _ => {}
        }
        if self.current() != DOCUMENT && self.name(self.current()) == name {
            self.close_down_to(self.open.len() - 1);
            return;
        }
        if is_heading(name) {
            if let Some(depth) = self.depth_of(is_heading, is_scope) {
                self.close_block_down_to(depth);
            }
        } else if is_formatting(name) {
            self.end_formatting(name);
        } else if matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption") {
            self.close(name, |open| matches!(open, "table" | "template" | "html"));
            self.pending.clear();
        } else if is_special(name) || matches!(name, "svg" | "math") {
            self.close(name, is_scope);
        } else if let Some(depth) = self.depth_of(|open| open == name, is_special) {
            self.close_down_to(depth);
        }
    }

    /// A formatting element ends although blocks that began in it are open: they go on without it.
    fn end_formatting(&mut self, name: &str) {
        if let Some(at) = self.pending.iter().rposition(|id| self.name(*id) == name) {
            self.pending.remove(at);
            return;
        }
        let Some(depth) = self.depth_of(|open| open == name, is_scope) else { return };
        let inside: Vec<Id> = self.open[depth + 1..].to_vec();
        if inside.len() > MOST_REOPENED {
            return;
        }
        self.close_down_to(depth);
        let first_block = inside.iter().position(|id| is_special(self.name(*id))).unwrap_or(inside.len());
        for (at, id) in inside.into_iter().enumerate() {
            if at >= first_block || is_formatting(self.name(id)) {
                self.reopen(id);
            }
        }
    }
}
