//! Short fades where sound starts or stops in mid-stream: enable, swap, underrun, examples that come and go.
//!
//! Nothing here allocates but [`Declick::new`]; the rest runs on the audio thread.

use super::sample::Sample;

/// Length of a fade in milliseconds.
pub const FADE_MS: f32 = 5.0;

/// State of the envelope, common to all channels of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Sound passes unchanged, bit for bit.
    Open,
    /// Fading in: gain at the next sample.
    Opening(f32),
    /// Fading out: gain at the next sample.
    Closing(f32),
    /// Falling from the last sample, whatever comes: there was no sound to fade out.
    Falling(f32),
    /// Silence.
    Closed,
}

/// The envelope of one box and of each of its lanes.
#[derive(Debug)]
pub struct Declick {
    state: State,
    step: f32,
    lanes: Vec<LaneFade>,
}

/// The fade of one lane.
#[derive(Clone, Copy, Debug)]
struct LaneFade {
    /// The last sample that was written.
    last: f32,
    /// The gain of incoming sound: below 1 only where the lane is new.
    presence: f32,
    /// Rest of the last sample before the lane was removed, and its decrease per sample.
    tail: f32,
    tail_step: f32,
}

impl LaneFade {
    /// An open lane, and a lane that will rise.
    const THERE: Self = Self { last: 0.0, presence: 1.0, tail: 0.0, tail_step: 0.0 };
    const ABSENT: Self = Self { presence: 0.0, ..Self::THERE };

    /// A lane that will rise over the fall of this sample. A host may play NaN, which would never come to an end.
    fn after(last: f32, step: f32) -> Self {
        let last = if last.is_finite() { last } else { 0.0 };
        let mut lane = Self { last, ..Self::ABSENT };
        lane.leave_tail(last, last * step);
        lane
    }

    /// Leaves a rest to fall by this much per sample. One that its steps would not bring to 0, because they are smaller
    /// than numbers are exact, is inaudible and none.
    fn leave_tail(&mut self, tail: f32, tail_step: f32) {
        (self.tail, self.tail_step) = if tail_step.is_normal() { (tail, tail_step) } else { (0.0, 0.0) };
    }

    fn next_tail(&mut self) -> f32 {
        self.tail = if self.tail.abs() <= self.tail_step.abs() { 0.0 } else { self.tail - self.tail_step };
        self.tail
    }

    /// Passes samples; a new lane rises over the rest of earlier ones.
    fn pass<S: Sample>(&mut self, step: f32, samples: &mut [S]) {
        if self.presence < 1.0 || self.tail != 0.0 {
            for sample in samples.iter_mut() {
                self.presence = (self.presence + step).min(1.0);
                *sample = S::from_f32(sample.to_f32() * self.presence + self.next_tail());
            }
        }
        self.last = samples.last().map_or(self.last, |sample| sample.to_f32());
    }

    /// Falls on from the last sample, which carries the gain that is left of the fall.
    fn fall<S: Sample>(&mut self, gain: f32, step: f32, samples: &mut [S]) {
        let held = if gain > 0.0 { self.last / gain } else { 0.0 };
        for (index, sample) in samples.iter_mut().enumerate() {
            *sample = S::from_f32(held * (gain - step * (index + 1) as f32).max(0.0));
        }
        self.last = samples.last().map_or(self.last, |sample| sample.to_f32());
        // Where sound comes back meanwhile, the rest goes on below it; half a step is none.
        let is_over = gain - step * samples.len() as f32 <= step * 0.5;
        self.leave_tail(self.last, if is_over { 0.0 } else { held * step });
    }

    /// Falls from the last sample to silence.
    fn go<S: Sample>(&mut self, step: f32, samples: &mut [S]) {
        if self.presence > 0.0 {
            *self = Self::after(self.last, step);
        }
        for sample in samples.iter_mut() {
            *sample = S::from_f32(self.next_tail());
        }
        self.last = self.tail;
    }
}

