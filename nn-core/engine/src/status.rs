//! Counters and switches that a box's threads share without locks.

mod channels;
pub(crate) mod mix;
mod runs;

use std::{
    sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use nn_process::effort::Effort;

/// Whether there is a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// No model was requested, or the load failed.
    Empty,
    /// The model is being loaded.
    Loading,
    /// The model runs.
    Ready,
}

/// What to do when a result is due and not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Count it as late and go on.
    Never,
    /// Wait for it: renderings repeat.
    Always,
    /// Wait only while the host renders faster than real time.
    Auto,
}

/// Shared by the object (main thread), the port (audio thread) and the worker: `Send` and `Sync`. All fields are atomics,
/// and every access is relaxed: they are counters for people, and switches for which one block sooner or later makes no
/// difference. What belongs to the audio thread, the worker or the loader is for this crate alone.
#[derive(Debug, Default)]
pub struct Status {
    ready: AtomicBool,
    pending: AtomicBool,
    wait: AtomicU8,
    disabled: AtomicBool,
    left_out: AtomicBool,
    waiting: AtomicBool,
    offline: AtomicBool,
    gave_up: AtomicBool,
    guess_was_wrong: AtomicBool,
    in_turns: AtomicBool,
    stop: AtomicBool,
    intra_op_threads: AtomicU32,
    /// After so much silence a model is left out; 0 for never.
    idle_after_ms: AtomicU32,
    /// How long the loader has worked for this box without progress.
    pub(crate) effort: Effort,
    /// The host's rate in Hz; 0 while it has none.
    pub(crate) host_rate_hz: AtomicU32,
    /// The host's burst: samples that it calls for at once; 0 while unknown.
    pub(crate) burst_frames: AtomicU64,
    /// How many swaps the runner has taken.
    pub(crate) swaps: AtomicU64,
    /// How long calls of the model take.
    pub(crate) runs: runs::Runs,
    /// Buffers that were not there when due.
    pub(crate) late: AtomicU64,
    /// Buffers that were overdue before they were started.
    pub(crate) dropped: AtomicU64,
    /// Buffers for which the model was left out, because all was silent.
    pub(crate) idle: AtomicU64,
    /// Runs that raised an error or returned something unusable.
    pub(crate) faults: AtomicU64,
    /// Runs that returned NaN or infinity.
    pub(crate) non_finite: AtomicU64,
    /// Waits that were given up.
    pub(crate) expired: AtomicU64,
    /// Buffers handed to the runner, in all streams.
    pub(crate) handed_over: AtomicU64,
    /// Number among these of the last that was taken back, or can no longer come.
    pub(crate) taken_back: AtomicU64,
    /// Number of the buffer being filled now.
    pub(crate) filling: AtomicU64,
    /// How much of it is full, in samples of the host.
    pub(crate) filled_frames: AtomicUsize,
    /// Number of the oldest buffer that can still be heard.
    pub(crate) playing: AtomicU64,
    /// Host samples played since the box was created.
    pub(crate) played_frames: AtomicU64,
    /// One more than the number of examples that the host wants; 0 while it wants them all.
    wanted_examples: AtomicUsize,
    /// How many examples there are up to the last removed one that is still audible; 0 without one.
    pub(crate) falling_examples: AtomicUsize,
    /// How the model's sound is mixed with the input.
    pub(crate) mix: mix::MixTargets,
    /// Channels that outlets are about to lose.
    pub channels: channels::Channels,
}

impl Status {
    /// True when the next block will be played by a model: it is loaded, warmed up, has its stream and is where it will
    /// run.
    ///
    /// Thread: any.
    pub fn is_ready(&self) -> bool {
        self.load_state() == LoadState::Ready && self.swaps.load(Relaxed) > 0
    }

    /// Whether there is a model.
    ///
    /// Thread: any.
    pub fn load_state(&self) -> LoadState {
        if self.ready.load(Relaxed) {
            LoadState::Ready
        } else if self.pending() {
            LoadState::Loading
        } else {
            LoadState::Empty
        }
    }

