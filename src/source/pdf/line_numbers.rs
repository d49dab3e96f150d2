//! Numbers of lines in the margin, as courts and transcripts have them: 1 to 28 at one distance from the edge, on
//! lines that stand equally far apart. They are no text.

use super::lines::Line;

/// Shorter lists are anything, and no page has more lines.
const COUNTS: std::ops::RangeInclusive<usize> = 3..=200;

/// Takes them out of the lines of a page.
pub fn remove(lines: &mut Vec<Line>) {
    for edge in [|line: &Line| line.right, |line: &Line| line.left] {
        let found = column(lines, edge);
        if !found.is_empty() {
            let mut at = 0;
            lines.retain(|_| {
                at += 1;
                !found.contains(&(at - 1))
            });
        }
    }
}

/// Numbers that are those of lines, by where in the list they stand.
fn column(lines: &[Line], edge: fn(&Line) -> f64) -> Vec<usize> {
    let is_number = |line: &Line| (1..=4).contains(&line.text.len()) && line.text.bytes().all(|b| b.is_ascii_digit());
    let mut numbers: Vec<usize> = (0..lines.len()).filter(|at| is_number(&lines[*at])).collect();
    numbers.sort_by(|a, b| edge(&lines[*a]).total_cmp(&edge(&lines[*b])));
    let mut best: &[usize] = &[];
    for group in numbers.chunk_by(|a, b| (edge(&lines[*a]) - edge(&lines[*b])).abs() < 1.0) {
        if group.len() > best.len() {
            best = group;
        }
    }
    let mut found = best.to_vec();
    found.sort_by(|a, b| lines[*a].base.total_cmp(&lines[*b].base));
    if COUNTS.contains(&found.len()) && counts(lines, &found) && is_outside(lines, &found) { found } else { Vec::new() }
}

/// Whether they count lines: each is one more than the last and they stand equally far apart, or between them are just
/// as many lines of prose as they say.
fn counts(lines: &[Line], found: &[usize]) -> bool {
    const FEWEST: usize = 8;
    /// In sizes of the letters. Rows of tables have shorter cells.
    const SHORTEST: f64 = 15.0;
    let value = |at: usize| lines[at].text.parse::<i64>().unwrap_or(0);
    let steps: Vec<i64> = found.windows(2).map(|pair| value(pair[1]) - value(pair[0])).collect();
    let mut heights: Vec<f64> = found.windows(2).map(|pair| lines[pair[1]].base - lines[pair[0]].base).collect();
    let step = steps.first().copied().unwrap_or(0);
    let most = |count: usize| count * 10 >= steps.len() * 9;
    if !matches!(step, 1 | 2 | 5 | 10) || !most(steps.iter().filter(|it| **it == step).count()) {
        return false;
    }
    let middle = heights.len() / 2;
    let pitch = *heights.select_nth_unstable_by(middle, f64::total_cmp).1;
    let is_regular = most(heights.iter().filter(|height| (**height - pitch).abs() < 0.1 * pitch).count());
    if step == 1 && found.len() >= FEWEST && is_regular {
        return true;
    }
    let mut prose: Vec<&Line> = (0..lines.len()).filter(|at| !found.contains(at)).map(|at| &lines[at]).collect();
    prose.sort_by(|a, b| a.base.total_cmp(&b.base));
    let rows: Vec<&[&Line]> = prose.chunk_by(|a, b| b.base - a.base < 0.5 * a.size).collect();
    let as_many = found.windows(2).filter(|pair| {
        let (above, below) = (&lines[pair[0]], &lines[pair[1]]);
        let between =
            rows.iter().filter(|row| row[0].base > above.base + 0.3 * above.size && row[0].base < below.base + 0.3 * below.size);
        between.count() as i64 == step
    });
    let width: f64 = prose.iter().map(|line| (line.right - line.left) / line.size).sum();
    (step > 1 || found.len() >= FEWEST) && most(as_many.count()) && width > SHORTEST * prose.len() as f64
}

/// Whether they stand beside the text and not in it: nothing else stands over, under or among them, as the head of a
/// table would, and all text is on one side.
fn is_outside(lines: &[Line], found: &[usize]) -> bool {
    let of = |value: fn(&Line) -> f64| found.iter().map(move |at| value(&lines[*at]));
    let left = of(|line| line.left).fold(f64::INFINITY, f64::min);
    let right = of(|line| line.right).fold(f64::NEG_INFINITY, f64::max);
    let (top, bottom) = (lines[found[0]].base, lines[found[found.len() - 1]].base);
    let pitch = (bottom - top) / (found.len() - 1) as f64;
    let others: Vec<&Line> = (0..lines.len()).filter(|at| !found.contains(at)).map(|at| &lines[at]).collect();
    let beside = others.iter().filter(|line| line.base > top - 2.0 * pitch && line.base < bottom + 2.0 * pitch);
    let (mut before, mut after, mut rows) = (0, 0, 0);
    for line in beside {
        if line.right <= left {
            before += 1;
        } else if line.left >= right {
            after += 1;
        } else {
            return false;
        }
        rows += usize::from(found.iter().any(|at| (lines[*at].base - line.base).abs() < 0.3 * line.size));
    }
    // Rows of a table have many cells.
    (before == 0 || after == 0) && before + after > 0 && rows <= 2 * found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f64, base: f64, text: &str) -> Line {
        Line { left, right: left + 5.0 * text.len() as f64, base, size: 10.0, text: text.to_owned() }
    }

    fn numbered(count: usize) -> Vec<Line> {
        (1..=count).map(|at| line(50.0 - if at > 9 { 5.0 } else { 0.0 }, 20.0 * at as f64, &at.to_string())).collect()
    }

    #[test]
    fn numbers_beside_the_text_go_and_those_in_it_stay() {
        let text = |at: usize| line(80.0, 20.0 * at as f64, "The court heard the parties");
        let mut page: Vec<Line> = numbered(12).into_iter().chain((3..12).map(text)).collect();
        remove(&mut page);
        assert_eq!(page.len(), 9);

        let mut ranks: Vec<Line> = [line(40.0, 0.0, "Rank")].into_iter().chain(numbered(12)).chain((1..13).map(text)).collect();
        remove(&mut ranks);
        assert_eq!(ranks.len(), 25);

        let mut few: Vec<Line> = numbered(5).into_iter().chain((1..6).map(text)).collect();
        remove(&mut few);
        assert_eq!(few.len(), 10);
    }
}
