//! Which elements hold a page's content, and which stand around it.
//!
//! Names of classes tell what is furniture, and where prose stands tells which names are wrong. Whether text can be
//! seen is no matter here.

use super::elements::block_kind;
use super::tree::{Element, Id, Kind, Tree};
use crate::source::boilerplate;

/// What an element that is content in spite of its name must hold of a page's text, in hundredths: with the headline
/// or the main element in it, or alone.
const SHARE_WITH_HEADLINE: usize = 40;
const SHARE: usize = 80;

/// The same, of its prose, for names that frames around an article have too.
const SHARE_OF_PROSE: usize = 50;

/// Fewer bytes between two blocks are no prose but labels.
const SHORTEST_PROSE: usize = 80;

/// How the text of a page is spread over its elements.
pub struct Content {
    /// Bytes of text outside of links before each node, and how many of them are prose.
    before: Vec<Bytes>,
    /// Where headlines and main elements begin.
    heads: Vec<Id>,
    /// Where what is surely no content ends, with the prose in all of it up to there.
    apart: Vec<(Id, usize)>,
}

#[derive(Clone, Copy, Default)]
struct Bytes {
    text: usize,
    prose: usize,
}

/// The text between two blocks.
#[derive(Default)]
struct Run {
    first: Id,
    bytes: usize,
}

impl Content {
    pub fn of(tree: &Tree) -> Self {
        let mut before: Vec<Bytes> = Vec::with_capacity(tree.nodes.len() + 1);
        let (mut text_bytes, mut skipped_to, mut heads, mut sure) = (0, 0, Vec::new(), Vec::new());
        // Which runs are prose is known at their ends; their bytes stand at their first node.
        let mut prose: Vec<(Id, usize)> = Vec::new();
        let mut run = Run::default();
        let mut block_ends = Vec::new();
        let mut sure_to = 0;
        for (id, node) in tree.nodes.iter().enumerate() {
            before.push(Bytes { text: text_bytes, prose: 0 });
            let mut is_edge = false;
            while block_ends.last().is_some_and(|end| *end <= id) {
                block_ends.pop();
                is_edge = true;
            }
            if let Kind::Element(element) = &node.kind
                && (block_kind(&element.name).is_some() || matches!(element.name.as_str(), "td" | "th" | "br"))
            {
                is_edge |= element.name != "br";
                block_ends.push(node.end);
            }
            if is_edge {
                let Run { first, bytes } = std::mem::take(&mut run);
                prose.extend((bytes >= SHORTEST_PROSE).then_some((first, bytes)));
            }
            match &node.kind {
                Kind::Element(element) => {
                    if matches!(
                        element.name.as_str(),
                        "a" | "script" | "style" | "template" | "noscript" | "head" | "svg" | "button"
                    ) {
                        skipped_to = skipped_to.max(node.end);
                    }
                    if element.is("h1") || element.is("main") || element.words("itemprop").any(|word| word == "articleBody") {
                        heads.push(id);
                    }
                    if id >= sure_to && is_sure(element) {
                        sure_to = node.end;
                        sure.push(id);
                    }
                }
                Kind::Text(text) if id >= skipped_to => {
                    let bytes = text.trim().len();
                    text_bytes += bytes;
                    if run.bytes == 0 {
                        run.first = id;
                    }
                    run.bytes += bytes;
                }
                Kind::Text(_) => {}
            }
        }
        prose.extend((run.bytes >= SHORTEST_PROSE).then_some((run.first, run.bytes)));
        before.push(Bytes { text: text_bytes, prose: 0 });
        let (mut sum, mut prose) = (0, prose.into_iter().peekable());
        for (id, bytes) in before.iter_mut().enumerate() {
            bytes.prose = sum;
            sum += prose.next_if(|(first, _)| *first == id).map_or(0, |(_, bytes)| bytes);
        }
        let mut content = Self { before, heads, apart: Vec::new() };
        let mut sum = 0;
        for id in sure {
            let end = tree.nodes[id].end;
            if !content.holds_page(id, end) {
                sum += content.before[end].prose - content.before[id].prose;
                content.apart.push((end, sum));
            }
        }
        content
    }

    /// Whether an element stands around the content.
    pub fn is_boilerplate(&self, tree: &Tree, id: Id, element: &Element) -> bool {
        if element.is_foreign {
            return false;
        }
        let end = tree.nodes[id].end;
        if is_sure(element) {
            return !self.holds_page(id, end);
        }
        let is_one = match element.name.as_str() {
            "article" => is_named(element, boilerplate::is_other_article),
            name => !boilerplate::holds_content(name) && is_named(element, boilerplate::is_name),
        };
        is_one && !self.holds_page(id, end) && !self.holds_prose(id, end)
    }

    /// Whether so much of the page is in it that its name must be wrong.
    fn holds_page(&self, start: Id, end: Id) -> bool {
        let all = self.before.last().map_or(0, |bytes| bytes.text);
        let share = (self.before[end].text - self.before[start].text) * 100;
        let has_head = self.heads[self.heads.partition_point(|head| *head < start)..].first().is_some_and(|head| *head < end);
        match has_head {
            true => share >= all * SHARE_WITH_HEADLINE,
            false => self.heads.is_empty() && share >= all * SHARE,
        }
    }

    /// Whether most of the prose outside of comments, footers and such is in it: then it is called by what stands
    /// beside the text in it, or in front.
    fn holds_prose(&self, start: Id, end: Id) -> bool {
        let apart = |to: Id| match self.apart.partition_point(|(end, _)| *end <= to) {
            0 => 0,
            known => self.apart[known - 1].1,
        };
        let prose = |from: Id, to: Id| (self.before[to].prose - self.before[from].prose).saturating_sub(apart(to) - apart(from));
        let all = prose(0, self.before.len() - 1);
        all > 0 && prose(start, end) * 100 >= all * SHARE_OF_PROSE
    }
}

/// Whether an element stands around the content by its own name or role, or by a name that no frame has.
fn is_sure(element: &Element) -> bool {
    !element.is_foreign
        && (boilerplate::is_element(&element.name)
            || element.attribute("role").is_some_and(boilerplate::is_role)
            || !boilerplate::holds_content(&element.name)
                && element.name != "article"
                && is_named(element, boilerplate::is_sure_name))
}

fn is_named(element: &Element, is: fn(&str) -> bool) -> bool {
    ["class", "id"].iter().filter_map(|name| element.attribute(name)).any(is)
}
