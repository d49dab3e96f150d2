//! Running heads and feet: lines at the edge of pages that come back at the same height on others.

use rustc_hash::FxHashMap;

use super::lines::Line;

/// How many lines at the top and at the bottom of a page may be furniture.
const EDGE: usize = 2;

/// How far the same foot may stand apart on two pages, in points.
const HEIGHT: f64 = 6.0;

/// Removes running heads, running feet and page numbers.
pub fn remove(pages: &mut [Vec<Line>]) {
    let mut seen: FxHashMap<(String, i64), usize> = FxHashMap::default();
    for page in pages.iter() {
        let mut here: Vec<(String, i64)> =
            edges(page).into_iter().map(|at| (pattern(&page[at].text), height(&page[at]))).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let filled = pages.iter().filter(|page| !page.is_empty()).count();
    let often = (filled / 3).max(2);
    for page in pages {
        let is_furniture = |at: usize| {
            let (pattern, height) = (pattern(&page[at].text), height(&page[at]));
            let count = |by: i64| seen.get(&(pattern.clone(), height + by)).copied().unwrap_or(0);
            let comes_back = count(-1) + count(0) + count(1) >= often;
            comes_back || filled > 1 && is_page_number(&page[at].text)
        };
        let mut gone: Vec<usize> = edges(page).into_iter().filter(|at| is_furniture(*at)).collect();
        gone.sort_unstable();
        gone.dedup();
        for at in gone.into_iter().rev() {
            page.remove(at);
        }
    }
}

fn height(line: &Line) -> i64 {
    (line.base / HEIGHT).round() as i64
}

/// The lines at the edges. Those side by side count as one.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].base.total_cmp(&page[*b].base));
    let near = |end: &mut dyn Iterator<Item = usize>| {
        let mut found: Vec<usize> = Vec::new();
        let mut bases: Vec<f64> = Vec::new();
        for at in end {
            let base = page[at].base;
            if !bases.iter().any(|b| (b - base).abs() < 2.0) {
                bases.push(base);
            }
            if bases.len() > EDGE {
                break;
            }
            found.push(at);
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
