//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -0.512;

/// Added where a whole library was searched.
pub const SEARCHED: f32 = -0.007;

/// In the order of [`crate::verify::features::NAMES`].
pub const WEIGHTS: &[f32] = &[
    0.554,  // share of the claim's weight in the best window
    0.909,  // share of the claim's weight in the two best windows of its source
    0.378,  // share of neighbouring words that stand together anywhere in the source
    0.178,  // how much of the claim stands beside its least fitting name
    -0.221, // values that the source lacks
    -1.914, // names and values that the source lacks
    -0.623, // share of the common weight that is negated on one side only
    -0.919, // values or names that the source has otherwise
    -0.305, // words whose opposite stands beside the same words in the source
    -1.963, // negations that the source does not make
    -2.069, // restricting, absolute or turning words that the best windows lack
    -3.047, // words in whose place the best windows have another of the same kind
    -0.566, // names in whose place the source has others
    -0.343, // values in whose place the source has others
];
