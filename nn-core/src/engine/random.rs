//! Random numbers of models that are not heard: of warm-ups and measurements.
//!
//! The process has one generator for all models. What is computed on the side begins at a number of its own and leaves
//! the generator as it found it, so that a seeded patch sounds as it did without. Models that draw at the same moment
//! draw from the numbers of the side.

use crate::model::ModelSource;

/// Any number: the same every time, so that two runs on the side are alike.
const SEED: u64 = 1;

/// Does work on the side. What it is given begins the random numbers anew: what follows draws the same ones as what
/// came before.
pub(super) fn aside<T>(source: &dyn ModelSource, work: impl FnOnce(&dyn Fn()) -> T) -> T {
    let state = source.random_state();
    let begin = || {
        if !state.is_empty() {
            source.seed(SEED);
        }
    };
    begin();
    let result = work(&begin);
    source.set_random_state(&state);
    result
}