    /// Number of the last buffer that was taken back, or can no longer come, among all that were handed over.
    ///
    /// Thread: any.
    pub fn taken_back(&self) -> u64 {
        self.taken_back.load(Relaxed)
    }

    /// Samples that the host steadily asks for at a time; 0 while that is not known.
    ///
    /// Thread: any.
    pub fn burst_frames(&self) -> usize {
        self.burst_frames.load(Relaxed) as usize
    }

    /// How many examples there are to the last that the host has no more use for and that still sounds; 0 without one.
    ///
    /// Thread: any.
    pub fn falling_examples(&self) -> usize {
        self.falling_examples.load(Relaxed)
    }

    /// How long the loader has been at this box's work without getting any further.
    ///
    /// Thread: any but audio.
    pub fn effort_spent(&self) -> Duration {
        self.effort.spent()
    }

    /// How many examples the host wants to hear: others fall silent.
    ///
    /// Thread: audio.
    pub(crate) fn wanted_examples(&self) -> usize {
        self.wanted_examples.load(Relaxed).wrapping_sub(1)
    }

    /// Sets how many examples the host wants to hear.
    ///
    /// Thread: main.
    pub(crate) fn set_wanted_examples(&self, examples: usize) {
        self.wanted_examples.store(examples.saturating_add(1), Relaxed);
    }

    /// Records that there is a model, which its runner has or is about to take.
    ///
    /// Thread: main or loader.
    pub(crate) fn set_ready(&self) {
        self.ready.store(true, Relaxed);
    }

    /// True while the loader has work for this box.
    ///
    /// Thread: any.
    pub fn pending(&self) -> bool {
        self.pending.load(Relaxed)
    }

    /// Sets whether the loader has work for this box.
    ///
    /// Thread: main or loader.
    pub(crate) fn set_pending(&self, pending: bool) {
        self.gave_up.store(false, Relaxed);
        self.pending.store(pending, Relaxed);
    }

    /// Records that the host did not call the box for a while: what it captured before is discarded.
    ///
    /// Thread: main.
    pub fn set_left_out(&self) {
        self.left_out.store(true, Relaxed);
    }

    /// Whether that was recorded since the last call.
    ///
    /// Thread: audio.
    pub(crate) fn take_left_out(&self) -> bool {
        self.left_out.load(Relaxed) && self.left_out.swap(false, Relaxed)
    }

    /// How many threads one call of the model may use.
    ///
    /// Thread: any.
    pub fn intra_op_threads(&self) -> u32 {
        self.intra_op_threads.load(Relaxed).max(1)
    }

    /// Chooses how many threads one call of the model may use, from its next run on; 0 counts as 1.
    ///
    /// Thread: main.
    pub fn set_intra_op_threads(&self, threads: u32) {
        self.intra_op_threads.store(threads, Relaxed);
    }

    /// After how much silence, at its inputs and its outputs, a model is left out until sound comes, in ms; 0 for never.
    ///
    /// Thread: any.
    pub fn idle_after_ms(&self) -> u32 {
        self.idle_after_ms.load(Relaxed)
    }

    /// Chooses that, from the next run on.
    ///
    /// Thread: main.
    pub fn set_idle_after_ms(&self, after_ms: u32) {
        self.idle_after_ms.store(after_ms, Relaxed);
    }

    /// The same in samples of the host; `None` for never, and where a rendering is to repeat or is faster than real time.
    ///
    /// Thread: owner.
    pub(crate) fn idle_after_frames(&self) -> Option<u64> {
        let rate_hz = u64::from(self.host_rate_hz.load(Relaxed));
        let after_ms = u64::from(self.idle_after_ms());
        let is_wanted = after_ms > 0 && rate_hz > 0 && !self.waiting() && !self.offline();
        is_wanted.then_some(after_ms * rate_hz / 1000)
    }

    /// What to do when a result is due and not there.
    ///
    /// Thread: any.
    pub fn wait(&self) -> Wait {
        match self.wait.load(Relaxed) {
            1 => Wait::Never,
            2 => Wait::Always,
            _ => Wait::Auto,
        }
    }

