//! Running heads and feet: lines at the edge of pages that come back at the same height on others.

use rustc_hash::FxHashMap;

use super::lines::Line;

/// How many lines at the top and at the bottom of a page may be furniture.
const EDGE: usize = 2;

/// How far the same foot may stand apart on two pages, in points.
const HEIGHT: f64 = 6.0;

/// So often a line comes back that stands close to the text or reads like a part of it.
const OFTEN: usize = 4;

/// A page may have this many lines of furniture and no text.
const MOST_ALONE: usize = 4;

/// A line at the edge of a page.
struct Edge {
    at: usize,
    /// It stands off from the text inside, or is set in another size.
    is_apart: bool,
    /// The other lines on its base line.
    beside: Vec<usize>,
}

/// Removes running heads, running feet and page numbers. What only looks like them stays: the last line of two pages that
/// are alike, and numbers in the first or last row of a table.
pub fn remove(pages: &mut [Vec<Line>]) {
    let edges: Vec<Vec<Edge>> = pages.iter().map(|page| edges(page)).collect();
    let mut seen: FxHashMap<(String, i64), usize> = FxHashMap::default();
    // By how far a number is from that of its page in the file: numbers of pages keep that distance.
    let mut distances: FxHashMap<i64, usize> = FxHashMap::default();
    for (number, (page, edges)) in pages.iter().zip(&edges).enumerate() {
        let mut here: Vec<(String, i64)> = edges.iter().map(|edge| key(&page[edge.at])).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
        let mut here: Vec<i64> = edges.iter().filter_map(|edge| distance(&page[edge.at], number)).collect();
        here.sort_unstable();
        here.dedup();
        for distance in here {
            *distances.entry(distance).or_default() += 1;
        }
    }
    let filled = pages.iter().filter(|page| !page.is_empty()).count();
    let often = (filled / 3).max(2);
    for (number, (page, edges)) in pages.iter_mut().zip(&edges).enumerate() {
        let comes_back = |line: &Line, is_apart: bool| {
            let (pattern, height) = key(line);
            let count = |by: i64| seen.get(&(pattern.clone(), height + by)).copied().unwrap_or(0);
            let count = count(-1) + count(0) + count(1);
            count >= often && (is_apart && !is_sentence(&line.text) || count >= OFTEN)
        };
        let has_words = |line: &Line| line.text.contains(char::is_alphabetic);
        let is_head = |edge: &Edge, at: usize| has_words(&page[at]) && comes_back(&page[at], edge.is_apart);
        let is_furniture = |edge: &Edge| {
            let line = &page[edge.at];
            let is_number = filled > 1 && is_page_number(&line.text);
            if has_words(line) {
                return is_head(edge, edge.at) || is_number;
            }
            // Cells of a table are numbers, too.
            let is_free = edge.beside.iter().all(|at| is_head(edge, *at));
            let counts = matches!(edge.beside[..], [head] if has_words(&page[head]))
                && distance(line, number).is_some_and(|distance| distances.get(&distance).is_some_and(|count| *count > 1));
            (is_number || comes_back(line, edge.is_apart)) && (is_free || counts)
        };
        let mut gone: Vec<usize> = edges.iter().filter(|edge| is_furniture(edge)).map(|edge| edge.at).collect();
        gone.sort_unstable();
        gone.dedup();
        // A page of many lines is not all head and foot.
        if gone.len() == page.len() && gone.len() > MOST_ALONE {
            continue;
        }
        for at in gone.into_iter().rev() {
            page.remove(at);
        }
    }
}

/// Whether a line reads like a part of a sentence.
fn is_sentence(text: &str) -> bool {
    const FEWEST_WORDS: usize = 3;
    let text = text.trim();
    (text.starts_with(char::is_lowercase) || text.ends_with(['.', ',', ';', ':', '!', '?', '-']))
        && text.split_whitespace().count() >= FEWEST_WORDS
}