/// How the gain moves over one run of samples, the same for each lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    from: State,
    step: f32,
}

impl Declick {
    /// An envelope for `lanes` lanes, open, or closed so that sound fades in. Allocates: not for the audio thread.
    ///
    /// Thread: main or loader.
    pub fn new(lanes: usize, sample_rate_hz: f32, closed: bool) -> Self {
        let fade_frames = (FADE_MS * 1e-3 * sample_rate_hz).max(1.0);
        let state = if closed { State::Closed } else { State::Open };
        Self { state, step: 1.0 / fade_frames, lanes: vec![LaneFade::THERE; lanes] }
    }

    /// Continues from the state of another one. New lanes rise from silence.
    ///
    /// Thread: audio.
    pub fn continue_from(&mut self, old: &mut Self) {
        self.state = old.state;
        if old.lanes.len() >= self.lanes.len() {
            // Removed lanes are still to fall.
            return std::mem::swap(&mut self.lanes, &mut old.lanes);
        }
        self.lanes.fill(LaneFade::ABSENT);
        for (lane, old) in self.lanes.iter_mut().zip(&old.lanes) {
            *lane = *old;
        }
    }

    /// True while a lane is audible.
    ///
    /// Thread: audio.
    pub fn is_present(&self, lane: usize) -> bool {
        self.lanes.get(lane).is_some_and(|lane| lane.presence > 0.0 || lane.tail != 0.0)
    }

    /// True while a removed lane falls.
    ///
    /// Thread: audio.
    pub fn is_falling(&self) -> bool {
        self.lanes.iter().any(|lane| lane.tail != 0.0)
    }

    /// Number of lanes.
    ///
    /// Thread: audio.
    pub fn lanes(&self) -> usize {
        self.lanes.len()
    }