    /// Chooses what to do when a result is due and not there.
    ///
    /// Thread: main.
    pub fn set_wait(&self, wait: Wait) {
        let code = match wait {
            Wait::Auto => 0,
            Wait::Never => 1,
            Wait::Always => 2,
        };
        self.gave_up.store(false, Relaxed);
        self.wait.store(code, Relaxed);
    }

    /// True when the box is to compute and sound.
    ///
    /// Thread: any.
    pub fn enabled(&self) -> bool {
        !self.disabled.load(Relaxed)
    }

    /// Switches the box on or off.
    ///
    /// Thread: main.
    pub fn set_enabled(&self, enabled: bool) {
        self.disabled.store(!enabled, Relaxed);
    }

    /// True if the host states that it does not play in real time.
    ///
    /// Thread: any.
    pub(crate) fn offline(&self) -> bool {
        self.offline.load(Relaxed)
    }

    /// For hosts that state whether they play in real time. With others it shows in their timing, but only after a
    /// moment, in which results may be late.
    ///
    /// Thread: main.
    pub fn set_offline(&self, offline: bool) {
        self.offline.store(offline, Relaxed);
    }

    /// True if a rendering is to repeat, so that everything is waited for: with `wait 1`, or if the host states that
    /// it renders offline. A guess from its timing is not enough to stop a host for seconds.
    ///
    /// Thread: any.
    pub fn repeats(&self) -> bool {
        let wanted = match self.wait() {
            Wait::Never => false,
            Wait::Always => true,
            Wait::Auto => self.offline(),
        };
        wanted && !self.gave_up()
    }

    /// True if pending loads are waited for.
    ///
    /// Thread: audio.
    pub(crate) fn waits_for_load(&self) -> bool {
        self.repeats() && self.pending()
    }

    /// True after a wait that took too long: no more waiting until the next load or `wait`.
    ///
    /// Thread: any.
    pub(crate) fn gave_up(&self) -> bool {
        self.gave_up.load(Relaxed)
    }

    /// Records that a wait took too long.
    ///
    /// Thread: main or audio.
    pub fn give_up(&self) {
        self.gave_up.store(true, Relaxed);
        self.waiting.store(false, Relaxed);
        self.expired.fetch_add(1, Relaxed);
    }

    /// Records that a host that was only guessed to be offline has waited in vain.
    ///
    /// Thread: audio.
    pub(crate) fn guess_was_wrong(&self) {
        self.guess_was_wrong.store(true, Relaxed);
        self.waiting.store(false, Relaxed);
    }

    /// Whether that has happened since the last call.
    ///
    /// Thread: audio.
    pub(crate) fn take_guess_was_wrong(&self) -> bool {
        self.guess_was_wrong.load(Relaxed) && self.guess_was_wrong.swap(false, Relaxed)
    }

    /// True while the audio side waits for results instead of counting them late.
    ///
    /// Thread: any.
    pub(crate) fn waiting(&self) -> bool {
        self.waiting.load(Relaxed)
    }

    /// Sets whether the audio thread waits.
    ///
    /// Thread: audio.
    pub(crate) fn set_waiting(&self, waiting: bool) {
        self.waiting.store(waiting, Relaxed);
    }

    /// True while the host certainly does not play in real time: the audio thread then waits for each run as soon as
    /// it has begun, so that boxes run one after the other. Otherwise what models share could depend on which was
    /// faster.
    ///
    /// Thread: audio.
    pub(crate) fn in_turns(&self) -> bool {
        self.in_turns.load(Relaxed)
    }

    /// Sets whether boxes run one after the other.
    ///
    /// Thread: audio.
    pub(crate) fn set_in_turns(&self, in_turns: bool) {
        self.in_turns.store(in_turns, Relaxed);
    }

    /// True when the worker is to leave: its box is gone.
    ///
    /// Thread: any.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    /// Tells the worker to leave.
    ///
    /// Thread: main.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Relaxed);
    }

    /// For how long the model has been in its present call; zero between calls.
    ///
    /// Thread: any.
    pub fn running_for(&self) -> Duration {
        self.runs.running_for()
    }

    /// Mean time of a run so far.
    ///
    /// Thread: any.
    pub fn mean_run(&self) -> Duration {
        self.runs.mean()
    }
}
