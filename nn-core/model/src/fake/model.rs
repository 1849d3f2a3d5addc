//! A model made of a few lines of Rust.
//!
//! Thread: any but audio.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use super::{
    behaviour::{Behaviour, level},
    used::{Used, UsedCopies},
};
use crate::{
    AttributeError, ForkError, Model, RunError, Runtime, TensorView, TensorViewMut,
    attribute::refused,
    effect::Mix,
    midi,
    spec::{AttributeSpec, MethodSpec, ModelSpec},
    value::{Value, ValueType},
};

/// A model without libtorch.
#[derive(Clone)]
pub struct FakeModel {
    spec: ModelSpec,
    runtime: Option<&'static dyn Runtime>,
    behaviour: Behaviour,
    gain: f64,
    /// What the attributes after `gain` were set to.
    pub(super) others: Vec<Vec<Value>>,
    pub(super) history: Vec<f32>,
    pub(super) seen: u64,
    runs: u64,
    /// Where the generator of random numbers is.
    pub(super) random: u64,
    /// Runs of this model and all its copies.
    pub total_runs: Arc<AtomicU64>,
    /// What this model or one of its copies was seeded with last.
    pub seeded: Arc<AtomicU64>,
    /// The rate that this model or one of its copies was told last, in Hz.
    pub told_rate_hz: Arc<AtomicU64>,
    /// Methods that copies were noted to have run, as bits.
    noted: Arc<AtomicU64>,
    /// Methods whose memory this copy has beforehand, as bits.
    owned: u64,
    /// Copies that had the memory of their first run beforehand.
    pub prepared_copies: Arc<AtomicU64>,
    /// Whether copies that have run are too large beside each other.
    large: Option<Duration>,
    /// How many of the next copies fail.
    pub failing_copies: Arc<AtomicU64>,
    /// What it says of its own delay.
    declared_delay_frames: Option<usize>,
    /// This one, once it has run.
    used: Option<Used>,
    /// How many copies that have run there are, and how many there were at most.
    pub used_copies: Arc<UsedCopies>,
}

impl FakeModel {
    /// A model with one method `forward` of these `[in_channels, in_ratio, out_channels, out_ratio]`.
    ///
    /// # Panics
    /// When the numbers make no method.
    pub fn new(params: [i64; 4], behaviour: Behaviour) -> Self {
        let method = MethodSpec::from_params("forward", &params).expect("a fake method is a legal one");
        let gain = AttributeSpec { name: "gain".into(), types: vec![ValueType::Float] };
        Self {
            spec: ModelSpec { methods: vec![method], attributes: vec![gain], ..ModelSpec::default() },
            runtime: None,
            behaviour,
            gain: 1.0,
            others: Vec::new(),
            history: Vec::new(),
            seen: 0,
            runs: 0,
            random: 0,
            total_runs: Arc::default(),
            seeded: Arc::default(),
            told_rate_hz: Arc::default(),
            noted: Arc::default(),
            owned: 0,
            prepared_copies: Arc::default(),
            large: None,
            failing_copies: Arc::default(),
            declared_delay_frames: None,
            used: None,
            used_copies: Arc::default(),
        }
    }

    /// The same, computed by a runtime that is to know of its threads.
    pub fn with_runtime(mut self, runtime: &'static dyn Runtime) -> Self {
        self.runtime = Some(runtime);
        self
    }

    /// The same, of which copies that have run are too large beside each other, as shows once one was noted.
    /// From then on a copy takes this long.
    pub fn too_large_for_copies(mut self, copying: Duration) -> Self {
        self.large = Some(copying);
        self
    }

    /// The same, made for a sample rate, and to be told at which it runs.
    pub fn with_rate(mut self, hz: u32) -> Self {
        self.spec.sample_rate_hz = Some(hz);
        self.spec.takes_sample_rate = true;
        self
    }

    /// The same with one method more, of the same numbers, whose sound has the opposite sign.
    pub fn with_method(mut self, name: &str) -> Self {
        let method = MethodSpec { name: name.into(), ..self.spec.methods[0].clone() };
        self.spec.methods.push(method);
        self
    }

    /// The same, whose sound comes so many samples after its input, as it says.
    pub fn with_declared_delay(mut self, frames: usize) -> Self {
        self.declared_delay_frames = Some(frames);
        self
    }

