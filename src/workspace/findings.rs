//! The findings of a note, in parts that are shared with checks before and after an edit.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::rules::Finding;

/// The findings of a part of a note.
#[derive(Clone, Debug)]
pub struct PartFindings {
    /// In the order of the text; spans count from `start`.
    pub findings: Arc<[Finding]>,
    /// Where the part begins in the note, in bytes and in lines.
    pub start: usize,
    pub line: usize,
}

/// All findings, in the order of the text. They are a list of [`Finding`]s, made when it is first
/// asked for: who only shows what changed needs no copy of all.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    parts: Vec<PartFindings>,
    all: OnceLock<Vec<Finding>>,
}

impl Findings {
    #[must_use]
    pub fn of(parts: Vec<PartFindings>) -> Self {
        Self { parts, all: OnceLock::new() }
    }

    #[must_use]
    pub fn parts(&self) -> &[PartFindings] {
        &self.parts
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        let placed = |part: &PartFindings| {
            let start = part.start;
            part.findings.iter().map(move |finding| finding.shifted(start)).collect::<Vec<_>>()
        };
        self.all.get_or_init(|| self.parts.iter().flat_map(placed).collect())
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Findings {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}
