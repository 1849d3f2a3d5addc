//! Measures the model's own delay on a copy: with noise, and with an impulse where noise does not come through.
//!
//! Noise in, cross-correlated with the output: if the model passes its input on, in whatever shape, there is one peak
//! far above all others, which is the delay to the sample. Models that make sound of their own are measured with an
//! impulse: of two copies one gets it, and the delay is when they first clearly differ.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustfft::{FftPlanner, num_complex::Complex};

use super::{state::Reconciler, template::Template};
use crate::{
    command::{EngineReport, Installed, ModelDelay, Unmeasured},
    inference::{Scratch, run_method},
    noise::noise,
};
use crate::{
    port::{buffer::BufferShape, stream::StreamFormat},
    resample::Plan,
    set_attributes::SetAttributes,
};
use nn_model::{Device, Model};

/// Outputs shorter than this give no certain result.
const LEAST_FRAMES: usize = 1 << 15;
/// Enough for any model that is played live (a minute and a half at 44.1 kHz).
const MOST_FRAMES: usize = 1 << 22;
/// A peak of the cross-correlation counts when it is so many times the root mean square of all lags.
const CLEAR: f32 = 10.0;
/// A difference counts as the answer to an impulse at this part of the largest.
const ONSET: f32 = 0.2;
/// What the copies' random numbers begin with: any number.
const SEED: u64 = 1;
/// A smaller difference is none.
const FAINTEST: f32 = 1e-7;

/// The delay of a method of a model in its present state. `None` when it cannot be determined.
pub fn model_delay(model: &dyn Model, method: usize, shape: BufferShape) -> Option<ModelDelay> {
    if shape.in_channels <= parameters(model, method) {
        return None;
    }
    let frames =
        LEAST_FRAMES.max(shape.buffer_frames.saturating_mul(8)).next_multiple_of(shape.buffer_frames);
    if frames > MOST_FRAMES {
        return None;
    }
    let noise = noise(1, frames);
    let heard = played(model, method, shape, &noise)?;
    let by_noise = heard.iter().filter_map(|lane| peak(&noise, lane)).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((frames, _)) = by_noise {
        return Some(ModelDelay { frames, by: "noise" });
    }
    let mut impulse = vec![0.0; frames];
    let at = frames / 4 / shape.buffer_frames * shape.buffer_frames;
    // As long as what the model takes a sample from: shorter, it might fall between two.
    let in_ratio = model.spec().methods.get(method).map_or(1, |method| method.in_ratio);
    impulse[at..at + in_ratio.min(shape.buffer_frames)].fill(1.0);
    let silence = vec![0.0; frames];
    let with = played(model, method, shape, &impulse)?;
    let without = played(model, method, shape, &silence)?;
    let frames = with.iter().zip(&without).filter_map(|(with, without)| onset(with, without, at)).min()?;
    Some(ModelDelay { frames, by: "impulse" })
}

/// How many of a method's last inputs are parameters.
fn parameters(model: &dyn Model, method: usize) -> usize {
    model.spec().methods.get(method).map_or(0, |method| method.parameters)
}

/// What a copy of the model makes of a signal on all its inputs for sound: one lane for each output. Its parameters stay as they are
/// set. All copies draw the same random numbers.
fn played(model: &dyn Model, method: usize, shape: BufferShape, signal: &[f32]) -> Option<Vec<Vec<f32>>> {
    let mut copy = model.fork().ok()?;
    copy.seed(SEED);
    let mut installed = Installed { model: copy, method, resampling: None };
    let (mut buffer, mut scratch) = (shape.buffer(), Scratch::default());
    let sounds = shape.in_channels - parameters(model, method);
    // As where a box has no signal for a parameter.
    buffer.input.fill(f32::NAN);
    let mut heard = vec![Vec::with_capacity(signal.len()); shape.out_lanes()];
    for piece in signal.chunks_exact(shape.buffer_frames) {
        for example in buffer.input.chunks_exact_mut(shape.buffer_frames * shape.in_channels) {
            example
                .chunks_exact_mut(shape.buffer_frames)
                .take(sounds)
                .for_each(|lane| lane.copy_from_slice(piece));
        }
        let run =
            catch_unwind(AssertUnwindSafe(|| run_method(&mut installed, &mut buffer, &mut scratch, None)));
        run.ok()?.ok()?;
        for (heard, lane) in heard.iter_mut().zip(buffer.output.chunks_exact(shape.buffer_frames)) {
            heard.extend(lane.iter().map(|&sample| if sample.is_finite() { sample } else { 0.0 }));
        }
    }
    Some(heard)
}