    /// The same, whose last inputs are so many parameters.
    pub fn with_parameters(mut self, parameters: usize) -> Self {
        self.spec.methods.iter_mut().for_each(|method| method.parameters = parameters);
        self
    }

    /// A model whose sound is its first input times a parameter called `gain`, which begins at 1.
    ///
    /// # Panics
    /// Never: the numbers make a method.
    pub fn with_level() -> Self {
        let mut model = Self::new([2, 1, 1, 1], Behaviour::Level).with_parameters(1);
        model.spec.parameters = vec![level()];
        model
    }

    /// The same, in whose file it is said how its sound is mixed with the input.
    pub fn with_mix(mut self, mix: Mix) -> Self {
        self.spec.mix = Some(mix);
        self
    }

    /// The same with labels that say what the inputs of its first method take.
    pub fn with_input_labels(mut self, labels: &[&str]) -> Self {
        self.spec.methods[0].input_labels = labels.iter().map(|&label| label.into()).collect();
        self
    }

    /// The same with one attribute more, which does nothing but keep its values.
    pub fn with_attribute(mut self, name: &str, types: &[ValueType]) -> Self {
        self.spec.attributes.push(AttributeSpec { name: name.into(), types: types.into() });
        self.others.push(Vec::new());
        self
    }

    /// A model without input that MIDI plays.
    ///
    /// # Panics
    /// Never: the numbers make a method.
    pub fn with_midi() -> Self {
        let model = Self::new([0, 1, 1, 1], Behaviour::Keys);
        [midi::IN_ATTRIBUTE, midi::OUT_ATTRIBUTE]
            .into_iter()
            .fold(model, |model, name| model.with_attribute(name, &[ValueType::Tensor]))
    }

    /// The same with a gain to begin with.
    pub fn with_gain(mut self, gain: f64) -> Self {
        self.gain = gain;
        self
    }

    fn amplify(&self, input: TensorView<'_>, output: &mut TensorViewMut<'_>) {
        for example in 0..output.batch {
            for channel in 0..output.channels {
                for frame in 0..output.frames {
                    let sample = if input.channels == 0 || input.frames == 0 {
                        0.0
                    } else {
                        let lane = example * input.channels + channel % input.channels;
                        let at = frame * input.frames / output.frames;
                        input.samples[lane * input.frames + at]
                    };
                    let lane = example * output.channels + channel;
                    output.samples[lane * output.frames + frame] = sample * self.gain as f32;
                }
            }
        }
    }
}

impl std::fmt::Debug for FakeModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FakeModel").field("behaviour", &self.behaviour).finish_non_exhaustive()
    }
}

fn raised(what: &str) -> RunError {
    RunError::Threw { method: "forward".into(), what: what.into() }
}

