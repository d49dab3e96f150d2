//! The cascade: which of all declarations for an element counts, property by property.

use super::certainty::Certainty;
use super::matching::Matcher;
use super::selector::Specificity;
use super::sheet::{NO_LAYER, Sheet};
use super::values::{Declaration, PROPERTIES, Property, Value, declaration, declarations};
use crate::source::html::tree::{Element, Id, Kind, Tree};

/// What browsers say before any page does (HTML, "Rendering").
const BROWSER: &str = "
    head, link, meta, area, base, param, basefont, source, track { display: none }
    [hidden], dialog:not([open]), [popover]:not(:popover-open) { display: none }
    sup { vertical-align: super }
    sub { vertical-align: sub }
    a[href] { color: var(--link) }
    mark { background-color: yellow; color: black }
";

/// What counts for one element.
#[derive(Debug)]
pub struct Cascaded {
    values: [Option<Value>; PROPERTIES],
}

impl Cascaded {
    pub fn get(&self, property: Property) -> Option<&Value> {
        self.values[property as usize].as_ref()
    }
}

/// Origin and importance, layer, specificity, order: the greater wins.
type Weight = (u8, usize, Specificity, usize);

const OF_BROWSER: u8 = 0;
const OF_MARKUP: u8 = 1;
const OF_PAGE: u8 = 2;
const OF_ELEMENT: u8 = 3;
/// What is important comes above all that is not.
const IMPORTANT: u8 = 4;

pub struct Cascade<'t> {
    pub matcher: Matcher<'t>,
    browser: Sheet,
    page: Sheet,
    /// The page has style sheets in other files.
    pub has_other_sheets: bool,
    candidates: Vec<usize>,
}

impl<'t> Cascade<'t> {
    pub fn of(tree: &'t Tree) -> Self {
        let mut browser = Sheet::default();
        browser.add(BROWSER, "");
        let mut page = Sheet::default();
        let mut has_other_sheets = false;
        let is_css = |element: &Element| {
            element.attribute("type").is_none_or(|kind| kind.is_empty() || kind.eq_ignore_ascii_case("text/css"))
        };
        let mut inert = 0;
        for (id, element) in tree.elements() {
            if element.is("template") {
                inert = inert.max(tree.nodes[id].end);
            }
            if id < inert {
                continue;
            }
            if element.name == "style" && is_css(element) {
                page.add(&tree.text(id, usize::MAX), element.attribute("media").unwrap_or_default());
            }
            let is_sheet = |element: &Element| element.words("rel").any(|rel| rel.eq_ignore_ascii_case("stylesheet"));
            has_other_sheets |= element.is("link") && is_sheet(element);
        }
        Self { matcher: Matcher::new(tree), browser, page, has_other_sheets, candidates: Vec::new() }
    }

    /// Whether there were more rules than were looked at.
    pub fn is_cut(&self) -> bool {
        self.page.is_cut || self.matcher.is_exhausted()
    }

    pub fn of_element(&mut self, id: Id) -> Cascaded {
        let mut chosen = Chosen { values: [const { None }; PROPERTIES], weights: [(0, 0, (0, 0, 0), 0); PROPERTIES] };
        let Some(Kind::Element(element)) = self.matcher.tree.nodes.get(id).map(|node| &node.kind) else {
            return Cascaded { values: chosen.values };
        };
        for (sheet, origin) in [(&self.browser, OF_BROWSER), (&self.page, OF_PAGE)] {
            sheet.candidates(&element.name, element.attribute("id"), element.words("class"), &mut self.candidates);
            for &at in &self.candidates {
                let rule = &sheet.rules[at];
                if self.matcher.is_exhausted() {
                    break;
                }
                let certainty = rule.certainty.and(|| self.matcher.matches(&rule.selector, id));
                if certainty != Certainty::No {
                    for declaration in rule.declarations.iter() {
                        chosen.add(declaration, origin, rule.layer, rule.selector.specificity, at, certainty);
                    }
                }
            }
        }
        for declaration in hints(element) {
            chosen.add(&declaration, OF_MARKUP, NO_LAYER, (0, 0, 0), 0, Certainty::Yes);
        }
        if let Some(style) = element.attribute("style").filter(|style| !style.is_empty()) {
            for declaration in declarations(&super::syntax::without_comments(style)) {
                chosen.add(&declaration, OF_ELEMENT, NO_LAYER, (0, 0, 0), 0, Certainty::Yes);
            }
        }
        Cascaded { values: chosen.values }
    }
}

struct Chosen {
    values: [Option<Value>; PROPERTIES],
    weights: [Weight; PROPERTIES],
}

impl Chosen {
    fn add(
        &mut self,
        declaration: &Declaration,
        origin: u8,
        layer: usize,
        specificity: Specificity,
        order: usize,
        certainty: Certainty,
    ) {
        // Among important ones the earlier layer wins, and what is in none comes last.
        let (origin, layer) = if declaration.is_important { (origin + IMPORTANT, NO_LAYER - layer) } else { (origin, layer) };
        let weight = (origin, layer, specificity, order);
        let at = declaration.property as usize;
        if self.values[at].is_none() || weight >= self.weights[at] {
            let is_known = certainty == Certainty::Yes;
            self.values[at] = Some(if is_known { declaration.value.clone() } else { Value::Unknown });
            self.weights[at] = weight;
        }
    }
}

/// Declarations that attributes stand for.
fn hints(element: &Element) -> Vec<Declaration> {
    let mut found = Vec::new();
    if element.is_foreign {
        return found;
    }
    for (name, value) in &element.attributes {
        let property = match (name.as_str(), element.name.as_str()) {
            ("bgcolor", "body" | "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot") => "background-color",
            ("background", "body" | "table" | "tr" | "td" | "th") => {
                declaration("background-image:url()", &mut found);
                continue;
            }
            ("color", "font") | ("text", "body") => "color",
            _ => continue,
        };
        let value = value.trim();
        // Colours of attributes may lack their `#`.
        let is_bare = matches!(value.len(), 3 | 6) && value.bytes().all(|b| b.is_ascii_hexdigit());
        declaration(&format!("{property}:{}{value}", if is_bare { "#" } else { "" }), &mut found);
    }
    found
}
