//! Lines in reading order: one column after the other, between what runs over more than one.

use rustc_hash::FxHashSet;

use super::direction::is_right_to_left;
use super::lines::Line;

/// A line in a column; lines that stand side by side in one column are cells of a row.
#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Line>,
}

impl Row {
    pub fn left(&self) -> f64 {
        self.cells.iter().map(|cell| cell.left).fold(f64::INFINITY, f64::min)
    }

    pub fn right(&self) -> f64 {
        self.cells.iter().map(|cell| cell.right).fold(f64::NEG_INFINITY, f64::max)
    }

    pub fn base(&self) -> f64 {
        self.cells[0].base
    }

    pub fn size(&self) -> f64 {
        self.cells.iter().map(|cell| cell.size).fold(0.0, f64::max)
    }
}

/// A stretch of the page that is read from top to bottom.
pub type Flow = Vec<Row>;

/// No column is narrower, in points.
const NARROWEST: f64 = 20.0;

/// A page has at most twice to the power of this many columns.
const DEEPEST: usize = 4;

/// The flows of a page in reading order. `usual` are the gutters of the pages before it: the last page of a chapter
/// may have too few lines to show its own.
pub fn in_order(mut lines: Vec<Line>, usual: &mut Vec<f64>) -> Vec<Flow> {
    lines.retain(|line| !line.text.trim().is_empty());
    lines.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut gutters = Vec::new();
    find_gutters(&lines.iter().collect::<Vec<_>>(), DEEPEST, &mut gutters);
    if gutters.len() < usual.len() {
        let is_new = |gutter: f64| gutters.iter().all(|found: &f64| (found - gutter).abs() > NARROWEST);
        let more: Vec<f64> = usual.iter().copied().filter(|gutter| is_new(*gutter) && parts_prose(&lines, *gutter)).collect();
        gutters.extend(more);
        gutters.sort_by(f64::total_cmp);
    } else {
        usual.clone_from(&gutters);
    }
    let from_right = lines.iter().filter(|line| is_right_to_left(&line.text)).count() * 2 > lines.len();
    let mut flows = Vec::new();
    part(lines, &gutters, from_right, &mut flows);
    flows.retain(|flow| !flow.is_empty());
    flows
}

