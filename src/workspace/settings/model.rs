//! The table `model` of the user's own settings: who judges what claims mean.

use std::path::PathBuf;

/// Who judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Judge {
    /// The model together with the comparisons.
    #[default]
    Model,
    /// The comparisons of words alone.
    Words,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelSettings {
    pub judge: Judge,
    /// The folder of another model.
    pub path: Option<PathBuf>,
}

impl Judge {
    pub const ALL: [Self; 2] = [Self::Model, Self::Words];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Words => "words",
        }
    }

    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|judge| judge.name() == name)
    }
}
