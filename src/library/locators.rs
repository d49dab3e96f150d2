//! Locators resolved: which spans of a source a page, a paragraph or another named place is.
//!
//! A place is only missed where the source has names of that kind. A page of a plain text file or a
//! section of a source without numbered headings cannot be told, and that is said by nothing.

use super::{SourceId, View};
use crate::note::locators::{Locator, LocatorKind, seconds};
use crate::source::{Mark, MarkKind, Source};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::readable;

/// What a locator leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocatorTarget {
    /// These spans of the source, in order.
    At(Vec<Span>),
    /// The source has places of this kind, but not this one.
    Missing,
    /// The source does not name places of this kind.
    Unknown,
}

/// Follows a locator into a source.
#[must_use]
pub fn find(locator: &Locator, id: SourceId, library: &View<'_>) -> LocatorTarget {
    let source = library.source(id);
    match locator.kind {
        LocatorKind::Page => pages(locator, source),
        LocatorKind::Paragraph => paragraphs(locator, source),
        LocatorKind::Section => sections(locator, source),
        LocatorKind::Line => lines(locator, id, library),
        LocatorKind::Time => times(locator, source),
        LocatorKind::Row => rows(locator, source),
    }
}

/// The name by which a locator of the same kind would cite a span of the source. `physical` asks for
/// the number of the page in the file, which `#page=` means.
#[must_use]
pub fn label(locator: &Locator, physical: bool, span: Span, id: SourceId, library: &View<'_>) -> Option<String> {
    let source = library.source(id);
    match locator.kind {
        LocatorKind::Page if physical => source.page_number(span.start).map(|number| number.to_string()),
        LocatorKind::Page => source.mark_at(MarkKind::Page, span.start).map(|mark| mark.label.clone()),
        LocatorKind::Row => source.mark_at(MarkKind::Row, span.start).map(|mark| mark.label.clone()),
        LocatorKind::Time => source.mark_at(MarkKind::Time, span.start).map(|mark| mark.label.clone()),
        LocatorKind::Line => Some((library.lines(id).line(span.start) + 1).to_string()),
        LocatorKind::Paragraph => source.paragraph_at(span.start).map(|number| number.to_string()),
        LocatorKind::Section if !is_number(&locator.from) => {
            headings(source).take_while(|(at, _)| *at <= span.start).last().map(|(_, heading)| heading)
        }
        LocatorKind::Section => numbered(source).iter().rev().find(|(_, at)| *at <= span.start).map(|(number, _)| number.clone()),
    }
}

/// The page that a locator leads to of which text was lost, by its label, and why.
#[must_use]
pub fn lost_page<'l>(locator: &Locator, id: SourceId, library: &'l View<'_>) -> Option<(&'l str, &'l str)> {
    let LocatorTarget::At(spans) = find(locator, id, library) else { return None };
    let source = library.source(id);
    let mut losses = of_kind(source, MarkKind::Loss);
    let loss = losses.find(|loss| spans.iter().any(|span| span.start <= loss.at && loss.at < span.end))?;
    Some((&source.mark_at(MarkKind::Page, loss.at)?.label, &loss.label))
}

fn of_kind(source: &Source, kind: MarkKind) -> impl Iterator<Item = &Mark> {
    source.marks.iter().filter(move |mark| mark.kind == kind)
}

/// Where each of several places begins, to the spans from one to the next.
fn until_next(starts: &[usize], end: usize) -> Vec<Span> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end.max(*start))).collect()
}

/// By label, and by number in the file where the two differ: people cite both.
fn pages(locator: &Locator, source: &Source) -> LocatorTarget {
    let marks: Vec<&Mark> = of_kind(source, MarkKind::Page).collect();
    if marks.is_empty() {
        return LocatorTarget::Unknown;
    }
    let spans = until_next(&marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), source.text.len());
    let labelled = |label: &str| (0..marks.len()).filter(|at| same_label(&marks[*at].label, label)).collect::<Vec<_>>();
    let counted = |label: &str| label.parse().ok().and_then(|n: usize| n.checked_sub(1)).filter(|at| *at < marks.len());
    let both = |label: &str| labelled(label).into_iter().chain(counted(label)).collect::<Vec<usize>>();
    let mut wanted = both(&locator.from);
    if let Some(to) = &locator.to {
        let ranges =
            [(labelled(&locator.from).first().copied(), labelled(to).last().copied()), (counted(&locator.from), counted(to))];
        wanted.extend(both(to));
        wanted.extend(ranges.into_iter().filter_map(|(from, to)| Some(from?..=to?)).flatten());
    }
    at(wanted.into_iter().map(|at| spans[at]))
}

