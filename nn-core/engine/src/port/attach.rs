//! A box's audio half, before and while it plays: made on a thread that may wait, attached and dropped on one that may
//! not.

use super::{
    sample::{Inputs, Outputs, Sample, silence},
    state::PortState,
};

/// A box's audio half that nobody plays yet. `Send`: made with its box on the main thread, it moves once to the thread
/// that plays it, at once or when it is ready.
///
/// Everything that takes memory, time or locks has been done or is done by others, so a host whose constructor runs on
/// its audio thread can [`attach`](Self::attach) it there. Dropped unused, it goes where an [`AudioPort`] goes.
#[derive(Debug)]
#[must_use = "a box sounds only where its audio half is attached"]
pub struct Prepared(AudioPort);

/// The audio thread's half of a box, and all of the box that this thread may call. `Send` and not `Sync`: one thread has
/// it.
///
/// Its calls do not allocate, free, lock, print, call the host or panic. Dropping it does not free it either: its box
/// gets it back and frees it on another thread.
pub struct AudioPort(Option<Box<PortState>>);

impl std::fmt::Debug for AudioPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let stream = self.0.as_ref().and_then(|state| state.stream.as_ref());
        f.debug_struct("AudioPort").field("stream", &stream).finish_non_exhaustive()
    }
}

impl Prepared {
    pub(super) fn new(state: PortState) -> Self {
        Self(AudioPort(Some(Box::new(state))))
    }

    /// Makes it the half that plays. Neither allocates nor frees, and waits for nobody.
    ///
    /// Thread: any. The port is then for the thread that plays it.
    pub fn attach(self) -> AudioPort {
        self.0
    }

    /// True when the first block will be played by a model: it is loaded, warmed up, has its stream and is where it will
    /// run.
    ///
    /// Thread: any.
    pub fn is_ready(&self) -> bool {
        let status = self.0.0.as_ref().map(|state| &state.status);
        status.is_some_and(|status| status.is_ready())
    }
}

impl AudioPort {
    /// One host block: reads all inputs, then writes every sample of every outlet, whatever happens. After a panic of
    /// ours the box is silent, so that it never plays stale memory of the host.
    ///
    /// Thread: audio.
    pub fn play<S: Sample>(
        &mut self,
        block_frames: usize,
        inputs: &impl Inputs<S>,
        outputs: &mut impl Outputs<S>,
    ) {
        match &mut self.0 {
            Some(state) => state.play(block_frames, inputs, outputs),
            None => silence(outputs),
        }
    }

    /// Reads one host block of all inputs, before any output is written: hosts let outputs alias inputs. The
    /// rules for this call are those of [`AudioPort`].
    ///
    /// Thread: audio.
    pub fn capture<S: Sample>(&mut self, block_frames: usize, inputs: &impl Inputs<S>) {
        if let Some(state) = &mut self.0 {
            state.capture(block_frames, inputs);
        }
    }

    /// Writes every sample of every outlet.
    ///
    /// Thread: audio.
    pub fn render<S: Sample>(&mut self, block_frames: usize, outputs: &mut impl Outputs<S>) {
        match &mut self.0 {
            Some(state) => state.render(block_frames, outputs),
            None => silence(outputs),
        }
    }

    /// The host no longer needs it: the same as dropping it. Neither allocates nor frees, and waits for nobody.
    ///
    /// Thread: any. It is the one that has it.
    pub fn detach(self) {}
}

impl Drop for AudioPort {
    fn drop(&mut self) {
        let Some(mut state) = self.0.take() else { return };
        if let Some(bin) = state.bin.take() {
            // Nothing else is ever put into it. Whoever frees it holds a count of its own until this one is gone.
            bin.0.store(Some(state));
        }
    }
}
