//! Crossfades from one state to the next without a click, when buffers stay the same size.
//!
//! If there is time for both, one buffer runs through both and is crossfaded. Otherwise one more buffer runs through
//! the old state and fades out at its end, and the next one fades in. If the old state cannot run any more, the new
//! one fades in over the decay of the last sample.

use std::time::Duration;

use crate::command::{Fade, Installed};
use crate::port::buffer::{Buffer, BufferShape};
use nn_model::RunError;

/// The pending part of a swap.
#[derive(Debug, Default)]
pub(super) struct Crossfade {
    step: Step,
    /// The last sample heard of each lane.
    last: Vec<f32>,
    old_output: Vec<f32>,
    /// Old states that have had their last run.
    left: Vec<Installed>,
}

#[derive(Debug, Default)]
enum Step {
    /// Nothing.
    #[default]
    None,
    /// The next buffer runs through both.
    Cross(Fade, Installed, Rising),
    /// The next buffer is the last of the old state.
    Out(Fade, Installed, Rising),
    /// The next buffer is the first of the new state.
    In(Fade, Rising),
}

/// Where the new state has heard nothing yet: of each of its inputs, whether it takes a signal. Those rise: a model with
/// memory would answer a jump with a click.
type Rising = Option<Vec<bool>>;

impl Crossfade {
    /// The state has changed. `outgoing` is the old one, if it can still run; `rising` says which inputs are to rise, where
    /// the new state is fresh.
    pub(super) fn begin(&mut self, fade: Fade, outgoing: Option<Installed>, rising: Rising) {
        let (heard, unheard) = match std::mem::take(&mut self.step) {
            // The audible state is older still: the crossfade starts from that.
            Step::Cross(_, old, unheard) | Step::Out(_, old, unheard) => {
                self.left.extend(outgoing);
                (Some(old), unheard)
            }
            Step::In(_, unheard) => (outgoing, unheard),
            Step::None => (outgoing, None),
        };
        let rising = rising.or(unheard);
        self.step = match heard {
            Some(old) if fade.cost < fade.budget => Step::Cross(fade, old, rising),
            Some(old) => Step::Out(fade, old, rising),
            None => Step::In(fade, rising),
        };
    }

    /// The state goes, and none comes yet: there is nothing to crossfade from but the last sample.
    pub(super) fn leave(&mut self) {
        match std::mem::take(&mut self.step) {
            Step::Cross(_, old, _) | Step::Out(_, old, _) => self.left.push(old),
            Step::In(..) | Step::None => {}
        }
    }

    /// Whether no swap is pending: the next buffer runs through the present state alone.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.step, Step::None)
    }

    /// A buffer was silent.
    pub(super) fn silent(&mut self) {
        self.last.clear();
    }

    /// A stream starts: there is nothing to crossfade from. `rises` says that a new state that has heard nothing yet
    /// is still to begin with inputs that rise.
    pub(super) fn end(&mut self, rises: bool) {
        let unheard = match std::mem::take(&mut self.step) {
            Step::Cross(fade, old, rising) | Step::Out(fade, old, rising) => {
                self.left.push(old);
                Some((fade, rising))
            }
            Step::In(fade, rising) => Some((fade, rising)),
            Step::None => None,
        };
        self.last.clear();
        if let Some((fade, rising)) = unheard.filter(|(_, rising)| rises && rising.is_some()) {
            self.step = Step::In(fade, rising);
        }
    }

    /// Runs a buffer through the present state, the old one, or both.
    pub(super) fn run(
        &mut self,
        present: &mut Installed,
        buffer: &mut Buffer,
        mut run: impl FnMut(&mut Installed, &mut Buffer) -> Result<(), RunError>,
    ) -> Result<(), RunError> {
        match std::mem::take(&mut self.step) {
            Step::None => run(present, buffer),
            Step::Cross(fade, mut old, rising) => {
                let sounded = run(&mut old, buffer).is_ok();
                self.old_output.clear();
                self.old_output.extend_from_slice(&buffer.output);
                if !sounded {
                    self.old_output.fill(0.0);
                }
                self.left.push(old);
                raise(&rising, fade, buffer);
                if let Err(fault) = run(present, buffer) {
                    // It has heard nothing still.
                    self.step = Step::In(fade, rising);
                    return Err(fault);
                }
                let buffer_frames = buffer.shape.buffer_frames;
                // A sound that follows its input has risen once already.
                let follows = rising.is_some_and(|rising| rising.contains(&true));
                let lanes = buffer.output.chunks_exact_mut(buffer_frames);
                for (new, old) in lanes.zip(self.old_output.chunks_exact(buffer_frames)) {
                    for (gain, (new, &old)) in ramp(fade.frames, buffer_frames).zip(new.iter_mut().zip(old)) {
                        let left = if follows { 1.0 - gain * gain } else { 1.0 - gain };
                        *new = finite(*new) * gain + finite(old) * left;
                    }
                }
                Ok(())
            }
            Step::Out(fade, mut old, rising) => {
                let result = run(&mut old, buffer);
                fade_out(fade.frames, buffer);
                self.left.push(old);
                self.step = Step::In(fade, rising);
                result
            }
            Step::In(fade, rising) => {
                raise(&rising, fade, buffer);
                if let Err(fault) = run(present, buffer) {
                    self.step = Step::In(fade, rising);
                    return Err(fault);
                }
                let buffer_frames = buffer.shape.buffer_frames;
                for (lane, samples) in buffer.output.chunks_exact_mut(buffer_frames).enumerate() {
                    let last = self.last.get(lane).copied().unwrap_or(0.0);
                    for (gain, sample) in ramp(fade.frames, buffer_frames).zip(samples) {
                        *sample = finite(*sample) * gain + last * (1.0 - gain);
                    }
                }
                Ok(())
            }
        }
    }

    /// Takes the memory that buffers of so many lanes need.
    pub(super) fn make_room(&mut self, shape: BufferShape) {
        self.last.reserve(shape.out_lanes().saturating_sub(self.last.len()));
    }

    /// A buffer goes out to be heard.
    pub(super) fn heard(&mut self, buffer: &Buffer) {
        self.last.clear();
        let lanes = buffer.output.chunks_exact(buffer.shape.buffer_frames);
        self.last.extend(lanes.map(|lane| lane.last().copied().filter(|s| s.is_finite()).unwrap_or(0.0)));
    }

    /// Old states that have had their last run.
    pub(super) fn take_left(&mut self) -> Vec<Installed> {
        std::mem::take(&mut self.left)
    }
}