fn same_label(a: &str, b: &str) -> bool {
    let bare = |label: &str| label.trim_start_matches('0').to_lowercase();
    bare(a) == bare(b)
}

fn at(spans: impl IntoIterator<Item = Span>) -> LocatorTarget {
    let mut spans: Vec<Span> = spans.into_iter().collect();
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() { LocatorTarget::Missing } else { LocatorTarget::At(spans) }
}

fn range(locator: &Locator) -> Option<std::ops::RangeInclusive<usize>> {
    const LONGEST: usize = 10_000;
    let from: usize = locator.from.parse().ok()?;
    let to = locator.to.as_ref().map_or(Some(from), |to| to.parse().ok())?;
    (from <= to && to - from < LONGEST).then_some(from..=to)
}

fn paragraphs(locator: &Locator, source: &Source) -> LocatorTarget {
    let Some(range) = range(locator) else { return LocatorTarget::Unknown };
    if let Some(printed) = source.printed_paragraphs() {
        let spans = until_next(&printed.iter().map(|(_, at)| *at).collect::<Vec<_>>(), source.text.len());
        let wanted = printed.iter().zip(spans).filter(|((number, _), _)| range.contains(number)).map(|(_, span)| span);
        return at(wanted);
    }
    // Who counts paragraphs may count list items too: only a number beyond all of them is wrong.
    let all = source.layout.blocks.iter().filter(|block| block.kind.is_text()).count();
    let found: Vec<Span> = range.clone().filter_map(|number| source.paragraph(number)).collect();
    match (found.is_empty(), *range.start() > all || *range.start() == 0) {
        (false, _) => at(found),
        (true, true) if all > 0 => LocatorTarget::Missing,
        (true, _) => LocatorTarget::Unknown,
    }
}

/// Whether paragraphs are only counted and not numbered in print: then people may count otherwise.
#[must_use]
pub fn counts_paragraphs(source: &Source) -> bool {
    source.printed_paragraphs().is_none()
}

fn headings(source: &Source) -> impl Iterator<Item = (usize, String)> {
    let blocks = source.layout.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    blocks.map(|block| (block.span.start, readable(block.span.of(&source.layout.visible))))
}

/// Headings with a number: `2. Costs`, `Section 2`, `§ 2.1 Costs`.
fn numbered(source: &Source) -> Vec<(String, usize)> {
    let number = |heading: &str| {
        const WORDS: &[&str] = &["section", "chapter", "sec.", "ch.", "§", "part"];
        let lower = heading.to_lowercase();
        let bare = WORDS.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_start();
        let end = bare.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(bare.len());
        let number = bare[..end].trim_matches('.');
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 12;
        // "2024 in figures" has no number.
        (is_number && number.split('.').all(|part| part.len() <= 3)).then(|| number.to_owned())
    };
    headings(source).filter_map(|(at, heading)| Some((number(&heading)?, at))).collect()
}

fn is_number(section: &str) -> bool {
    section.starts_with(|c: char| c.is_ascii_digit())
}

fn sections(locator: &Locator, source: &Source) -> LocatorTarget {
    if !is_number(&locator.from) {
        return named_section(&locator.from, source);
    }
    let numbered = numbered(source);
    if numbered.is_empty() {
        return LocatorTarget::Unknown;
    }
    let is_inside = |number: &str, section: &str| number == section || number.starts_with(&format!("{section}."));
    let to = locator.to.as_deref().unwrap_or(&locator.from);
    let mut spans = Vec::new();
    for (at, (number, start)) in numbered.iter().enumerate() {
        if !is_inside(number, &locator.from) {
            continue;
        }
        let last = numbered[at..].iter().rposition(|(number, _)| is_inside(number, to)).map_or(at, |more| at + more);
        let end = numbered[last..].iter().find(|(number, _)| !is_inside(number, to)).map_or(source.text.len(), |(_, at)| *at);
        spans.push(Span::new(*start, end.max(*start)));
    }
    at(spans)
}

