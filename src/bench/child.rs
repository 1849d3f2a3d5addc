//! The process that measures: it says what it finds, one JSON object a line, so that the parent knows how far it came.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use nn_core::{child::end_with_parent, stack, torch::Backend};

use super::{
    begin,
    case::{Case, Part},
    crowd,
    end::End,
    play,
    step::Step,
};
use crate::{
    boxes::{Chosen, chosen},
    outcome::Outcome,
    steps::say,
};

/// Measures.
pub fn run(file: &Path, case: &str) -> Outcome {
    end_with_parent();
    // A main thread has whatever stack its system or shell thinks right.
    let thread = stack::thread("nn bench", stack::LOADER_BYTES);
    let refused = |what: String| {
        say(&Step::Refused(what));
        Outcome::Failed
    };
    std::thread::scope(|scope| match thread.spawn_scoped(scope, || attempt(file, case)) {
        Ok(attempt) => match attempt.join() {
            Ok(Ok(())) => {
                say(&Step::End);
                Outcome::Done
            }
            Ok(Err(End::Said | End::Hangs)) => Outcome::Failed,
            Ok(Err(End::Refused(what))) => refused(what),
            Err(_panic) => Outcome::Failed,
        },
        Err(error) => refused(error.to_string()),
    })
}

fn attempt(file: &Path, case: &str) -> Result<(), End> {
    let case: Case = serde_json::from_str(case).map_err(|error| End::Refused(error.to_string()))?;
    let file = file.to_str().ok_or_else(|| End::Refused("its name is no text".into()))?;
    let model: Chosen = chosen(file, Some(&case.method))?;
    let others = Others::begin(case.load);
    let measured = match case.part {
        Part::Begin => begin::measure(&model, &case),
        Part::Play => play::measure(&model, &case),
        Part::Boxes => crowd::measure(&model, &case),
    };
    drop(others);
    if let Some(backend) = Backend::opened() {
        say(&Step::Libtorch(backend.torch_version().into()));
    }
    measured
}

/// Threads that compute until this is dropped.
struct Others(Arc<AtomicBool>);

impl Others {
    /// Before anything has another priority, which threads take over from those that start them.
    fn begin(threads: usize) -> Self {
        let stop = Arc::<AtomicBool>::default();
        for _ in 0..threads {
            let stop = stop.clone();
            std::thread::spawn(move || {
                let mut number = 1_u64;
                while !stop.load(Relaxed) {
                    for _ in 0..10_000 {
                        number =
                            std::hint::black_box(number.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1));
                    }
                }
            });
        }
        Self(stop)
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}
