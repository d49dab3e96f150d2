//! Style sheets: rules with their selectors, in the order in which they count.

use std::sync::Arc;

use super::certainty::Certainty;
use super::declarations::{Declaration, add_declaration, declarations, last_of_each};
use super::index::Index;
use super::media;
use super::selector::{self, List, Selector};
use super::syntax::{Part, parts, split, without_comments};
use crate::source::html::tree::Element;

/// Selectors of all sheets of a page, and how deep rules stand inside rules.
pub const MOST_RULES: usize = 200_000;
const DEEPEST: usize = 12;

/// Layers of a page.
const MOST_LAYERS: usize = 256;

/// One selector with its declarations.
#[derive(Debug)]
pub struct Rule {
    pub selector: Selector,
    pub declarations: Arc<[Declaration]>,
    /// Whether the conditions around it hold.
    pub certainty: Certainty,
    /// What stands in no layer wins over all layers, the later of these over the earlier.
    pub layer: usize,
}

/// All rules of one origin.
#[derive(Debug, Default)]
pub struct Sheet {
    pub rules: Vec<Rule>,
    pub is_cut: bool,
    index: Index,
    layers: Vec<String>,
}

/// What counts where a rule stands.
#[derive(Clone)]
struct Place<'p> {
    certainty: Certainty,
    layer: Option<usize>,
    layer_name: &'p str,
    around: Option<&'p List>,
    depth: usize,
}

pub const NO_LAYER: usize = usize::MAX;

impl Sheet {
    /// Adds the rules of a style element with its condition.
    pub fn add(&mut self, css: &str, media: &str) {
        let certainty = media::media(media);
        if certainty != Certainty::No {
            let css = without_comments(css);
            self.rules_of(&css, &Place { certainty, layer: None, layer_name: "", around: None, depth: 0 });
        }
    }

    fn rules_of(&mut self, css: &str, place: &Place<'_>) {
        let mut own = Vec::new();
        for part in parts(css) {
            if self.rules.len() >= MOST_RULES {
                self.is_cut = true;
                return;
            }
            match part {
                Part::Statement(text) => match text.strip_prefix("@layer") {
                    Some(names) => {
                        for name in split(names, b',') {
                            self.layer(&joined(place.layer_name, name.trim()));
                        }
                    }
                    None => add_declaration(text, &mut own),
                },
                Part::Block { prelude, block } => {
                    // What stands before a rule inside another counts before it.
                    self.flush(&mut own, place);
                    self.block(prelude, block, place);
                }
            }
        }
        self.flush(&mut own, place);
    }

    /// Declarations that stand in a condition inside a rule, or in the rule itself.
    fn flush(&mut self, own: &mut Vec<Declaration>, place: &Place<'_>) {
        if let Some(selectors) = place.around {
            self.push(selectors, std::mem::take(own), place);
        }
        own.clear();
    }

    fn push(&mut self, list: &List, declarations: Vec<Declaration>, place: &Place<'_>) {
        if declarations.is_empty() {
            return;
        }
        let declarations: Arc<[Declaration]> = last_of_each(declarations).into();
        for selector in list.selectors.iter() {
            if self.rules.len() >= MOST_RULES {
                self.is_cut = true;
                return;
            }
            let at = self.rules.len();
            self.index.add(selector, at);
            self.rules.push(Rule {
                selector: selector.clone(),
                declarations: declarations.clone(),
                certainty: place.certainty,
                layer: place.layer.unwrap_or(NO_LAYER),
            });
        }
    }

    fn block(&mut self, prelude: &str, block: &str, place: &Place<'_>) {
        if place.depth >= DEEPEST {
            self.is_cut = true;
            return;
        }
        let inside = Place { depth: place.depth + 1, ..place.clone() };
        let Some(rule) = prelude.strip_prefix('@') else {
            return self.style_rule(prelude, block, &inside);
        };
        let (name, condition) = rule.split_at(rule.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rule.len()));
        let condition = condition.trim();
        let certainty = match name.to_ascii_lowercase().as_str() {
            "media" => media::media(condition),
            "supports" => media::supports(condition),
            "container" | "scope" | "-moz-document" => Certainty::Maybe,
            "layer" => {
                let anonymous = format!("{} {}", place.layer_name, self.layers.len());
                let name = if condition.is_empty() { anonymous } else { joined(place.layer_name, condition) };
                let layer = Some(self.layer(&name));
                self.rules_of(block, &Place { layer, layer_name: &name, ..inside });
                return;
            }
            // Key frames, fonts, pages: no element looks so at rest.
            _ => Certainty::No,
        };
        let certainty = certainty.and(|| place.certainty);
        if certainty != Certainty::No {
            self.rules_of(block, &Place { certainty, ..inside });
        }
    }

    /// Most rules say nothing of what counts here, and then nobody asks whom they mean.
    fn style_rule(&mut self, prelude: &str, block: &str, place: &Place<'_>) {
        let holds_rules = block.contains('{');
        let declarations = if holds_rules { Vec::new() } else { declarations(block) };
        if declarations.is_empty() && !holds_rules {
            return;
        }
        let Some(list) = selector::list(prelude, place.around, &mut self.is_cut) else { return };
        if holds_rules {
            self.rules_of(block, &Place { around: Some(&list), ..place.clone() });
        } else {
            self.push(&list, declarations, place);
        }
    }

    /// The rank of a layer, which it has from its first mention.
    fn layer(&mut self, name: &str) -> usize {
        let known = self.layers.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            if self.layers.len() < MOST_LAYERS {
                self.layers.push(name.to_owned());
            } else {
                self.is_cut = true;
            }
            self.layers.len() - 1
        })
    }

    /// The rules that may mean an element, in order.
    pub fn candidates(&self, element: &Element, found: &mut Vec<usize>) {
        if self.rules.is_empty() {
            found.clear();
        } else {
            self.index.find(element, found);
        }
    }
}

fn joined(around: &str, name: &str) -> String {
    if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") }
}
