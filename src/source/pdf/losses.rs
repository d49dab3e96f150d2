//! What pages draw and this reader cannot make text of. No text is lost without a word: the notices of a source say
//! what is missing, and from which page on.

use super::glyphs::MOST_GLYPHS;

/// What was lost of a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Losses {
    /// Glyphs that nothing gives a character.
    pub unknown: usize,
    /// Glyphs of fonts that cannot be read.
    pub unreadable: usize,
    /// Glyphs that read another way than most.
    pub turned: usize,
    /// Part of its content does not unpack.
    pub broken: bool,
    /// The decoder failed before the end.
    pub failed: bool,
    /// It draws pictures without end.
    pub endless: bool,
    /// It has more glyphs than are read.
    pub crowded: bool,
    /// It has pictures, and no text.
    pub is_picture: bool,
}

impl Losses {
    /// Why a page cannot be relied on, in words that follow "it". A stray sign, which may be an ornament, is no reason.
    pub fn reason(&self) -> Option<String> {
        const ORNAMENTS: usize = 12;
        let reasons = [
            (self.is_picture, "is a picture without text"),
            (self.failed, "is read up to a mistake in its content"),
            (self.broken, "has content that does not unpack"),
            (self.endless, "draws pictures of pictures without end"),
            (self.crowded, "has more text than is read of a page"),
            (self.unknown + self.unreadable > ORNAMENTS, "has text in fonts that do not say which characters it is"),
            (self.turned > MARGINALIA, "has much text that is turned against the rest"),
        ];
        reasons.into_iter().find_map(|(is_so, reason)| is_so.then(|| reason.to_owned()))
    }
}

/// Fewer turned glyphs are a mark at the margin or a stamp. Only more are told.
const MARGINALIA: usize = 120;

/// What is missing, in words, of pages with their labels.
pub fn notices(pages: &[(String, Losses)]) -> Vec<String> {
    let glyphs = |count: fn(&Losses) -> usize, why: &str| {
        let lost: Vec<_> = pages.iter().filter(|(_, losses)| count(losses) > 0).collect();
        let all: usize = lost.iter().map(|(_, losses)| count(losses)).sum();
        let (first, _) = lost.first()?;
        let glyphs = if all == 1 { "1 glyph".to_owned() } else { format!("{all} glyphs") };
        Some(format!("{glyphs} on {} {why}, the first {} page {first}", number(lost.len()), is_on(all)))
    };
    let whole = |is_lost: fn(&Losses) -> bool, what: &str| {
        let lost: Vec<_> = pages.iter().filter(|(_, losses)| is_lost(losses)).collect();
        let (first, _) = lost.first()?;
        Some(format!("{} {what}, the first is page {first}", number(lost.len())))
    };
    let turned = |losses: &Losses| losses.turned > MARGINALIA;
    [
        whole(|losses| losses.crowded, &format!("with more than {MOST_GLYPHS} glyphs read in part")),
        glyphs(|losses| losses.unknown, "cannot be read, as their fonts do not say which characters they are"),
        glyphs(|losses| losses.unreadable, "cannot be read, as their fonts are broken or of an unknown kind"),
        whole(|losses| losses.broken, "read in part, as some of their content does not unpack"),
        whole(|losses| losses.failed, "read up to a mistake in their content"),
        whole(|losses| losses.endless, "read in part, as they draw pictures of pictures without end"),
        whole(|losses| losses.is_picture, "with pictures and no text (a scan, perhaps)"),
        whole(turned, "with much text that is turned against the rest, which was not read"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn number(pages: usize) -> String {
    if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") }
}

fn is_on(count: usize) -> &'static str {
    if count == 1 { "is on" } else { "on" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_names_its_first_page() {
        let none = Losses::default();
        let pages = [none, Losses { unknown: 3, ..none }, Losses { unknown: 2, is_picture: true, ..none }];
        let pages: Vec<_> = pages.into_iter().enumerate().map(|(at, losses)| ((at + 1).to_string(), losses)).collect();
        assert_eq!(
            notices(&pages),
            [
                "5 glyphs on 2 pages cannot be read, as their fonts do not say which characters they are, the first on page 2",
                "1 page with pictures and no text (a scan, perhaps), the first is page 3",
            ]
        );
        assert!(notices(&[("1".to_owned(), none)]).is_empty());
    }
}
