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
    intercept: -0.2,
    searched: 0.0,
    each: [
        0.222,  // share of the claim's weight in the best window
        0.364,  // share of the claim's weight in the two best windows of its source
        0.151,  // share of neighbouring words that stand together anywhere in the source
        0.071,  // how much of the claim stands beside its least fitting name
        -0.088, // values that the source lacks
        -0.766, // names and values that the source lacks
        -0.249, // share of the common weight that is negated on one side only
        -0.368, // values or names that the source has otherwise
        -0.122, // words whose opposite stands beside the same words in the source
        -0.785, // negations that the source does not make
        -0.828, // restricting, absolute or turning words that the best windows lack
        -1.219, // words in whose place the best windows have another of the same kind
        -0.226, // names in whose place the source has others
        -0.137, // values in whose place the source has others
        5.000,  // how surely the passage says it, as the model reads
        -1.000, // how surely the passage says otherwise, as the model reads
    ],
};

/// Where only words are compared.
pub const WORDS_ONLY: Weights = Weights {
    intercept: -0.512,
    searched: -0.007,
    each: [
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
        0.000,  // how surely the passage says it, as the model reads
        0.000,  // how surely the passage says otherwise, as the model reads
    ],
};
