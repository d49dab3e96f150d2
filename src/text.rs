//! Floor 1: plain text. Spans, lines and positions, sentences, words, numbers, dates, names.
//!
//! Nothing here knows of sources, notes or protocols; every function is pure and takes any UTF-8.

pub mod analysis;
pub mod blocks;
pub mod dates;
pub mod language;
pub mod lines;
pub mod markdown;
pub mod names;
pub mod numbers;
pub mod sentences;
mod span;
pub mod spelling;
mod tokens;
pub mod untrusted;
pub mod words;

pub use analysis::Analysis;
pub use dates::{eras, relative_dates};
pub use lines::{Encoding, LineIndex, Position};
pub use span::Span;
pub use untrusted::Untrusted;