/// The lag at which two signals are most alike, and how clearly; `None` when not clearly.
fn peak(sent: &[f32], heard: &[f32]) -> Option<(usize, f32)> {
    let length = (sent.len() * 2).next_power_of_two();
    let mut planner = FftPlanner::<f32>::new();
    let (forward, inverse) = (planner.plan_fft_forward(length), planner.plan_fft_inverse(length));
    let spectrum = |signal: &[f32]| {
        let mean = signal.iter().sum::<f32>() / signal.len().max(1) as f32;
        let mut spectrum: Vec<_> = signal.iter().map(|&sample| Complex::new(sample - mean, 0.0)).collect();
        spectrum.resize(length, Complex::default());
        forward.process(&mut spectrum);
        spectrum
    };
    let mut product: Vec<_> =
        spectrum(sent).into_iter().zip(spectrum(heard)).map(|(sent, heard)| sent.conj() * heard).collect();
    inverse.process(&mut product);
    // Lags of more than half have too little to go by.
    let lags: Vec<f32> = product[..sent.len() / 2].iter().map(|value| value.re.abs()).collect();
    let rms = (lags.iter().map(|lag| lag * lag).sum::<f32>() / lags.len().max(1) as f32).sqrt();
    let (lag, &height) = lags.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    (rms > 0.0 && height > rms * CLEAR).then_some((lag, height / rms))
}

/// When two outputs begin to differ clearly, counted from `at`.
fn onset(with: &[f32], without: &[f32], at: usize) -> Option<usize> {
    let difference: Vec<f32> = with.iter().zip(without).map(|(a, b)| (a - b).abs()).collect();
    // What differs before the impulse is the model's own randomness.
    let before = difference[..at].iter().copied().fold(0.0, f32::max);
    let largest = difference[at..].iter().copied().fold(0.0, f32::max);
    if largest <= before * 4.0 || largest < FAINTEST {
        return None;
    }
    difference[at..].iter().position(|&value| value >= largest * ONSET && value > before)
}

impl Reconciler {
    /// Measures the model's own delay in the background; the answer is an [`EngineReport::Measured`]. False without a
    /// model.
    pub fn measure(self: &std::sync::Arc<Self>) -> bool {
        if !self.lock().info.as_ref().is_some_and(|info| info.loaded) {
            return false;
        }
        let reconciler = self.clone();
        self.context.loader.submit(move || {
            let present = {
                let state = reconciler.lock();
                Present {
                    template: state.template.clone(),
                    method: state.info.as_ref().map(|info| info.method),
                    format: state.format,
                    attributes: state.attributes.clone(),
                }
            };
            let found = measured(present);
            if let Some(said) = reconciler.context.source.take_printed() {
                reconciler.context.prints.add(None, said);
            }
            reconciler.reply(EngineReport::Measured(found));
        });
        true
    }
}

/// What plays.
struct Present {
    template: Option<Template>,
    method: Option<usize>,
    format: Option<StreamFormat>,
    attributes: SetAttributes,
}

