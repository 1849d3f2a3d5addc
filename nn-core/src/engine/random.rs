//! Random numbers that come again.

use std::cell::RefCell;

use crate::model::ModelSource;

/// Any number.
const SEED: u64 = 1;

/// Does work that may begin the random numbers of all models anew, any number of times: what then follows draws the same
/// ones every time. Afterwards the generator, of which the process has one, is where it was. Whoever draws meanwhile
/// notices, so this is only for work on models that draw numbers themselves.
pub(super) fn with_numbers_again<T>(source: &dyn ModelSource, work: impl FnOnce(&dyn Fn()) -> T) -> T {
    let before = RefCell::new(None);
    let result = work(&|| {
        before.borrow_mut().get_or_insert_with(|| source.random_state());
        source.seed(SEED);
    });
    if let Some(state) = before.take() {
        source.set_random_state(&state);
    }
    result
}
