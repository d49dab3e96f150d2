//! Style sheets: rules with their selectors, in the order in which they count.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::certainty::Certainty;
use super::media;
use super::selector::{self, Selector, Simple};
use super::syntax::{Part, parts, split, without_comments};
use super::values::{Declaration, declaration};

/// Selectors of all sheets of a page, and how deep rules stand inside rules.
const MOST_RULES: usize = 200_000;
const DEEPEST: usize = 12;

/// One selector with its declarations.
#[derive(Debug)]
pub struct Rule {
    pub selector: Selector,
    pub declarations: Rc<[Declaration]>,
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
    /// The rules by an id, a class or a name that their element must have; those of the rest.
    by_key: FxHashMap<Key, Vec<usize>>,
    by_nothing: Vec<usize>,
    layers: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Key {
    Id(String),
    Class(String),
    Element(String),
}

/// What counts where a rule stands.
#[derive(Clone)]
struct Place<'p> {
    certainty: Certainty,
    layer: Option<usize>,
    layer_name: &'p str,
    around: Option<&'p Rc<[Selector]>>,
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
                        for name in split(names, ',') {
                            self.layer(&joined(place.layer_name, name.trim()));
                        }
                    }
                    None => declaration(text, &mut own),
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

    fn push(&mut self, selectors: &Rc<[Selector]>, declarations: Vec<Declaration>, place: &Place<'_>) {
        if declarations.is_empty() {
            return;
        }
        let declarations: Rc<[Declaration]> = declarations.into();
        for selector in selectors.iter() {
            if self.rules.len() >= MOST_RULES {
                self.is_cut = true;
                return;
            }
            let at = self.rules.len();
            match key(selector) {
                Some(key) => self.by_key.entry(key).or_default().push(at),
                None => self.by_nothing.push(at),
            }
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
            if let Some(selectors) = selector::list(prelude, place.around) {
                self.rules_of(block, &Place { around: Some(&selectors), ..inside });
            }
            return;
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

    /// The rank of a layer, which it has from its first mention.
    fn layer(&mut self, name: &str) -> usize {
        const MOST_LAYERS: usize = 256;
        let known = self.layers.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            if self.layers.len() < MOST_LAYERS {
                self.layers.push(name.to_owned());
            }
            self.layers.len() - 1
        })
    }

    /// The rules that may mean an element, in order.
    pub fn candidates<'e>(
        &self,
        name: &'e str,
        id: Option<&'e str>,
        classes: impl Iterator<Item = &'e str>,
        found: &mut Vec<usize>,
    ) {
        found.clear();
        if self.rules.is_empty() {
            return;
        }
        found.extend_from_slice(&self.by_nothing);
        let keys = id
            .map(|id| Key::Id(id.to_owned()))
            .into_iter()
            .chain(classes.take(MOST_CLASSES).map(|class| Key::Class(class.to_owned())));
        for key in keys.chain([Key::Element(name.to_owned())]) {
            found.extend(self.by_key.get(&key).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// An element with more classes than this is not honest.
const MOST_CLASSES: usize = 512;

fn joined(around: &str, name: &str) -> String {
    if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") }
}

/// What an element must have to be meant.
fn key(selector: &Selector) -> Option<Key> {
    let (simples, _) = selector.compounds.first()?;
    let id = simples.iter().find_map(|simple| match simple {
        Simple::Id(name) => Some(Key::Id(name.clone())),
        _ => None,
    });
    let class = || {
        simples.iter().find_map(|simple| match simple {
            Simple::Class(name) => Some(Key::Class(name.clone())),
            _ => None,
        })
    };
    let element = || {
        simples.iter().find_map(|simple| match simple {
            Simple::Element(name) => Some(Key::Element(name.clone())),
            _ => None,
        })
    };
    id.or_else(class).or_else(element)
}
