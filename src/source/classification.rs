//! Classification markings that stand on a document: a line of their own at its head.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::blocks::Layout;
use crate::text::words::readable;

/// Levels as English-speaking services, NATO and the EU write them, with what may follow them, and
/// the Traffic Light Protocol (FIRST, version 2.0).
static MARKING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:classification:\s*)?(
            (?:(?:NATO|EU)\ )?(?:COSMIC\ )?(?:TOP\ SECRET|SECRET|CONFIDENTIAL|RESTRICTED|OFFICIAL|UNCLASSIFIED)
                (?:(?://|-|\ -\ |:\ ?)[A-Z][A-Z0-9\ ,/.-]{1,60})?
            | TLP:(?:RED|AMBER(?:\+STRICT)?|GREEN|CLEAR|WHITE)
        )$",
    )
    .expect("a valid pattern")
});

/// The marking in one of the first blocks.
pub fn find(layout: &Layout) -> Option<String> {
    const HEAD: usize = 4;
    const LONGEST: usize = 100;
    let short = layout.blocks.iter().take(HEAD).filter(|block| block.span.len() <= LONGEST);
    short
        .map(|block| readable(block.span.of(&layout.visible)))
        .find_map(|line| Some(MARKING.captures(&line)?[1].trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::plain;

    #[test]
    fn markings_are_lines_of_their_own() {
        for (text, marking) in [
            ("SECRET//NOFORN\n\nThe mill closed.\n", Some("SECRET//NOFORN")),
            ("TLP:AMBER+STRICT\n\nThe mill closed.\n", Some("TLP:AMBER+STRICT")),
            ("OFFICIAL-SENSITIVE\n\nThe mill closed.\n", Some("OFFICIAL-SENSITIVE")),
            ("Secret talks\n\nThe mill closed.\n", None),
            ("CONFIDENTIAL PAPERS FOUND IN A MILL\n\nThe mill closed.\n", None),
        ] {
            assert_eq!(find(&plain(text)).as_deref(), marking, "{text}");
        }
    }
}
