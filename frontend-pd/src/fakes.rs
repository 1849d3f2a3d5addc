//! Models made of a few lines of Rust in the place of files, whatever is in those: for tests in hosts without libtorch.

use std::{sync::Arc, time::Duration};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    frontend::source::use_source,
};

/// How much later `delay` answers, in samples.
const DELAY_FRAMES: usize = 100;

/// From now on all boxes play them: a gain, and under the name `delay` a delay.
pub fn play() {
    let model = |behaviour| FakeModel::new([1, 1, 1, 1], behaviour);
    let delay = model(Behaviour::Delay(DELAY_FRAMES));
    let source = FakeSource::new(model(Behaviour::Gain)).and("delay", delay, Duration::ZERO);
    // The four small libraries call this in turn.
    let _is_first = use_source(Arc::new(source));
}
