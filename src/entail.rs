//! Floor 1: a small encoder that reads: does a passage say what a claim says, and what does a sentence of a note do?
//!
//! It knows pairs of texts and nothing of sources, notes or verdicts. The network lies in the program
//! (`model/README.md` says how it was made); it runs on one thread for each pair, one pair at a time, and its answers
//! are rounded: the same pair gets the same answer in any company and on any number of threads.

mod cross_encoder;
mod network;
mod wordpieces;

use std::sync::LazyLock;

pub use cross_encoder::CrossEncoder;
use network::Network;
use wordpieces::Wordpieces;

/// What the model makes of a claim beside a passage: three probabilities, which sum to about 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entailment {
    /// The passage says it.
    pub entailed: f32,
    /// The passage says something that cannot be true beside it.
    pub contradicted: f32,
    /// The passage says neither.
    pub neither: f32,
}

/// What a sentence of a note does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utterance {
    Claim,
    ClaimAboutSource,
    /// A judgement that states a checkable fact.
    Premise,
    Judgement,
    Question,
    Task,
    /// About the note itself, its method or its state.
    Meta,
    /// What is not known.
    Gap,
    Definition,
    /// What the analyst did.
    Diary,
    Opinion,
    Heading,
    Fragment,
}

/// In the order of the network's outputs.
const UTTERANCES: [Utterance; 13] = [
    Utterance::Claim,
    Utterance::ClaimAboutSource,
    Utterance::Premise,
    Utterance::Judgement,
    Utterance::Question,
    Utterance::Task,
    Utterance::Meta,
    Utterance::Gap,
    Utterance::Definition,
    Utterance::Diary,
    Utterance::Opinion,
    Utterance::Heading,
    Utterance::Fragment,
];

/// What the model makes of a sentence of a note by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speech {
    /// The probability that it asserts something that can be checked.
    pub asserts: f32,
    /// The likeliest of all.
    pub utterance: Utterance,
}

/// Answers are whole multiples of one part in so many. Sums of floating numbers come out a little otherwise on
/// processors that add in another order; this is far more than the difference.
const STEPS: f32 = 512.0;

impl Entailment {
    /// Its answer in whole steps.
    #[must_use]
    pub fn steps(self) -> [u16; 3] {
        [self.entailed, self.contradicted, self.neither].map(|share| (share * STEPS) as u16)
    }

    #[must_use]
    pub fn of_steps(steps: [u16; 3]) -> Self {
        let [entailed, contradicted, neither] = steps.map(|step| f32::from(step) / STEPS);
        Self { entailed, contradicted, neither }
    }
}

impl Speech {
    /// Its answer in whole steps.
    #[must_use]
    pub fn steps(self) -> [u16; 3] {
        let utterance = UTTERANCES.iter().position(|u| *u == self.utterance).unwrap_or_default();
        [(self.asserts * STEPS) as u16, utterance as u16, 0]
    }

    #[must_use]
    pub fn of_steps([asserts, utterance, _]: [u16; 3]) -> Self {
        let utterance = UTTERANCES.get(usize::from(utterance)).copied().unwrap_or(Utterance::Claim);
        Self { asserts: f32::from(asserts) / STEPS, utterance }
    }
}

/// What the model is called where what decides is listed.
pub const MODEL: &str = "model";

/// Who reads: the model itself, or somebody who remembers what it said.
pub trait Reader: Sync {
    /// Holds a claim against a passage. `before` is what stands before the claim and explains its words, or nothing.
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Entailment;

    /// What a sentence of a note does, between the text before and after it.
    fn utterance(&self, sentence: &str, before: &str, after: &str) -> Speech;

    /// How many wordpieces a text has.
    fn tokens(&self, text: &str) -> usize;
}

/// A network with its wordpieces.
pub struct Model {
    network: Network,
    wordpieces: Wordpieces,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").finish_non_exhaustive()
    }
}

const NETWORK: &[u8] = include_bytes!("../model/entailment.onnx");

/// What tells the bundled model from others.
#[must_use]
pub fn bundled_id() -> u32 {
    static ID: LazyLock<u32> = LazyLock::new(|| crc32fast::hash(NETWORK));
    *ID
}

/// The model that lies in the program.
#[must_use]
pub fn bundled() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let network = Network::of(NETWORK).expect("the bundled network is whole");
        Model { network, wordpieces: Wordpieces::of(include_str!("../model/vocabulary.txt")) }
    });
    &MODEL
}

impl Reader for Model {
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Entailment {
        let [entailed, contradicted, neither] = self.network.entailment(&self.wordpieces.pair(before, claim, passage));
        Entailment { entailed, contradicted, neither }
    }

    fn utterance(&self, sentence: &str, before: &str, after: &str) -> Speech {
        let shares = self.network.utterance(&self.wordpieces.sentence(sentence, before, after));
        let is_checkable = |u: &Utterance| matches!(u, Utterance::Claim | Utterance::ClaimAboutSource | Utterance::Premise);
        let asserts = UTTERANCES.iter().zip(shares).filter(|(u, _)| is_checkable(u)).map(|(_, share)| share).sum();
        let (mut best, mut utterance) = (0.0, Utterance::Claim);
        for (share, u) in shares.into_iter().zip(UTTERANCES) {
            if share > best {
                (best, utterance) = (share, u);
            }
        }
        Speech { asserts, utterance }
    }

    fn tokens(&self, text: &str) -> usize {
        self.wordpieces.count(text)
    }
}

#[cfg(test)]
mod tests;
