//! A model that hears nothing and has nothing more to say is left out until sound comes.
//!
//! Sound that comes is seen before the buffer that it is in is run, so nothing of it is missed. A model that has settled after
//! so long a silence is then as if it had run on; time stands still for one that has a clock of its own.

use nn_model::spec::MethodSpec;

use crate::port::buffer::{Buffer, Outcome};

/// What comes in is sound above this, -120 dB.
const HEARD: f32 = 1e-6;
/// What goes out is sound above this, -90 dB: models answer silence with a little noise, and half a step of 16 bits is not heard.
const SAID: f32 = 3e-5;

/// A model that has said nothing since its input last sounded may still be about to, for so many times the silence after which
/// one that has answered is left out.
const UNANSWERED: u64 = 3;

/// How long it has been silent.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    /// For so many samples of the host inputs and outputs have been silent.
    silent_frames: u64,
    /// Whether the inputs of the buffer that is being run are.
    hears_nothing: bool,
    /// Whether the output has sounded since the input last did.
    answered: bool,
    /// What the inputs that are parameters held, as one number.
    parameters: Option<u64>,
}

impl Idle {
    /// A buffer is about to be run. Whether it need not be, after so many samples of silence: then its output is silent.
    ///
    /// Thread: owner. Neither allocates nor locks.
    pub fn rests(&mut self, after_frames: u64, method: &MethodSpec, buffer: &mut Buffer) -> bool {
        let signals = method.in_channels.saturating_sub(method.parameters);
        self.hears_nothing = false;
        let Some(held) = (signals > 0).then(|| held(method, signals, buffer)).flatten() else {
            self.forget();
            return false;
        };
        if self.parameters.replace(held).is_some_and(|before| before != held) {
            self.forget();
            return false;
        }
        self.hears_nothing = true;
        let after_frames = if self.answered { after_frames } else { after_frames * UNANSWERED };
        let rests = self.silent_frames >= after_frames;
        if rests {
            buffer.output.fill(0.0);
            buffer.outcome = Outcome::Sound;
        }
        rests
    }

    /// A buffer was run.
    ///
    /// Thread: owner. Neither allocates nor locks.
    pub fn ran(&mut self, buffer: &Buffer) {
        if buffer.outcome != Outcome::Sound || !is_within(SAID, &buffer.output) {
            self.silent_frames = 0;
            self.answered = true;
        } else if self.hears_nothing {
            self.silent_frames += buffer.shape.buffer_frames as u64;
        }
    }

    /// Something may have changed what the model says, or sound has come.
    ///
    /// Thread: owner.
    pub fn forget(&mut self) {
        (self.silent_frames, self.answered) = (0, false);
    }
}

/// What the parameters hold as one number, where all signals are silent and no parameter moves.
fn held(method: &MethodSpec, signals: usize, buffer: &Buffer) -> Option<u64> {
    let frames = buffer.shape.buffer_frames.max(1);
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for (lane, samples) in buffer.input.chunks_exact(frames).enumerate() {
        if lane % method.in_channels < signals {
            if !is_within(HEARD, samples) {
                return None;
            }
            continue;
        }
        let first = samples[0].to_bits();
        if samples.iter().any(|sample| sample.to_bits() != first) {
            return None;
        }
        sum = (sum ^ u64::from(first)).wrapping_mul(0x0100_0000_01b3);
    }
    Some(sum)
}

/// NaN is not.
fn is_within(limit: f32, samples: &[f32]) -> bool {
    // No early exit: this form is vectorised.
    samples.iter().fold(true, |within, sample| within & (sample.abs() <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::buffer::BufferShape;

    const FRAMES: usize = 8;
    const AFTER: u64 = 32;

    fn method(in_channels: i64, parameters: usize) -> MethodSpec {
        let method = MethodSpec::from_params("forward", &[in_channels, 1, 1, 1]).unwrap();
        MethodSpec { parameters, ..method }
    }

    /// One buffer of these inputs with what the model would say; whether it was left out.
    fn played(idle: &mut Idle, method: &MethodSpec, inputs: &[f32], says: f32) -> bool {
        let shape =
            BufferShape { batch: 1, in_channels: method.in_channels, out_channels: 1, buffer_frames: FRAMES };
        let mut buffer = shape.buffer();
        for (lane, value) in buffer.input.chunks_exact_mut(FRAMES).zip(inputs) {
            lane.fill(*value);
        }
        buffer.output.fill(0.7);
        if idle.rests(AFTER, method, &mut buffer) {
            assert_eq!((buffer.outcome, &buffer.output[..]), (Outcome::Sound, &[0.0; FRAMES][..]));
            return true;
        }
        buffer.outcome = Outcome::Sound;
        buffer.output.fill(says);
        idle.ran(&buffer);
        false
    }

    #[test]
    fn a_model_is_left_out_when_it_has_decayed_and_runs_with_the_first_sound() {
        let (mut idle, method) = (Idle::default(), method(1, 0));
        let mut play = |input, says| played(&mut idle, &method, &[input], says);
        assert!(!play(0.5, 0.5) && !play(0.0, 0.1), "it sounds");
        assert_eq!([0; 5].map(|_| play(0.0, 2e-5)), [false, false, false, false, true], "after 32 samples");
        assert!(play(1e-7, 0.0), "that is no sound");
        assert!(!play(2e-6, 0.0), "that is");
        assert!(!play(f32::NAN, 0.0) && !play(0.0, 0.0));
    }

    #[test]
    fn a_model_that_has_not_answered_yet_is_given_three_times_as_long() {
        let (mut idle, method) = (Idle::default(), method(1, 0));
        assert!(!played(&mut idle, &method, &[0.5], 0.0));
        let rested = (0..).position(|_| played(&mut idle, &method, &[0.0], 0.0)).unwrap();
        assert_eq!(rested, 3 * AFTER as usize / FRAMES);
        // What comes late is heard as a whole.
        idle.forget();
        for says in [0.0, 0.0, 0.0, 0.0, 0.0, 0.3] {
            assert!(!played(&mut idle, &method, &[0.0], says));
        }
    }

    #[test]
    fn a_parameter_that_is_moved_is_heard_and_one_that_holds_is_not() {
        let (mut idle, method) = (Idle::default(), method(2, 1));
        let mut play = |input, level| played(&mut idle, &method, &[input, level], 0.0);
        assert!((0..40).any(|_| play(0.0, 0.4)));
        assert!(play(0.0, 0.4) && !play(0.0, 0.5) && !play(0.0, 0.5));
        // One that nobody feeds carries NaN.
        assert!((0..40).any(|_| play(0.0, f32::NAN)) && play(0.0, f32::NAN));
    }

    #[test]
    fn what_makes_sound_by_itself_is_never_left_out() {
        for method in [method(0, 0), method(1, 1)] {
            let mut idle = Idle::default();
            assert!((0..100).all(|_| !played(&mut idle, &method, &[0.0], 0.0)));
        }
        let (mut idle, method) = (Idle::default(), method(1, 0));
        assert!((0..100).all(|_| !played(&mut idle, &method, &[0.0], 1e-3)), "a hum");
        assert!((0..100).all(|_| !played(&mut idle, &method, &[0.0], f32::NAN)), "a fault");
    }
}
