//! The cascade: which of all declarations for an element counts, property by property.

use std::sync::LazyLock;

use super::certainty::Certainty;
use super::declarations::{Declaration, add_declaration, declarations};
use super::matching::Matcher;
use super::properties::Property;
use super::selector::Specificity;
use super::sheet::{NO_LAYER, Sheet};
use super::values::Value;
use crate::source::html::tree::{Element, Id, Tree};

/// What browsers say before any page does (HTML, "Rendering").
static BROWSER: LazyLock<Sheet> = LazyLock::new(|| {
    let mut sheet = Sheet::default();
    sheet.add(BROWSER_RULES, "");
    sheet
});

const BROWSER_RULES: &str = "
    head, link, meta, area, base, param, basefont, source, track { display: none }
    [hidden], dialog:not([open]), [popover]:not(:popover-open) { display: none }
    sup { vertical-align: super }
    sub { vertical-align: sub }
    a[href] { color: var(--link) }
    mark { background-color: yellow; color: black }
";

/// What counts for one element. Of most elements nothing is said, and then nothing is stored.
#[derive(Debug, Default)]
pub struct Cascaded {
    chosen: Vec<Chosen>,
}

#[derive(Debug)]
struct Chosen {
    property: Property,
    value: Value,
    weight: Weight,
}

impl Cascaded {
    pub fn get(&self, property: Property) -> Option<&Value> {
        self.chosen.iter().find(|one| one.property == property).map(|one| &one.value)
    }

    fn add(&mut self, declaration: &Declaration, (origin, layer, specificity, order): Weight, certainty: Certainty) {
        // Among important ones the earlier layer wins, and what is in none comes last.
        let (origin, layer) = if declaration.is_important { (origin + IMPORTANT, NO_LAYER - layer) } else { (origin, layer) };
        let weight = (origin, layer, specificity, order);
        let property = declaration.property;
        let value = if certainty == Certainty::Yes { declaration.value } else { Value::Unknown };
        match self.chosen.iter_mut().find(|one| one.property == property) {
            Some(one) if weight >= one.weight => *one = Chosen { property, value, weight },
            Some(_) => {}
            None => self.chosen.push(Chosen { property, value, weight }),
        }
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
    /// What the page's sheets cost does not keep the browser's from counting.
    of_browser: Matcher<'t>,
    of_page: Matcher<'t>,
    page: Sheet,
    /// The page has style sheets in other files.
    pub has_other_sheets: bool,
    pub has_scripts: bool,
    candidates: Vec<usize>,
}

impl<'t> Cascade<'t> {
    pub fn of(tree: &'t Tree) -> Self {
        let mut page = Sheet::default();
        let (mut has_other_sheets, mut has_scripts) = (false, false);
        let is_css = |element: &Element| {
            element.attribute("type").is_none_or(|kind| kind.is_empty() || kind.eq_ignore_ascii_case("text/css"))
        };
        let is_code = |element: &Element| {
            element.attribute("type").is_none_or(|kind| kind.is_empty() || kind == "module" || kind.contains("javascript"))
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
            has_scripts |= element.is("script") && is_code(element);
        }
        Self {
            of_browser: Matcher::new(tree),
            of_page: Matcher::new(tree),
            page,
            has_other_sheets,
            has_scripts,
            candidates: Vec::new(),
        }
    }

    /// Whether there were more rules than were looked at.
    pub fn is_cut(&self) -> bool {
        self.page.is_cut || self.of_page.is_exhausted()
    }

    /// How many rules were kept, and how many steps it took to find out whom they mean.
    #[cfg(test)]
    pub fn work(&self) -> (usize, u32) {
        (self.page.rules.len(), self.of_page.steps())
    }

    pub fn of_element(&mut self, id: Id, element: &Element) -> Cascaded {
        let mut found = Cascaded::default();
        for (sheet, origin, matcher) in [(&*BROWSER, OF_BROWSER, &self.of_browser), (&self.page, OF_PAGE, &self.of_page)] {
            if matcher.is_exhausted() {
                continue;
            }
            sheet.candidates(element, &mut self.candidates);
            for &at in &self.candidates {
                let rule = &sheet.rules[at];
                let certainty = rule.certainty.and(|| matcher.matches(&rule.selector, id));
                if certainty != Certainty::No {
                    for declaration in rule.declarations.iter() {
                        found.add(declaration, (origin, rule.layer, rule.selector.specificity, at), certainty);
                    }
                }
            }
        }
        for declaration in hints(element) {
            found.add(&declaration, (OF_MARKUP, NO_LAYER, (0, 0, 0), 0), Certainty::Yes);
        }
        if let Some(style) = element.attribute("style").filter(|style| !style.is_empty()) {
            for declaration in declarations(&super::syntax::without_comments(style)) {
                found.add(&declaration, (OF_ELEMENT, NO_LAYER, (0, 0, 0), 0), Certainty::Yes);
            }
        }
        found
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
                add_declaration("background-image:url()", &mut found);
                continue;
            }
            ("color", "font") | ("text", "body") => "color",
            _ => continue,
        };
        let value = value.trim();
        // Colours of attributes may lack their `#`.
        let is_bare = matches!(value.len(), 3 | 6) && value.bytes().all(|b| b.is_ascii_hexdigit());
        add_declaration(&format!("{property}:{}{value}", if is_bare { "#" } else { "" }), &mut found);
    }
    found
}
