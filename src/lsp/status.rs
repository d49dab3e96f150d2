//! How the server is, for status bars: our own notification, after rust-analyzer's
//! `experimental/serverStatus`. It goes to clients that announce
//! `"experimental": { "corroborateStatus": true }`.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::notification::Notification;

/// Whether something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    Ok,
    /// Some sources cannot be read, or the settings have a mistake.
    Warning,
}

/// The state of all roots together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub health: Health,
    /// Whether nothing is being read.
    pub quiescent: bool,
    pub message: Option<String>,
    /// How many sources were read, and how many cannot be.
    pub sources: usize,
    pub unreadable: usize,
    pub notes: usize,
}

impl Notification for Status {
    type Params = Self;
    const METHOD: &'static str = "corroborate/status";
}
