//! Real time: when the next block or buffer is due.

use std::time::{Duration, Instant};

/// The rate of all measurements, in Hz.
pub const RATE_HZ: u32 = 44_100;

/// After a stall of this length the schedule starts anew, as a sound card would lose what it missed.
const STALL: Duration = Duration::from_millis(20);

/// Above all ordinary threads, and below what the system itself needs in real time.
#[cfg(target_os = "linux")]
const PRIORITY: u8 = 20;

/// Gives the calling thread a real-time priority as hosts give to audio, if the system grants one.
pub fn as_audio_threads_run() -> bool {
    #[cfg(target_os = "linux")]
    {
        use thread_priority::{
            RealtimeThreadSchedulePolicy, ThreadPriority, ThreadPriorityValue, ThreadSchedulePolicy,
            set_thread_priority_and_policy, thread_native_id,
        };
        let Ok(priority) = ThreadPriorityValue::try_from(PRIORITY) else { return false };
        set_thread_priority_and_policy(
            thread_native_id(),
            ThreadPriority::Crossplatform(priority),
            ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo),
        )
        .is_ok()
    }
    #[cfg(not(target_os = "linux"))]
    false
}

/// An absolute schedule of steps of equal length.
pub struct Schedule {
    start: Instant,
    step_frames: usize,
    steps: usize,
}

impl Schedule {
    /// The first step is due one step from now.
    pub fn new(step_frames: usize) -> Self {
        Self { start: Instant::now(), step_frames, steps: 0 }
    }

    /// Sleeps until the next step is due.
    pub fn wait(&mut self) {
        self.steps += 1;
        let due_s = (self.steps * self.step_frames) as f64 / f64::from(RATE_HZ);
        let due = self.start + Duration::from_secs_f64(due_s);
        let now = Instant::now();
        if now > due + STALL {
            self.start += now - due;
        }
        std::thread::sleep(due.saturating_duration_since(now));
    }
}
