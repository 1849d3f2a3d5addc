//! One unbroken stretch of audio through a box: capture into buffers, play buffers back, latency constant.
//!
//! Sample `n` of the stream is in buffer `n / B`. Output sample `n` is sample `n - latency` of the model's output;
//! the first `latency` samples are silence. Alignment never slips: a buffer is played in its own turn or not at all.

mod buffers;
mod examples;
mod follow;
mod input_state;

use input_state::InputState;
use std::{sync::atomic::Ordering::Relaxed, time::Duration};

pub use super::format::{MAX_STREAM_MB, StreamFormat, TooMuchMemory};
use super::{
    buffer::{Buffer, Outcome},
    declick::{Declick, FADE_MS},
    mix::Mixer,
    sample::{Inputs, Outputs, Sample},
    transport::{Transport, WorkerRings},
    wakeup::Wakeup,
};
use crate::{layout::Lane, status::Status, timing::Timing};

/// How a stream begins, and with it how the one before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// At once: the host has just begun to play.
    Cut,
    /// During playback: the one before fades out, this one fades in.
    Faded,
}

/// `Send`: built on the main thread or the loader, it moves to the audio thread, and back to be freed.
#[derive(Debug)]
pub struct Stream {
    format: StreamFormat,
    transport: Transport,
    free: Vec<Buffer>,
    filling: Option<Buffer>,
    fill_sequence: u64,
    fill_offset: usize,
    playing: Option<Buffer>,
    play_sequence: u64,
    play_offset: usize,
    lead_in_frames: usize,
    /// Whether a buffer was handed over, by its number modulo the length.
    handed_over: Vec<bool>,
    /// Buffers before this one are from before a pause and are not heard.
    audible_from: u64,
    paused: bool,
    opening: Opening,
    /// True if another stream follows: this one fades out and captures nothing.
    closing: bool,
    declick: Declick,
    /// The same for the inputs: a removed channel falls, a new one rises; so do all where the model has missed a part, or
    /// is a new one.
    input_declick: Declick,
    inputs: InputState,
    mixer: Mixer,
    /// A run took too long to wait for before its sound is due.
    runs_are_long: bool,
    /// Time spent waiting since the last call of `take_waited`.
    waited: Duration,
    /// Number among all streams of the box; a continuation has that of its predecessor.
    number: u64,
    /// Returned buffers with other numbers of examples.
    spent: Vec<Buffer>,
}

impl Stream {
    /// A stream through a worker thread, and the rings for that worker. Allocates.
    ///
    /// Thread: main or loader.
    pub fn with_worker(
        format: StreamFormat,
        thread: std::thread::Thread,
        opening: Opening,
    ) -> (Box<Self>, WorkerRings) {
        let time = |frames: usize| Duration::from_secs_f32(frames as f32 / format.sample_rate_hz.max(1.0));
        let Timing { buffer_frames, deadline_frames, pool_buffers, .. } = format.timing;
        let wakeup = Wakeup::new(thread, time(buffer_frames), time(deadline_frames));
        let (transport, mut rings) = Transport::worker(pool_buffers, wakeup);
        rings.fade_frames = (FADE_MS * 1e-3 * format.sample_rate_hz) as usize;
        rings.follows_on = opening == Opening::Faded;
        (Self::new(format, transport, opening), rings)
    }

    /// A stream over any transport. Allocates.
    ///
    /// Thread: main or loader.
    pub fn new(format: StreamFormat, transport: Transport, opening: Opening) -> Box<Self> {
        let pool = format.timing.pool_buffers;
        // Both rings full, one with the worker, one that is filled and one that is played.
        let most_on_their_way = 2 * pool + 3;
        // Those of the stream that it continues, which may have continued one of this same shape.
        let mut free = Vec::with_capacity(pool + most_on_their_way);
        free.extend((0..pool).map(|_| format.shape.buffer()));
        let filling = free.pop();
        Box::new(Self {
            transport,
            free,
            filling,
            fill_sequence: 0,
            fill_offset: 0,
            playing: None,
            play_sequence: 0,
            play_offset: 0,
            lead_in_frames: format.timing.latency_frames,
            handed_over: vec![false; pool],
            audible_from: 0,
            paused: false,
            opening,
            closing: false,
            declick: Declick::new(format.shape.out_lanes(), format.sample_rate_hz, opening == Opening::Faded),
            input_declick: Declick::new(format.shape.in_lanes(), format.sample_rate_hz, false),
            inputs: InputState::new(&format.shape, opening == Opening::Faded),
            mixer: Mixer::new(&format, opening == Opening::Faded),
            runs_are_long: false,
            waited: Duration::ZERO,
            number: 0,
            spent: Vec::with_capacity(most_on_their_way),
            format,
        })
    }

