//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -1.519;

/// Added where a whole library was searched.
pub const SEARCHED: f32 = -0.109;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: &[f32] = &[
    0.790,  // share of the claim's weight in the best window
    1.469,  // share of the claim's weight in the two best windows of its source
    0.479,  // share of the claim's terms that the source has in any words
    0.462,  // share of neighbouring words that stand together anywhere in the source
    0.362,  // how much of the claim stands beside its least fitting name
    -0.272, // values that the source lacks
    -1.776, // names and values that the source lacks
    -1.797, // share of the common weight that is negated on one side only
    -1.624, // values or names that the source has otherwise
    -0.298, // words whose opposite stands in the window
];
