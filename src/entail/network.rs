//! The network: wordpieces in, probabilities out.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::wordpieces::Pieces;
use super::{STEPS, UTTERANCES};

pub struct Network {
    model: Model,
    ids: NodeId,
    types: NodeId,
    entailment: NodeId,
    kind: NodeId,
    /// Each with one thread, for as many pairs as are read at one time: whoever judges much does it on all processors
    /// already.
    threads: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Network {
    /// Reads an ONNX file with the inputs and outputs that `model/train/export.py` gives it.
    pub fn of(file: &'static [u8]) -> Result<Self, String> {
        let model = Model::load_static_slice(file).map_err(|error| error.to_string())?;
        let node = |name| model.find_node(name).ok_or_else(|| format!("the network has no {name}"));
        let (ids, types, entailment, kind) = (node("ids")?, node("types")?, node("entailment")?, node("kind")?);
        Ok(Self { ids, types, entailment, kind, model, threads: Mutex::default() })
    }

    /// Entailed, contradicted, neither.
    pub fn entailment(&self, pieces: &Pieces) -> [f32; 3] {
        self.run(pieces, self.entailment)
    }

    pub fn utterance(&self, pieces: &Pieces) -> [f32; UTTERANCES.len()] {
        self.run(pieces, self.kind)
    }

    fn run<const N: usize>(&self, pieces: &Pieces, output: NodeId) -> [f32; N] {
        let length = pieces.ids.len();
        let ids = NdTensor::from_data([1, length], pieces.ids.clone());
        let types = NdTensor::from_fn([1, length], |[_, at]| i32::from(at >= pieces.first));
        let inputs = vec![(self.ids, ids.into()), (self.types, types.into())];
        let free = || self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let thread = free().pop().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&thread)));
        // A worker of another pool would take up other work while it waits here, and that work more work, without end.
        let run = || self.model.run(inputs, &[output], Some(options));
        let found = thread::scope(|scope| scope.spawn(run).join());
        free().push(thread);
        let logits =
            found.ok().and_then(Result::ok).and_then(|found| NdTensor::<f32, 2>::try_from(found.into_iter().next()?).ok());
        // The shapes are fixed by the file, so there are logits.
        let logits = logits.map(|logits| logits.to_vec()).unwrap_or_default();
        probabilities(std::array::from_fn(|at| logits.get(at).copied().unwrap_or_default()))
    }
}

fn probabilities<const N: usize>(logits: [f32; N]) -> [f32; N] {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let shares = logits.map(|logit| (logit - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.map(|share| (share / sum * STEPS).round() / STEPS)
}
