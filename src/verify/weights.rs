//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -0.924;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: [f32; super::support::COUNT] = [
    0.594, // share of the claim's weight in the best window
    0.883, // share of the claim's weight in the best source
    -0.089, // weight of the most telling term that the window lacks
    0.000, // share of slots that the window lacks
    -1.270, // slots that the source lacks
    -0.646, // share of name words that the source lacks
    0.408, // share of word pairs that stand together in the window too
    0.000, // longest run of words in common
    0.000, // longest common subsequence of words
    -1.901, // share of the common weight that is negated on one side only
    -1.462, // slots filled otherwise
    0.000, // items in the claim, logarithmic
    -0.042, // terms that the source lacks
    0.000, // how much of the claim stands beside its least fitting value
    0.469, // how much of the claim stands beside its least fitting name
    -1.858, // words whose opposite stands in the window
    0.185, // share of the weakest clause in the window
];
