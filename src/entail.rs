//! Floor 1: a small encoder that reads: does a passage say what a claim says, and what does a sentence of a note do?
//!
//! It knows pairs of texts and nothing of sources, notes or verdicts. The network lies in the program
//! (`model/README.md` says how it was made). It runs on one thread for each pair, one pair at a time, and its answers
//! are rounded: the same pair gets the same answer in any company and on any number of threads.

mod cross_encoder;
mod network;
mod wordpieces;

use std::sync::LazyLock;

pub use cross_encoder::CrossEncoder;
use network::Network;
use wordpieces::Wordpieces;

/// What the model is called where what decides is listed.
pub const MODEL: &str = "model";

/// What a model makes of a claim beside a passage: three probabilities, which sum to about 1.
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
pub enum Kind {
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
const KINDS: [Kind; 13] = [
    Kind::Claim,
    Kind::ClaimAboutSource,
    Kind::Premise,
    Kind::Judgement,
    Kind::Question,
    Kind::Task,
    Kind::Meta,
    Kind::Gap,
    Kind::Definition,
    Kind::Diary,
    Kind::Opinion,
    Kind::Heading,
    Kind::Fragment,
];

/// What a model makes of a sentence of a note by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kinds {
    /// The probability that it asserts something that can be checked.
    pub asserts: f32,
    /// The likeliest of all.
    pub likeliest: Kind,
}

/// Answers are whole multiples of one part in so many. Sums of floating numbers come out a little otherwise on
/// processors that add in another order; this is far more than the difference.
const STEPS: u16 = 512;

fn rounded(share: f32) -> f32 {
    (share * f32::from(STEPS)).round() / f32::from(STEPS)
}

/// An answer as whole numbers of steps, to be kept.
pub type Steps = [u16; 3];

impl Entailment {
    #[must_use]
    pub fn steps(self) -> Steps {
        [self.entailed, self.contradicted, self.neither].map(|share| (share * f32::from(STEPS)) as u16)
    }

    /// `None` if no model can have said that.
    #[must_use]
    pub fn of_steps(steps: Steps) -> Option<Self> {
        let [entailed, contradicted, neither] = steps.map(|step| f32::from(step) / f32::from(STEPS));
        steps.iter().all(|step| *step <= STEPS).then_some(Self { entailed, contradicted, neither })
    }
}

impl Kinds {
    #[must_use]
    pub fn steps(self) -> Steps {
        let likeliest = KINDS.iter().position(|kind| *kind == self.likeliest).unwrap_or_default();
        [(self.asserts * f32::from(STEPS)) as u16, likeliest as u16, 0]
    }

    /// `None` if no model can have said that.
    #[must_use]
    pub fn of_steps([asserts, likeliest, _]: Steps) -> Option<Self> {
        let likeliest = *KINDS.get(usize::from(likeliest))?;
        (asserts <= STEPS).then_some(Self { asserts: f32::from(asserts) / f32::from(STEPS), likeliest })
    }
}

/// Who reads: a model, or somebody who remembers what it said.
pub trait Model: Sync {
    /// Holds a claim against a passage. `before` is what stands before the claim and explains its words, or nothing.
    /// `None` if they cannot be read.
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Option<Entailment>;

    /// What a sentence of a note does, between the text before and after it.
    fn kinds(&self, sentence: &str, before: &str, after: &str) -> Option<Kinds>;
}

/// How many wordpieces a text has.
#[must_use]
pub fn wordpieces(text: &str) -> usize {
    vocabulary().ids(text).len()
}

/// For how many wordpieces of a passage there is room beside a claim.
#[must_use]
pub fn room(before: &str, claim: &str) -> usize {
    wordpieces::MOST - vocabulary().pair(before, claim, "").ids.len()
}

fn vocabulary() -> &'static Wordpieces {
    static WORDPIECES: LazyLock<Wordpieces> = LazyLock::new(|| Wordpieces::of(VOCABULARY));
    &WORDPIECES
}

const NETWORK: &[u8] = include_bytes!("../model/entailment.onnx.gz");
const VOCABULARY: &str = include_str!("../model/vocabulary.txt");

/// The model that lies in the program.
#[derive(Debug)]
pub struct Bundled(Network);

/// The model that lies in the program, ready to read.
#[must_use]
pub fn bundled() -> &'static Bundled {
    static MODEL: LazyLock<Bundled> =
        LazyLock::new(|| Bundled(Network::unpacked(NETWORK).expect("the bundled network is whole")));
    &MODEL
}

impl Model for Bundled {
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Option<Entailment> {
        let [entailed, contradicted, neither] = self.0.entailment(&vocabulary().pair(before, claim, passage))?;
        Some(Entailment { entailed, contradicted, neither })
    }

    fn kinds(&self, sentence: &str, before: &str, after: &str) -> Option<Kinds> {
        let shares = self.0.kinds(&vocabulary().sentence(sentence, before, after))?;
        let is_checkable = |kind: &Kind| matches!(kind, Kind::Claim | Kind::ClaimAboutSource | Kind::Premise);
        let asserts = KINDS.iter().zip(shares).filter(|(kind, _)| is_checkable(kind)).map(|(_, share)| share).sum();
        let mut likeliest = (0.0, Kind::Claim);
        for (share, kind) in shares.into_iter().zip(KINDS) {
            if share > likeliest.0 {
                likeliest = (share, kind);
            }
        }
        Some(Kinds { asserts, likeliest: likeliest.1 })
    }
}

#[cfg(test)]
mod tests;