impl Model for FakeModel {
    fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        self.runtime
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each behaviour")]
    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        mut output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let run = self.runs;
        self.used.get_or_insert_with(|| Used::new(&self.used_copies));
        if run == 0 && self.owned >> method & 1 == 1 {
            self.prepared_copies.fetch_add(1, Relaxed);
        }
        let sign = if method == 0 { 1.0 } else { -1.0 };
        self.runs += 1;
        self.total_runs.fetch_add(1, Relaxed);
        match &self.behaviour {
            Behaviour::Gain => self.amplify(input, &mut output),
            Behaviour::Slow(time) => {
                std::thread::sleep(*time);
                self.amplify(input, &mut output);
            }
            Behaviour::Laboured(time, runs) => {
                if run < *runs {
                    std::thread::sleep(*time);
                }
                self.amplify(input, &mut output);
            }
            Behaviour::Failing(from) if run >= *from => return Err(raised("made to fail")),
            Behaviour::Sized { least, most, step, said }
                if !(*least..=*most).contains(&output.frames) || !output.frames.is_multiple_of(*step) =>
            {
                return Err(raised(said));
            }
            Behaviour::Overlapping(window) => {
                let most = window / 4 * 3;
                let kept = if run == 0 { most } else { most.min(self.seen as usize) };
                if kept + input.frames < *window {
                    return Err(raised("the window does not fit"));
                }
                self.seen = input.frames as u64;
                self.amplify(input, &mut output);
            }
            Behaviour::OneExample if input.batch > 1 => return Err(raised("one example")),
            Behaviour::OnlySilence if input.samples.iter().any(|&sample| sample != 0.0) => {
                return Err(raised("silence is what I want"));
            }
            Behaviour::Needing(frames)
                if self.others.first().is_none_or(Vec::is_empty) || output.frames != *frames =>
            {
                return Err(raised("something is missing"));
            }
            Behaviour::NotANumber(from) if run >= *from => output.samples.fill(f32::NAN),
            Behaviour::Hanging(from) if run >= *from => loop {
                std::thread::park();
            },
            Behaviour::Failing(_)
            | Behaviour::NotANumber(_)
            | Behaviour::Hanging(_)
            | Behaviour::Sized { .. }
            | Behaviour::OneExample
            | Behaviour::OnlySilence
            | Behaviour::Needing(_) => self.amplify(input, &mut output),
            Behaviour::Panicking => panic!("made to panic"),
            Behaviour::Counter => {
                for lane in output.samples.chunks_exact_mut(output.frames) {
                    for (frame, sample) in lane.iter_mut().enumerate() {
                        *sample = (self.seen + frame as u64) as f32;
                    }
                }
                self.seen += output.frames as u64;
            }
            Behaviour::Delay(frames) => {
                if self.history.is_empty() {
                    self.history = vec![0.0; *frames];
                }
                self.history.extend_from_slice(&input.samples[..input.frames]);
                output.samples[..input.frames].copy_from_slice(&self.history[..input.frames]);
                self.history.drain(..input.frames);
            }
            Behaviour::Keys => self.strike(&mut output),
            &Behaviour::Bell(frames) => self.ring(frames, input, &mut output),
            &Behaviour::NoisyBell(frames) => {
                self.ring(frames, input, &mut output);
                output.samples.iter_mut().for_each(|sample| *sample += self.draw());
            }
            Behaviour::Level => {
                let rows = input.samples.chunks_exact(2 * input.frames);
                for (rows, sink) in rows.zip(output.samples.chunks_exact_mut(output.frames)) {
                    let (sound, level) = rows.split_at(input.frames);
                    for ((sink, sound), &level) in sink.iter_mut().zip(sound).zip(level) {
                        *sink = sound * if level.is_nan() { self.gain as f32 } else { level };
                    }
                }
            }
            Behaviour::Noise => output.samples.iter_mut().for_each(|sample| *sample = self.draw()),
        }
        output.samples.iter_mut().for_each(|sample| *sample *= sign);
        Ok(())
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        if let Some(kept) = attribute.checked_sub(1).and_then(|other| self.others.get_mut(other)) {
            *kept = values.to_vec();
            return Ok(());
        }
        match values {
            [Value::Float(gain)] if *gain >= 0.0 => {
                self.gain = *gain;
                Ok(())
            }
            _ => Err(refused(&self.spec.attributes[attribute], values, -1, String::new())),
        }
    }

    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        if let Some(kept) = attribute.checked_sub(1).and_then(|other| self.others.get(other)) {
            return Ok(kept.clone());
        }
        Ok(vec![Value::Float(self.gain)])
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.told_rate_hz.store(hz.into(), Relaxed);
        Ok(())
    }

    fn seed(&mut self, seed: u64) {
        self.random = seed;
        self.seeded.store(seed, Relaxed);
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        if let Some(copying) = self.large.filter(|_| !self.copies_fit()) {
            std::thread::sleep(copying);
        }
        if self.failing_copies.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
            return Err(ForkError { what: "no memory".into() });
        }
        Ok(Box::new(Self { owned: 0, ..self.clone() }))
    }

    fn note_written(&self, method: usize) {
        self.noted.fetch_or(1 << method, Relaxed);
    }

    fn copies_fit(&self) -> bool {
        self.large.is_none() || self.noted.load(Relaxed) == 0
    }

    fn delay_frames(&self) -> Option<usize> {
        self.declared_delay_frames
    }

    fn origin(&self) -> usize {
        Arc::as_ptr(&self.total_runs) as usize
    }

    fn own_written(&mut self, method: usize) {
        if self.noted.load(Relaxed) >> method & 1 == 1 {
            self.used.get_or_insert_with(|| Used::new(&self.used_copies));
        }
        self.owned |= self.noted.load(Relaxed) & 1 << method;
    }
}
