//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -0.243;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: [f32; super::support::COUNT] = [
    0.383,  // share of the claim's weight in the best window
    0.838,  // share of the claim's weight in the best source
    -0.319, // weight of the most telling term that the window lacks
    0.000,  // share of slots that the window lacks
    -1.445, // slots that the source lacks
    -1.593, // share of name words that the source lacks
    0.201,  // share of word pairs that stand together in the window too
    0.000,  // longest run of words in common
    0.000,  // longest common subsequence of words
    -0.246, // negated on one side only
    -0.672, // slots filled otherwise
    0.000,  // items in the claim, logarithmic
    0.000,  // terms that the source lacks
];
