//! Work on many things at once, with the results in their order.

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Applies `work` to all items, on all processors. A thread takes one item at a time, as they differ much in size.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().with_max_len(1).map(work).collect()
}

/// The same for few items of which each may take long, mostly in waiting: on threads of their own, so that nothing else
/// waits with them.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    const MOST_THREADS: usize = 4;
    match ThreadPoolBuilder::new().num_threads(items.len().clamp(1, MOST_THREADS)).build() {
        Ok(pool) => pool.install(|| map(items, work)),
        Err(_) => items.iter().map(work).collect(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        let twice: Vec<usize> = items.iter().map(|n| n * 2).collect();
        assert_eq!(super::map(&items, |n| n * 2), twice);
        assert_eq!(super::side_by_side(&items, |n| n * 2), twice);
    }
}