    /// From now on a lane rises, over the fall of this sample, with which it ended.
    ///
    /// Thread: audio.
    pub fn rise(&mut self, lane: usize, end: f32) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            *lane = LaneFade::after(end, self.step);
        }
    }

    /// The same, over its own last sample.
    ///
    /// Thread: audio.
    pub fn rise_again(&mut self, lane: usize) {
        let last = self.lanes.get(lane).map_or(0.0, |lane| lane.last);
        self.rise(lane, last);
    }

    /// A lane is not heard: when it is heard again, it rises from silence.
    ///
    /// Thread: audio.
    pub fn forget(&mut self, lane: usize) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            *lane = LaneFade::ABSENT;
        }
    }

    /// Nothing has sounded until now: no lane has anything to fall from.
    ///
    /// Thread: audio.
    pub fn still(&mut self) {
        for lane in &mut self.lanes {
            (lane.last, lane.tail, lane.tail_step) = (0.0, 0.0, 0.0);
        }
    }

    /// Silences the lane at once: nothing was heard for a while.
    ///
    /// Thread: audio.
    pub fn close(&mut self) {
        self.state = State::Closed;
    }

    /// True while nothing is audible.
    ///
    /// Thread: audio.
    pub fn is_silent(&self) -> bool {
        self.state == State::Closed
    }

    /// True when sound passes unchanged.
    ///
    /// Thread: audio.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// How many samples the current fade still needs, at most `frames`; `frames` if there is no fade.
    ///
    /// Thread: audio.
    pub fn segment_frames(&self, frames: usize, has_sound: bool, wanted: bool) -> usize {
        let remaining = match (self.state, has_sound && wanted) {
            (State::Open, true) | (State::Closed, false) => return frames,
            (State::Open, false) => 1.0,
            (State::Closed | State::Falling(_), true) => 1.0,
            (State::Opening(gain) | State::Closing(gain), true) => 1.0 - gain,
            (State::Opening(_) | State::Closing(_), false) if !has_sound => 1.0,
            (State::Opening(gain) | State::Closing(gain) | State::Falling(gain), false) => gain,
        };
        ((remaining / self.step).ceil() as usize).clamp(1, frames)
    }

    /// Advances the envelope by `frames` samples (from [`Declick::segment_frames`]) and returns its course.
    ///
    /// Thread: audio.
    pub fn advance(&mut self, frames: usize, has_sound: bool, wanted: bool) -> Ramp {
        // A fall is as long from any gain: what falls may be more than the sound that had this gain.
        let ends = |gain| if has_sound { State::Closing(gain) } else { State::Falling(1.0) };
        let from = match (self.state, has_sound && wanted) {
            (State::Open, false) => ends(1.0),
            (State::Opening(gain) | State::Closing(gain), false) => ends(gain),
            // What is left of the fall sounds on below it.
            (State::Closed | State::Falling(_), true) => State::Opening(0.0),
            (State::Closing(gain), true) => State::Opening(gain),
            (state, _) => state,
        };
        let moved = self.step * frames as f32;
        // A tolerance of half a step: a fade ends on the planned sample, whatever the rounding.
        let half = self.step * 0.5;
        self.state = match from {
            State::Opening(gain) if gain + moved >= 1.0 - half => State::Open,
            State::Opening(gain) => State::Opening(gain + moved),
            State::Closing(gain) | State::Falling(gain) if gain - moved <= half => State::Closed,
            State::Closing(gain) => State::Closing(gain - moved),
            State::Falling(gain) => State::Falling(gain - moved),
            still => still,
        };
        Ramp { from, step: self.step }
    }

    /// Writes one lane of a segment: sound, ramped sound, a ramp down from the last sample, or silence.
    ///
    /// `source` is the sound of the segment when there is any; a fade-out without it holds the last sample.
    ///
    /// Thread: audio.
    pub fn write<S: Sample>(&mut self, lane: usize, ramp: Ramp, source: Option<&[f32]>, sink: &mut [S]) {
        let Some(fade) = self.lanes.get_mut(lane) else {
            sink.fill(S::from_f32(0.0));
            return;
        };
        match (ramp.from, source) {
            (State::Open, Some(source)) => {
                for (sample, &sound) in sink.iter_mut().zip(source) {
                    *sample = S::from_f32(sound);
                }
            }
            (State::Opening(gain), Some(source)) => ramp_into(sink, source, gain, ramp.step),
            (State::Closing(gain), Some(source)) => ramp_into(sink, source, gain, -ramp.step),
            (State::Falling(gain), _) => return fade.fall(gain, ramp.step, sink),
            _ => sink.fill(S::from_f32(0.0)),
        }
        if source.is_some() {
            fade.pass(ramp.step, sink);
        } else {
            if fade.tail != 0.0 {
                sink.iter_mut().for_each(|sample| *sample = S::from_f32(fade.next_tail()));
            }
            fade.last = sink.last().map_or(fade.last, |sample| sample.to_f32());
        }
    }

    /// Passes one lane of a segment unchanged, except for the rise of a new lane.
    ///
    /// Thread: audio.
    pub fn pass(&mut self, lane: usize, samples: &mut [f32]) {
        if let Some(fade) = self.lanes.get_mut(lane) {
            fade.pass(self.step, samples);
        }
    }

    /// Writes a removed lane of a segment in which others sound: it falls from its last sample to silence.
    ///
    /// Thread: audio.
    pub fn write_gone<S: Sample>(&mut self, lane: usize, sink: &mut [S]) {
        match self.lanes.get_mut(lane) {
            Some(fade) => fade.go(self.step, sink),
            None => sink.fill(S::from_f32(0.0)),
        }
    }
}

fn ramp_into<S: Sample>(sink: &mut [S], source: &[f32], gain: f32, step: f32) {
    for (index, (sample, &sound)) in sink.iter_mut().zip(source).enumerate() {
        *sample = S::from_f32(sound * (gain + step * (index + 1) as f32).clamp(0.0, 1.0));
    }
}

#[cfg(test)]
mod coming_back;
#[cfg(test)]
mod tests;