/// Fades the end of a buffer out.
pub(super) fn fade_out(fade_frames: usize, buffer: &mut Buffer) {
    let buffer_frames = buffer.shape.buffer_frames;
    for lane in buffer.output.chunks_exact_mut(buffer_frames) {
        for (gain, sample) in ramp(fade_frames, buffer_frames).zip(lane.iter_mut().rev()) {
            *sample *= gain;
        }
    }
}

/// Fades the inputs in that are to rise.
fn raise(rising: &Rising, fade: Fade, buffer: &mut Buffer) {
    let Some(rising) = rising else { return };
    let BufferShape { buffer_frames, in_channels, .. } = buffer.shape;
    for (lane, samples) in buffer.input.chunks_exact_mut(buffer_frames).enumerate() {
        if rising.get(lane % in_channels.max(1)).copied().unwrap_or(true) {
            ramp(fade.frames, buffer_frames).zip(samples).for_each(|(gain, sample)| *sample *= gain);
        }
    }
}

/// Gains from just above 0 to 1 over the length of a fade, at most a buffer.
pub(super) fn ramp(fade_frames: usize, buffer_frames: usize) -> impl Iterator<Item = f32> {
    let frames = fade_frames.clamp(1, buffer_frames);
    (1..=frames).map(move |n| n as f32 / frames as f32)
}

fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}

