//! corroborate
pub mod library;
pub mod note;
pub mod source;
pub mod text;
