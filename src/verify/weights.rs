//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -0.998;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: &[f32] = &[
    0.587,  // share of the claim's weight in the best window
    0.000,  // share of the claim's weight in the best source
    -0.023, // weight of the most telling term that the window lacks
    0.000,  // share of slots that the window lacks
    -0.288, // slots that the source lacks
    0.000,  // share of name words that the source lacks
    0.000,  // share of word pairs that stand together in the window too
    0.000,  // longest run of words in common
    0.000,  // longest common subsequence of words
    -1.599, // share of the common weight that is negated on one side only
    -1.446, // slots filled otherwise
    0.000,  // items in the claim, logarithmic
    0.000,  // terms that the source lacks
    0.000,  // how much of the claim stands beside its least fitting value
    0.284,  // how much of the claim stands beside its least fitting name
    -0.719, // words whose opposite stands in the window
    0.000,  // share of the weakest clause in the window
    -1.606, // names and values that the source lacks
    0.521,  // share of the claim's terms that the source has in any words
    0.370,  // share of neighbouring words that stand together anywhere in the source
    0.717,  // share of the claim's weight in the two best windows
];
