//! How steady the machine itself is.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// What a thread is held up by that is no fault of ours.
const HELD_UP: Duration = Duration::from_millis(5);

/// A thread that looks at the clock all the time, and notes when it could not: then the machine did something else. In a
/// dry run, where others need the processor, it only looks once a millisecond.
pub struct Watch {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<(u32, Duration)>,
}

impl Watch {
    /// Begins.
    pub fn begin(dry: bool) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let end = ends.clone();
        let thread = std::thread::spawn(move || {
            let (mut count, mut longest) = (0, Duration::ZERO);
            while !end.load(Relaxed) {
                let begin = Instant::now();
                if dry {
                    std::thread::sleep(Duration::from_millis(1));
                }
                let held_up = begin.elapsed();
                count += u32::from(held_up > HELD_UP);
                longest = longest.max(held_up);
            }
            (count, longest)
        });
        Self { ends, thread }
    }

    /// How often it was held up for more than 5 ms, and the longest in ms.
    pub fn end(self) -> (u32, f64) {
        self.ends.store(true, Relaxed);
        let (count, longest) = self.thread.join().unwrap_or_default();
        (count, longest.as_secs_f64() * 1e3)
    }
}