    /// Its number among all streams of the box.
    ///
    /// Thread: any.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Sets it, before it is sent.
    ///
    /// Thread: main or loader.
    pub fn set_number(&mut self, number: u64) {
        self.number = number;
    }

    /// What it was built for.
    ///
    /// Thread: any.
    pub fn format(&self) -> &StreamFormat {
        &self.format
    }

    /// How it begins.
    ///
    /// Thread: audio.
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// Fades the sound out, because another stream follows. True when nothing is audible any more.
    ///
    /// Thread: audio.
    pub fn close(&mut self) -> bool {
        self.closing = true;
        let model_is_silent =
            self.lead_in_frames > 0 || self.declick.is_silent() && !self.declick.is_falling();
        model_is_silent && self.mixer.is_silent()
    }

    /// Starts the stream: the box's counters refer to it from now on.
    ///
    /// Thread: audio.
    pub fn begin(&mut self, status: &Status) {
        self.mixer.begin(status);
        status.filling.store(0, Relaxed);
        status.filled_frames.store(0, Relaxed);
        status.playing.store(0, Relaxed);
        // Buffers that the stream before has not taken back are gone with it.
        status.taken_back.store(status.handed_over.load(Relaxed), Relaxed);
        status.take_left_out();
    }

    /// Reads one host block of all inputs. To be called before [`Stream::render`], once per block.
    ///
    /// Thread: audio.
    pub fn capture<S: Sample>(&mut self, block_frames: usize, inputs: &impl Inputs<S>, status: &Status) {
        if !self.closing {
            if status.take_left_out() {
                self.forget();
            }
            self.decide_pause(status);
        }
        self.mixer.capture(block_frames, self.format.kind, inputs, status);
        if !self.closing {
            self.capture_for_model(block_frames, inputs, status);
        }
        self.mixer.end_capture(block_frames);
    }

    /// Reads what the model is to hear.
    fn capture_for_model<S: Sample>(
        &mut self,
        block_frames: usize,
        inputs: &impl Inputs<S>,
        status: &Status,
    ) {
        let examples = status.wanted_examples();
        let buffer_frames = self.format.shape.buffer_frames;
        let mut at = 0;
        while at < block_frames {
            let run = (block_frames - at).min(buffer_frames - self.fill_offset);
            if let Some(buffer) = self.filling.as_mut() {
                if self.fill_offset == 0 {
                    // Lanes that buffers no longer have.
                    for lane in buffer.shape.in_lanes()..self.input_declick.lanes() {
                        self.input_declick.forget(lane);
                    }
                    self.inputs.begin_buffer(&mut self.input_declick);
                }
                for lane in 0..buffer.shape.in_lanes() {
                    let from = lane * buffer_frames + self.fill_offset;
                    let Some(sink) = buffer.input.get_mut(from..from + run) else { continue };
                    let channel = lane % self.format.shape.in_channels;
                    let place = Lane { example: lane / self.format.shape.in_channels, channel };
                    let (inlet, source) = if self.inputs.is_parameter(lane) {
                        self.format.kind.parameter_source(place, |inlet| inputs.channels(inlet))
                    } else {
                        self.format.kind.source(place, |inlet| inputs.channels(inlet))
                    };
                    // Input during a pause must not be heard after it.
                    if self.paused {
                        self.inputs.pause(&mut self.input_declick, lane, sink);
                        continue;
                    }
                    let signal = inputs.channel(inlet, source).and_then(|signal| signal.get(at..at + run));
                    match signal.filter(|_| lane < examples.saturating_mul(buffer.shape.in_channels)) {
                        Some(signal) => {
                            for (sink, sample) in sink.iter_mut().zip(signal) {
                                *sink = sample.to_f32();
                            }
                            if self.inputs.is_signal(channel) {
                                self.mixer.raise(at, sink);
                            }
                            self.input_declick.pass(lane, sink);
                        }
                        None => self.inputs.absent(&mut self.input_declick, lane, sink),
                    }
                }
            }
            self.fill_offset += run;
            at += run;
            if self.fill_offset == buffer_frames {
                self.finish_buffer(status);
            }
        }
        status.filled_frames.store(self.fill_offset, Relaxed);
    }