/// Puts lines into columns between the gutters. What crosses the one that the fewest lines cross ends the columns
/// above it.
fn part(lines: Vec<Line>, gutters: &[f64], from_right: bool, flows: &mut Vec<Flow>) {
    let crosses = |line: &Line, gutter: f64| line.left < gutter && line.right > gutter;
    let crossing = |gutter: &f64| lines.iter().filter(|line| crosses(line, *gutter)).count();
    let Some(best) = (0..gutters.len()).min_by_key(|at| crossing(&gutters[*at])) else {
        flows.push(rows(lines));
        return;
    };
    let gutter = gutters[best];
    let others: Vec<f64> = gutters.iter().copied().filter(|x| *x != gutter).collect();
    let (mut left, mut right, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let close = |left: &mut Vec<Line>, right: &mut Vec<Line>, flows: &mut Vec<Flow>| {
        let (left, right) = (std::mem::take(left), std::mem::take(right));
        if is_table(&left, &right) {
            let mut all = [left, right].concat();
            all.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
            flows.push(rows(all));
            return;
        }
        let mut sides = [(left, &gutters[..best]), (right, &gutters[best + 1..])];
        if from_right {
            sides.reverse();
        }
        for (side, gutters) in sides {
            if !side.is_empty() {
                part(side, gutters, from_right, flows);
            }
        }
    };
    for line in lines {
        let across = crosses(&line, gutter);
        if across && !(left.is_empty() && right.is_empty()) {
            close(&mut left, &mut right, flows);
        } else if !across && !whole.is_empty() {
            part(std::mem::take(&mut whole), &others, from_right, flows);
        }
        if across {
            whole.push(line);
        } else if line.right <= gutter {
            left.push(line);
        } else {
            right.push(line);
        }
    }
    if !whole.is_empty() {
        part(whole, &others, from_right, flows);
    }
    close(&mut left, &mut right, flows);
}

/// Whether what stands left and right of a gutter are the cells of a table that lies across it: short, and in rows.
fn is_table(left: &[Line], right: &[Line]) -> bool {
    const LONGEST_CELL: f64 = 8.0;
    let widths: f64 = left.iter().chain(right).map(|line| (line.right - line.left) / line.size).sum();
    let height = |line: &Line| (line.base / (0.6 * line.size)).round() as i64;
    let bases: FxHashSet<i64> = right.iter().map(height).collect();
    let in_rows = left.iter().filter(|line| bases.contains(&height(line))).count();
    let (first, second): (Vec<&Line>, Vec<&Line>) = (left.iter().collect(), right.iter().collect());
    let is_prose = has_sentences(&first) && has_sentences(&second) && !are_cells(&first, &second, false);
    !left.is_empty()
        && !is_prose
        && !right.is_empty()
        && widths < LONGEST_CELL * (left.len() + right.len()) as f64
        && in_rows * 4 >= left.len() * 3
}

/// Whether a gutter of other pages has lines on both sides here, too, and hardly one that crosses it.
fn parts_prose(lines: &[Line], gutter: f64) -> bool {
    let side = |is_here: &dyn Fn(&Line) -> bool| {
        let here: Vec<&Line> = lines.iter().filter(|line| is_here(line)).collect();
        let whole = unbroken(&here);
        (here.len(), is_wide(&whole) || has_sentences(&whole))
    };
    let (left, right) = (side(&|line| line.right <= gutter), side(&|line| line.left >= gutter));
    let crossing = lines.len() - left.0 - right.0;
    left.0 > 0 && right.0 > 0 && left.1 && right.1 && crossing * 4 < lines.len()
}

/// The spaces between columns of prose, from left to right.
fn find_gutters(lines: &[&Line], depth: usize, found: &mut Vec<f64>) {
    let Some(gutter) = (depth > 0).then(|| gutter(lines)).flatten() else { return };
    let (left, right): (Vec<&Line>, Vec<&Line>) =
        lines.iter().filter(|line| line.right <= gutter || line.left >= gutter).partition(|line| line.right <= gutter);
    find_gutters(&left, depth - 1, found);
    found.push(gutter);
    find_gutters(&right, depth - 1, found);
}

/// Where the space between two columns of prose is, if there is one.
fn gutter(lines: &[&Line]) -> Option<f64> {
    const LEAST_LINES: usize = 5;
    const MOST_TRIED: usize = 40;
    let left = lines.iter().map(|line| line.left).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(|line| line.right).fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    // Where many lines start.
    let mut starts: Vec<f64> = lines.iter().map(|line| line.left).filter(|x| *x > left + 0.1 * width).collect();
    starts.sort_by(f64::total_cmp);
    let mut edges: Vec<&[f64]> = starts.chunk_by(|a, b| b - a < 1.0).filter(|edge| edge.len() >= 2).collect();
    edges.sort_by(|a, b| b.len().cmp(&a.len()).then(a[0].total_cmp(&b[0])));
    edges
        .into_iter()
        .take(MOST_TRIED)
        .map(|edge| edge[0] - 1.0)
        .filter_map(|x| {
            let before: Vec<&Line> = lines.iter().copied().filter(|line| line.right <= x).collect();
            let after: Vec<&Line> = lines.iter().copied().filter(|line| line.left >= x).collect();
            let crossing = lines.len() - before.len() - after.len();
            let sides = [&before, &after];
            let are_long = || sides.iter().all(|side| is_wide(side));
            let is_gutter = sides.iter().all(|side| side.len() >= LEAST_LINES && is_prose(side, width))
                && !cuts(lines, x)
                && !are_cells(&before, &after, are_long());
            (is_gutter && crossing * 2 < lines.len()).then_some((crossing, x))
        })
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, x)| x)
}

