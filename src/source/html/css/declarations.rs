//! Declarations: `property: value`, as far as they count.

use super::properties::{Property, is_known, longhands};
use super::syntax::{Part, parts};
use super::values::Value;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Declaration {
    pub property: Property,
    pub value: Value,
    pub is_important: bool,
}

/// A value that is longer is of no property that counts here, or of one that nobody wrote by hand.
const LONGEST_VALUE: usize = 4096;

/// The declarations of a block.
pub fn declarations(block: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    for part in parts(block) {
        if let Part::Statement(text) = part {
            add_declaration(text, &mut found);
        }
    }
    found
}

/// Adds what `property: value` declares.
pub fn add_declaration(text: &str, found: &mut Vec<Declaration>) {
    let Some((name, value)) = text.split_once(':') else { return };
    let name = name.trim().to_ascii_lowercase();
    if !is_known(&name) {
        return;
    }
    let is_flag = |flag: &str| flag.trim().eq_ignore_ascii_case("important");
    let (value, is_important) = match value.rsplit_once('!') {
        Some((value, flag)) if is_flag(flag) => (value.trim(), true),
        _ => (value.trim(), false),
    };
    let value = if value.len() <= LONGEST_VALUE {
        value.to_ascii_lowercase()
    } else if name.starts_with("background") {
        // A picture that stands in the sheet itself.
        "url()".to_owned()
    } else {
        return;
    };
    found.extend(longhands(&name, &value).into_iter().map(|(property, value)| Declaration { property, value, is_important }));
}

/// Of the declarations of one rule those that no later one of them replaces.
pub fn last_of_each(mut all: Vec<Declaration>) -> Vec<Declaration> {
    let bit = |one: &Declaration| 1_u64 << (2 * one.property as usize + usize::from(one.is_important));
    let mut seen = 0;
    all.reverse();
    all.retain(|one| {
        let is_new = seen & bit(one) == 0;
        seen |= bit(one);
        is_new
    });
    all.reverse();
    all
}
