//! Tables by column. A row is found by its label, which the claim must have word for word; a column by words of
//! its header. What agrees counts as found, label and header with it; only where both are without doubt is
//! something else a conflict.

pub mod cell;
pub mod change;
pub mod extreme;
mod reading;

use crate::library::{SentenceId, View};
use crate::text::blocks::{Block, BlockKind};
use crate::verify::claim::Claim;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::grid::Grid;
use crate::verify::gather::items::Items;
use crate::verify::gather::proof::Derivation;
use reading::Reading;

/// How many tables are looked at for one claim.
const MOST_TABLES: usize = 6;

/// Compares a claim with the tables among the candidates.
pub fn read(claim: &Claim<'_>, items: &Items, candidates: &[SentenceId], library: &View<'_>) -> Derivation {
    let mut found = Derivation::default();
    let mut seen: Vec<std::ops::Range<usize>> = Vec::new();
    for SentenceId(at) in candidates.iter().copied() {
        let sentence = library.sentence(SentenceId(at));
        let kind = library.source(sentence.source).layout.blocks[sentence.block].kind;
        let is_table = matches!(kind, BlockKind::TableRow | BlockKind::TableHeader);
        if !is_table || seen.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let Some(grid) = Grid::around(library, at) else { continue };
        seen.push(grid.rows.first().map_or(at, |r| r.at).min(at)..grid.rows.last().map_or(at, |r| r.at).max(at) + 1);
        let reading = Reading { claim, items, candidates, library, grid: &grid };
        cell::read(&reading, &mut found);
        if claim.cells.is_empty() {
            extreme::read(&reading, &mut found);
            change::read(&reading, &mut found);
        }
        if seen.len() == MOST_TABLES {
            break;
        }
    }
    // One table that bears a number out outweighs another that has it otherwise.
    let proved = |span: Span| items.within(span) & items.values & found.proof.all != 0;
    found.conflicts.retain(|c| c.slot != Slot::Number || !proved(c.claim));
    found.conflicts.sort_by_key(|c| (c.claim, c.source, c.value));
    found.conflicts.dedup_by_key(|c| c.claim);
    found
}

/// Whether a conflict rests on a row with several columns, in which only the header tells which
/// number is meant.
pub fn needs_a_column(conflict: &Conflict, library: &View<'_>) -> bool {
    const LABEL_AND_VALUE: usize = 2;
    let blocks = &library.source(conflict.source).layout.blocks;
    let at = blocks.partition_point(|block| block.span.end <= conflict.sentence.start);
    let is_row = |block: &Block| block.kind == BlockKind::TableRow && block.cells.len() > LABEL_AND_VALUE && block.lead.is_some();
    conflict.slot == Slot::Number && blocks.get(at).is_some_and(is_row)
}
