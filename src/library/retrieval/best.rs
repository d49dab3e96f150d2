//! The best of many passages, found in any order.

use super::Place;

/// Keeps the passages with the highest scores; of equal ones those that come first in the library.
#[derive(Debug)]
pub struct Best {
    most: usize,
    /// Some more than are wanted, so that they are seldom sorted.
    kept: Vec<(Place, f32)>,
    /// What scores less is not among the best.
    floor: f32,
}

impl Best {
    pub fn new(most: usize) -> Self {
        Self { most, kept: Vec::new(), floor: 0.0 }
    }

    /// Takes a passage if it may be one of the best. Its place is only asked for then.
    pub fn offer(&mut self, score: f32, place: impl FnOnce() -> Option<Place>) {
        if score < self.floor {
            return;
        }
        let Some(place) = place() else { return };
        self.kept.push((place, score));
        if self.kept.len() > 4 * self.most {
            self.rank();
            self.floor = self.kept.last().map_or(0.0, |(_, score)| *score);
        }
    }

    fn rank(&mut self) {
        self.kept.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        self.kept.truncate(self.most);
    }

    /// The best, best first.
    pub fn into_ranked(mut self) -> Vec<(Place, f32)> {
        self.rank();
        self.kept
    }
}
