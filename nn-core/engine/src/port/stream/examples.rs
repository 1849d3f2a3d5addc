//! Adding and removing examples while a stream plays.

use std::sync::atomic::Ordering::Relaxed;

use super::{Opening, Stream};
use crate::{
    layout::Lane,
    port::{
        format::StreamFormat,
        sample::{Outputs, Sample},
        transport::Transport,
    },
    status::Status,
};

impl Stream {
    /// The buffers and lanes with which a stream goes on with another number of examples, without a gap: see
    /// [`Stream::continue_from`]. Allocates.
    ///
    /// Thread: main or loader.
    pub fn continuation(format: StreamFormat) -> Box<Self> {
        Self::new(format, Transport::to_nobody(0), Opening::Cut)
    }

    /// True while examples that a shape no longer has are still fading at the input.
    ///
    /// Thread: audio.
    pub fn is_falling(&self, next: &Self) -> bool {
        let lanes = next.format.shape.in_lanes()..self.format.shape.in_lanes();
        !self.paused && !self.closing && lanes.into_iter().any(|lane| self.input_declick.is_present(lane))
    }

    /// Continues another stream whose format differs only in the number of examples: takes over its transport, its
    /// position, and its buffers at the worker. Examples that both have play on without a gap. The next buffer to be
    /// filled is the first with the new number.
    ///
    /// Thread: audio.
    pub fn continue_from(&mut self, old: &mut Self) {
        std::mem::swap(&mut self.transport, &mut old.transport);
        std::mem::swap(&mut self.handed_over, &mut old.handed_over);
        self.playing = old.playing.take();
        if old.fill_offset > 0 {
            // A buffer that is partly filled is filled to its end.
            if let Some(unused) = std::mem::replace(&mut self.filling, old.filling.take()) {
                self.free.push(unused);
            }
        }
        self.fill_sequence = old.fill_sequence;
        self.fill_offset = old.fill_offset;
        self.play_sequence = old.play_sequence;
        self.play_offset = old.play_offset;
        self.lead_in_frames = old.lead_in_frames;
        self.audible_from = old.audible_from;
        self.paused = old.paused;
        self.opening = old.opening;
        self.closing = old.closing;
        self.runs_are_long = old.runs_are_long;
        self.waited = old.waited;
        self.declick.continue_from(&mut old.declick);
        self.input_declick.continue_from(&mut old.input_declick);
        self.inputs.continue_from(&mut old.inputs);
        self.mixer.continue_from(&mut old.mixer);
    }

    /// Reports how many removed examples, and how many unwanted channels of the outlets, are still audible.
    pub(super) fn tell_of_falling(&self, status: &Status) {
        let wanted = status.channels.wanted();
        let channel_of = |lane| self.place_of(lane).1;
        let is_present = |lane| self.declick.is_present(lane) || self.mixer.is_present(lane);
        let sounds = |&lane: &usize| channel_of(lane) >= wanted && is_present(lane);
        // Mostly all are wanted: then there is nothing to look for.
        let none_left =
            (self.lead_in_frames > 0 && self.mixer.is_silent()) || wanted >= self.format.shape.out_channels;
        let audible = if none_left { 0 } else { self.declick.lanes() };
        let audible = (0..audible).filter(sounds).map(|lane| channel_of(lane) + 1).max();
        status.channels.set_falling(wanted, audible.unwrap_or(0));
        let out_channels = self.format.shape.out_channels.max(1);
        let lanes = self.declick.lanes();
        let first = status.wanted_examples().saturating_mul(out_channels).min(lanes);
        let last = (first..lanes).rev().find(|&lane| is_present(lane));
        status.falling_examples.store(last.map_or(0, |lane| lane / out_channels + 1), Relaxed);
    }

    /// The outlet of a lane, and the channel of its signal.
    fn place_of(&self, lane: usize) -> (usize, usize) {
        let out_channels = self.format.shape.out_channels.max(1);
        self.format.kind.place(Lane { example: lane / out_channels, channel: lane % out_channels })
    }

    /// Lanes without a channel at an outlet are not heard.
    pub(super) fn forget_unheard<S: Sample>(&mut self, outputs: &impl Outputs<S>) {
        let channels = |outlet: usize| if outlet < outputs.outlets() { outputs.channels(outlet) } else { 0 };
        let offered: usize = (0..outputs.outlets()).map(channels).sum();
        if !self.closing && offered >= self.declick.lanes() || self.format.shape.out_channels == 0 {
            // While it closes each lane counts, as the next stream waits for those that fall.
            return;
        }
        for index in 0..self.declick.lanes() {
            let (outlet, channel) = self.place_of(index);
            if channel >= channels(outlet) {
                self.declick.forget(index);
                self.mixer.forget(index);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::BoxKind, port::buffer::BufferShape, timing::Timing};

    #[test]
    fn buffers_that_come_back_to_another_stream_of_their_shape_find_room() {
        let shape = BufferShape { batch: 5, in_channels: 1, out_channels: 1, buffer_frames: 64 };
        let timing = Timing {
            host_block_frames: 64,
            buffer_frames: 64,
            deadline_frames: 64,
            latency_frames: 64,
            pool_buffers: 3,
        };
        let format = StreamFormat {
            kind: BoxKind::Mc,
            shape,
            timing,
            sample_rate_hz: 44_100.0,
            resampling: None,
            model_delay_frames: 0,
            dry_channels: 1,
        };
        let other = BufferShape { batch: 1, ..shape };
        let mut stream = Stream::continuation(format);
        let (free, spent) = (stream.free.as_ptr(), stream.spent.as_ptr());
        let own = stream.free.len();
        // At most as many of each kind as can be at the worker.
        let most = 2 * timing.pool_buffers + 3;
        for _ in 0..most {
            stream.recycle(shape.buffer());
            stream.recycle(other.buffer());
        }
        assert_eq!((stream.free.len(), stream.spent.len()), (own + most, most), "none was freed");
        assert_eq!((stream.free.as_ptr(), stream.spent.as_ptr()), (free, spent), "nothing was allocated");
    }
}
