//! The network: wordpieces in, probabilities out.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use flate2::read::GzDecoder;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::wordpieces::Pieces;
use super::{KINDS, rounded};

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

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

impl Network {
    /// Reads a gzipped ONNX file with the inputs and outputs that `model/train/export.py` gives it.
    pub fn unpacked(file: &[u8]) -> Result<Self, String> {
        let mut unpacked = Vec::new();
        GzDecoder::new(file).read_to_end(&mut unpacked).map_err(|error| error.to_string())?;
        // A fifth to a third faster, for as much memory again as the matrices take.
        let load = || ModelOptions::with_all_ops().prepack_weights(true).load(unpacked);
        let model = apart(load).ok_or("no thread")?.map_err(|error| error.to_string())?;
        let node = |name| model.find_node(name).ok_or_else(|| format!("the network has no {name}"));
        let (ids, types, entailment, kind) = (node("ids")?, node("types")?, node("entailment")?, node("kind")?);
        Ok(Self { ids, types, entailment, kind, model, threads: Mutex::default() })
    }

    /// Entailed, contradicted, neither; `None` if there is no memory or thread for it.
    pub fn entailment(&self, pieces: &Pieces) -> Option<[f32; 3]> {
        self.run(pieces, self.entailment)
    }

    /// In the order of [`KINDS`].
    pub fn kinds(&self, pieces: &Pieces) -> Option<[f32; KINDS.len()]> {
        self.run(pieces, self.kind)
    }

    fn run<const N: usize>(&self, pieces: &Pieces, output: NodeId) -> Option<[f32; N]> {
        let length = pieces.ids.len();
        let ids = NdTensor::from_data([1, length], pieces.ids.clone());
        let types = NdTensor::from_fn([1, length], |[_, at]| i32::from(at >= pieces.first));
        let inputs = vec![(self.ids, ids.into()), (self.types, types.into())];
        let free = || self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let pool = free().pop().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let found = apart(|| self.model.run(inputs, &[output], Some(options)));
        free().push(pool);
        let logits = NdTensor::<f32, 2>::try_from(found?.ok()?.into_iter().next()?).ok()?.to_vec();
        Some(probabilities(logits.try_into().ok()?))
    }
}

/// Runs it on a thread of its own. `rten` waits for a pool of its own, and a worker of another pool would take up other work
/// meanwhile: work that needs this network, and so waits for itself.
fn apart<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| thread::Builder::new().spawn_scoped(scope, run).ok()?.join().ok())
}

fn probabilities<const N: usize>(logits: [f32; N]) -> [f32; N] {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let shares = logits.map(|logit| (logit - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.map(|share| rounded(share / sum))
}