/// A section by the words of its heading. What is a heading cannot always be told, so none is
/// missed.
fn named_section(name: &str, source: &Source) -> LocatorTarget {
    let starts: Vec<(usize, String)> = headings(source).collect();
    let spans = until_next(&starts.iter().map(|(at, _)| *at).collect::<Vec<_>>(), source.text.len());
    let wanted = name.to_lowercase();
    let is_it = |heading: &str| {
        let heading = heading.to_lowercase();
        heading == wanted || heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')) == wanted
    };
    match at(starts.iter().zip(spans).filter(|((_, heading), _)| is_it(heading)).map(|(_, span)| span)) {
        LocatorTarget::Missing => LocatorTarget::Unknown,
        found => found,
    }
}

/// Only a file that is text has lines that everybody counts alike.
fn lines(locator: &Locator, id: SourceId, library: &View<'_>) -> LocatorTarget {
    let source = library.source(id);
    let Some(range) = range(locator).filter(|range| !source.is_rendition && *range.start() > 0) else {
        return LocatorTarget::Unknown;
    };
    let last = library.lines(id).line(source.text.len()) + 1;
    if *range.start() > last {
        return LocatorTarget::Missing;
    }
    let span = |line: usize| library.lines(id).line_span(&source.text, line - 1);
    at([span(*range.start()).cover(span((*range.end()).min(last)))])
}

/// The words that are spoken at a time, or between two.
fn times(locator: &Locator, source: &Source) -> LocatorTarget {
    /// Who notes a time is seldom exact to the second.
    const SLACK: u64 = 15;
    let marks: Vec<&Mark> = of_kind(source, MarkKind::Time).collect();
    let all: Option<Vec<u64>> = marks.iter().map(|mark| seconds(&mark.label)).collect();
    let (Some(all), Some(from)) = (all.filter(|all| !all.is_empty() && all.is_sorted()), seconds(&locator.from)) else {
        return LocatorTarget::Unknown;
    };
    let to = locator.to.as_deref().and_then(seconds).unwrap_or(from).max(from);
    // Labels such as `10:06` may be hours and minutes.
    let is_exact = marks.iter().all(|mark| mark.label.matches(':').count() == 2);
    let slack = if is_exact { SLACK } else { 0 };
    if from + slack < all[0] {
        return LocatorTarget::Unknown;
    }
    let spans = until_next(&marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), source.text.len());
    let is_near = |at: &usize| {
        let end = all.get(at + 1).copied().unwrap_or(u64::MAX);
        all[*at] <= to + slack && (end > from.saturating_sub(slack) || end == all[*at] && end == from)
    };
    let near: Vec<usize> = (0..all.len()).filter(is_near).collect();
    let exact = near.iter().copied().rfind(|at| all[*at] <= to);
    // The place itself first, for whoever jumps there.
    let mut found: Vec<Span> = exact.filter(|_| locator.to.is_none()).map(|at| spans[at]).into_iter().collect();
    for at in near {
        if !found.contains(&spans[at]) {
            found.push(spans[at]);
        }
    }
    if found.is_empty() { LocatorTarget::Unknown } else { LocatorTarget::At(found) }
}