/// Measures a copy of what plays, with what was set.
fn measured(present: Present) -> Result<ModelDelay, Unmeasured> {
    let Present { template: Some(template), method: Some(method), format: Some(format), attributes } =
        present
    else {
        return Err(Unmeasured::NoCopy);
    };
    if !template.copies_fit() {
        return Err(Unmeasured::TooLarge);
    }
    let mut model = template.fork_to(Device::Cpu).map_err(|_| Unmeasured::NoCopy)?;
    if model.runs_leave_traces() {
        return Err(Unmeasured::NoCopy);
    }
    model.prepare_thread(1);
    for (name, values) in attributes.iter() {
        let at = model.spec().attributes.iter().position(|attribute| attribute.name == name);
        // What it refuses now it has refused before.
        let _refused = at.map(|at| model.set(at, values));
    }
    let found = model_delay(&*model, method, format.model_shape()).ok_or(Unmeasured::Unheard)?;
    let at_host = |plan: Plan| plan.rates.host_frames(found.frames);
    Ok(ModelDelay { frames: format.resampling.map_or(found.frames, at_host), ..found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn_model::{
        fake::{Behaviour, FakeModel},
        value::Value,
    };

    #[test]
    fn two_copies_of_a_model_that_draws_random_numbers_draw_the_same_ones() {
        let mut model = FakeModel::new([1, 1, 1, 1], Behaviour::NoisyBell(700));
        for seed in 0..3 {
            model.seed(seed);
            let found = model_delay(&model, 0, shape(512));
            assert_eq!(found, Some(ModelDelay { frames: 700, by: "impulse" }));
        }
    }

    fn shape(buffer_frames: usize) -> BufferShape {
        BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames }
    }

    #[test]
    fn the_delay_of_a_model_that_passes_sound_on_is_found_to_the_sample() {
        for delay in [0, 1, 500, 1024, 12_345] {
            let model = FakeModel::new([1, 1, 1, 1], Behaviour::Delay(delay));
            let found = model_delay(&model, 0, shape(512));
            assert_eq!(found, Some(ModelDelay { frames: delay, by: "noise" }));
        }
    }

    #[test]
    fn parameters_stay_as_they_are_set_while_the_sound_is_measured() {
        let two = BufferShape { in_channels: 2, ..shape(512) };
        let mut model = FakeModel::with_level();
        assert_eq!(model_delay(&model, 0, two), Some(ModelDelay { frames: 0, by: "noise" }));
        model.set(0, &[Value::Float(0.0)]).expect("a gain");
        assert_eq!(model_delay(&model, 0, two), None, "it lets nothing through");
        let deaf = FakeModel::new([2, 1, 1, 1], Behaviour::Delay(1)).with_parameters(2);
        assert_eq!(model_delay(&deaf, 0, two), None, "no input is for sound");
    }

    #[test]
    fn a_model_that_hears_nothing_has_no_delay_that_could_be_told() {
        let model = FakeModel::new([1, 1, 1, 1], Behaviour::Counter);
        assert_eq!(model_delay(&model, 0, shape(512)), None);
        let failing = FakeModel::new([1, 1, 1, 1], Behaviour::Failing(3));
        assert_eq!(model_delay(&failing, 0, shape(512)), None);
    }

    #[test]
    fn a_model_that_makes_its_own_sound_of_an_impulse_is_asked_with_one() {
        for (delay, buffer_frames) in [(0, 512), (1, 64), (700, 512), (5000, 3000)] {
            let model = FakeModel::new([1, 1, 1, 1], Behaviour::Bell(delay));
            let found = model_delay(&model, 0, shape(buffer_frames));
            assert_eq!(found, Some(ModelDelay { frames: delay, by: "impulse" }), "buffer {buffer_frames}");
        }
    }

    #[test]
    fn an_impulse_does_not_fall_between_the_samples_that_a_model_takes() {
        let model = FakeModel::new([1, 512, 1, 512], Behaviour::Bell(2));
        let found = model_delay(&model, 0, shape(2048));
        assert_eq!(found, Some(ModelDelay { frames: 2 * 512, by: "impulse" }));
    }

    #[test]
    fn the_onset_is_where_two_sounds_clearly_part() {
        let (mut with, without) = (vec![0.01f32; 1000], vec![0.0; 1000]);
        with[300..400].fill(0.8);
        assert_eq!(onset(&with, &without, 200), Some(100));
        assert_eq!(onset(&without, &without, 200), None);
    }
}