    /// Writes every sample of one host block of all outputs.
    ///
    /// Thread: audio.
    pub fn render<S: Sample>(&mut self, block_frames: usize, outputs: &mut impl Outputs<S>, status: &Status) {
        let buffer_frames = self.format.shape.buffer_frames;
        self.mixer.begin_block(status);
        let sounds = status.enabled() && !self.closing && !self.paused;
        let mut at = 0;
        while at < block_frames {
            if self.lead_in_frames > 0 {
                let run = self.lead_in_frames.min(block_frames - at);
                let run = self.mixer.segment_frames(block_frames, at, run, sounds);
                self.write(outputs, at, run, None, status);
                self.lead_in_frames -= run;
                at += run;
                continue;
            }
            if self.play_offset == 0 {
                self.fetch_due(status);
            }
            let has_sound = self.playing.as_ref().is_some_and(|buffer| buffer.outcome == Outcome::Sound);
            let wanted = status.enabled() && !self.closing && self.play_sequence >= self.audible_from;
            let run = (block_frames - at).min(buffer_frames - self.play_offset);
            let run = self.declick.segment_frames(run, has_sound, wanted);
            let run = self.mixer.segment_frames(block_frames, at, run, sounds);
            self.write(outputs, at, run, Some((has_sound, wanted)), status);
            at += run;
            self.play_offset += run;
            if self.play_offset == buffer_frames {
                self.play_offset = 0;
                self.play_sequence += 1;
                if !self.closing {
                    status.playing.store(self.play_sequence, Relaxed);
                }
                if let Some(buffer) = self.playing.take() {
                    self.recycle(buffer);
                }
            }
        }
        self.mixer.end_block(block_frames);
        self.tell_of_falling(status);
    }

    /// Discards what was captured so far, and buffers that begin with a part of it.
    fn forget(&mut self) {
        let after = self.fill_sequence + u64::from(self.fill_offset > 0);
        if self.lead_in_frames == 0 {
            self.declick.close();
        }
        self.inputs.begin_again(&mut self.input_declick);
        self.mixer.begin_again();
        self.audible_from = self.audible_from.max(after);
    }

    fn decide_pause(&mut self, status: &Status) {
        if status.enabled() {
            if self.paused {
                self.paused = false;
                self.mixer.begin_again();
                // A buffer of which a part fell into the pause is not heard.
                self.audible_from = self.fill_sequence + u64::from(self.fill_offset > 0);
            }
        } else if !self.paused
            && (self.declick.is_silent() || self.lead_in_frames > 0)
            && self.mixer.is_silent()
        {
            self.paused = true;
            self.mixer.begin_again();
            self.audible_from = u64::MAX;
        }
    }

    /// Writes `run` samples of all outlets from `at` on; `None` is the lead-in.
    fn write<S: Sample>(
        &mut self,
        outputs: &mut impl Outputs<S>,
        at: usize,
        run: usize,
        sound: Option<(bool, bool)>,
        status: &Status,
    ) {
        let shape = self.format.shape;
        let ramp = sound.map(|(has_sound, wanted)| self.declick.advance(run, has_sound, wanted));
        self.forget_unheard(outputs);
        let (examples, channels) = (status.wanted_examples(), status.channels.wanted());
        for outlet in 0..outputs.outlets() {
            for channel in 0..outputs.channels(outlet) {
                let lane = self.format.kind.lane(outlet, channel);
                let Some(sink) = outputs.channel_mut(outlet, channel).and_then(|s| s.get_mut(at..at + run))
                else {
                    continue;
                };
                if lane.channel >= shape.out_channels {
                    sink.fill(S::from_f32(0.0));
                    continue;
                }
                let index = lane.example * shape.out_channels + lane.channel;
                // The host no longer has this channel, or is about to take it away.
                let gone = lane.example >= examples || channel >= channels;
                match (&self.playing, sound, ramp) {
                    (_, _, None) => sink.fill(S::from_f32(0.0)),
                    _ if gone => self.declick.write_gone(index, sink),
                    (Some(buffer), Some((true, _)), Some(ramp)) => {
                        let from = index * shape.buffer_frames + self.play_offset;
                        match buffer.output.get(from..from + run) {
                            source @ Some(_) => self.declick.write(index, ramp, source, sink),
                            // An example that this buffer does not have yet, or no longer has.
                            None => self.declick.write_gone(index, sink),
                        }
                    }
                    (_, _, Some(ramp)) => self.declick.write(index, ramp, None, sink),
                }
                self.mixer.mix(index, lane, gone, sink);
            }
        }
    }
}
