//! Lines in reading order: one column after the other, between what runs over the whole width.

use super::glyphs::Line;

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

/// The flows of a page in reading order.
pub fn in_order(mut lines: Vec<Line>) -> Vec<Flow> {
    lines.retain(|line| !line.text.trim().is_empty());
    lines.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let Some(gutter) = gutter(&lines) else { return vec![rows(lines)] };
    let mut flows = Vec::new();
    let (mut left, mut right, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let crosses = line.left < gutter && line.right > gutter;
        // What runs over the whole width ends the columns above it.
        if crosses && !(left.is_empty() && right.is_empty()) {
            flows.extend([&mut left, &mut right].map(|column| rows(std::mem::take(column))));
        } else if !crosses && !whole.is_empty() {
            flows.push(rows(std::mem::take(&mut whole)));
        }
        if crosses {
            whole.push(line);
        } else if line.right <= gutter {
            left.push(line);
        } else {
            right.push(line);
        }
    }
    flows.extend([whole, left, right].map(rows));
    flows.retain(|flow| !flow.is_empty());
    flows
}

/// Where the space between two columns of prose is, if there is one.
fn gutter(lines: &[Line]) -> Option<f64> {
    const LEAST_LINES: usize = 5;
    let left = lines.iter().map(|line| line.left).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(|line| line.right).fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    let middle = |x: f64| x > left + 0.3 * width && x < left + 0.7 * width;
    let mut starts: Vec<f64> = lines.iter().map(|line| line.left).filter(|x| middle(*x)).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    starts
        .into_iter()
        .map(|start| start - 1.0)
        .filter_map(|x| {
            let beside = |side: &[&Line]| {
                // Columns of prose are filled; columns of a table are not.
                let filled: f64 = side.iter().map(|line| line.right - line.left).sum();
                side.len() >= LEAST_LINES && filled > 0.3 * width * side.len() as f64
            };
            let before: Vec<&Line> = lines.iter().filter(|line| line.right <= x).collect();
            let after: Vec<&Line> = lines.iter().filter(|line| line.left >= x).collect();
            let crossing = lines.len() - before.len() - after.len();
            let is_gutter = beside(&before) && beside(&after) && crossing * 2 < lines.len();
            is_gutter.then_some((crossing, x))
        })
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, x)| x)
}

/// Lines on one base line as one row, from left to right.
fn rows(lines: Vec<Line>) -> Flow {
    let mut rows: Flow = Vec::new();
    for line in lines {
        match rows.last_mut().filter(|row| (row.base() - line.base).abs() < 0.4 * line.size.min(row.size())) {
            Some(row) => row.cells.push(line),
            None => rows.push(Row { cells: vec![line] }),
        }
    }
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        row.cells = join_near(std::mem::take(&mut row.cells));
    }
    rows
}

/// Pieces that were drawn apart but stand together.
fn join_near(cells: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for cell in cells {
        match joined.last_mut().filter(|last| cell.left - last.right < 1.6 * last.size.max(cell.size)) {
            Some(last) => {
                if cell.left - last.right > 0.15 * cell.size && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(&cell.text);
                last.right = last.right.max(cell.right);
                last.size = last.size.max(cell.size);
            }
            None => joined.push(cell),
        }
    }
    joined
}
