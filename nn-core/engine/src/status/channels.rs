//! Channels that multichannel outlets are about to lose: how main thread and audio thread agree that they are silent.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

/// What both say of them.
#[derive(Debug, Default)]
pub struct Channels {
    /// One more than the number of channels of each outlet that are wanted; 0 while all are.
    wanted: AtomicU32,
    /// What the audio side last said of them: which of these numbers it has heard of (the upper half), and how many
    /// channels there are up to the last unwanted one that is still audible (the lower half).
    falling: AtomicU64,
}

impl Channels {
    /// How many channels of each outlet are wanted, where the channels are a model's: others fall silent.
    ///
    /// Thread: audio.
    pub(crate) fn wanted(&self) -> usize {
        self.wanted.load(Relaxed).wrapping_sub(1) as usize
    }

    /// Sets how many channels of each outlet are wanted.
    ///
    /// Thread: main.
    pub fn set_wanted(&self, channels: usize) {
        self.wanted.store(one_more(channels), Relaxed);
    }

    /// How many channels there are up to the last unwanted one that is still audible, 0 without one; `None` until the
    /// audio side has played a block with the number that is wanted now.
    ///
    /// Thread: main.
    pub fn falling(&self) -> Option<usize> {
        let said = self.falling.load(Relaxed);
        let heard_of = (said >> 32) as u32 == self.wanted.load(Relaxed);
        heard_of.then_some(said as u32 as usize)
    }

    /// Says that so many are wanted and so many still audible.
    ///
    /// Thread: audio.
    pub(crate) fn set_falling(&self, wanted: usize, audible: usize) {
        let audible = u32::try_from(audible).unwrap_or(u32::MAX);
        // As one number: nobody sees the one without the other.
        self.falling.store(u64::from(one_more(wanted)) << 32 | u64::from(audible), Relaxed);
    }
}

/// A number that leaves 0 for none; all there can be is none.
fn one_more(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).wrapping_add(1)
}
