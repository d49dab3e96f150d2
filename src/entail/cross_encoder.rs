//! A cross-encoder of somebody else's, in the form in which they are commonly published: an ONNX file, a `tokenizer.json`
//! and a `config.json` that names the labels.
//!
//! It runs on a thread of its own, one pair after the other, on all processors.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use rten::{Model, NodeId, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use rten_text::tokenizer::Tokenizer;
use serde_json::Value;

use super::{Entailment, rounded};

/// In tokens. Most such models were trained on no more, and passages are far shorter.
const MOST: usize = 512;
/// In bytes; nothing beyond is read.
const LONGEST: usize = 8000;
/// For one answer, with those that are asked for before it.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// A model that answers from its own thread.
pub struct CrossEncoder {
    questions: Mutex<Sender<Question>>,
    id: u32,
}

struct Question {
    premise: String,
    hypothesis: String,
    answer: Sender<Option<Entailment>>,
}

impl std::fmt::Debug for CrossEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CrossEncoder").field("id", &self.id).finish_non_exhaustive()
    }
}

impl CrossEncoder {
    /// Starts the model. An error says which file is not what it should be.
    pub fn start(network: Vec<u8>, tokenizer: String, config: &str) -> Result<Self, String> {
        let mut hash = crc32fast::Hasher::new_with_initial(crc32fast::hash(&network));
        hash.update(tokenizer.as_bytes());
        hash.update(config.as_bytes());
        let id = hash.finalize();
        let outcomes = outcomes(config)?;
        let (questions, asked) = channel();
        let (started, start) = channel();
        let run = move || match Running::of(network, &tokenizer, outcomes) {
            Ok(running) => {
                let _ = started.send(Ok(()));
                running.answer(&asked);
            }
            Err(problem) => _ = started.send(Err(problem)),
        };
        thread::Builder::new().name("cross-encoder".to_owned()).spawn(run).map_err(|error| error.to_string())?;
        start.recv().map_err(|_| "the model cannot be started".to_owned())??;
        Ok(Self { questions: Mutex::new(questions), id })
    }

    /// What tells it from others.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What it says, or `None` if it cannot read the pair or takes too long.
    pub fn entailment(&self, before: &str, claim: &str, passage: &str) -> Option<Entailment> {
        let (answer, answered) = channel();
        let passage = &passage[..passage.floor_char_boundary(LONGEST)];
        let premise = if before.is_empty() { passage.to_owned() } else { format!("{before} {passage}") };
        let hypothesis = claim[..claim.floor_char_boundary(LONGEST)].to_owned();
        self.questions.lock().ok()?.send(Question { premise, hypothesis, answer }).ok()?;
        answered.recv_timeout(LONGEST_WAIT).ok()?
    }
}

/// What each of the model's outputs means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Entailed,
    Contradicted,
    Neither,
}

fn outcomes(config: &str) -> Result<Vec<Outcome>, String> {
    let config: Value = serde_json::from_str(config).map_err(|error| format!("config.json: {error}"))?;
    let labels = config["id2label"].as_object().ok_or("config.json has no id2label")?;
    let outcome = |at: usize| {
        let label = labels.get(&at.to_string())?.as_str()?.to_lowercase();
        Some(match label.as_str() {
            label if label.starts_with("not") => Outcome::Neither,
            label if label.starts_with("entail") => Outcome::Entailed,
            label if label.starts_with("contra") => Outcome::Contradicted,
            _ => Outcome::Neither,
        })
    };
    let outcomes: Option<Vec<Outcome>> = (0..labels.len()).map(outcome).collect();
    let outcomes = outcomes.ok_or("config.json: id2label must count from 0")?;
    match outcomes.iter().filter(|outcome| **outcome == Outcome::Entailed).count() {
        1 => Ok(outcomes),
        _ => Err("config.json: one label of id2label must be “entailment”".to_owned()),
    }
}

