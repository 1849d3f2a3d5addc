//! How steady the machine itself is, seen by work that has nothing to do with the boxes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// What work is held up by, beyond its median, that is no fault of ours.
const HELD_UP: Duration = Duration::from_millis(4);

/// Between two rounds.
const PAUSE: Duration = Duration::from_millis(5);

/// What a block of a model on the processor does: arithmetic, and memory beyond the second cache.
const STEPS: u32 = 500_000;
const WORDS: usize = 2 << 20;

/// A thread that does the same work every few milliseconds, as a worker does, and notes when that took longer than usual:
/// then the machine did something else. In a dry run, where others need the processor, it only sleeps.
pub struct Watch {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<Rounds>,
}

/// How long each round took.
#[derive(Default)]
struct Rounds {
    /// To come back from a pause, beyond its length.
    waking: Vec<Duration>,
    arithmetic: Vec<Duration>,
    memory: Vec<Duration>,
}

/// What the machine was like.
pub struct Steadiness {
    /// Rounds in which waking, arithmetic or memory took 4 ms longer than the median of its kind.
    pub held_up: usize,
    /// Of how many.
    rounds: usize,
    /// Median and longest of each kind, in milliseconds.
    text: String,
}

impl std::fmt::Display for Steadiness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "work of another thread was held up in {} of {} rounds: {}",
            self.held_up, self.rounds, self.text
        )
    }
}

impl Watch {
    /// Begins.
    pub fn begin(dry: bool) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let end = ends.clone();
        let thread = std::thread::spawn(move || {
            let mut rounds = Rounds::default();
            let memory = vec![1.0f32; if dry { 0 } else { WORDS }];
            while !end.load(Relaxed) {
                let begin = Instant::now();
                std::thread::sleep(PAUSE);
                rounds.waking.push(begin.elapsed().saturating_sub(PAUSE));
                if !dry {
                    let begin = Instant::now();
                    std::hint::black_box(
                        (0..STEPS).fold(1.0f32, |value, _| std::hint::black_box(value * 0.5 + 1.0)),
                    );
                    rounds.arithmetic.push(begin.elapsed());
                    let begin = Instant::now();
                    std::hint::black_box(memory.iter().sum::<f32>());
                    rounds.memory.push(begin.elapsed());
                }
            }
            rounds
        });
        Self { ends, thread }
    }

    /// How steady the machine was since.
    pub fn end(self) -> Steadiness {
        self.ends.store(true, Relaxed);
        let rounds = self.thread.join().unwrap_or_default();
        let (mut held_up, mut texts) = (0, Vec::new());
        for (kind, took) in
            [("waking", &rounds.waking), ("arithmetic", &rounds.arithmetic), ("memory", &rounds.memory)]
        {
            let mut sorted = took.clone();
            sorted.sort_unstable();
            if let (Some(&median), Some(&longest)) = (sorted.get(sorted.len() / 2), sorted.last()) {
                held_up += sorted.iter().filter(|&&took| took > median + HELD_UP).count();
                let ms = |took: Duration| took.as_secs_f64() * 1e3;
                texts.push(format!("{kind} {:.2}, longest {:.2} ms", ms(median), ms(longest)));
            }
        }
        Steadiness { held_up, rounds: rounds.waking.len(), text: texts.join("; ") }
    }
}
