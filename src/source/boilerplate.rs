//! What stands around the content of pages: navigation, share bars, captions, teasers. It is kept
//! apart, so that it is never the first choice as evidence, yet can be found.

use std::sync::LazyLock;

use regex::Regex;

/// Parts of class names and ids that pages give to what is not their content.
const PARTS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pagination",
    "player",
    "popup",
    "promo",
    "promotion",
    "recirculation",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "teaser",
    "toolbar",
];

/// Elements that hold the content whatever they are called.
pub fn holds_content(element: &str) -> bool {
    matches!(element, "html" | "body" | "main" | "article" | "h1")
}

/// Whether an element is not content by its own name.
pub fn is_element(element: &str) -> bool {
    matches!(element, "nav" | "footer" | "aside" | "button" | "form" | "dialog" | "figcaption" | "caption" | "menu")
}

/// Whether an element is not content by its role (WAI-ARIA 1.2).
pub fn is_role(role: &str) -> bool {
    matches!(
        role,
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "dialog" | "alertdialog" | "menu" | "toolbar"
    )
}

/// Whether a class attribute or an id names what is not content: `share-bar`, `relatedLinks`.
pub fn is_name(names: &str) -> bool {
    said_parts(names).any(|part| is_in(PARTS, part))
}

/// Whether an article is a comment on another, or leads to one, by its class or id.
pub fn is_other_article(names: &str) -> bool {
    const OTHERS: [&str; 5] = ["comment", "promo", "recommended", "related", "teaser"];
    names.split_whitespace().any(|name| parts(name).any(|part| OTHERS.iter().any(|other| other.eq_ignore_ascii_case(part))))
}

/// Parts of names that no frame around a whole page or its article has: what they name is not content, however long.
const SURE: &[&str] = &["comment", "comments", "consent", "cookie", "cookies", "footer", "gdpr", "newsletter", "signup"];

/// Whether a class attribute or an id names what is never content, not even in a name that a frame has.
pub fn is_sure_name(names: &str) -> bool {
    said_parts(names).any(|part| is_in(SURE, part))
}

fn is_in(sorted: &[&str], part: &str) -> bool {
    let lower = || part.bytes().map(|b| b.to_ascii_lowercase());
    sorted.binary_search_by(|known| known.bytes().cmp(lower())).is_ok()
}

/// The words of names, without those that say what an element has or lacks beside it: `no-share`, `with-sidebar`.
fn said_parts(names: &str) -> impl Iterator<Item = &str> {
    const BESIDE: &[&str] = &["disable", "enable", "has", "hide", "no", "not", "with", "without"];
    names.split_whitespace().flat_map(|name| {
        let mut is_beside = false;
        parts(name).filter(move |part| !std::mem::replace(&mut is_beside, is_in(BESIDE, part)))
    })
}

/// The words of a name, which hyphens, underscores or capitals part.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', ':', '.']).flat_map(|part| {
        let mut rest = Some(part).filter(|part| !part.is_empty());
        std::iter::from_fn(move || {
            let whole = rest?;
            let is_end = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
            let end = whole.as_bytes().windows(2).position(is_end).map_or(whole.len(), |at| at + 1);
            rest = Some(&whole[end..]).filter(|rest| !rest.is_empty());
            Some(&whole[..end])
        })
    })
}

static PHRASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(
            listen\ (to\ this\ (article|story|page|podcast)|now)\b.{0,40}
            | audio\ posts?\ in\ \w+
            | (\d+|one|two|three|four|five)[\ -]min(ute)?s?(\ (read|listen|watch))?
            | (share|tweet|print|save|copy\ link|email\ this|e-mail\ this)(\ (on|via|to|by|this|the)\ .{1,40})?
            | (read|see|show|watch|load)\ (more|also|next|all)\b.{0,60}
            | (advertisement|advertising|sponsored|promoted|related|trending|recommended|most\ (read|popular)|comments?|tags?|topics?)
            | (sign\ up|subscribe|register|log\ in|sign\ in|join)\b.{0,80}
            | (accept|reject)\ (all|cookies)\b.{0,40}
            | skip\ to\ (main\ )?content | back\ to\ top | all\ rights\ reserved\.? | getty\ images
            | (photo|picture|image)s?(\ credit)?\ ?:\ .{1,80}
            | follow\ us\b.{0,60}
        )$",
    )
    .expect("a valid pattern")
});

/// Whether a whole block is one of the phrases of players, share bars and banners.
pub fn is_phrase(block: &str) -> bool {
    block.len() <= 120 && PHRASE.is_match(block.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_recognised() {
        assert!(PARTS.is_sorted() && SURE.is_sorted());
        for (name, is) in [
            ("share-bar", true),
            ("relatedLinks", true),
            ("c-cookie__text x", true),
            ("article-body", false),
            ("navy", false),
            ("roadshow", false),
            ("no-share entry", false),
            ("p-body--withSidebar", false),
            ("with-share share-bar", true),
        ] {
            assert_eq!(is_name(name), is, "{name}");
        }
    }

    #[test]
    fn phrases_are_whole_blocks() {
        for (text, is) in [
            ("Listen to this article 4 min", true),
            ("Audio Posts In English", true),
            ("4 min read", true),
            ("Share on Chirper", true),
            ("Related", true),
            ("Share prices fell.", false),
            ("Related firms were closed by the court.", false),
            ("Read more than once, the letter is clear about the pier, which it says was never his to sell.", false),
        ] {
            assert_eq!(is_phrase(text), is, "{text}");
        }
    }
}
