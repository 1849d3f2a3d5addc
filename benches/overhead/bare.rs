//! The other side: the bare call, on a thread of its own with the settings of a worker.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use nn_core::{
    engine::noise::noise,
    model::{Model, Runtime, TensorView, TensorViewMut},
    torch::TorchRuntime,
};

use super::{
    common::{
        cpu,
        figures::median,
        schedule::{RATE_HZ, Schedule},
    },
    raw_method::RawMethod,
    subject::Subject,
};

/// What a call cost, medians of a turn in nanoseconds of processor time.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub call_ns: f64,
    /// From one call to the next: the thread sleeps and is woken by the clock, nothing else.
    pub wake_ns: f64,
}

/// A thread that calls at the pace of the buffers when it is asked to.
pub struct Bare {
    asked: SyncSender<usize>,
    calls_ns: Receiver<Vec<(u64, u64)>>,
}

impl Bare {
    /// [`Model::run`] of `model` on a fixed input.
    pub fn model(subject: &Subject, mut model: Box<dyn Model>) -> Self {
        let subject = subject.clone();
        let buffer_frames = subject.buffer_frames;
        Self::new(buffer_frames, move || {
            TorchRuntime.prepare_thread(1);
            let spec = subject.method_spec();
            let (in_frames, out_frames) = (buffer_frames / spec.in_ratio, buffer_frames / spec.out_ratio);
            let (in_channels, out_channels) = (spec.in_channels, spec.out_channels);
            let input = noise(7, in_channels * in_frames);
            let mut output = vec![0.0; out_channels * out_frames];
            let method = subject.method;
            Some(Box::new(move || {
                let from = TensorView { samples: &input, batch: 1, channels: in_channels, frames: in_frames };
                let to = TensorViewMut {
                    samples: &mut output,
                    batch: 1,
                    channels: out_channels,
                    frames: out_frames,
                };
                model.run(method, from, to).unwrap_or_else(|error| panic!("{error}"));
            }))
        })
    }

    /// The method itself, in C++. `None` when that is not built.
    pub fn raw(subject: &Subject, library: PathBuf) -> Option<Self> {
        if !library.is_file() {
            return None;
        }
        let subject = subject.clone();
        Some(Self::new(subject.buffer_frames, move || {
            let spec = subject.method_spec();
            let in_frames = subject.buffer_frames / spec.in_ratio;
            let mut raw = RawMethod::new(&library, &subject.path, &spec.name, spec.in_channels, in_frames)?;
            Some(Box::new(move || raw.call()))
        }))
    }

    fn new(buffer_frames: usize, make: impl FnOnce() -> Option<Box<dyn FnMut()>> + Send + 'static) -> Self {
        let (asked, questions) = sync_channel::<usize>(1);
        let (answers, calls_ns) = sync_channel(1);
        std::thread::spawn(move || {
            let mut call = make().expect("what is to be called is there");
            for _ in 0..3 {
                call();
            }
            for calls in questions {
                let mut schedule = Schedule::new(buffer_frames, RATE_HZ);
                let calls_ns = (0..calls)
                    .map(|_| {
                        schedule.wait();
                        let begin_ns = cpu::thread_ns();
                        call();
                        (begin_ns, cpu::thread_ns())
                    })
                    .collect::<Vec<_>>();
                if answers.send(calls_ns).is_err() {
                    return;
                }
            }
        });
        Self { asked, calls_ns }
    }

    /// Calls once per buffer, in real time. As with the box, the first two of a turn and the last do not count.
    pub fn play(&self, calls: usize) -> Cost {
        self.asked.send(calls).expect("the thread lives");
        let calls_ns = self.calls_ns.recv().expect("the thread lives");
        let of = |part: fn(&[(u64, u64)]) -> u64| {
            median(&calls_ns.windows(2).skip(2).map(|pair| part(pair) as f64).collect::<Vec<_>>())
        };
        Cost { call_ns: of(|pair| pair[0].1 - pair[0].0), wake_ns: of(|pair| pair[1].0 - pair[0].1) }
    }
}