/// Whether a gutter cuts off the ends of many lines: it runs through a column then.
fn cuts(lines: &[&Line], gutter: f64) -> bool {
    let is_end = |line: &&&Line| {
        let (left, right) = (gutter - line.left, line.right - gutter);
        left > 0.0 && right > 0.0 && left.min(right) < 0.25 * (line.right - line.left)
    };
    lines.iter().filter(is_end).count() * 8 > lines.len()
}

/// How long lines are in the mean, in sizes of their letters.
fn mean_width(side: &[&Line]) -> f64 {
    side.iter().map(|line| line.right - line.left).sum::<f64>() / side.iter().map(|line| line.size).sum::<f64>()
}

/// In sizes of the letters: shorter lines may be cells of a table.
fn is_wide(side: &[&Line]) -> bool {
    mean_width(side) > 9.0
}

/// Columns of prose are filled; columns of a table are not.
fn is_prose(side: &[&Line], width: f64) -> bool {
    /// In sizes of the letters.
    const SHORTEST: f64 = 6.0;
    /// So many lines of that length are prose.
    const FEWEST: usize = 10;
    let side = &unbroken(side);
    if side.is_empty() {
        return false;
    }
    let mut widths: Vec<f64> = side.iter().map(|line| line.right - line.left).collect();
    let mean = widths.iter().sum::<f64>() / widths.len() as f64;
    let usual = side.len() * 4 / 5;
    let usual = *widths.select_nth_unstable_by(usual.min(side.len() - 1), f64::total_cmp).1;
    let full = widths.iter().filter(|width| **width > 0.65 * usual).count();
    let is_long = is_wide(side) || side.len() >= FEWEST && mean_width(side) > SHORTEST && has_sentences(side);
    is_long && mean > 0.15 * width && full * 5 >= side.len() * 3
}

/// The lines beside which nothing stands, if they are more than the others: wide spaces break some that fill a column.
fn unbroken<'a>(side: &[&'a Line]) -> Vec<&'a Line> {
    let mut sorted = side.to_vec();
    sorted.sort_by(|a, b| a.base.total_cmp(&b.base));
    let rows: Vec<&[&Line]> = sorted.chunk_by(|a, b| b.base - a.base < 0.3 * a.size).collect();
    let whole: Vec<&Line> = rows.iter().filter(|row| row.len() == 1).map(|row| row[0]).collect();
    if whole.len() * 3 >= rows.len() * 2 { whole } else { sorted }
}

/// Whether many lines go on with a sentence.
fn has_sentences(side: &[&Line]) -> bool {
    let goes_on = |line: &&&Line| line.text.starts_with(char::is_lowercase) && line.text.trim().contains(' ');
    side.iter().filter(goes_on).count() * 5 >= side.len() * 2
}

/// Whether what stands left and right are the cells of a table's rows: where one begins so does the other. Lines that are
/// long enough for prose must also go on together.
fn are_cells(left: &[&Line], right: &[&Line], are_long: bool) -> bool {
    const FEWEST: usize = 3;
    let begins = |line: &Line| !line.text.trim_start().starts_with(char::is_lowercase);
    let beside = |line: &Line| right.iter().find(|other| (other.base - line.base).abs() < 0.3 * line.size);
    let pairs: Vec<(bool, bool)> = left.iter().filter_map(|line| Some((begins(line), begins(beside(line)?)))).collect();
    let (first, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(begins, _)| *begins);
    let begin = first.iter().filter(|(_, begins)| *begins).count();
    let go_on = rest.iter().filter(|(_, begins)| !begins).count();
    if are_long {
        return first.len() > FEWEST && rest.len() > FEWEST && begin * 5 >= first.len() * 4 && go_on * 5 >= rest.len() * 4;
    }
    first.len() >= FEWEST && begin * 5 >= first.len() * 3
}

