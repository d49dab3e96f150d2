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
    intercept: 0.076,
    searched: 0.000,
    each: [
        0.449,  // share of the claim's weight in the best window
        0.000,  // share of the claim's weight in the two best windows of its source
        0.130,  // share of neighbouring words that stand together anywhere in the source
        0.178,  // how much of the claim stands beside its least fitting name
        0.000,  // values that the source lacks
        -0.580, // names and values that the source lacks
        -0.424, // share of the common weight that is negated on one side only
        -0.905, // values or names that the source has otherwise
        -0.809, // words whose opposite stands beside the same words in the source
        -1.215, // negations that the source does not make
        0.000,  // restricting, absolute or turning words that the best windows lack
        -2.538, // words in whose place the best windows have another of the same kind
        -0.669, // names in whose place the source has others
        0.000,  // values in whose place the source has others
        2.120,  // how surely the passage says it, as the model reads
        -0.311, // how surely the passage says otherwise, as the model reads
    ],
};

/// Where only words are compared.
pub const WORDS_ONLY: Weights = Weights {
    intercept: -0.510,
    searched: -0.010,
    each: [
        0.517,  // share of the claim's weight in the best window
        0.960,  // share of the claim's weight in the two best windows of its source
        0.357,  // share of neighbouring words that stand together anywhere in the source
        0.171,  // how much of the claim stands beside its least fitting name
        -0.239, // values that the source lacks
        -1.920, // names and values that the source lacks
        -0.654, // share of the common weight that is negated on one side only
        -0.783, // values or names that the source has otherwise
        -0.343, // words whose opposite stands beside the same words in the source
        -1.967, // negations that the source does not make
        -2.095, // restricting, absolute or turning words that the best windows lack
        -3.033, // words in whose place the best windows have another of the same kind
        -0.568, // names in whose place the source has others
        -0.342, // values in whose place the source has others
        0.000,  // how surely the passage says it, as the model reads
        0.000,  // how surely the passage says otherwise, as the model reads
    ],
};