/// The model on its thread.
struct Running {
    model: Model,
    tokenizer: Tokenizer,
    outcomes: Vec<Outcome>,
    ids: NodeId,
    mask: Option<NodeId>,
    types: Option<NodeId>,
    logits: NodeId,
}

impl Running {
    fn of(network: Vec<u8>, tokenizer: &str, outcomes: Vec<Outcome>) -> Result<Self, String> {
        let model = Model::load(network).map_err(|error| format!("model.onnx: {error}"))?;
        let tokenizer = Tokenizer::from_json(tokenizer).map_err(|error| format!("tokenizer.json: {error}"))?;
        let ids = model.find_node("input_ids").ok_or("model.onnx has no input input_ids")?;
        let (mask, types) = (model.find_node("attention_mask"), model.find_node("token_type_ids"));
        let logits = model.output_ids().first().copied().ok_or("model.onnx has no output")?;
        Ok(Self { model, tokenizer, outcomes, ids, mask, types, logits })
    }

    fn answer(&self, asked: &Receiver<Question>) {
        while let Ok(question) = asked.recv() {
            let _ = question.answer.send(self.entailment(&question.premise, &question.hypothesis));
        }
    }

    fn entailment(&self, premise: &str, hypothesis: &str) -> Option<Entailment> {
        let encoded = self.tokenizer.encode((premise, hypothesis), None).ok()?;
        let ids: Vec<i32> = encoded.token_ids().iter().map(|id| *id as i32).collect();
        let types: Vec<i32> = encoded.token_type_ids().map(|kind| kind as i32).collect();
        if ids.is_empty() || ids.len() > MOST {
            return None;
        }
        let row = |values: Vec<i32>| -> ValueOrView<'static> { NdTensor::from_data([1, values.len()], values).into() };
        let mut inputs = vec![(self.ids, row(ids.clone()))];
        inputs.extend(self.mask.map(|mask| (mask, row(vec![1; ids.len()]))));
        inputs.extend(self.types.map(|kinds| (kinds, row(types))));
        let found = self.model.run(inputs, &[self.logits], None).ok()?;
        let logits = NdTensor::<f32, 2>::try_from(found.into_iter().next()?).ok()?.to_vec();
        let most = logits.iter().copied().fold(f32::MIN, f32::max);
        let shares: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
        let sum: f32 = shares.iter().sum();
        let share = |wanted: Outcome| {
            let of: f32 =
                shares.iter().zip(&self.outcomes).filter(|(_, outcome)| **outcome == wanted).map(|(share, _)| share).sum();
            rounded(of / sum)
        };
        let share_of = [Outcome::Entailed, Outcome::Contradicted, Outcome::Neither].map(share);
        Some(Entailment { entailed: share_of[0], contradicted: share_of[1], neither: share_of[2] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_their_names() {
        let three = r#"{"id2label": {"0": "contradiction", "1": "entailment", "2": "neutral"}}"#;
        assert_eq!(outcomes(three), Ok(vec![Outcome::Contradicted, Outcome::Entailed, Outcome::Neither]));
        let two = r#"{"id2label": {"0": "ENTAILMENT", "1": "NOT_ENTAILMENT"}}"#;
        assert_eq!(outcomes(two), Ok(vec![Outcome::Entailed, Outcome::Neither]));
    }

    #[test]
    fn what_is_no_model_of_entailment_is_refused() {
        let sentiment = r#"{"id2label": {"0": "positive", "1": "negative"}}"#;
        assert!(outcomes(sentiment).unwrap_err().contains("entailment"));
        assert!(CrossEncoder::start(Vec::new(), String::new(), "{").is_err());
        let three = r#"{"id2label": {"0": "contradiction", "1": "entailment", "2": "neutral"}}"#;
        assert!(CrossEncoder::start(b"no network".to_vec(), String::new(), three).unwrap_err().contains("model.onnx"));
    }
}
