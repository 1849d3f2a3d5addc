//! One side of the comparison: a whole box, driven as a host drives it.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use nn_core::model::{Model, ModelSource};

use super::{
    common::{
        boxed::{self, BLOCK_FRAMES},
        figures::median,
        schedule::{RATE_HZ, Schedule},
    },
    subject::Subject,
    visits::{ForkSource, Visits, take},
};

/// What the buffers of a turn cost, medians in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Capturing and rendering all blocks of a buffer, and waking the worker: the sum of each block's median, so
    /// that a block in which others took the processor does not count.
    pub host_ns: f64,
    /// The worker's processor time from the start of one run to the start of the next: all that it does.
    pub worker_ns: f64,
    /// The worker's processor time outside [`Model::run`].
    pub beside_model_ns: f64,
}

/// A box with its host.
pub struct Boxed {
    inner: boxed::Boxed,
    visits: Visits,
    buffer_frames: usize,
}

impl Boxed {
    /// A box around a fork of `original`, loaded and ready.
    pub fn new(subject: &Subject, original: Box<dyn Model>) -> Self {
        let visits = Visits::default();
        let source: Arc<dyn ModelSource> = Arc::new(ForkSource {
            spec: subject.spec.clone(),
            original: Mutex::new(original),
            visits: visits.clone(),
        });
        let inner =
            boxed::Boxed::ready(source, &subject.path, &subject.method_spec().name, subject.buffer_frames);
        Self { inner, visits, buffer_frames: subject.buffer_frames }
    }

    /// Plays so many buffers in real time, block by block. The first two of a turn and the last do not count. Plays
    /// again when the machine stalled and buffers were dropped.
    pub fn play(&mut self, buffers: usize) -> Cost {
        for _ in 0..10 {
            if let Some(cost) = self.try_play(buffers) {
                return cost;
            }
        }
        let events = self.inner.take_events();
        panic!("the model does not run in real time on this machine, or fails: {events:?}");
    }

    /// `None` when not every buffer was run.
    fn try_play(&mut self, buffers: usize) -> Option<Cost> {
        drop(take(&self.visits));
        let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
        let blocks = self.buffer_frames / BLOCK_FRAMES;
        let mut blocks_ns = vec![Vec::with_capacity(buffers); blocks];
        for _ in 0..buffers {
            for block_ns in &mut blocks_ns {
                schedule.wait();
                let begin = Instant::now();
                self.inner.block();
                block_ns.push(begin.elapsed().as_nanos() as f64);
            }
        }
        let visits = self.visits();
        if visits.len() != buffers {
            return None;
        }
        let of_worker = |part: fn(&[(u64, u64)]) -> u64| {
            median(&visits.windows(2).skip(2).map(|pair| part(pair) as f64).collect::<Vec<_>>())
        };
        Some(Cost {
            host_ns: blocks_ns.into_iter().map(|ns| median(&ns[2..])).sum(),
            worker_ns: of_worker(|pair| pair[1].0 - pair[0].0),
            beside_model_ns: of_worker(|pair| pair[1].0 - pair[0].1),
        })
    }

    /// The entry and exit of every run, when no more come.
    fn visits(&mut self) -> Vec<(u64, u64)> {
        let period = Duration::from_secs_f64(self.buffer_frames as f64 / f64::from(RATE_HZ));
        let runs = || self.inner.object.status().counts().buffers;
        let mut seen = runs();
        loop {
            std::thread::sleep((period * 3).max(Duration::from_millis(50)));
            if std::mem::replace(&mut seen, runs()) == runs() {
                break;
            }
        }
        self.inner.poll();
        take(&self.visits)
    }

    /// True while no run has failed.
    pub fn is_sound(&self) -> bool {
        let status = self.inner.object.status();
        status.counts().faults + status.counts().non_finite == 0
    }
}
