//! How late a box is, and why: asked of boxes as they are made.

use std::sync::Arc;

use nn_core::{
    formats::FORMATS,
    message::Atom,
    object::HostFormat,
    offline::{HostMode, Player, host_context},
};
use serde::{Deserialize, Serialize};

use super::{
    choose::Chosen,
    start::{BLOCK_FRAMES, Settings, one, settle},
};
use crate::failure::Failure;

/// From the input of a box to its output, in samples of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    /// The host's rate.
    pub host_hz: u32,
    /// The box's buffer.
    pub buffer_frames: usize,
    /// Until a buffer is full.
    pub buffering_frames: usize,
    /// How long the model may take after that.
    pub deadline_frames: usize,
    /// Of filters to the model's rate and back.
    pub resampling_frames: usize,
}

impl Latency {
    /// All of it.
    pub fn frames(&self) -> usize {
        self.buffering_frames + self.deadline_frames + self.resampling_frames
    }

    /// Of a box that is ready; `None` while it has no stream.
    fn of(player: &Player, host_hz: u32) -> Option<Self> {
        let format = player.object.stream_format()?;
        let timing = format.timing;
        Some(Self {
            host_hz,
            buffer_frames: timing.buffer_frames,
            buffering_frames: timing.latency_frames - timing.deadline_frames,
            deadline_frames: timing.deadline_frames,
            resampling_frames: format.resampling.map_or(0, |plan| plan.delay_frames),
        })
    }
}

/// A box in a host of this rate, with each of these buffers in turn; what the model does not take is another one. `goes` is
/// called after each.
///
/// # Errors
/// The box does not load.
pub fn latencies(
    model: &Chosen,
    host_hz: u32,
    settings: &Settings,
    buffers: &[usize],
    mut goes: impl FnMut(),
) -> Result<Vec<Latency>, Failure> {
    let format = HostFormat { sample_rate_hz: host_hz.into(), block_frames: BLOCK_FRAMES };
    let context = host_context(Arc::new(FORMATS), HostMode::Offline);
    let (mut player, _) = one(model, context, format, settings)?;
    let mut found: Vec<Latency> = Latency::of(&player, host_hz).into_iter().collect();
    goes();
    for &buffer_frames in buffers {
        player.send("bufsize", &[Atom::Int(buffer_frames as i64)]);
        // A buffer that is refused leaves the one before.
        if settle(&mut player, model).is_ok() {
            found.extend(Latency::of(&player, host_hz).filter(|latency| !found.contains(latency)));
        }
        goes();
    }
    found.sort_by_key(|latency| latency.buffer_frames);
    Ok(found)
}