impl Fade {
    /// A fade without time for both states in one buffer.
    pub fn one_by_one(frames: usize) -> Self {
        Self { frames, cost: Duration::MAX, budget: Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::buffer::BufferShape;
    use nn_model::fake::{Behaviour, FakeModel};

    const SHAPE: BufferShape = BufferShape { batch: 1, in_channels: 1, out_channels: 2, buffer_frames: 8 };

    fn installed() -> Installed {
        let model = Box::new(FakeModel::new([1, 1, 2, 1], Behaviour::Gain));
        Installed { model, method: 0, resampling: None }
    }

    /// Buffers of a state that answers `old`, then of one that answers `new`.
    fn joined(fade: Fade, old_runs: bool) -> Vec<f32> {
        let mut crossfade = Crossfade::default();
        let (old, new) = (installed(), &mut installed());
        let old_address: *const dyn nn_model::Model = &raw const *old.model;
        let mut heard = Vec::new();
        let mut outgoing = Some(old);
        for number in 0..4 {
            if number == 1 {
                crossfade.begin(fade, outgoing.take().filter(|_| old_runs), None);
            }
            let mut buffer = SHAPE.buffer();
            let only_old = number == 0;
            crossfade
                .run(new, &mut buffer, |state, buffer| {
                    let is_old = only_old || std::ptr::addr_eq(&raw const *state.model, old_address);
                    buffer.output.fill(if is_old { 1.0 } else { -1.0 });
                    Ok(())
                })
                .expect("it runs");
            crossfade.heard(&buffer);
            assert_eq!(buffer.output[..8], buffer.output[8..], "both channels alike");
            heard.extend_from_slice(&buffer.output[..8]);
        }
        heard
    }

    fn with_time() -> Fade {
        Fade { frames: 4, cost: Duration::ZERO, budget: Duration::from_millis(1) }
    }

    fn largest_step(sound: &[f32]) -> f32 {
        sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn with_time_for_both_one_buffer_is_crossfaded() {
        let heard = joined(with_time(), true);
        assert_eq!(heard[8..12], [0.5, 0.0, -0.5, -1.0]);
        assert!(heard[12..].iter().all(|&s| s == -1.0));
    }

    #[test]
    fn without_time_the_old_fades_out_and_the_new_fades_in() {
        let heard = joined(Fade::one_by_one(4), true);
        assert_eq!(heard[12..16], [1.0, 0.75, 0.5, 0.25]);
        assert!(heard[16] < 0.25 && largest_step(&heard) <= 0.57, "{heard:?}");
        assert!(heard[20..].iter().all(|&s| s == -1.0));
    }

    #[test]
    fn when_the_old_is_gone_the_new_fades_in_over_its_last_sample() {
        let heard = joined(Fade::one_by_one(8), false);
        assert!(largest_step(&heard) <= 0.251, "{heard:?}");
        assert!(heard[16..].iter().all(|&s| s == -1.0));
    }

    /// What a new state hears of a constant 1, and what is heard of old and new together: their input, or a constant 1
    /// where they have none.
    fn beginning(fade: Fade, rising: &[bool]) -> (Vec<f32>, Vec<f32>) {
        let shape = BufferShape { in_channels: rising.len(), out_channels: 1, ..SHAPE };
        let (mut crossfade, new) = (Crossfade::default(), &mut installed());
        let new_address: *const dyn nn_model::Model = &raw const *new.model;
        crossfade.begin(fade, Some(installed()), Some(rising.to_vec()));
        let (mut given, mut heard) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let mut buffer = shape.buffer();
            buffer.input.fill(1.0);
            crossfade
                .run(new, &mut buffer, |state, buffer| {
                    if std::ptr::addr_eq(&raw const *state.model, new_address) {
                        given.extend_from_slice(&buffer.input);
                    }
                    let Buffer { input, output, .. } = buffer;
                    if input.is_empty() {
                        output.fill(1.0)
                    } else {
                        output.copy_from_slice(input)
                    }
                    Ok(())
                })
                .expect("it runs");
            crossfade.heard(&buffer);
            heard.extend_from_slice(&buffer.output);
        }
        (given, heard)
    }

    #[test]
    fn an_input_that_rises_does_so_in_the_first_buffer_of_the_new_state() {
        for fade in [with_time(), Fade::one_by_one(4)] {
            let (given, heard) = beginning(fade, &[true]);
            assert_eq!(given[..5], [0.25, 0.5, 0.75, 1.0, 1.0], "{fade:?}");
            assert!(given[5..].iter().all(|&sample| sample == 1.0), "{fade:?}: {given:?}");
            // Below it the old one fades.
            assert!(largest_step(&heard) <= 0.44, "{fade:?}: {heard:?}");
            assert!(heard.iter().all(|&sample| sample <= 1.0), "{fade:?}: {heard:?}");
            assert_eq!(heard.last(), Some(&1.0), "{fade:?}");
        }
    }

    #[test]
    fn what_fails_has_heard_nothing_and_its_input_rises_later() {
        for fade in [with_time(), Fade::one_by_one(4)] {
            let shape = BufferShape { in_channels: 1, out_channels: 1, ..SHAPE };
            let (mut crossfade, new) = (Crossfade::default(), &mut installed());
            let new_address: *const dyn nn_model::Model = &raw const *new.model;
            crossfade.begin(fade, Some(installed()), Some(vec![true]));
            let mut given = Vec::new();
            for number in 0..5 {
                let mut buffer = shape.buffer();
                buffer.input.fill(1.0);
                let _failed = crossfade.run(new, &mut buffer, |state, buffer| {
                    let is_new = std::ptr::addr_eq(&raw const *state.model, new_address);
                    buffer.output.fill(1.0);
                    if is_new && number < 3 {
                        return Err(RunError::Threw { method: "forward".into(), what: "not yet".into() });
                    }
                    if is_new {
                        given.extend_from_slice(&buffer.input);
                    }
                    Ok(())
                });
                crossfade.silent();
            }
            assert_eq!(given[..5], [0.25, 0.5, 0.75, 1.0, 1.0], "{fade:?}");
        }
    }

    #[test]
    fn a_sound_of_which_no_input_rises_is_no_louder_for_the_crossfade() {
        for rising in [&[][..], &[false]] {
            for fade in [with_time(), Fade::one_by_one(4)] {
                let (given, heard) = beginning(fade, rising);
                assert!(given.iter().all(|&sample| sample == 1.0), "{fade:?}: {given:?}");
                assert!(heard.iter().all(|&sample| sample <= 1.0), "{rising:?} {fade:?}: {heard:?}");
            }
        }
    }

    #[test]
    fn a_fade_longer_than_a_buffer_takes_the_buffer() {
        assert_eq!(ramp(100, 4).collect::<Vec<_>>(), [0.25, 0.5, 0.75, 1.0]);
    }
}