fn key(line: &Line) -> (String, i64) {
    (pattern(&line.text), (line.base / HEIGHT).round() as i64)
}

/// How far a number alone is from that of the page in the file.
fn distance(line: &Line, page: usize) -> Option<i64> {
    let bare = line.text.trim().trim_matches(['-', '–', '—', ' ', '[', ']', '|']);
    Some(bare.parse::<u32>().ok().map(i64::from)? - page as i64)
}

/// The lines at the edges. Those side by side count as one.
fn edges(page: &[Line]) -> Vec<Edge> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].base.total_cmp(&page[*b].base));
    let mut steps: Vec<f64> =
        order.windows(2).map(|pair| page[pair[1]].base - page[pair[0]].base).filter(|step| *step > 2.0).collect();
    steps.sort_by(f64::total_cmp);
    let pitch = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
    let near = |end: &mut dyn Iterator<Item = usize>| {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for at in end {
            let row = rows.iter().position(|row| (page[row[0]].base - page[at].base).abs() < 2.0);
            match row {
                Some(row) => rows[row].push(at),
                None if rows.len() > EDGE => break,
                None => rows.push(vec![at]),
            }
        }
        let is_border = |outer: &[usize], inner: &[usize]| {
            let (outer, inner) = (&page[outer[0]], &page[inner[0]]);
            let size = outer.size.max(inner.size);
            (outer.base - inner.base).abs() > (1.6 * size).max(1.2 * pitch) || (outer.size - inner.size).abs() > 0.08 * size
        };
        let borders: Vec<bool> = rows.windows(2).map(|pair| is_border(&pair[0], &pair[1])).collect();
        let mut found: Vec<Edge> = Vec::new();
        for (row, lines) in rows.iter().enumerate().take(EDGE) {
            let is_apart = borders.iter().skip(row).any(|is_border| *is_border);
            let beside = |at: usize| lines.iter().copied().filter(|other| *other != at).collect();
            found.extend(lines.iter().map(|at| Edge { at: *at, is_apart, beside: beside(*at) }));
        }
        found
    };
    let top = near(&mut order.iter().copied());
    let bottom = near(&mut order.iter().rev().copied());
    top.into_iter().chain(bottom).collect()
}

/// What comes back of a line. Page numbers stand before the words of a head or behind them.
fn pattern(text: &str) -> String {
    let all = masked(text);
    let words = all.trim_matches(['#', ' ']);
    if words.contains(char::is_alphabetic) { words.to_owned() } else { all }
}

/// The words with every number alike, as page numbers differ.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// `3`, `- 3 -`, `Page 3 of 9`, `iv`.
fn is_page_number(text: &str) -> bool {
    let masked = masked(text);
    let bare = masked.trim_matches(['-', '–', '—', ' ', '[', ']', '|']);
    let bare = bare.trim_start_matches("page").trim_start_matches("p.").trim();
    matches!(bare, "#" | "# of #" | "#/#" | "# / #") && text.len() < 20
        || !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> Vec<Line> {
        let line = |(at, text): (usize, &&str)| Line {
            left: 0.0,
            right: 9.0,
            base: at as f64 * 12.0,
            size: 10.0,
            text: (*text).to_owned(),
        };
        lines.iter().enumerate().map(line).collect()
    }

    #[test]
    fn what_comes_back_at_the_edge_goes() {
        let mut pages: Vec<_> = (1..5)
            .map(|n| page(&["Harbour Board 2024", &"One ".repeat(n), "a", &"End ".repeat(n), &format!("Page {n} of 4")]))
            .collect();
        remove(&mut pages);
        let shown: Vec<&str> = pages[1].iter().map(|line| line.text.as_str()).collect();
        assert_eq!(shown, ["One One ", "a", "End End "]);
    }

    #[test]
    fn a_single_page_keeps_its_lines() {
        let mut pages = vec![page(&["Report", "3", "End."])];
        remove(&mut pages);
        assert_eq!(pages[0].len(), 3);
    }
}
