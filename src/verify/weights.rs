//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// Added to every score.
pub const INTERCEPT: f32 = -2.0;

/// In the order of [`super::support::NAMES`].
pub const WEIGHTS: [f32; super::support::COUNT] = [3.0, 1.0, -0.5, -0.7, -0.7, -0.7, 0.7, 0.5, 0.7, -0.6, -1.5, -0.2, -0.5];
