//! Short fades where sound starts or stops in mid-stream: enable, swap, underrun.
//!
//! Nothing here allocates but [`Declick::new`]; the rest runs on the audio thread.

use super::sample::Sample;

/// Length of a fade in milliseconds.
pub const FADE_MS: f32 = 5.0;

/// Where the envelope stands, common to all channels of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Sound passes unchanged, bit for bit.
    Open,
    /// Fading in: gain at the next sample.
    Opening(f32),
    /// Fading out: gain at the next sample.
    Closing(f32),
    /// Silence.
    Closed,
}

/// The envelope of one box and the last sample of each of its lanes.
#[derive(Debug)]
pub struct Declick {
    state: State,
    step: f32,
    last: Vec<f32>,
}

/// A plan for one run of samples, the same for each lane: how the gain moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    from: State,
    step: f32,
}

impl Declick {
    /// An envelope for `lanes` lanes, open, or closed so that what comes fades in. Not for the audio thread.
    pub fn new(lanes: usize, sample_rate_hz: f32, closed: bool) -> Self {
        let fade_frames = (FADE_MS * 1e-3 * sample_rate_hz).max(1.0);
        let state = if closed { State::Closed } else { State::Open };
        Self { state, step: 1.0 / fade_frames, last: vec![0.0; lanes] }
    }

    /// Silent at once: nothing was heard for a while.
    pub fn close(&mut self) {
        self.state = State::Closed;
    }

    /// True while nothing can be heard.
    pub fn is_silent(&self) -> bool {
        self.state == State::Closed
    }

    /// True when sound passes unchanged.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// How many samples a fade that must go on still needs, at most `frames`; `frames` when nothing moves.
    pub fn segment_frames(&self, frames: usize, has_sound: bool, wanted: bool) -> usize {
        let remaining = match (self.state, has_sound && wanted) {
            (State::Open, true) | (State::Closed, false) => return frames,
            (State::Open, false) => 1.0,
            (State::Closed, true) => 1.0,
            (State::Opening(gain), true) => 1.0 - gain,
            (State::Opening(gain) | State::Closing(gain), false) => gain,
            (State::Closing(gain), true) => 1.0 - gain,
        };
        ((remaining / self.step).ceil() as usize).clamp(1, frames)
    }

    /// Moves the envelope over `frames` samples (from [`Declick::segment_frames`]) and says how.
    pub fn advance(&mut self, frames: usize, has_sound: bool, wanted: bool) -> Ramp {
        let from = match (self.state, has_sound && wanted) {
            (State::Open, false) => State::Closing(1.0),
            (State::Opening(gain), false) => State::Closing(gain),
            (State::Closed, true) => State::Opening(0.0),
            (State::Closing(gain), true) => State::Opening(gain),
            (state, _) => state,
        };
        let moved = self.step * frames as f32;
        // A tolerance of half a step: a fade ends on the sample that was planned, whatever the rounding.
        let half = self.step * 0.5;
        self.state = match from {
            State::Opening(gain) if gain + moved >= 1.0 - half => State::Open,
            State::Opening(gain) => State::Opening(gain + moved),
            State::Closing(gain) if gain - moved <= half => State::Closed,
            State::Closing(gain) => State::Closing(gain - moved),
            still => still,
        };
        Ramp { from, step: self.step }
    }

    /// Writes one lane of a segment: sound, ramped sound, a ramp down from the last sample, or silence.
    ///
    /// `source` is the sound of the segment when there is any; a fade-out without it holds the last sample.
    pub fn write<S: Sample>(&mut self, lane: usize, ramp: Ramp, source: Option<&[f32]>, sink: &mut [S]) {
        let Some(last) = self.last.get_mut(lane) else {
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
            (State::Closing(gain), None) => {
                // The last sample already carries the gain it was played with.
                let held = if gain > 0.0 { *last / gain } else { 0.0 };
                for (index, sample) in sink.iter_mut().enumerate() {
                    *sample = S::from_f32(held * (gain - ramp.step * (index + 1) as f32).max(0.0));
                }
            }
            _ => sink.fill(S::from_f32(0.0)),
        }
        if let Some(sample) = sink.last() {
            *last = sample.to_f32();
        }
    }
}

fn ramp_into<S: Sample>(sink: &mut [S], source: &[f32], gain: f32, step: f32) {
    for (index, (sample, &sound)) in sink.iter_mut().zip(source).enumerate() {
        *sample = S::from_f32(sound * (gain + step * (index + 1) as f32).clamp(0.0, 1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f32 = 1000.0; // 5 ms = 5 samples

    /// Plays `frames` samples of a constant 1 (or nothing) through the envelope.
    fn play(declick: &mut Declick, frames: usize, has_sound: bool, wanted: bool) -> Vec<f32> {
        let mut out = vec![9.0f32; frames];
        let mut at = 0;
        while at < frames {
            let n = declick.segment_frames(frames - at, has_sound, wanted);
            let ramp = declick.advance(n, has_sound, wanted);
            let ones = vec![1.0; n];
            declick.write(0, ramp, has_sound.then_some(&ones[..]), &mut out[at..at + n]);
            at += n;
        }
        out
    }

    fn close(a: &[f32], b: &[f32]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
    }

    #[test]
    fn sound_passes_bit_for_bit_while_open() {
        let mut declick = Declick::new(1, RATE_HZ, false);
        assert_eq!(play(&mut declick, 100, true, true), vec![1.0; 100]);
        assert!(declick.is_open());
    }

    #[test]
    fn a_missing_frame_decays_from_the_last_sample_and_returns_with_a_fade() {
        let mut declick = Declick::new(1, RATE_HZ, false);
        play(&mut declick, 3, true, true);
        let gap = play(&mut declick, 8, false, true);
        assert!(close(&gap, &[0.8, 0.6, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0]), "{gap:?}");
        assert!(declick.is_silent());
        let back = play(&mut declick, 7, true, true);
        assert!(close(&back, &[0.2, 0.4, 0.6, 0.8, 1.0, 1.0, 1.0]), "{back:?}");
        assert!(declick.is_open());
    }

    #[test]
    fn disabling_fades_the_sound_itself() {
        let mut declick = Declick::new(1, RATE_HZ, false);
        let out = play(&mut declick, 7, true, false);
        assert!(close(&out, &[0.8, 0.6, 0.4, 0.2, 0.0, 0.0, 0.0]), "{out:?}");
    }

    #[test]
    fn turning_round_in_mid_fade_makes_no_step() {
        let mut declick = Declick::new(1, RATE_HZ, false);
        let mut out = play(&mut declick, 2, true, true);
        for (has_sound, wanted, frames) in
            [(true, false, 2), (true, true, 1), (false, true, 2), (true, true, 3), (true, false, 9)]
        {
            out.extend(play(&mut declick, frames, has_sound, wanted));
        }
        for pair in out.windows(2) {
            assert!((pair[1] - pair[0]).abs() < 0.2 + 1e-5, "{out:?}");
        }
    }
}
