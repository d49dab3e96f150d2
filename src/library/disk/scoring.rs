//! Scores of all documents of a segment that hold any of some terms.

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;

use crate::library::retrieval::QueryTerm;

/// Documents that are scored together: their scores stay in the processor's cache.
const WINDOW: usize = 4096;

/// A term has been looked up: the documents that hold it, from a place on.
pub struct List {
    /// What the term adds to the score of a document, by how often it stands there: seldom often.
    gains: [f32; 8],
    wanted: QueryTerm,
    postings: BlockSegmentPostings,
    at: usize,
}

impl List {
    pub fn new(wanted: QueryTerm, postings: BlockSegmentPostings) -> Self {
        Self { gains: std::array::from_fn(|times| wanted.gain(times as u32)), wanted, postings, at: 0 }
    }

    /// The next document.
    fn next(&self) -> Option<DocId> {
        self.postings.docs().get(self.at).copied()
    }

    fn gain(&self, times: u32) -> f32 {
        self.gains.get(times as usize).copied().unwrap_or_else(|| self.wanted.gain(times))
    }

    /// Adds to the scores of the documents from `start` on.
    fn add(&mut self, window: &mut Window, start: DocId) {
        loop {
            let docs = &self.postings.docs()[self.at..];
            let inside = docs.partition_point(|doc| ((doc - start) as usize) < WINDOW);
            for (doc, times) in docs[..inside].iter().zip(&self.postings.freqs()[self.at..]) {
                window.add((doc - start) as usize, self.gain(*times));
            }
            if inside < docs.len() || docs.is_empty() {
                self.at += inside;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

struct Window {
    scores: [f32; WINDOW],
    /// Which of them count.
    held: [u64; WINDOW / 64],
}

impl Window {
    fn add(&mut self, at: usize, gain: f32) {
        self.scores[at] += gain;
        self.held[at / 64] |= 1 << (at % 64);
    }

    /// Hands out the scores, and leaves the window empty.
    fn empty(&mut self, mut scored: impl FnMut(usize, f32)) {
        for (word, held) in self.held.iter_mut().enumerate() {
            let mut left = std::mem::take(held);
            while left != 0 {
                let at = word * 64 + left.trailing_zeros() as usize;
                scored(at, std::mem::take(&mut self.scores[at]));
                left &= left - 1;
            }
        }
    }
}

/// Scores all documents that are in any of the lists. Each score is summed up in the order of the
/// lists.
pub fn score(lists: &mut [List], mut scored: impl FnMut(DocId, f32)) {
    let mut window = Window { scores: [0.0; WINDOW], held: [0; WINDOW / 64] };
    while let Some(start) = lists.iter().filter_map(List::next).min() {
        lists.iter_mut().for_each(|list| list.add(&mut window, start));
        window.empty(|at, score| scored(start + at as u32, score));
    }
}
