//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// What each feature counts, in the order of [`crate::verify::features::NAMES`].
#[derive(Debug)]
pub struct Weights {
    /// Added to every score.
    pub intercept: f32,
    /// Added where a whole library was searched.
    pub searched: f32,
    pub each: [f32; crate::verify::features::COUNT],
}

/// Where the model has read the claim.
pub const WITH_MODEL: Weights = Weights {
    intercept: 0.099,
    searched: 0.000,
    each: [
        0.377,  // share of the claim's weight in the best window
        0.000,  // share of the claim's weight in the two best windows of its source
        0.145,  // share of neighbouring words that stand together anywhere in the source
        0.253,  // how much of the claim stands beside its least fitting name
        0.000,  // values that the source lacks
        -0.646, // names and values that the source lacks
        -0.471, // share of the common weight that is negated on one side only
        -0.862, // values or names that the source has otherwise
        -0.894, // words whose opposite stands beside the same words in the source
        -1.089, // negations that the source does not make
        0.000,  // restricting, absolute or turning words that the best windows lack
        -2.494, // words in whose place the best windows have another of the same kind
        -0.674, // names in whose place the source has others
        0.000,  // values in whose place the source has others
        2.228,  // how surely the passage says it, as the model reads
        -0.239, // how surely the passage says otherwise, as the model reads
    ],
};

/// Where only words are compared.
pub const WORDS_ONLY: Weights = Weights {
    intercept: -0.515,
    searched: -0.010,
    each: [
        0.541,  // share of the claim's weight in the best window
        0.938,  // share of the claim's weight in the two best windows of its source
        0.353,  // share of neighbouring words that stand together anywhere in the source
        0.182,  // how much of the claim stands beside its least fitting name
        -0.231, // values that the source lacks
        -1.913, // names and values that the source lacks
        -0.650, // share of the common weight that is negated on one side only
        -0.804, // values or names that the source has otherwise
        -0.329, // words whose opposite stands beside the same words in the source
        -1.968, // negations that the source does not make
        -2.097, // restricting, absolute or turning words that the best windows lack
        -3.035, // words in whose place the best windows have another of the same kind
        -0.568, // names in whose place the source has others
        -0.348, // values in whose place the source has others
        0.000,  // how surely the passage says it, as the model reads
        0.000,  // how surely the passage says otherwise, as the model reads
    ],
};
