//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -0.568;

/// Added where a whole library was searched.
pub const SEARCHED: f32 = 0.000;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: &[f32] = &[
    0.459,  // share of the claim's weight in the best window
    0.736,  // share of the claim's weight in the two best windows of its source
    0.350,  // share of the claim's terms that the source has in any words
    0.363,  // share of neighbouring words that stand together anywhere in the source
    0.173,  // how much of the claim stands beside its least fitting name
    -0.217, // values that the source lacks
    -1.878, // names and values that the source lacks
    -0.643, // share of the common weight that is negated on one side only
    -1.117, // values or names that the source has otherwise
    -0.270, // words whose opposite stands beside the same words in the source
    -1.886, // negations that the source does not make
    -2.069, // restricting, absolute or turning words that the best windows lack
    -3.124, // words in whose place the best windows have another of the same kind
    -0.580, // names in whose place the source has others
    -0.334, // values in whose place the source has others
];