/// Lines on one base line as one row, in reading order.
fn rows(lines: Vec<Line>) -> Flow {
    let mut rows: Flow = Vec::new();
    for line in lines {
        match rows.last_mut().filter(|row| (row.base() - line.base).abs() < 0.4 * line.size.min(row.size())) {
            Some(row) => row.cells.push(line),
            None => rows.push(Row { cells: vec![line] }),
        }
    }
    let columns = starts(&rows);
    for row in &mut rows {
        let from_right = row.cells.iter().filter(|cell| is_right_to_left(&cell.text)).count() * 2 > row.cells.len();
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        if from_right {
            row.cells.reverse();
        }
        row.cells = join_near(std::mem::take(&mut row.cells), &columns);
    }
    rows
}

/// Where cells behind others begin in several rows: those are the columns of a table.
fn starts(rows: &[Row]) -> Vec<f64> {
    const FEWEST: usize = 3;
    let left = rows.iter().map(Row::left).fold(f64::INFINITY, f64::min);
    let mut starts: Vec<f64> =
        rows.iter().flat_map(|row| &row.cells).map(|cell| cell.left).filter(|start| *start > left + NARROWEST).collect();
    starts.sort_by(f64::total_cmp);
    starts.chunk_by(|a, b| b - a < 1.0).filter(|edge| edge.len() >= FEWEST).map(|edge| edge[0]).collect()
}

/// Pieces that were drawn apart but stand together, and not where columns of a table begin.
fn join_near(cells: Vec<Line>, columns: &[f64]) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for cell in cells {
        let gap = |last: &Line| (cell.left - last.right).max(last.left - cell.right);
        let widest = if columns.iter().any(|start| (-1.0..2.0).contains(&(cell.left - start))) { 0.7 } else { 1.6 };
        match joined.last_mut().filter(|last| gap(last) < widest * last.size.max(cell.size)) {
            Some(last) => {
                // What stands over or under another is no part of its word.
                if (gap(last) > 0.15 * cell.size || gap(last) < -0.5 * cell.size) && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(&cell.text);
                last.left = last.left.min(cell.left);
                last.right = last.right.max(cell.right);
                last.size = last.size.max(cell.size);
            }
            None => joined.push(cell),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(left: f64, top: f64, text: &str) -> Vec<Line> {
        let words: Vec<&str> = text.split('/').collect();
        let line = |(at, text): (usize, &&str)| Line {
            left,
            right: left + 5.0 * text.len() as f64,
            base: top + 12.0 * at as f64,
            size: 10.0,
            text: (*text).to_owned(),
        };
        words.iter().enumerate().map(line).collect()
    }

    fn read(columns: &[Vec<Line>]) -> String {
        let flows = in_order(columns.concat(), &mut Vec::new());
        let rows = flows.iter().map(|flow| {
            let cells = flow.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"));
            cells.collect::<Vec<_>>().join("/")
        });
        rows.collect::<Vec<_>>().join(" // ")
    }

    #[test]
    fn three_columns_are_read_down_and_tables_across() {
        let prose = |name: &str| (0..6).map(|at| format!("{name}{at} and more words on the line")).collect::<Vec<_>>().join("/");
        let page = [column(0.0, 0.0, &prose("a")), column(200.0, 0.0, &prose("b")), column(400.0, 0.0, &prose("c"))];
        assert_eq!(read(&page), [prose("a"), prose("b"), prose("c")].join(" // "));
        let head = column(100.0, -20.0, "A long head that runs over all of the columns and is text as well");
        assert_eq!(read(&[head.clone(), page.concat()]), [head[0].text.clone(), prose("a"), prose("b"), prose("c")].join(" // "));

        let cells = |name: &str| (0..6).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join("/");
        let table = [column(0.0, 0.0, &cells("a")), column(200.0, 0.0, &cells("b")), column(400.0, 0.0, &cells("c"))];
        assert_eq!(read(&table), (0..6).map(|at| format!("a{at}|b{at}|c{at}")).collect::<Vec<_>>().join("/"));
    }
}
