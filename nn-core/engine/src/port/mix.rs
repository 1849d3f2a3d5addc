//! What a box adds to its model: gains before and after it, and the sound that went in beside the one that comes out.
//!
//! Output = output gain x (wet x model + dry x delayed input), where the input has the input gain. Changes move in a straight
//! line. While everything is at rest (wet 1, dry 0, no gain) no sample is touched. The input is recorded even then, so that
//! the dry sound is there as soon as it is wanted.
//!
//! The dry sound has the fades of the box, and goes on where the model's is missing. The lead-in of a stream is silent;
//! so are, after a pause, as many samples as the delay is long: the input before it is not heard after it.

mod glide;
mod line;

use glide::Glide;
use line::DelayLines;

use super::{
    declick::{Declick, FADE_MS, Ramp},
    format::StreamFormat,
    sample::{Inputs, Sample},
};
use crate::{
    layout::{BoxKind, Lane},
    status::Status,
};

/// The mixer of one stream. Nothing but [`Mixer::new`] allocates; all else runs on the audio thread.
#[derive(Debug)]
pub(super) struct Mixer {
    input: Glide,
    wet: Glide,
    dry: Glide,
    output: Glide,
    fade_frames: usize,
    /// Whether the block that is rendered has anything but the model's sound as it is.
    mixes: bool,
    /// Whether the dry sound is heard in it.
    adds_dry: bool,
    lines: DelayLines,
    /// Model channels whose signal the dry sound comes from.
    sources: Vec<usize>,
    out_channels: usize,
    /// The first sample of the input that may be heard.
    heard_from: i64,
    /// The fades of the dry sound.
    declick: Declick,
    segment: Segment,
    by_wet: Vec<f32>,
    by_dry: Vec<f32>,
    /// A lane of a segment of the dry sound: before its fades and after them.
    source: Vec<f32>,
    faded: Vec<f32>,
}

/// The part of a block that is written in one go.
#[derive(Clone, Copy, Debug, Default)]
struct Segment {
    /// The sample of the input that is heard at its beginning.
    from: i64,
    frames: usize,
    /// How the dry sound fades in it; `None` where there is none yet.
    ramp: Option<Ramp>,
}

impl Mixer {
    /// A mixer for a stream, open, or closed so that the dry sound fades in.
    ///
    /// Thread: main or loader.
    pub fn new(format: &StreamFormat, closed: bool) -> Self {
        let block_frames = format.timing.host_block_frames.max(1);
        let shape = format.shape;
        let room = || vec![std::hint::black_box(0.0); block_frames];
        Self {
            input: Glide::at(1.0),
            wet: Glide::at(1.0),
            dry: Glide::at(0.0),
            output: Glide::at(1.0),
            fade_frames: (FADE_MS * 1e-3 * format.sample_rate_hz) as usize,
            mixes: false,
            adds_dry: false,
            lines: DelayLines::new(
                shape.batch,
                format.dry_channels,
                format.latency_frames(),
                format.dry_room_frames(),
            ),
            sources: (0..format.dry_channels).collect(),
            out_channels: shape.out_channels,
            heard_from: 0,
            declick: Declick::new(shape.out_lanes(), format.sample_rate_hz, closed),
            segment: Segment::default(),
            by_wet: room(),
            by_dry: room(),
            source: room(),
            faded: room(),
        }
    }

    /// Says of each input channel of the model whether it takes a signal: those are raised and heard.
    ///
    /// Thread: main or loader.
    pub fn set_signals(&mut self, signals: &[bool]) {
        let channels = (0..signals.len()).filter(|&channel| signals[channel]);
        self.sources = channels.take(self.lines.channels()).collect();
    }

    /// The stream begins: what is wanted is there at once.
    ///
    /// Thread: audio.
    pub fn begin(&mut self, status: &Status) {
        let factors = status.mix.factors();
        self.input = Glide::at(factors.input);
        self.wet = Glide::at(factors.wet);
        self.dry = Glide::at(factors.dry);
        self.output = Glide::at(factors.output);
    }

    /// What was recorded so far is not heard any more.
    ///
    /// Thread: audio.
    pub fn begin_again(&mut self) {
        self.declick.close();
        self.heard_from = self.lines.recorded();
    }

    /// A block is captured: the input's gain is settled, and the dry sound recorded.
    ///
    /// Thread: audio.
    pub fn capture<S: Sample>(
        &mut self,
        frames: usize,
        kind: BoxKind,
        inputs: &impl Inputs<S>,
        status: &Status,
    ) {
        self.input.aim(status.mix.factors().input, self.fade_frames);
        let (input, rests, examples) = (self.input, self.input.rests_at(1.0), status.wanted_examples());
        for example in 0..self.lines.examples() {
            if example >= examples {
                self.lines.begin_example(example, frames);
                continue;
            }
            for (line, &channel) in self.sources.iter().enumerate() {
                let (inlet, channel) = kind.source(Lane { example, channel }, |inlet| inputs.channels(inlet));
                let signal = inputs.channel(inlet, channel).unwrap_or_default();
                if rests {
                    self.lines.record(example, line, frames, signal, |_, sample: S| sample.to_f32());
                } else {
                    let raised = |frame, sample: S| sample.to_f32() * input.value(frame);
                    self.lines.record(example, line, frames, signal, raised);
                }
            }
        }
        self.lines.end_block(frames);
    }

    /// Raises what the model hears of a block, from its sample `at` on.
    ///
    /// Thread: audio.
    pub fn raise(&self, at: usize, samples: &mut [f32]) {
        if self.input.rests_at(1.0) {
            return;
        }
        for (frame, sample) in samples.iter_mut().enumerate() {
            *sample *= self.input.value(at + frame);
        }
    }