fn rows(locator: &Locator, source: &Source) -> LocatorTarget {
    let marks: Vec<&Mark> = of_kind(source, MarkKind::Row).collect();
    let Some(range) = range(locator).filter(|_| !marks.is_empty()) else { return LocatorTarget::Unknown };
    let spans = until_next(&marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), source.text.len());
    let is_wanted = |mark: &Mark| mark.label.parse().is_ok_and(|number: usize| range.contains(&number));
    at(marks.iter().zip(spans).filter(|(mark, _)| is_wanted(mark)).map(|(_, span)| span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::library::bibliography::Bibliographies;
    use crate::note::locators::parse;

    fn library(text: &str, kind: MarkKind, labels: &[&str]) -> Library {
        let mut source = Source::of_text("sources/a.txt".to_owned(), text.to_owned());
        let starts = text.match_indices('|').map(|(at, _)| at);
        source.marks = labels.iter().zip(starts).map(|(label, at)| Mark { kind, label: (*label).to_owned(), at }).collect();
        Library::new(vec![source], Bibliographies::default())
    }

    fn shown(locator: &str, library: &Library) -> String {
        let library = library.view();
        match find(&parse(locator)[0], SourceId(0), &library) {
            LocatorTarget::At(spans) => {
                let text = |span: &Span| span.of(&library.source(SourceId(0)).text).trim().to_owned();
                spans.iter().map(text).collect::<Vec<_>>().join(" + ")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn pages_have_labels_and_numbers() {
        let report = library("|One.\n\n|Two.\n\n|Three.\n\n|Four.\n", MarkKind::Page, &["i", "ii", "1", "2"]);
        for (locator, found) in [
            ("p. ii", "|Two."),
            ("p. II", "|Two."),
            ("p. 1", "|One. + |Three."),
            ("p. 3", "|Three."),
            ("pp. ii-1", "|One. + |Two. + |Three."),
            ("p. 9", "Missing"),
            ("p. ix", "Missing"),
        ] {
            assert_eq!(shown(locator, &report), found, "{locator}");
        }
        assert_eq!(shown("p. 3", &library("One.", MarkKind::Row, &[])), "Unknown");
    }

    #[test]
    fn printed_numbers_win_over_counting() {
        let text = "Ruling\n\n7. The mill closed.\n\nIt was May.\n\n8. Nobody came.\n\n9. All left.\n";
        let ruling = library(text, MarkKind::Page, &[]);
        assert_eq!(shown("¶ 7", &ruling), "7. The mill closed.\n\nIt was May.");
        assert_eq!(shown("¶ 8-9", &ruling), "8. Nobody came. + 9. All left.");
        assert_eq!(shown("para. 2", &ruling), "Missing");
        let story = library("The mill closed.\n\nNobody came.\n", MarkKind::Page, &[]);
        assert_eq!((shown("¶ 2", &story), shown("¶ 3", &story)), ("Nobody came.".to_owned(), "Missing".to_owned()));
    }

    #[test]
    fn times_last_until_the_next() {
        let talk = library("|One.\n\n|Two.\n\n|Three.\n", MarkKind::Time, &["0:00:10", "0:01:00", "0:04:10"]);
        assert_eq!(shown("at 1:30", &talk), "|Two.");
        assert_eq!(shown("00:04:00", &talk), "|Two. + |Three.");
        assert_eq!(shown("t=250", &talk), "|Three. + |Two.");
        assert_eq!(shown("0:20-5:00", &talk), "|One. + |Two. + |Three.");
        let hearing = library("|One.\n\n|Two.\n", MarkKind::Time, &["10:06", "10:07"]);
        assert_eq!((shown("10:06", &hearing), shown("9:00", &hearing)), ("|One.".to_owned(), "Unknown".to_owned()));
    }

    #[test]
    fn sections_lines_and_rows() {
        let text = "# 1. Scope\n\nOne.\n\n# 2. Costs\n\nTwo.\n\n# 2.1 Staff\n\nThree.\n\n# 3. End\n\nFour.\n";
        let read = crate::source::read("a.md", text.as_bytes(), &crate::source::Fields::default());
        let report = Library::new(read.unwrap_or_default(), Bibliographies::default());
        assert_eq!(shown("sec. 2", &report), "# 2. Costs\n\nTwo.\n\n# 2.1 Staff\n\nThree. + # 2.1 Staff\n\nThree.");
        assert_eq!((shown("§ 2.1", &report), shown("§ 7", &report)), ("# 2.1 Staff\n\nThree.".to_owned(), "Missing".to_owned()));
        assert_eq!(shown("sec. “Costs”", &report), "# 2. Costs\n\nTwo.");
        assert_eq!((shown("l. 3", &report), shown("l. 99", &report)), ("One.".to_owned(), "Missing".to_owned()));
        let table = library("|a b\n|c d\n", MarkKind::Row, &["1", "2"]);
        assert_eq!((shown("row 2", &table), shown("#row=3", &table)), ("|c d".to_owned(), "Missing".to_owned()));
    }
}