    /// The block is captured.
    ///
    /// Thread: audio.
    pub fn end_capture(&mut self, frames: usize) {
        self.input.advance(frames);
    }

    /// A block is rendered, with what is wanted now.
    ///
    /// Thread: audio.
    pub fn begin_block(&mut self, status: &Status) {
        let factors = status.mix.factors();
        self.wet.aim(factors.wet, self.fade_frames);
        self.dry.aim(factors.dry, self.fade_frames);
        self.output.aim(factors.output, self.fade_frames);
        let adds_dry = self.lines.channels() > 0 && !self.dry.rests_at(0.0);
        if adds_dry && !self.adds_dry {
            self.declick.still();
        }
        self.adds_dry = adds_dry;
        self.mixes = adds_dry || !self.wet.rests_at(1.0) || !self.output.rests_at(1.0);
    }

    /// The block is rendered.
    ///
    /// Thread: audio.
    pub fn end_block(&mut self, frames: usize) {
        self.wet.advance(frames);
        self.dry.advance(frames);
        self.output.advance(frames);
    }

    /// Begins a segment of a block of `block_frames` at its sample `at`, of at most `frames`, and gives its length. `wanted`
    /// says whether the box is to sound.
    ///
    /// Thread: audio.
    pub fn segment_frames(&mut self, block_frames: usize, at: usize, frames: usize, wanted: bool) -> usize {
        let now = self.lines.recorded() - block_frames as i64 + at as i64;
        let from = now - self.lines.delay_frames() as i64;
        let until = |sample: i64| usize::try_from(sample - from).ok().filter(|&until| until > 0);
        let mut frames = if self.mixes { frames.min(self.by_wet.len()) } else { frames };
        if self.adds_dry {
            let beginning = self.lines.next_beginning(from.max(self.heard_from));
            for boundary in [Some(self.heard_from), beginning].into_iter().flatten().filter_map(until) {
                frames = frames.min(boundary);
            }
        }
        let ramp = (from >= self.heard_from).then(|| {
            if self.adds_dry {
                frames = self.declick.segment_frames(frames, true, wanted);
            }
            self.declick.advance(frames, true, wanted)
        });
        self.segment = Segment { from, frames, ramp };
        if self.mixes {
            for frame in 0..frames {
                let output = self.output.value(at + frame);
                self.by_wet[frame] = output * self.wet.value(at + frame);
                self.by_dry[frame] = output * self.dry.value(at + frame);
            }
        }
        frames
    }

    /// Mixes one lane of the segment: `sink` has the model's sound, and the mixture then. `gone`: the host no longer has this
    /// channel, or is about to take it away.
    ///
    /// Thread: audio.
    pub fn mix<S: Sample>(&mut self, index: usize, lane: Lane, gone: bool, sink: &mut [S]) {
        if !self.mixes {
            return;
        }
        let dry = self.adds_dry && self.write_dry(index, lane, gone);
        for (frame, sample) in sink.iter_mut().enumerate() {
            let mut mixed = sample.to_f32() * self.by_wet[frame];
            if dry {
                mixed += self.faded[frame] * self.by_dry[frame];
            }
            *sample = S::from_f32(mixed);
        }
    }

    /// Writes a lane of the dry sound, with its fades. False where there is none.
    fn write_dry(&mut self, index: usize, lane: Lane, gone: bool) -> bool {
        let Segment { from, frames, ramp } = self.segment;
        let faded = &mut self.faded[..frames];
        let Some(ramp) = ramp else { return false };
        if gone || from < self.lines.since(lane.example) {
            self.declick.write_gone(index, faded);
            return true;
        }
        let source = &mut self.source[..frames];
        source.fill(0.0);
        let channels = self.lines.channels();
        if self.out_channels == 1 && channels > 1 {
            (0..channels).for_each(|channel| self.lines.add(lane.example, channel, from, source));
            source.iter_mut().for_each(|sample| *sample /= channels as f32);
        } else {
            self.lines.add(lane.example, lane.channel.min(channels - 1), from, source);
        }
        self.declick.write(index, ramp, Some(source), faded);
        true
    }

    /// True while the dry sound of a lane is audible.
    ///
    /// Thread: audio.
    pub fn is_present(&self, index: usize) -> bool {
        self.adds_dry && self.segment.ramp.is_some() && self.declick.is_present(index)
    }

    /// True while nothing of the dry sound is audible, and nothing of it falls.
    ///
    /// Thread: audio.
    pub fn is_silent(&self) -> bool {
        !self.adds_dry
            || self.segment.ramp.is_none()
            || self.declick.is_silent() && !self.declick.is_falling()
    }

    /// A lane is not heard: when it is heard again, it rises from silence.
    ///
    /// Thread: audio.
    pub fn forget(&mut self, index: usize) {
        self.declick.forget(index);
    }

    /// Goes on from the mixer of a stream that differs only in the number of examples.
    ///
    /// Thread: audio.
    pub fn continue_from(&mut self, old: &mut Self) {
        (self.input, self.wet, self.dry, self.output) = (old.input, old.wet, old.dry, old.output);
        (self.mixes, self.adds_dry) = (old.mixes, old.adds_dry);
        (self.heard_from, self.segment) = (old.heard_from, old.segment);
        std::mem::swap(&mut self.sources, &mut old.sources);
        self.lines.continue_from(&mut old.lines);
        self.declick.continue_from(&mut old.declick);
    }
}
